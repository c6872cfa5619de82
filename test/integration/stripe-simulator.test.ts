/** The simulated Stripe alone: what it takes, what it refuses, what it tells, and what it keeps. */
import { createHmac } from "node:crypto";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStripeSimulator, type StripeSimulator } from "../../local/stripe/index.ts";
import {
  aDraft,
  anInvoice,
  call,
  type Delivery,
  paymentOf,
  type Reply,
  type Shop,
  startShop,
} from "./stripe-fixture.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await startShop();
});
afterEach(() => shop.end());

const ID = "CW-7K3M9Q2XAB-1";
const post = (what: string, form?: Record<string, string>, headers?: Record<string, string>) =>
  call(shop.stripe, `POST ${what}`, form, headers);
const get = (what: string) => call(shop.stripe, `GET ${what}`);
const errorOf = ({ status, json }: Reply) => ({ status, ...(json["error"] as object) });
const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), 10_000);
const quiet = () => until(() => shop.stripe.pending() === 0);
/** Types that arrived since, once nothing more is under way. */
const told = async (act: () => unknown): Promise<string[]> => {
  await quiet();
  const before = shop.seller.got.length;
  await act();
  await quiet();
  return shop.seller.types().slice(before);
};
const isGood = ({ signature, body }: Delivery, secret: string): boolean => {
  const [, t = "", v1 = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  return createHmac("sha256", secret).update(`${t}.${body}`).digest("hex") === v1;
};

describe("its door", () => {
  it("opens to its own key, as bearer or as user name, and to no other", async () => {
    const { apiKey } = shop.stripe.credentials;
    const basic = `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
    expect((await post("/v1/customers", {}, { authorization: basic })).status).toBe(200);
    const wrong = `${apiKey.slice(0, -1)}${apiKey.endsWith("0") ? "1" : "0"}`;
    for (const authorization of ["", `Bearer ${wrong}`, "Bearer sk_live_x"]) {
      const reply = await post("/v1/customers", {}, { authorization });
      expect(errorOf(reply)).toMatchObject({ status: 401, type: "invalid_request_error" });
      expect(JSON.stringify(reply.json)).not.toContain(wrong);
    }
  });

  it("knows no other routes, no JSON and no version before payments were objects of their own", async () => {
    expect(errorOf(await get("/v1/subscriptions"))).toMatchObject({ status: 404 });
    expect(errorOf(await post("/v1/invoices/in_1/pay"))).toMatchObject({ status: 404 });
    const json = await fetch(`${shop.stripe.url}/v1/customers`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.stripe.credentials.apiKey}`,
        "content-type": "application/json",
      },
      body: '{"name":"Jane Doe"}',
    });
    expect(json.status).toBe(400);
    for (const version of ["2024-06-20", "latest"])
      expect((await post("/v1/customers", {}, { "stripe-version": version })).status).toBe(400);
    const newer = await post("/v1/customers", {}, { "stripe-version": "2025-09-30.clover" });
    expect([newer.status, newer.headers.get("stripe-version")]).toStrictEqual([200, "2025-09-30.clover"]);
    expect(newer.headers.get("request-id")).toMatch(/^req_/);
  });
});

