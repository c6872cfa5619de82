import { describe, expect, it, vi } from "vitest";
import { createStripeProvider } from "../../lambdas/adapters/payments/stripe.ts";
import { PermanentError, TransientError } from "../../lambdas/domain/faults.ts";
import { Invoice } from "../../lambdas/domain/invoice.ts";
import { Refund } from "../../lambdas/domain/payment.ts";

const INVOICE_ID = "CW-7K3M9Q2XAB-1";
const anInvoice = (overrides: Partial<Invoice> = {}): Invoice =>
  Invoice.parse({
    invoiceId: INVOICE_ID,
    version: 1,
    kind: "order",
    status: "issued",
    by: "finance",
    issuedAt: "2026-03-14T09:30:00.000Z",
    issuedOn: "2026-03-14",
    dueDate: "2026-03-28",
    caseId: "CW-7K3M9Q2XAB",
    order: {},
    issuer: {
      company: "Example Jewelry",
      person: "After-Sales",
      telephone: "0312345678",
      lines: ["1-1 Example"],
      city: "Tokyo",
      postalCode: "100-0001",
      countryCode: "JP",
    },
    billTo: { name: "Jane Doe", email: "jane.doe@example.com", telephone: "2125550100" },
    items: [],
    lines: [
      { kind: "service", text: "Polishing", amountCents: 12_000 },
      { kind: "shipping", text: "Shipping to Japan", amountCents: 4_500 },
      { kind: "shipping", text: "Insured return shipping: included", amountCents: 0 },
    ],
    totalCents: 16_500,
    creditCents: 0,
    ...overrides,
  });
const aRefund = (overrides: Partial<Refund> = {}): Refund =>
  Refund.parse({
    kind: "refund",
    entryId: "refund-001",
    invoiceId: INVOICE_ID,
    amountCents: 5_000,
    at: "2026-04-01T00:00:00.000Z",
    by: "finance",
    currency: "USD",
    method: "stripe",
    reason: "Jane Doe asked for it",
    status: "wanted",
    ...overrides,
  });

interface Call {
  readonly method: string;
  readonly path: string;
  /** Fields of the form, or of the query. */
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string | null;
}
type Answer = Readonly<Record<string, unknown>>;
class Refusal extends Error {
  readonly status: number;
  readonly error: Answer;
  constructor(status: number, error: Answer = { type: "invalid_request_error" }) {
    super("refused");
    this.status = status;
    this.error = error;
  }
}

/** A Stripe that keeps answers under their keys, as Stripe does, and dies when it is told to. */
const fakeStripe = (act: (call: Call, no: number) => Answer) => {
  const calls: Call[] = [];
  const acted: Call[] = [];
  const answers = new Map<string, { words: string; answer: Answer }>();
  /** The answer to the n-th call from now is lost on its way; 0: none is. */
  const fate = { loseAnswer: 0 };
  const answerTo = (call: Call): Answer => {
    const words = JSON.stringify([call.path, call.fields]);
    const kept = call.key === null ? undefined : answers.get(call.key);
    if (kept && kept.words !== words) throw new Refusal(400, { type: "idempotency_error" });
    if (kept) return kept.answer;
    const answer = act(call, acted.length + 1);
    if (call.method === "POST") acted.push(call);
    if (call.key !== null) answers.set(call.key, { words, answer });
    return answer;
  };
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const form = init.method === "POST" ? new URLSearchParams(init.body as string) : searchParams;
    const call: Call = {
      method: init.method ?? "",
      path: pathname,
      fields: Object.fromEntries(form),
      key: new Headers(init.headers).get("idempotency-key"),
    };
    calls.push(call);
    try {
      const answer = answerTo(call);
      if (fate.loseAnswer > 0 && --fate.loseAnswer === 0) throw new TypeError("fetch failed");
      return new Response(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return new Response(JSON.stringify({ error: error.error }), { status: error.status });
    }
  };
  const log = vi.fn<(message: string, facts: Readonly<Record<string, string>>) => void>();
  const provider = createStripeProvider({
    baseUrl: "https://api.example",
    credentials: async () => ({ apiKey: "sk_test_1", webhookSecret: "whsec_1" }),
    fetch,
    log,
  });
  return { provider, calls, acted, fate, log };
};

