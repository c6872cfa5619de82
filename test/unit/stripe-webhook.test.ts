import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { StripeCredentials } from "../../lambdas/adapters/payments/stripe-connection.ts";
import { createStripeWebhook } from "../../lambdas/adapters/payments/stripe-webhook.ts";
import type { PaymentWebhook } from "../../lambdas/ports/payments.ts";

const NOW = "2026-03-14T09:30:00.000Z";
const NOW_S = Date.parse(NOW) / 1000;
const SECRET = "whsec_1";
const bytes = (text: string) => new TextEncoder().encode(text);
const v1 = (body: string | Uint8Array, at: number | string = NOW_S, secret = SECRET): string =>
  createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");
const signed = (body: string | Uint8Array, at = NOW_S): Record<string, string> => ({
  "stripe-signature": `t=${at},v1=${v1(body, at)},v0=${"0".repeat(64)}`,
});
const receiving = () => {
  const credentials = vi.fn<() => Promise<StripeCredentials>>(async () => ({
    apiKey: "sk_test_1",
    webhookSecret: SECRET,
  }));
  return { credentials, webhook: createStripeWebhook({ credentials }) };
};
const { webhook } = receiving();

type Body = Readonly<Record<string, unknown>>;
const anEvent = (type: string, object: Body): Body => ({
  id: "evt_1",
  object: "event",
  api_version: "2026-08-26.dahlia",
  created: NOW_S,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type,
  data: { object },
});
const tell = (body: unknown, by: PaymentWebhook = webhook) => {
  const text = JSON.stringify(body);
  return by.parse(bytes(text), signed(text), NOW);
};
const told = (type: string, object: Body) => tell(anEvent(type, object));

const OURS = { case_id: "CW-7K3M9Q2XAB", invoice_id: "CW-7K3M9Q2XAB-1" };
const anInvoice = (overrides: Body = {}): Body => ({
  id: "in_1",
  object: "invoice",
  amount_due: 16_500,
  amount_overpaid: 0,
  amount_paid: 16_500,
  amount_remaining: 0,
  collection_method: "send_invoice",
  currency: "usd",
  customer_email: "jane.doe@example.com",
  metadata: OURS,
  status: "paid",
  ...overrides,
});
const aRefund = (overrides: Body = {}): Body => ({
  id: "re_1",
  object: "refund",
  amount: 5_000,
  charge: "ch_1",
  currency: "usd",
  metadata: { case_id: OURS.case_id, entry_id: "refund-001" },
  payment_intent: "pi_1",
  reason: null,
  status: "succeeded",
  ...overrides,
});
const aDispute = (status: string, overrides: Body = {}): Body => ({
  id: "du_1",
  object: "dispute",
  amount: 16_500,
  charge: "ch_1",
  currency: "usd",
  payment_intent: "pi_1",
  reason: "fraudulent",
  status,
  ...overrides,
});
const other = (type: string) => ({ kind: "other", eventId: "evt_1", type });