describe("parameters it refuses", () => {
  const CUSTOMER = "/v1/customers";
  const INVOICE = "/v1/invoices";
  const ITEM = "/v1/invoiceitems";
  const base: Readonly<Record<string, Record<string, string>>> = {
    [CUSTOMER]: {},
    [INVOICE]: { collection_method: "send_invoice", days_until_due: "14" },
    [ITEM]: { currency: "usd", amount: "100" },
    "/v1/refunds": {},
    "/v1/credit_notes": {},
  };

  it.each<[string, string, Record<string, string>, string | undefined, string | undefined]>([
    ["an unknown one", CUSTOMER, { fullname: "Jane Doe" }, "parameter_unknown", "fullname"],
    [
      "an unknown one within another",
      CUSTOMER,
      { "address[zip]": "94105" },
      "parameter_unknown",
      "address[zip]",
    ],
    ["an e-mail that is none", CUSTOMER, { email: "jane" }, "email_invalid", "email"],
    [
      "a value of metadata that is too long",
      CUSTOMER,
      { "metadata[a]": "x".repeat(501) },
      undefined,
      "metadata",
    ],
    ["a customer that does not exist", INVOICE, { customer: "cus_none" }, "resource_missing", "customer"],
    [
      "a due date that has passed",
      INVOICE,
      { due_date: "1773500000", days_until_due: "" },
      undefined,
      "due_date",
    ],
    [
      "a way of collection it does not know",
      INVOICE,
      { collection_method: "later" },
      undefined,
      "collection_method",
    ],
    ["dollars", ITEM, { amount: "120.00" }, "parameter_invalid_integer", "amount"],
    ["a currency in capitals", ITEM, { currency: "USD" }, undefined, "currency"],
    ["an amount and a quantity", ITEM, { quantity: "2" }, undefined, "amount"],
    ["another currency than the invoice's", ITEM, { currency: "jpy" }, undefined, "currency"],
    [
      "a refund of nothing",
      "/v1/refunds",
      { charge: "ch_1", amount: "0" },
      "parameter_invalid_integer",
      "amount",
    ],
    ["a refund of no payment", "/v1/refunds", { amount: "100" }, undefined, undefined],
    ["a reason it does not know", "/v1/refunds", { reason: "unhappy" }, undefined, "reason"],
    [
      "a credit note without its invoice",
      "/v1/credit_notes",
      { amount: "1" },
      "parameter_missing",
      "invoice",
    ],
  ])("%s", async (_, path, change, code, param) => {
    const { id, customer } = await aDraft(shop.stripe);
    const owner: Record<string, string> =
      path === INVOICE ? { customer } : path === ITEM ? { customer, invoice: id } : {};
    const form = { ...base[path], ...owner, ...change };
    const kept = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""));
    const error = errorOf(await post(path, kept)) as { code?: string; param?: string };
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error" });
    expect([error.code, error.param]).toStrictEqual([code, param]);
  });

  it.each([
    ["customer", INVOICE, { customer: "" }],
    ["currency", ITEM, { currency: "" }],
    ["amount", ITEM, { amount: "" }],
  ])("a missing %s", async (param, path, change) => {
    const { id, customer } = await aDraft(shop.stripe);
    const form = { ...base[path], customer, ...(path === ITEM ? { invoice: id } : {}), ...change };
    const kept = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""));
    expect(errorOf(await post(path, kept))).toMatchObject({ status: 400, code: "parameter_missing", param });
  });

  it("a due date where it collects by itself, and none where it does not", async () => {
    const { customer } = await aDraft(shop.stripe);
    expect((await post(INVOICE, { customer, days_until_due: "14" })).status).toBe(400);
    expect((await post(INVOICE, { customer, collection_method: "send_invoice" })).status).toBe(400);
  });
});