const forgotten = () => {
  throw new Error("not foreseen");
};
const finalized = (amountDue = 16_500): Answer => ({
  id: "in_1",
  object: "invoice",
  status: "open",
  currency: "usd",
  amount_due: amountDue,
  amount_paid: 0,
  amount_overpaid: 0,
  hosted_invoice_url: "https://invoice.stripe.com/i/acct_1/test_1",
  metadata: {},
  payments: {
    object: "list",
    data: [
      {
        id: "inpay_1",
        status: "open",
        amount_paid: null,
        amount_requested: amountDue,
        payment: { type: "payment_intent", payment_intent: "pi_1" },
      },
    ],
    has_more: false,
  },
});
/** A Stripe on which invoices are made, every object with a new number. */
const making = (done: Answer = finalized()) =>
  fakeStripe(({ path }, no) => {
    if (path === "/v1/customers") return { id: `cus_${no}`, object: "customer" };
    if (path === "/v1/invoices") return { id: `in_${no}`, object: "invoice", status: "draft" };
    if (path === "/v1/invoiceitems") return { id: `ii_${no}`, object: "invoiceitem" };
    return path.endsWith("/finalize") ? done : forgotten();
  });

describe("an invoice made payable at Stripe", () => {
  it("is a customer, an invoice, its lines, finalized and never sent", async () => {
    const { provider, calls } = making();
    expect(await provider.create(anInvoice())).toStrictEqual({
      id: "in_1",
      payUrl: "https://invoice.stripe.com/i/acct_1/test_1",
      paymentIds: ["pi_1"],
    });
    const ours = { "metadata[case_id]": "CW-7K3M9Q2XAB", "metadata[invoice_id]": INVOICE_ID };
    const item = { customer: "cus_1", invoice: "in_2", currency: "usd" };
    expect(calls).toStrictEqual([
      {
        method: "POST",
        path: "/v1/customers",
        key: `${INVOICE_ID}:customer`,
        fields: { name: "Jane Doe", email: "jane.doe@example.com", ...ours },
      },
      {
        method: "POST",
        path: "/v1/invoices",
        key: `${INVOICE_ID}:invoice`,
        fields: {
          customer: "cus_1",
          collection_method: "send_invoice",
          due_date: String(Date.parse("2026-03-28T23:59:59Z") / 1000),
          currency: "usd",
          auto_advance: "false",
          pending_invoice_items_behavior: "exclude",
          description: `Invoice ${INVOICE_ID}`,
          ...ours,
        },
      },
      ...[
        { amount: "12000", description: "Polishing" },
        { amount: "4500", description: "Shipping to Japan" },
        { amount: "0", description: "Insured return shipping: included" },
      ].map((line, index) => ({
        method: "POST",
        path: "/v1/invoiceitems",
        key: `${INVOICE_ID}:item-${index + 1}`,
        fields: { ...item, ...line },
      })),
      {
        method: "POST",
        path: "/v1/invoices/in_2/finalize",
        key: `${INVOICE_ID}:finalize`,
        fields: { auto_advance: "false", "expand[0]": "payments" },
      },
    ]);
  });

  it("R37: asks for less by what was paid before", async () => {
    const { provider, calls } = making(finalized(11_500));
    await provider.create(anInvoice({ creditCents: 5_000 }));
    expect(calls.filter(({ path }) => path === "/v1/invoiceitems").at(-1)).toMatchObject({
      key: `${INVOICE_ID}:item-4`,
      fields: { amount: "-5000", description: "Paid before" },
    });
  });

  it("tells nothing about the customer but name and address of mail", async () => {
    const { provider, calls } = making();
    await provider.create(anInvoice());
    expect(JSON.stringify(calls)).not.toContain("2125550100");
  });

  it("has keys of its own, apart from the next version's", async () => {
    const { provider, calls } = making();
    await provider.create(anInvoice());
    await provider.create(anInvoice({ invoiceId: "CW-7K3M9Q2XAB-2", version: 2 }));
    const keys = calls.map(({ key }) => key);
    expect(new Set(keys).size).toBe(12);
    expect(keys).not.toContain(null);
  });

  it.each([1, 2, 3, 4, 5, 6])("is made once when the answer to call %i is lost", async (loseAnswer) => {
    const { provider, acted, fate } = making();
    fate.loseAnswer = loseAnswer;
    await expect(provider.create(anInvoice())).rejects.toThrow(TransientError);
    expect(await provider.create(anInvoice())).toMatchObject({ id: "in_1", paymentIds: ["pi_1"] });
    expect(acted.map(({ path }) => path)).toStrictEqual([
      "/v1/customers",
      "/v1/invoices",
      "/v1/invoiceitems",
      "/v1/invoiceitems",
      "/v1/invoiceitems",
      "/v1/invoices/in_2/finalize",
    ]);
  });

  it("stops a person when Stripe asks for another amount, or in another currency", async () => {
    for (const done of [finalized(0), finalized(17_900), { ...finalized(), currency: "jpy" }])
      await expect(making(done).provider.create(anInvoice())).rejects.toThrow(PermanentError);
  });

  it("may be without payments in the answer", async () => {
    const { payments: _, ...rest } = finalized();
    expect(await making(rest).provider.create(anInvoice())).toMatchObject({ paymentIds: [] });
    const byCharge = {
      data: [
        { id: "inpay_1", payment: { charge: "ch_1" } },
        { id: "inpay_2", payment: {} },
      ],
    };
    expect(await making({ ...rest, payments: byCharge }).provider.create(anInvoice())).toMatchObject({
      paymentIds: ["ch_1"],
    });
  });

  it("without a page to pay on is none", async () => {
    const { provider } = making({ ...finalized(), hosted_invoice_url: null });
    await expect(provider.create(anInvoice())).rejects.toThrow(TransientError);
  });
});