describe("Stripe's signature", () => {
  const body = JSON.stringify(anEvent("invoice.paid", anInvoice()));
  const parse = (header: string | undefined, text: string | Uint8Array = body, now = NOW) =>
    webhook.parse(
      typeof text === "string" ? bytes(text) : text,
      header === undefined ? {} : { "stripe-signature": header },
      now,
    );
  const refused = { code: "unauthenticated" };

  it("over the raw bytes lets a message in", async () => {
    expect(await parse(`t=${NOW_S},v1=${v1(body)}`)).toMatchObject({ kind: "invoice", eventId: "evt_1" });
  });

  it("is one of several while the secret is being rolled", async () => {
    const forged = v1(body, NOW_S, "whsec_0");
    expect(await parse(`t=${NOW_S},v1=${forged},v1=${v1(body)}`)).toMatchObject({ kind: "invoice" });
    expect(await parse(`t=${NOW_S},v1=${v1(body)},v1=${forged}`)).toMatchObject({ kind: "invoice" });
    await expect(parse(`t=${NOW_S},v1=${forged},v1=${forged}`)).rejects.toMatchObject(refused);
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["of another secret", `t=${NOW_S},v1=${v1(body, NOW_S, "whsec_2")}`],
    ["of another time than it says", `t=${NOW_S + 1},v1=${v1(body)}`],
    ["without a time", `v1=${v1(body)}`],
    ["of a time that is none", `t=now,v1=${v1(body, "now")}`],
    ["without a signature", `t=${NOW_S}`],
    ["of another scheme only", `t=${NOW_S},v0=${v1(body)}`],
    ["cut short", `t=${NOW_S},v1=${v1(body).slice(0, 62)}`],
    ["too long", `t=${NOW_S},v1=${v1(body)}00`],
    ["no hexadecimal", `t=${NOW_S},v1=${"z".repeat(64)}`],
  ])("%s is refused", async (_, header) => {
    await expect(parse(header)).rejects.toMatchObject(refused);
  });

  it("does not fit a body that was altered", async () => {
    const altered = body.replace('"amount_paid":16500', '"amount_paid":99999');
    expect(altered).not.toBe(body);
    await expect(parse(`t=${NOW_S},v1=${v1(body)}`, altered)).rejects.toMatchObject(refused);
    await expect(parse(`t=${NOW_S},v1=${v1(body)}`, `${body}\n`)).rejects.toMatchObject(refused);
  });

  it("lives for 300 seconds, either way", async () => {
    const at = (seconds: number) => parse(`t=${NOW_S + seconds},v1=${v1(body, NOW_S + seconds)}`);
    for (const seconds of [-300, 300]) expect(await at(seconds)).toMatchObject({ kind: "invoice" });
    for (const seconds of [-301, 301]) await expect(at(seconds)).rejects.toMatchObject(refused);
  });

  it("is checked before the body is read", async () => {
    await expect(parse(`t=${NOW_S},v1=${v1(body)}`, "{")).rejects.toMatchObject(refused);
  });

  it("costs no reading of the secret where it cannot be right", async () => {
    const { webhook, credentials } = receiving();
    await expect(webhook.parse(bytes(body), signed(body, NOW_S - 301), NOW)).rejects.toMatchObject(refused);
    expect(credentials).not.toHaveBeenCalled();
  });

  it("follows a secret that was rotated, within a minute", async () => {
    const { webhook, credentials } = receiving();
    const after = (seconds: number) => {
      const at = NOW_S + seconds;
      return webhook.parse(bytes(body), signed(body, at), new Date(at * 1000).toISOString());
    };
    await after(0);
    await after(59);
    expect(credentials).toHaveBeenCalledOnce();
    await after(60);
    expect(credentials).toHaveBeenCalledTimes(2);
  });
});

describe("a signed message of Stripe", () => {
  it("that is no JSON in UTF-8 is refused as such", async () => {
    for (const body of [bytes("{"), bytes(""), Uint8Array.of(0x22, 0xff, 0x22)])
      await expect(webhook.parse(body, signed(body), NOW)).rejects.toMatchObject({ code: "invalid-json" });
  });

  it.each([
    ["nothing", null],
    ["no event", { id: "evt_1" }],
    ["a thin event", { id: "evt_1", object: "v2.core.event", type: "v2.core.event_destination.ping" }],
    ["an invoice without its sum", anEvent("invoice.paid", anInvoice({ amount_paid: undefined }))],
    ["an invoice without its number", anEvent("invoice.paid", anInvoice({ id: undefined }))],
    ["an invoice of a broken sum", anEvent("invoice.paid", anInvoice({ amount_paid: 1.5 }))],
    ["a refund without its number", anEvent("refund.updated", aRefund({ id: null }))],
    ["a dispute without its status", anEvent("charge.dispute.created", aDispute("", { status: null }))],
  ])("that is %s is refused, naming what is wrong: Stripe tells it again", async (_, body) => {
    const faults = [{ path: expect.any(String), message: expect.any(String) }];
    await expect(tell(body)).rejects.toMatchObject({
      code: "invalid-request",
      errors: expect.arrayContaining(faults),
    });
  });

  it.each(["customer.created", "payment_intent.succeeded", "invoice_payment.paid", "something.new"])(
    "of the type %s is none of ours",
    async (type) => {
      expect(await told(type, { id: "x_1", object: type.split(".")[0] })).toStrictEqual(other(type));
    },
  );
});