describe("an invoice", () => {
  it("is a draft of its items, and open once it is finalized, with a page and a payment to come", async () => {
    const { id, customer } = await aDraft(shop.stripe, [9000, 3500, -500]);
    const draft = (await get(`/v1/invoices/${id}`)).json;
    expect(draft).toMatchObject({ status: "draft", amount_due: 12_000, hosted_invoice_url: null, customer });
    expect(draft["payments"]).toBeUndefined();
    const { status, json } = await post(`/v1/invoices/${id}/finalize`);
    expect([status, json]).toMatchObject([
      200,
      {
        object: "invoice",
        status: "open",
        currency: "usd",
        total: 12_000,
        amount_due: 12_000,
        amount_paid: 0,
        amount_remaining: 12_000,
        customer_email: "jane.doe@example.com",
        due_date: 1_774_656_000,
        metadata: { invoice_id: ID },
        created: 1_770_000_000,
        number: expect.stringMatching(/^[0-9A-F]{8}-0001$/),
        hosted_invoice_url: expect.stringMatching(/^http:\/\/localhost:3000\/local\/pay\/[\w-]{32}$/),
      },
    ]);
    const lines = (json["lines"] as { data: { amount: number; description: string }[] }).data;
    expect(lines.map(({ amount }) => amount)).toStrictEqual([9000, 3500, -500]);
    const payments = (await get(`/v1/invoice_payments?invoice=${id}`)).json["data"];
    expect(payments).toMatchObject([
      {
        object: "invoice_payment",
        invoice: id,
        is_default: true,
        status: "open",
        amount_requested: 12_000,
        amount_paid: null,
        payment: { type: "payment_intent", payment_intent: expect.stringMatching(/^pi_/) },
      },
    ]);
  });

  it("shows its payments when they are asked for, down to the charge, and refuses to show what is no object", async () => {
    const { id } = await anInvoice(shop.stripe);
    shop.stripe.pay(ID);
    const path = "expand[]=customer&expand[]=payments.data.payment.payment_intent.latest_charge";
    expect(errorOf(await get(`/v1/invoices/${id}?${path}`))).toMatchObject({ status: 400 });
    const { json } = await get(`/v1/invoices/${id}?expand[]=customer&expand[]=payments.data.payment`);
    expect(json["error"]).toMatchObject({
      message: "This property cannot be expanded (payments.data.payment).",
    });
    const shown = await get(
      `/v1/invoices/${id}?expand[]=customer&expand[]=payments&expand[]=payments.data.payment.payment_intent`,
    );
    expect(shown.json).toMatchObject({
      customer: { object: "customer", name: "Jane Doe" },
      payments: {
        object: "list",
        data: [
          {
            status: "paid",
            amount_paid: 12_000,
            payment: { payment_intent: { status: "succeeded", amount_received: 12_000 } },
          },
        ],
      },
    });
    const listed = await get(`/v1/invoices?expand[]=data.payments&status=paid`);
    expect(listed.json).toMatchObject({ data: [{ payments: { data: [{ status: "paid" }] } }] });
    expect((await get(`/v1/invoices/${id}?expand[]=owner`)).status).toBe(400);
  });

  it("is finalized once, takes no items after it, and is numbered by its customer", async () => {
    const { id, customer } = await anInvoice(shop.stripe);
    expect(errorOf(await post(`/v1/invoices/${id}/finalize`))).toMatchObject({
      status: 400,
      code: "invoice_not_editable",
    });
    const item = { customer, invoice: id, amount: "100", currency: "usd" };
    expect(errorOf(await post("/v1/invoiceitems", item))).toMatchObject({
      status: 400,
      code: "invoice_not_editable",
    });
    expect((await get(`/v1/invoices/${id}`)).json).toMatchObject({ total: 12_000 });
    const second = await anInvoice(shop.stripe, [500], "CW-7K3M9Q2XAB-2", customer);
    expect((await get(`/v1/invoices/${second.id}`)).json["number"]).toMatch(/-0002$/);
  });

  it("without items is not finalized", async () => {
    const { id } = await aDraft(shop.stripe, []);
    expect((await post(`/v1/invoices/${id}/finalize`)).status).toBe(400);
  });

  it("takes in waiting items of its customer only when it is told to", async () => {
    const { customer } = await aDraft(shop.stripe, []);
    await post("/v1/invoiceitems", { customer, amount: "700", currency: "usd" });
    const form = { customer, collection_method: "send_invoice", days_until_due: "14" };
    expect((await post("/v1/invoices", form)).json["total"]).toBe(0);
    const all = await post("/v1/invoices", { ...form, pending_invoice_items_behavior: "include" });
    expect(all.json).toMatchObject({ total: 700, due_date: 1_770_000_000 + 14 * 86_400 });
  });

  it("of less than half a dollar is not charged: it is paid at once, and owed with the next one", async () => {
    const { id, customer } = await anInvoice(shop.stripe, [49]);
    expect((await get(`/v1/invoices/${id}`)).json).toMatchObject({
      status: "paid",
      amount_due: 0,
      amount_paid: 0,
      ending_balance: 49,
    });
    const next = await anInvoice(shop.stripe, [1000], "CW-7K3M9Q2XAB-2", customer);
    expect((await get(`/v1/invoices/${next.id}`)).json).toMatchObject({
      status: "open",
      total: 1000,
      amount_due: 1049,
      starting_balance: 49,
    });
    expect((await get(`/v1/customers/${customer}`)).json["balance"]).toBe(0);
  });

  it("is voided while it is open, and then neither paid nor voided again", async () => {
    const { id } = await anInvoice(shop.stripe);
    expect((await post(`/v1/invoices/${id}/void`)).json).toMatchObject({ status: "void", amount_paid: 0 });
    expect(errorOf(await post(`/v1/invoices/${id}/void`))).toMatchObject({ status: 400 });
    expect(shop.stripe.pay(ID)).toStrictEqual({ ok: false, error: "void" });
    expect((await get(`/v1/invoice_payments?invoice=${id}`)).json).toMatchObject({
      data: [{ status: "canceled" }],
    });
    const draft = await aDraft(shop.stripe);
    expect(errorOf(await post(`/v1/invoices/${draft.id}/void`))).toMatchObject({ status: 400 });
  });

  it.each([12_000, 5000])("is not voided once %i of 12000 cents were paid", async (cents) => {
    const { id } = await anInvoice(shop.stripe);
    shop.stripe.pay(ID, cents);
    expect(errorOf(await post(`/v1/invoices/${id}/void`))).toMatchObject({
      status: 400,
      message: "Invoices with `paid` payments cannot be voided.",
    });
  });

  it("paid in part asks for no more after a credit note of the rest", async () => {
    const { id } = await anInvoice(shop.stripe);
    shop.stripe.pay(ID, 5000);
    expect((await post("/v1/credit_notes", { invoice: id, amount: "7001" })).status).toBe(400);
    expect((await post("/v1/credit_notes", { invoice: id, amount: "7000" })).status).toBe(200);
    expect((await get(`/v1/invoices/${id}`)).json).toMatchObject({
      status: "paid",
      amount_due: 5000,
      amount_paid: 5000,
      amount_remaining: 0,
      pre_payment_credit_notes_amount: 7000,
    });
    expect(shop.stripe.pay(ID)).toStrictEqual({ ok: false, error: "paid" });
  });

  it("given up can still be paid", async () => {
    const { id } = await anInvoice(shop.stripe);
    expect((await post(`/v1/invoices/${id}/mark_uncollectible`)).json["status"]).toBe("uncollectible");
    expect(shop.stripe.pay(ID)).toMatchObject({ ok: true, isPaid: true });
  });

  it("can be deleted as a draft only", async () => {
    const { id } = await aDraft(shop.stripe);
    expect((await call(shop.stripe, `DELETE /v1/invoices/${id}`)).json).toStrictEqual({
      id,
      object: "invoice",
      deleted: true,
    });
    expect(errorOf(await get(`/v1/invoices/${id}`))).toMatchObject({
      status: 404,
      code: "resource_missing",
      message: `No such invoice: '${id}'`,
    });
    const open = await anInvoice(shop.stripe);
    expect((await call(shop.stripe, `DELETE /v1/invoices/${open.id}`)).status).toBe(400);
  });

  it("keeps its other metadata when some is changed, and loses what is set to nothing", async () => {
    const { id } = await anInvoice(shop.stripe);
    const changed = await post(`/v1/invoices/${id}`, { "metadata[case_id]": "CW-7K3M9Q2XAB" });
    expect(changed.json["metadata"]).toStrictEqual({ invoice_id: ID, case_id: "CW-7K3M9Q2XAB" });
    const less = await post(`/v1/invoices/${id}`, { "metadata[case_id]": "" });
    expect(less.json["metadata"]).toStrictEqual({ invoice_id: ID });
  });

  it.each(["finalize", "void", "send", "mark_uncollectible"])(
    "that does not exist: %s is 404",
    async (verb) => {
      expect(errorOf(await post(`/v1/invoices/in_none/${verb}`))).toMatchObject({
        status: 404,
        code: "resource_missing",
      });
    },
  );

  it("is found in lists: newest first, page by page, by its customer", async () => {
    const { customer, id: first } = await aDraft(shop.stripe, [100], "CW-7K3M9Q2XAB-1");
    const { id: second } = await aDraft(shop.stripe, [200], "CW-7K3M9Q2XAB-2", customer);
    const { id: third } = await aDraft(shop.stripe, [300], "CW-7K3M9Q2XAB-3", customer);
    await aDraft(shop.stripe, [400], "CW-8K3M9Q2XAB-1");
    const idsOf = async (query: string) => {
      const { json } = await get(`/v1/invoices?customer=${customer}${query}`);
      return [(json["data"] as { id: string }[]).map(({ id }) => id), json["has_more"]];
    };
    expect(await idsOf("")).toStrictEqual([[third, second, first], false]);
    expect(await idsOf("&limit=1")).toStrictEqual([[third], true]);
    expect(await idsOf(`&limit=1&starting_after=${third}`)).toStrictEqual([[second], true]);
    expect(await idsOf(`&starting_after=${second}`)).toStrictEqual([[first], false]);
    expect(await idsOf(`&limit=1&ending_before=${first}`)).toStrictEqual([[second], true]);
    expect(await idsOf("&status=open")).toStrictEqual([[], false]);
    expect((await get("/v1/invoices?limit=101")).status).toBe(400);
  });
});

