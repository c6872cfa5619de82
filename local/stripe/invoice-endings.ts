/** The ways in which an invoice of the simulated Stripe stops asking for money. */
import type * as z from "zod";
import type { CreditNoteCreate } from "./params.ts";
import { type Invoice, metadataWith, paymentsOf, type RecordOf, remainingOf } from "./records.ts";
import { invalid, noSuch, noSuchParam } from "./refusal.ts";
import { newId, type Work } from "./work.ts";

const NOT_OPEN = "You can only pass in open invoices. This invoice isn't open.";

/** @throws Refusal 404 */
export const invoiceAt = (work: Work, id: string): Invoice => {
  const invoice = work.find("invoice", id);
  if (!invoice) throw noSuch("invoice", id);
  return invoice;
};

/** Paid with nothing to charge: Stripe says so at once, and no payment is made. */
export const settleAtOnce = (work: Work, invoice: Invoice): Invoice => {
  const paid = work.put({ ...invoice, status: "paid" as const, paidAt: work.now });
  work.tell("invoice.updated", paid, { status: "open" });
  work.tell("invoice.paid", paid);
  work.tell("invoice.payment_succeeded", paid);
  return paid;
};

/** Payments that are still open are no longer expected. */
export const cancelOpenPayments = (work: Work, invoice: string): void => {
  for (const payment of paymentsOf(work, invoice)) {
    if (payment.status !== "open") continue;
    work.put({ ...payment, status: "canceled" as const, canceledAt: work.now });
    const intent = work.find("payment_intent", payment.paymentIntent);
    if (intent) work.put({ ...intent, status: "canceled" as const });
  }
};

/** Nothing can be voided that money was paid for, in whole or in part. */
export const voidInvoice = (work: Work, id: string): Invoice => {
  const invoice = invoiceAt(work, id);
  if (paymentsOf(work, id).some(({ status }) => status === "paid"))
    throw invalid("Invoices with `paid` payments cannot be voided.");
  if (invoice.status !== "open" && invoice.status !== "uncollectible") throw invalid(NOT_OPEN);
  const customer = work.find("customer", invoice.customer);
  // The balance it took in is on her account again.
  if (customer) work.put({ ...customer, balance: customer.balance + invoice.startingBalance });
  cancelOpenPayments(work, id);
  const voided = work.put({ ...invoice, status: "void" as const, voidedAt: work.now });
  work.tell("invoice.voided", voided);
  return voided;
};

/** Given up, though whoever still pays it may. */
export const markUncollectible = (work: Work, id: string): Invoice => {
  const invoice = invoiceAt(work, id);
  if (invoice.status === "uncollectible")
    throw invalid("This invoice has already been marked uncollectible.");
  if (invoice.status !== "open") throw invalid(NOT_OPEN);
  return work.put({ ...invoice, status: "uncollectible" as const, uncollectibleAt: work.now });
};

/** Its items stay where they were, as Stripe leaves them. */
export const deleteInvoice = (work: Work, id: string): Invoice => {
  const invoice = invoiceAt(work, id);
  if (invoice.status !== "draft") throw invalid("You can only delete draft invoices.");
  work.remove(id);
  return invoice;
};

/** Asks for less of an open invoice; nothing left to pay means paid. */
export const createCreditNote = (
  work: Work,
  { invoice: id, amount, memo, reason, metadata }: z.infer<typeof CreditNoteCreate>,
): RecordOf<"credit_note"> => {
  const invoice = work.find("invoice", id);
  if (!invoice) throw noSuchParam("invoice", id, "invoice");
  // For a paid one a credit note would also be a refund; that has a route of its own.
  if (invoice.status !== "open")
    throw invalid("Credit notes are simulated for open invoices only.", { param: "invoice" });
  if (amount > remainingOf(invoice)) {
    throw invalid("The credit note amount exceeds the maximum creditable amount for this invoice.", {
      param: "amount",
    });
  }
  const note = work.put({
    object: "credit_note",
    id: newId("cn"),
    created: work.now,
    metadata: metadataWith({}, metadata),
    customer: invoice.customer,
    invoice: id,
    currency: invoice.currency,
    amount,
    memo: memo ?? null,
    reason: reason ?? null,
  });
  const less = work.put({
    ...invoice,
    amountDue: invoice.amountDue - amount,
    creditNotes: invoice.creditNotes + amount,
  });
  if (remainingOf(less) > 0) {
    work.tell("invoice.updated", less, { amount_due: invoice.amountDue });
    return note;
  }
  cancelOpenPayments(work, id);
  settleAtOnce(work, less);
  return note;
};