describe("what Stripe has taken", () => {
  const status = (invoice: Answer) => {
    const { provider, calls } = fakeStripe(() => ({ ...finalized(), ...invoice }));
    return provider.status("in_1").then((taken) => ({ taken, calls }));
  };

  it("R37: is what was paid, with what was overpaid", async () => {
    const { taken, calls } = await status({ status: "paid", amount_paid: 16_500, amount_overpaid: 300 });
    expect(taken).toStrictEqual({ paidCents: 16_800, currency: "USD" });
    expect(calls).toStrictEqual([{ method: "GET", path: "/v1/invoices/in_1", fields: {}, key: null }]);
  });

  it("is known of versions of the API that do not tell what was overpaid", async () => {
    const { taken } = await status({ amount_paid: 100, amount_overpaid: undefined });
    expect(taken).toStrictEqual({ paidCents: 100, currency: "USD" });
  });

  it("keeps its currency, whichever it is", async () => {
    expect((await status({ amount_paid: 100, currency: "jpy" })).taken.currency).toBe("JPY");
  });
});

describe("an invoice cancelled at Stripe", () => {
  const cancelling = (statusNow: string, refusal?: Refusal) =>
    fakeStripe(({ method }) => {
      if (method === "POST" && refusal) throw refusal;
      return { ...finalized(), status: statusNow };
    });

  it("is voided, under a key of its own", async () => {
    const { provider, calls } = cancelling("void");
    await provider.cancel("in_1");
    expect(calls).toStrictEqual([
      { method: "POST", path: "/v1/invoices/in_1/void", fields: {}, key: "in_1:void" },
    ]);
  });

  it("is left as it is when it is void or paid", async () => {
    const isVoid = cancelling("void", new Refusal(400));
    await isVoid.provider.cancel("in_1");
    expect(isVoid.log).not.toHaveBeenCalled();
    const isPaid = cancelling("paid", new Refusal(400));
    await isPaid.provider.cancel("in_1");
    expect(isPaid.log).toHaveBeenCalledWith("an invoice to be cancelled is paid", { id: "in_1" });
  });

  it("partly paid cannot be voided: a credit note ends what is left", async () => {
    const { provider, calls } = fakeStripe(({ method, path }) => {
      if (path.endsWith("/void")) throw new Refusal(400);
      return method === "POST"
        ? { id: "cn_1" }
        : { ...finalized(), status: "open", amount_paid: 5000, amount_remaining: 11_500 };
    });
    await provider.cancel("in_1");
    expect(calls.at(-1)).toMatchObject({
      path: "/v1/credit_notes",
      fields: { invoice: "in_1", amount: "11500" },
      key: "in_1:credit-note:rest-11500",
    });
  });

  it("that Stripe refuses to void otherwise is a person's", async () => {
    const { provider } = cancelling("open", new Refusal(400));
    await expect(provider.cancel("in_1")).rejects.toThrow(/^Stripe answered 400 to POST .*void/);
  });

  it("is tried again when Stripe is not there, without asking what has become of it", async () => {
    const { provider, calls } = cancelling("open", new Refusal(503));
    await expect(provider.cancel("in_1")).rejects.toThrow(TransientError);
    expect(calls).toHaveLength(1);
  });
});