describe("paying", () => {
  it("all of it: the payment made with the invoice is paid, and so is the invoice", async () => {
    const { id } = await anInvoice(shop.stripe);
    const types = await told(() =>
      expect(shop.stripe.pay(ID)).toMatchObject({ ok: true, amountCents: 12_000, isPaid: true }),
    );
    expect(types).toStrictEqual(["invoice.updated", "invoice.payment_succeeded", "invoice.paid"]);
    expect((await get(`/v1/invoices/${id}`)).json).toMatchObject({ status: "paid", amount_paid: 12_000 });
    expect((await get(`/v1/invoice_payments?invoice=${id}`)).json).toMatchObject({
      data: [{ is_default: true, status: "paid", amount_paid: 12_000 }],
    });
    expect(shop.stripe.pay(ID)).toStrictEqual({ ok: false, error: "paid" });
  });

  it("in parts: each a payment of its own, told as a change; the last one pays the invoice", async () => {
    const { id } = await anInvoice(shop.stripe);
    expect(await told(() => shop.stripe.pay(ID, 5000))).toStrictEqual(["invoice.updated"]);
    expect(shop.seller.got.at(-1)?.event.data).toMatchObject({
      object: { status: "open", amount_paid: 5000, amount_remaining: 7000, amount_due: 12_000 },
      previous_attributes: { amount_paid: 0, amount_remaining: 12_000 },
    });
    expect(await told(() => shop.stripe.pay(ID))).toContain("invoice.paid");
    const { json } = await get(`/v1/invoice_payments?invoice=${id}&status=paid`);
    const paid = json["data"] as { amount_paid: number; payment: { payment_intent: string } }[];
    expect(paid.map(({ amount_paid }) => amount_paid)).toStrictEqual([5000, 7000]);
    expect(new Set(paid.map(({ payment }) => payment.payment_intent)).size).toBe(2);
  });

  it("too much: told as overpaid, and to the customer's credit with her next invoice", async () => {
    const { id, customer } = await anInvoice(shop.stripe);
    expect(await told(() => shop.stripe.pay(ID, 15_000))).toContain("invoice.overpaid");
    expect((await get(`/v1/invoices/${id}`)).json).toMatchObject({
      status: "paid",
      amount_paid: 12_000,
      amount_overpaid: 3000,
    });
    const next = await anInvoice(shop.stripe, [10_000], "CW-7K3M9Q2XAB-2", customer);
    expect((await get(`/v1/invoices/${next.id}`)).json).toMatchObject({ total: 10_000, amount_due: 7000 });
    expect((await post(`/v1/invoices/${next.id}/void`)).status).toBe(200);
    expect((await get(`/v1/customers/${customer}`)).json["balance"]).toBe(-3000);
  });

  it("a draft, or what nobody knows, is refused", async () => {
    await aDraft(shop.stripe);
    expect(shop.stripe.pay(ID)).toStrictEqual({ ok: false, error: "draft" });
    expect(shop.stripe.pay("CW-0000000000-1")).toStrictEqual({ ok: false, error: "unknown" });
  });

  it("shows what it holds, and the page behind a link but not behind a draft", async () => {
    await aDraft(shop.stripe, [300], "CW-7K3M9Q2XAB-9");
    const { id } = await anInvoice(shop.stripe, [9000, 3000]);
    shop.stripe.pay(ID, 2000);
    const [draft, open] = shop.stripe.invoices();
    expect(draft).toMatchObject({ invoiceId: "CW-7K3M9Q2XAB-9", status: "draft", payUrl: null });
    expect(open).toMatchObject({ id, invoiceId: ID, status: "open", amountDue: 12_000, amountPaid: 2000 });
    const token = String(open?.payUrl).split("/").at(-1) ?? "";
    expect(shop.stripe.page(token)).toMatchObject({
      amountRemaining: 10_000,
      lines: [{ amountCents: 9000 }, { amountCents: 3000 }],
    });
    expect(shop.stripe.payPage(token)).toMatchObject({ ok: true, amountCents: 10_000 });
    expect(shop.stripe.page("none")).toBeUndefined();
  });
});