describe("R37: a message about an invoice", () => {
  it.each([
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice.overpaid",
    "invoice.updated",
    "invoice.voided",
    "invoice.finalized",
  ])("%s says what was taken in all", async (type) => {
    expect(await told(type, anInvoice({ amount_overpaid: 300 }))).toStrictEqual({
      kind: "invoice",
      eventId: "evt_1",
      id: "in_1",
      caseId: "CW-7K3M9Q2XAB",
      invoiceId: "CW-7K3M9Q2XAB-1",
      taken: { paidCents: 16_800, currency: "USD" },
    });
  });

  it("carries its currency, whichever it is", async () => {
    expect(await told("invoice.paid", anInvoice({ currency: "jpy" }))).toMatchObject({
      taken: { paidCents: 16_500, currency: "JPY" },
    });
  });

  it("that was made by hand names no case", async () => {
    for (const metadata of [{}, null, { case_id: "7", invoice_id: "INV-1" }])
      expect(await told("invoice.paid", anInvoice({ metadata, amount_overpaid: null }))).toStrictEqual({
        kind: "invoice",
        eventId: "evt_1",
        id: "in_1",
        taken: { paidCents: 16_500, currency: "USD" },
      });
  });

  it("that does not exist yet is none of ours", async () => {
    expect(await told("invoice.upcoming", anInvoice({ id: undefined }))).toStrictEqual(
      other("invoice.upcoming"),
    );
  });
});

describe("R37: a message about a refund", () => {
  it.each([
    ["refund.created", "succeeded", false],
    ["refund.updated", "succeeded", false],
    ["charge.refund.updated", "succeeded", false],
    ["refund.failed", "failed", true],
    ["refund.updated", "canceled", true],
  ])("%s, %s", async (type, status, failed) => {
    expect(await told(type, aRefund({ status }))).toStrictEqual({
      kind: "refund",
      eventId: "evt_1",
      caseId: "CW-7K3M9Q2XAB",
      entryId: "refund-001",
      reference: "re_1",
      failed,
    });
  });

  it.each(["pending", "requires_action", null])("that is %s has no outcome yet", async (status) => {
    expect(await told("refund.created", aRefund({ status }))).toStrictEqual(other("refund.created"));
  });

  it("that was made by hand at Stripe is none of the ledger's", async () => {
    for (const metadata of [{}, null, { case_id: OURS.case_id }, { case_id: "7", entry_id: "refund-001" }])
      expect(await told("refund.created", aRefund({ metadata }))).toStrictEqual(other("refund.created"));
  });
});

describe("R37: a message about a dispute", () => {
  const dispute = (open: boolean, paymentIds = ["pi_1", "ch_1"]) => ({
    kind: "dispute",
    eventId: "evt_1",
    paymentIds,
    open,
  });

  it.each([
    ["charge.dispute.created", "needs_response", true],
    ["charge.dispute.created", "under_review", true],
    ["charge.dispute.created", "lost", true],
    ["charge.dispute.funds_withdrawn", "needs_response", true],
    ["charge.dispute.closed", "won", false],
  ])("%s, %s: open %s", async (type, status, open) => {
    expect(await told(type, aDispute(status))).toStrictEqual(dispute(open));
  });

  it.each([
    ["charge.dispute.created", "warning_needs_response"],
    ["charge.dispute.created", "prevented"],
    ["charge.dispute.updated", "under_review"],
    ["charge.dispute.funds_reinstated", "won"],
    ["charge.dispute.closed", "lost"],
    ["charge.dispute.closed", "warning_closed"],
  ])("%s, %s: nothing changes", async (type, status) => {
    expect(await told(type, aDispute(status))).toStrictEqual(other(type));
  });

  it("names what it knows of the payment", async () => {
    expect(
      await told("charge.dispute.created", aDispute("needs_response", { payment_intent: null })),
    ).toStrictEqual(dispute(true, ["ch_1"]));
  });
});