describe("a refund by Stripe", () => {
  interface Held {
    readonly id: string;
    readonly received: number;
    readonly charge?: true;
  }
  /** A Stripe that holds payments of an invoice, the oldest first, and lists what it sent back. */
  const holding = (
    held: readonly Held[],
    before: readonly Answer[] = [],
    send: (call: Call) => Answer = () => ({ status: "succeeded" }),
  ) => {
    const refunds: Answer[] = [...before];
    const stripe = fakeStripe((call) => {
      const { path, method, fields } = call;
      if (path === "/v1/invoice_payments")
        return {
          data: held
            .map(({ id, received, charge }) => ({
              id: `inpay_${id}`,
              amount_paid: received,
              payment: charge ? { charge: id } : { payment_intent: { id, amount_received: received } },
            }))
            .toReversed(),
          has_more: false,
        };
      if (path !== "/v1/refunds") return forgotten();
      const of = fields["payment_intent"] ?? fields["charge"];
      if (method === "GET") return { data: refunds.filter((one) => one["of"] === of), has_more: false };
      const refund = {
        id: `re_${refunds.length + 1}`,
        of,
        amount: Number(fields["amount"]),
        metadata: { case_id: fields["metadata[case_id]"], entry_id: fields["metadata[entry_id]"] },
        ...send(call),
      };
      refunds.push(refund);
      return refund;
    });
    return { ...stripe, refunds };
  };
  const sent = (id: string, amount: number, of = "pi_1", entryId = "refund-000", status = "succeeded") => ({
    id,
    of,
    amount,
    status,
    metadata: { case_id: "CW-7K3M9Q2XAB", entry_id: entryId },
  });
  const posts = (calls: readonly Call[]) => calls.filter(({ method }) => method === "POST");

  it("goes back by the payment that brought the money", async () => {
    const { provider, calls } = holding([{ id: "pi_1", received: 16_500 }]);
    expect(await provider.refund("in_1", aRefund())).toBe("re_1");
    expect(calls).toStrictEqual([
      {
        method: "GET",
        path: "/v1/invoice_payments",
        fields: {
          invoice: "in_1",
          status: "paid",
          "expand[0]": "data.payment.payment_intent",
          limit: "100",
        },
        key: null,
      },
      { method: "GET", path: "/v1/refunds", fields: { payment_intent: "pi_1", limit: "100" }, key: null },
      {
        method: "POST",
        path: "/v1/refunds",
        key: `${INVOICE_ID}:refund-001:pi_1`,
        fields: {
          payment_intent: "pi_1",
          amount: "5000",
          "metadata[case_id]": "CW-7K3M9Q2XAB",
          "metadata[entry_id]": "refund-001",
        },
      },
    ]);
  });

  it("takes the payments one after the other, the oldest first", async () => {
    const { provider, calls } = holding([
      { id: "pi_1", received: 4_000 },
      { id: "ch_2", received: 3_000, charge: true },
    ]);
    expect(await provider.refund("in_1", aRefund())).toBe("re_1");
    expect(
      posts(calls).map(({ fields }) => [fields["payment_intent"], fields["charge"], fields["amount"]]),
    ).toStrictEqual([
      ["pi_1", undefined, "4000"],
      [undefined, "ch_2", "1000"],
    ]);
  });

  it("leaves alone what went back before; what failed is there again", async () => {
    const { provider, calls } = holding(
      [
        { id: "pi_1", received: 4_000 },
        { id: "pi_2", received: 4_000 },
      ],
      [
        sent("re_a", 3_000),
        sent("re_b", 500, "pi_1", "refund-000", "failed"),
        sent("re_c", 500, "pi_2", "", "pending"),
      ],
    );
    await provider.refund("in_1", aRefund({ amountCents: 4_500 }));
    expect(posts(calls).map(({ fields }) => [fields["payment_intent"], fields["amount"]])).toStrictEqual([
      ["pi_1", "1000"],
      ["pi_2", "3500"],
    ]);
  });

  it("knows the payments of a Stripe that does not show them in full", async () => {
    const { provider } = fakeStripe(({ path, method }) => {
      if (path === "/v1/invoice_payments")
        return {
          data: [
            { id: "inpay_1", amount_paid: 5_000, payment: { payment_intent: "pi_1" } },
            { id: "inpay_0", amount_paid: 900, payment: { type: "payment_record" } },
          ],
          has_more: false,
        };
      return method === "GET" ? { data: [], has_more: false } : sent("re_1", 5_000);
    });
    expect(await provider.refund("in_1", aRefund())).toBe("re_1");
  });

  it("is made once, however late it is asked for again: the entry is looked up", async () => {
    const { provider, calls } = holding(
      [{ id: "pi_1", received: 16_500 }],
      [sent("re_a", 5_000, "pi_1", "refund-001", "pending")],
    );
    expect(await provider.refund("in_1", aRefund())).toBe("re_a");
    expect(posts(calls)).toStrictEqual([]);
  });

  it.each([1, 2, 3, 4, 5])("is made once when the answer to call %i is lost", async (loseAnswer) => {
    const { provider, refunds, fate } = holding([
      { id: "pi_1", received: 4_000 },
      { id: "pi_2", received: 3_000 },
    ]);
    fate.loseAnswer = loseAnswer;
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(TransientError);
    expect(await provider.refund("in_1", aRefund())).toBe("re_1");
    expect(refunds.map(({ of, amount }) => [of, amount])).toStrictEqual([
      ["pi_1", 4_000],
      ["pi_2", 1_000],
    ]);
  });

  it("R37: is refused before anything is sent when Stripe does not hold so much", async () => {
    const { provider, calls } = holding([{ id: "pi_1", received: 6_000 }], [sent("re_a", 1_500)]);
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(PermanentError);
    expect(posts(calls)).toStrictEqual([]);
    await expect(holding([]).provider.refund("in_1", aRefund())).rejects.toThrow(PermanentError);
  });

  it("that Stripe refuses has not gone", async () => {
    const { provider } = holding([{ id: "pi_1", received: 5_000 }], [], () => {
      throw new Refusal(400, { type: "invalid_request_error", code: "charge_disputed" });
    });
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(
      /^Stripe answered 400 .*charge_disputed$/,
    );
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(PermanentError);
  });

  it("that failed at once has not gone, and is not sent again under the same entry", async () => {
    const { provider, refunds } = holding([{ id: "pi_1", received: 5_000 }], [], () => ({
      status: "failed",
    }));
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(PermanentError);
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(PermanentError);
    expect(refunds).toHaveLength(1);
  });

  it("of which a part has gone is never called refused", async () => {
    const two = [
      { id: "pi_1", received: 4_000 },
      { id: "pi_2", received: 3_000 },
    ];
    const { provider } = holding(two, [], ({ fields }) => {
      if (fields["payment_intent"] === "pi_2") throw new Refusal(400);
      return { status: "succeeded" };
    });
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(TransientError);
    const short = holding(two, [sent("re_a", 4_000, "pi_1", "refund-001"), sent("re_b", 3_000, "pi_2")]);
    await expect(short.provider.refund("in_1", aRefund())).rejects.toThrow(TransientError);
  });

  it("of which one part has gone and another failed is never called refused", async () => {
    const { provider, refunds } = holding(
      [
        { id: "pi_1", received: 4_000 },
        { id: "pi_2", received: 3_000 },
      ],
      [],
      ({ fields }) => ({ status: fields["payment_intent"] === "pi_2" ? "failed" : "pending" }),
    );
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(TransientError);
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(TransientError);
    expect(refunds).toHaveLength(2);
  });

  it("that cannot be looked up is never called refused: it may have gone before", async () => {
    const { provider } = fakeStripe(() => {
      throw new Refusal(403);
    });
    await expect(provider.refund("in_1", aRefund())).rejects.toThrow(TransientError);
  });
});