describe("refunds", () => {
  const paid = async (cents = 12_000): Promise<string> => {
    const { id } = await anInvoice(shop.stripe, [cents]);
    shop.stripe.pay(ID);
    return paymentOf(shop.stripe, id);
  };

  it("give back a part, then the rest, and never more than was taken", async () => {
    const payment_intent = await paid();
    const types = await told(async () => {
      const { json } = await post("/v1/refunds", {
        payment_intent,
        amount: "5000",
        "metadata[entry_id]": "refund-1",
        reason: "requested_by_customer",
      });
      expect(json).toMatchObject({
        object: "refund",
        amount: 5000,
        currency: "usd",
        status: "succeeded",
        payment_intent,
        metadata: { entry_id: "refund-1" },
      });
    });
    expect(types).toStrictEqual(["refund.created"]);
    const tooMuch = await post("/v1/refunds", { payment_intent, amount: "7001" });
    expect(errorOf(tooMuch)).toMatchObject({ status: 400, param: "amount" });
    expect((await post("/v1/refunds", { payment_intent })).json).toMatchObject({ amount: 7000 });
    expect(errorOf(await post("/v1/refunds", { payment_intent, amount: "1" }))).toMatchObject({
      status: 400,
      code: "charge_already_refunded",
    });
    const { json } = await get(`/v1/refunds?payment_intent=${payment_intent}`);
    expect((json["data"] as { amount: number }[]).map(({ amount }) => amount)).toStrictEqual([7000, 5000]);
  });

  it("need a payment that took money", async () => {
    const { id } = await anInvoice(shop.stripe);
    const { json } = await get(`/v1/invoice_payments?invoice=${id}`);
    const [open] = json["data"] as { payment: { payment_intent: string } }[];
    expect(
      errorOf(await post("/v1/refunds", { payment_intent: open?.payment.payment_intent ?? "" })),
    ).toMatchObject({
      status: 400,
      type: "invalid_request_error",
    });
    expect(errorOf(await post("/v1/refunds", { payment_intent: "pi_none" }))).toMatchObject({
      status: 400,
      code: "resource_missing",
    });
  });

  it("may wait for the bank, and arrive", async () => {
    const payment_intent = await paid();
    shop.stripe.faults.order({ refunds: "pend" });
    const { json } = await post("/v1/refunds", { payment_intent });
    expect(json["status"]).toBe("pending");
    const types = await told(() =>
      expect(shop.stripe.settleRefund(String(json["id"]), "succeeded")).toBe(true),
    );
    expect(types).toStrictEqual(["refund.updated"]);
    expect(shop.stripe.settleRefund(String(json["id"]), "succeeded")).toBe(false);
  });

  it("may fail after they seemed done: the money can be given back again", async () => {
    const payment_intent = await paid();
    const { json } = await post("/v1/refunds", { payment_intent });
    const types = await told(() => expect(shop.stripe.settleRefund(String(json["id"]), "failed")).toBe(true));
    expect(types).toStrictEqual(["refund.updated", "refund.failed"]);
    expect(shop.seller.got.at(-1)?.event.data.object).toMatchObject({
      status: "failed",
      failure_reason: "expired_or_canceled_card",
    });
    shop.stripe.faults.order({ refunds: "fail" });
    expect(await told(() => post("/v1/refunds", { payment_intent }))).toStrictEqual([
      "refund.created",
      "refund.updated",
      "refund.failed",
    ]);
    shop.stripe.faults.order({ clear: true });
    expect((await post("/v1/refunds", { payment_intent })).status).toBe(200);
    expect(shop.stripe.refunds().map(({ status }) => status)).toStrictEqual([
      "failed",
      "failed",
      "succeeded",
    ]);
  });

  it("wait until a dispute is won", async () => {
    const payment_intent = await paid();
    let id = "";
    const opened = await told(() => {
      id = shop.stripe.dispute(ID) ?? "";
    });
    expect(opened).toStrictEqual(["charge.dispute.created"]);
    expect(shop.seller.got.at(-1)?.event.data.object).toMatchObject({
      id,
      object: "dispute",
      status: "needs_response",
      payment_intent,
      amount: 12_000,
      charge: expect.stringMatching(/^ch_/),
    });
    expect(shop.stripe.dispute(ID)).toBeUndefined();
    expect(errorOf(await post("/v1/refunds", { payment_intent }))).toMatchObject({ code: "charge_disputed" });
    expect(await told(() => shop.stripe.closeDispute(id, "won"))).toStrictEqual(["charge.dispute.closed"]);
    expect(shop.stripe.closeDispute(id, "lost")).toBe(false);
    expect((await post("/v1/refunds", { payment_intent })).status).toBe(200);
  });
});

