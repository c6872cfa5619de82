/** What the customer and her bank do at the simulated Stripe: she pays, and takes a payment back. */
import { cancelOpenPayments } from "./invoice-endings.ts";
import { type Invoice, type PaymentIntent, paymentsOf, type RecordOf, remainingOf } from "./records.ts";
import { newId, type Work } from "./work.ts";

/** She paid all of it: the payment made with the invoice is the one. Any other sum is a payment of its own. */
const intentFor = (work: Work, invoice: Invoice, cents: number): PaymentIntent => {
  const open = paymentsOf(work, invoice.id).find(({ isDefault, status }) => isDefault && status === "open");
  const made = open && work.find("payment_intent", open.paymentIntent);
  if (open && made && cents === remainingOf(invoice)) {
    work.put({ ...open, status: "paid" as const, amountPaid: cents, paidAt: work.now });
    return made;
  }
  const intent = work.put({
    object: "payment_intent" as const,
    id: newId("pi"),
    created: work.now,
    metadata: {},
    customer: invoice.customer,
    currency: invoice.currency,
    amount: cents,
    amountReceived: 0,
    status: "requires_payment_method" as const,
    latestCharge: null,
  });
  work.put({
    object: "invoice_payment",
    id: newId("inpay"),
    created: work.now,
    invoice: invoice.id,
    paymentIntent: intent.id,
    currency: invoice.currency,
    amountRequested: cents,
    amountPaid: cents,
    isDefault: false,
    status: "paid",
    paidAt: work.now,
    canceledAt: null,
  });
  return intent;
};

/** The payment made with the invoice keeps asking for what is left. */
const askForTheRest = (work: Work, invoice: Invoice): void => {
  const rest = remainingOf(invoice);
  for (const payment of paymentsOf(work, invoice.id)) {
    if (!payment.isDefault || payment.status !== "open") continue;
    work.put({ ...payment, amountRequested: rest });
    const intent = work.find("payment_intent", payment.paymentIntent);
    if (intent) work.put({ ...intent, amount: rest });
  }
};

/**
 * Takes money for an invoice that can be paid, whatever it asks for. What goes beyond counts as overpaid and to the
 * customer's credit; how Stripe divides the two was not confirmed: here `amount_paid` stays within `amount_due`.
 */
export const payInvoice = (work: Work, invoice: Invoice, cents: number): void => {
  const excess = Math.max(0, cents - remainingOf(invoice));
  const intent = intentFor(work, invoice, cents);
  const charge = work.put({
    object: "charge",
    id: newId("ch"),
    created: work.now,
    metadata: {},
    customer: invoice.customer,
    paymentIntent: intent.id,
    currency: invoice.currency,
    amount: cents,
    amountRefunded: 0,
    disputed: false,
  });
  work.put({ ...intent, amountReceived: cents, status: "succeeded" as const, latestCharge: charge.id });
  const taken = {
    ...invoice,
    amountPaid: invoice.amountPaid + cents - excess,
    amountOverpaid: invoice.amountOverpaid + excess,
  };
  const isPaid = remainingOf(taken) === 0;
  const paid = work.put<Invoice>(isPaid ? { ...taken, status: "paid", paidAt: work.now } : taken);
  if (isPaid) cancelOpenPayments(work, invoice.id);
  else askForTheRest(work, paid);
  const customer = work.find("customer", invoice.customer);
  if (customer && excess > 0) work.put({ ...customer, balance: customer.balance - excess });
  work.tell("invoice.updated", paid, {
    amount_paid: invoice.amountPaid,
    amount_remaining: remainingOf(invoice),
    ...(isPaid ? { status: invoice.status } : {}),
  });
  if (isPaid) {
    work.tell("invoice.payment_succeeded", paid);
    work.tell("invoice.paid", paid);
  }
  if (excess > 0) work.tell("invoice.overpaid", paid);
};

/** The latest payment of an invoice that is not disputed yet; `undefined` when there is none. */
export const openDispute = (work: Work, invoice: Invoice): RecordOf<"dispute"> | undefined => {
  const charge = paymentsOf(work, invoice.id)
    .filter(({ status }) => status === "paid")
    .flatMap(({ paymentIntent }) => work.find("payment_intent", paymentIntent)?.latestCharge ?? [])
    .flatMap((id) => work.find("charge", id) ?? [])
    .findLast(({ disputed }) => !disputed);
  if (!charge) return undefined;
  work.put({ ...charge, disputed: true });
  const dispute = work.put({
    object: "dispute",
    id: newId("du"),
    created: work.now,
    metadata: {},
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    currency: charge.currency,
    amount: charge.amount,
    status: "needs_response",
  });
  work.tell("charge.dispute.created", dispute);
  return dispute;
};

/** `won`: the money is the seller's again. `lost`: it is gone. */
export const closeDispute = (work: Work, dispute: RecordOf<"dispute">, outcome: "won" | "lost"): void => {
  work.tell("charge.dispute.closed", work.put({ ...dispute, status: outcome }));
};
