/** The real adapter against the simulated Stripe: every call of the port, each twice, and what Stripe tells of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStripeProvider } from "../../lambdas/adapters/payments/stripe.ts";
import { createStripeWebhook } from "../../lambdas/adapters/payments/stripe-webhook.ts";
import { PermanentError, TransientError } from "../../lambdas/domain/faults.ts";
import type { PaymentProvider } from "../../lambdas/ports/payments.ts";
import { anInvoice, aRefund } from "../builders/invoice.ts";
import { type Shop, startShop } from "./stripe-fixture.ts";

let shop: Shop;
let provider: PaymentProvider;
beforeEach(async () => {
  shop = await startShop();
  provider = createStripeProvider({
    baseUrl: shop.stripe.url,
    credentials: () => Promise.resolve(shop.stripe.credentials),
  });
});
afterEach(() => shop.end());

const invoice = anInvoice({ dueDate: "2026-03-29" });
const due = invoice.totalCents - invoice.creditCents;
const statusOf = (id: string) => shop.stripe.invoices().find((one) => one.id === id)?.status;

describe("an invoice", () => {
  it("R35, R36: is made payable once, however often it is asked for, over exactly what is due", async () => {
    const once = await provider.create(invoice);
    expect(await provider.create(invoice)).toEqual(once);
    expect(shop.stripe.invoices()).toHaveLength(1);
    expect(shop.stripe.invoices()[0]).toMatchObject({ id: once.id, amountDue: due, status: "open" });
    expect(await provider.status(once.id)).toEqual({ paidCents: 0, currency: "USD" });
  });

  it("R37: what earlier payments cover is not asked for again", async () => {
    const { id } = await provider.create({ ...invoice, creditCents: 10_000 });
    expect(shop.stripe.invoices().find((one) => one.id === id)?.amountDue).toBe(invoice.totalCents - 10_000);
  });

  it("R37: tells what was taken in all, partly, whole and beyond", async () => {
    const { id } = await provider.create(invoice);
    shop.stripe.pay(invoice.invoiceId, 5000);
    expect((await provider.status(id)).paidCents).toBe(5000);
    shop.stripe.pay(invoice.invoiceId);
    expect((await provider.status(id)).paidCents).toBe(due);
  });

  it("taken back is void; partly paid it asks for no more; paid it is left as it is; each as often as one likes", async () => {
    const unpaid = await provider.create(invoice);
    const partly = await provider.create(
      anInvoice({ version: 2, invoiceId: `${invoice.caseId}-2`, dueDate: "2026-03-29" }),
    );
    const paid = await provider.create(
      anInvoice({ version: 3, invoiceId: `${invoice.caseId}-3`, dueDate: "2026-03-29" }),
    );
    shop.stripe.pay(`${invoice.caseId}-2`, 5000);
    shop.stripe.pay(`${invoice.caseId}-3`);
    for (const { id } of [unpaid, partly, paid, unpaid, partly, paid]) await provider.cancel(id);
    expect([unpaid, partly, paid].map(({ id }) => statusOf(id))).toEqual(["void", "paid", "paid"]);
    expect(shop.stripe.pay(`${invoice.caseId}-2`)).toMatchObject({ ok: false });
    expect((await provider.status(partly.id)).paidCents).toBe(5000);
  });
});

describe("money that came by bank", () => {
  it("R37: is not asked for on the page any more, once however often it is told", async () => {
    const { id } = await provider.create(invoice);
    for (let told = 0; told < 2; told += 1) await provider.credit(id, "bank-transfer:T-1", 5000);
    expect(shop.stripe.invoices()[0]).toMatchObject({ amountRemaining: due - 5000 });
    expect(shop.stripe.pay(invoice.invoiceId)).toMatchObject({ ok: true, amountCents: due - 5000 });
    expect((await provider.status(id)).paidCents).toBe(due - 5000);
  });
  it("R37: ends the page when it is all, or more than was left", async () => {
    const { id } = await provider.create(invoice);
    shop.stripe.pay(invoice.invoiceId, 5000);
    for (let told = 0; told < 2; told += 1) await provider.credit(id, "bank-transfer:T-1", due);
    expect(statusOf(id)).toBe("paid");
    expect(shop.stripe.pay(invoice.invoiceId)).toMatchObject({ ok: false });
    expect((await provider.status(id)).paidCents).toBe(5000);
  });
});

describe("a refund", () => {
  it("R37: goes back once, however often it is asked for, and never more than was taken", async () => {
    const { id } = await provider.create(invoice);
    shop.stripe.pay(invoice.invoiceId);
    const refund = aRefund({ invoiceId: invoice.invoiceId, amountCents: 5000 });
    const once = await provider.refund(id, refund);
    expect(await provider.refund(id, refund)).toBe(once);
    expect(shop.stripe.refunds().map(({ amount }) => amount)).toEqual([5000]);
    const tooMuch = aRefund({ invoiceId: invoice.invoiceId, entryId: "refund-002", amountCents: due });
    await expect(provider.refund(id, tooMuch)).rejects.toThrow(PermanentError);
    expect(shop.stripe.refunds()).toHaveLength(1);
  });
});

it("what Stripe tells is read as it was signed, and a forged message is refused", async () => {
  const webhook = createStripeWebhook({ credentials: () => Promise.resolve(shop.stripe.credentials) });
  const { id } = await provider.create(invoice);
  shop.stripe.pay(invoice.invoiceId);
  await vi.waitFor(() => expect(shop.seller.types()).toContain("invoice.paid"), 10_000);
  const paid = shop.seller.got.find(({ event }) => event.type === "invoice.paid");
  const now = new Date(shop.real.ms).toISOString();
  const parse = (body: string, signature: string, at = now) =>
    webhook.parse(Buffer.from(body), { "stripe-signature": signature }, at);
  const { body = "", signature = "" } = paid ?? {};
  expect(await parse(body, signature)).toMatchObject({
    kind: "invoice",
    id,
    caseId: invoice.caseId,
    invoiceId: invoice.invoiceId,
    taken: { paidCents: due, currency: "USD" },
  });
  await expect(parse(`${body} `, signature)).rejects.toMatchObject({ code: "unauthenticated" });
  const late = new Date(shop.real.ms + 301_000).toISOString();
  await expect(parse(body, signature, late)).rejects.toMatchObject({ code: "unauthenticated" });
});

it("a Stripe that is not there is tried again later", async () => {
  shop.stripe.faults.order({ fail: { answer: 503 } });
  await expect(provider.create(invoice)).rejects.toThrow(TransientError);
});