describe("idempotency", () => {
  const form = { name: "Jane Doe", "metadata[case_id]": "CW-7K3M9Q2XAB" };
  const key = { "idempotency-key": "one" };
  const customers = async () => ((await get("/v1/customers")).json["data"] as unknown[]).length;

  it("the same key and parameters, in any order: the same answer, and nothing made twice", async () => {
    const first = await post("/v1/customers", form, key);
    const again = await post("/v1/customers", Object.fromEntries(Object.entries(form).toReversed()), key);
    expect(again.json).toStrictEqual(first.json);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await customers()).toBe(1);
  });

  it("other parameters, or another route, under the same key are refused", async () => {
    await post("/v1/customers", form, key);
    const other = await post("/v1/customers", { ...form, name: "Ada Example" }, key);
    expect(errorOf(other)).toMatchObject({ status: 400, type: "idempotency_error" });
    const { customer } = await aDraft(shop.stripe);
    const invoice = await post(
      "/v1/invoices",
      { customer, collection_method: "send_invoice", days_until_due: "3" },
      key,
    );
    expect(errorOf(invoice)).toMatchObject({ status: 400, type: "idempotency_error" });
  });

  it("a refusal is kept too, but not one of wrong parameters or of a wrong key", async () => {
    const { id } = await anInvoice(shop.stripe);
    const refund = { payment_intent: "pi_none" };
    expect((await post("/v1/refunds", refund, key)).status).toBe(400);
    expect((await post("/v1/refunds", refund, key)).headers.get("idempotent-replayed")).toBe("true");

    const second = { "idempotency-key": "two" };
    expect((await post(`/v1/invoices/${id}/void`, { colour: "red" }, second)).status).toBe(400);
    expect(
      (await post(`/v1/invoices/${id}/void`, {}, { ...second, authorization: "Bearer no" })).status,
    ).toBe(401);
    expect((await post(`/v1/invoices/${id}/void`, {}, second)).status).toBe(200);
  });

  it("a key is forgotten after a day: who repeats the call then makes it twice", async () => {
    await post("/v1/customers", form, key);
    shop.real.ms += 24 * 3_600_000;
    await post("/v1/customers", form, key);
    expect(await customers()).toBe(1);
    shop.real.ms += 1;
    await post("/v1/customers", form, key);
    expect(await customers()).toBe(2);
  });

  it("an answer that was lost is given again", async () => {
    shop.stripe.faults.order({ fail: { answer: "reset", acted: true, call: "POST /v1/customers" } });
    await expect(post("/v1/customers", form, key)).rejects.toThrow("fetch failed");
    expect(await customers()).toBe(1);
    expect((await post("/v1/customers", form, key)).status).toBe(200);
    expect(await customers()).toBe(1);
  });
});

describe("webhooks", () => {
  it("are signed over their bytes, in real time, and tell of the object as it was", async () => {
    await anInvoice(shop.stripe);
    await quiet();
    const [delivery] = shop.seller.got;
    expect(delivery?.event).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      object: "event",
      type: "invoice.finalized",
      data: { object: { object: "invoice", status: "open", metadata: { invoice_id: ID } } },
    });
    expect(delivery?.signature).toMatch(/^t=1770000000,v1=/);
    expect(delivery && isGood(delivery, shop.stripe.credentials.webhookSecret)).toBe(true);
    const kept = await get(`/v1/events/${delivery?.event.id}`);
    expect(kept.json).toStrictEqual(JSON.parse(delivery?.body ?? ""));
  });

  it("come again until they are taken, each time with a signature of that time", async () => {
    shop.seller.answers.push(500, 404, 302);
    await anInvoice(shop.stripe);
    await until(() => shop.seller.got.length === 1);
    shop.real.ms += 60_000;
    await until(() => shop.seller.got.length === 4);
    await quiet();
    expect(shop.seller.types()).toStrictEqual(Array.from({ length: 4 }, () => "invoice.finalized"));
    expect(new Set(shop.seller.got.map(({ event }) => event.id)).size).toBe(1);
    expect(shop.seller.got[3]?.signature).toMatch(/^t=1770000060,/);
  });

  it("of a void are told", async () => {
    const { id } = await anInvoice(shop.stripe);
    expect(await told(() => post(`/v1/invoices/${id}/void`))).toStrictEqual(["invoice.voided"]);
  });

  it("are repeated to order", async () => {
    shop.stripe.faults.order({ repeat: 3 });
    await anInvoice(shop.stripe);
    await quiet();
    expect(shop.seller.types()).toStrictEqual(Array.from({ length: 3 }, () => "invoice.finalized"));
  });

  it("come in another order to order", async () => {
    await anInvoice(shop.stripe);
    await quiet();
    shop.stripe.faults.order({ reorder: true });
    expect(await told(() => shop.stripe.pay(ID))).toStrictEqual([
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice.updated",
    ]);
  });

  it("are held back to order, count as no work meanwhile, and go when they may", async () => {
    await anInvoice(shop.stripe);
    await quiet();
    shop.stripe.faults.order({ hold: true });
    const result = shop.stripe.pay(ID);
    expect(shop.stripe.pending()).toBe(0);
    expect(result.ok && result.events.every((event) => shop.stripe.isTold(event))).toBe(true);
    expect(shop.seller.types()).toStrictEqual(["invoice.finalized"]);
    expect(await told(() => shop.stripe.faults.order({ hold: false }))).toHaveLength(3);
  });

  it("are lost to order, and delayed", async () => {
    await anInvoice(shop.stripe);
    await quiet();
    shop.stripe.faults.order({ drop: 2, delayMs: 20 });
    expect(await told(() => shop.stripe.pay(ID))).toStrictEqual(["invoice.paid"]);
  });

  it("are forged to order, and then come well signed", async () => {
    shop.stripe.faults.order({ forge: 1 });
    shop.seller.answers.push(401);
    await anInvoice(shop.stripe);
    await quiet();
    const { webhookSecret } = shop.stripe.credentials;
    expect(shop.seller.got.map((one) => isGood(one, webhookSecret))).toStrictEqual([false, true]);
  });
});

describe("calls that fail to order", () => {
  it.each([429, 500, 503])("%i, so often as ordered and of the named calls only", async (answer) => {
    shop.stripe.faults.order({ fail: { answer, times: 2, call: "GET /v1/refunds" } });
    expect((await get("/v1/customers")).status).toBe(200);
    expect((await get("/v1/refunds")).status).toBe(answer);
    expect(errorOf(await get("/v1/refunds"))).toMatchObject({ message: "Ordered by a test." });
    expect((await get("/v1/refunds")).status).toBe(200);
  });

  it("silence ends with the simulator at the latest", async () => {
    shop.stripe.faults.order({ fail: { answer: "silence", call: "GET /v1/refunds" } });
    const waiting = get("/v1/refunds").then(
      () => "answered",
      () => "cut",
    );
    expect((await get("/v1/customers")).status).toBe(200);
    await shop.restart();
    expect(await waiting).toBe("cut");
  });

  it("a caller that goes away in the middle is no fault of its own", async () => {
    const seen = vi.spyOn(console, "error").mockReturnValue();
    const { port } = new URL(shop.stripe.url);
    await new Promise<void>((resolve) => {
      const socket = createConnection(Number(port), "127.0.0.1", () => {
        socket.write("POST /v1/customers HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nname=");
        socket.end();
      });
      socket.on("close", () => resolve()).resume();
    });
    expect((await get("/v1/customers")).status).toBe(200);
    expect(seen).not.toHaveBeenCalled();
    seen.mockRestore();
  });
});

describe("a restart", () => {
  it("keeps keys, invoices, payments and answers", async () => {
    const { credentials } = shop.stripe;
    const { id, customer } = await anInvoice(shop.stripe);
    const key = { "idempotency-key": "one" };
    const first = await post("/v1/customers", { name: "Jane Doe" }, key);
    shop.stripe.pay(ID, 5000);
    await quiet();
    const before = (await get(`/v1/invoices/${id}?expand[]=payments`)).json;

    await shop.restart();
    expect(shop.stripe.credentials).toStrictEqual(credentials);
    expect((await get(`/v1/invoices/${id}?expand[]=payments`)).json).toStrictEqual(before);
    expect((await get(`/v1/customers/${customer}`)).status).toBe(200);
    expect((await post("/v1/customers", { name: "Jane Doe" }, key)).json).toStrictEqual(first.json);
    expect(shop.stripe.pay(ID)).toMatchObject({ ok: true, amountCents: 7000, isPaid: true });
  });

  it("sends what was never taken, and nothing that was", async () => {
    await anInvoice(shop.stripe);
    await quiet();
    shop.stripe.faults.order({ hold: true });
    shop.stripe.pay(ID);
    await shop.restart();
    expect(shop.seller.types()).toStrictEqual(["invoice.finalized"]);
    shop.stripe.announceForgotten();
    await quiet();
    expect(shop.seller.types()).toStrictEqual([
      "invoice.finalized",
      "invoice.updated",
      "invoice.payment_succeeded",
      "invoice.paid",
    ]);
    await shop.restart();
    shop.stripe.announceForgotten();
    expect(shop.stripe.pending()).toBe(0);
  });

  it("after a kill in the middle of a line goes on without it", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "stripe-torn-"));
    const options = { dataDir, now: () => new Date(shop.clock.at), deliverTo: shop.seller.url };
    let stripe: StripeSimulator = await createStripeSimulator(options);
    await call(stripe, "POST /v1/customers", { name: "Jane Doe" });
    await stripe.close();
    await appendFile(join(dataDir, "journal.jsonl"), '{"put":[{"object":"customer","id":"cus_torn"');
    stripe = await createStripeSimulator(options);
    await call(stripe, "POST /v1/customers", { name: "Ada Example" });
    await stripe.close();
    stripe = await createStripeSimulator(options);
    const { json } = await call(stripe, "GET /v1/customers");
    expect((json["data"] as { name: string }[]).map(({ name }) => name)).toStrictEqual([
      "Ada Example",
      "Jane Doe",
    ]);
    await stripe.close();
    await rm(dataDir, { recursive: true });
  });
});
