/** What the seller does with an invoice at the simulated Stripe: draft, lines, finalization. */
import { randomBytes } from "node:crypto";
import type * as z from "zod";
import { invoiceAt, settleAtOnce } from "./invoice-endings.ts";
import type { InvoiceCreate, InvoiceItemCreate, InvoiceUpdate } from "./params.ts";
import { type Invoice, itemsOf, metadataWith, type RecordOf } from "./records.ts";
import { invalid, noSuch, noSuchParam } from "./refusal.ts";
import { newId, type Work } from "./work.ts";

export interface InvoiceRules {
  /** Business time, Unix seconds: what is due lies after it. */
  readonly businessNow: () => number;
  /** Less than this is not charged: it stays on the customer's balance, and its invoice is paid (50 for US dollars). */
  readonly minimumCents: number;
}

const DAY = 86_400;

/** @throws Refusal where a due date and the way of collection contradict each other, or the date has passed */
const dueDateOf = (
  work: Work,
  given: z.infer<typeof InvoiceCreate>,
  { businessNow }: InvoiceRules,
): number | null => {
  const { collection_method = "charge_automatically", days_until_due, due_date } = given;
  const isGiven = days_until_due !== undefined || due_date !== undefined;
  if (days_until_due !== undefined && due_date !== undefined)
    throw invalid("You may only specify one of these parameters: days_until_due, due_date.");
  if (collection_method === "send_invoice" && !isGiven) {
    throw invalid(
      "If invoice collection method is 'send_invoice', you must specify 'due_date' or 'days_until_due'.",
    );
  }
  if (collection_method === "charge_automatically" && isGiven) {
    throw invalid(
      "You can only specify 'due_date' or 'days_until_due' if invoice collection method is 'send_invoice'.",
    );
  }
  if (due_date !== undefined && due_date <= businessNow())
    throw invalid("Invalid due_date: must be in the future", { param: "due_date" });
  return due_date ?? (days_until_due === undefined ? null : work.now + days_until_due * DAY);
};

export const createInvoice = (
  work: Work,
  given: z.infer<typeof InvoiceCreate>,
  rules: InvoiceRules,
): Invoice => {
  if (!work.find("customer", given.customer)) throw noSuchParam("customer", given.customer, "customer");
  if (given.number && work.all("invoice").some(({ number }) => number === given.number))
    throw invalid("An invoice with this number exists already.", { param: "number" });
  const dueDate = dueDateOf(work, given, rules);
  const invoice = work.put({
    object: "invoice",
    id: newId("in"),
    created: work.now,
    metadata: metadataWith({}, given.metadata),
    customer: given.customer,
    currency: given.currency ?? "usd",
    status: "draft",
    collectionMethod: given.collection_method ?? "charge_automatically",
    autoAdvance: given.auto_advance ?? false,
    description: given.description ?? null,
    footer: given.footer ?? null,
    dueDate,
    number: given.number ?? null,
    amountDue: 0,
    amountPaid: 0,
    amountOverpaid: 0,
    startingBalance: 0,
    endingBalance: null,
    creditNotes: 0,
    finalizedAt: null,
    paidAt: null,
    voidedAt: null,
    uncollectibleAt: null,
    token: randomBytes(24).toString("base64url"),
  });
  if (given.pending_invoice_items_behavior === "include") {
    for (const item of work.all("invoiceitem")) {
      const isPending = item.invoice === null && item.customer === invoice.customer;
      if (isPending && item.currency === invoice.currency) work.put({ ...item, invoice: invoice.id });
    }
  }
  return invoice;
};

/** Metadata alone: everything else is said at the creation. */
export const updateInvoice = (
  work: Work,
  id: string,
  { metadata }: z.infer<typeof InvoiceUpdate>,
): Invoice => {
  const invoice = invoiceAt(work, id);
  return work.put({ ...invoice, metadata: metadataWith(invoice.metadata, metadata) });
};

export const createItem = (work: Work, given: z.infer<typeof InvoiceItemCreate>): RecordOf<"invoiceitem"> => {
  const { customer, amount, unit_amount_decimal, quantity, currency } = given;
  if (!work.find("customer", customer)) throw noSuchParam("customer", customer, "customer");
  if (amount !== undefined && (quantity !== undefined || unit_amount_decimal !== undefined)) {
    const other = quantity === undefined ? "unit_amount_decimal" : "quantity";
    throw invalid(`You may only specify one of these parameters: amount, ${other}.`, { param: "amount" });
  }
  if (amount === undefined && unit_amount_decimal === undefined)
    throw invalid("Missing required param: amount.", { code: "parameter_missing", param: "amount" });
  if (unit_amount_decimal !== undefined && !/^-?\d{1,8}$/.test(unit_amount_decimal))
    throw invalid(`Invalid decimal: ${unit_amount_decimal}`, { param: "unit_amount_decimal" });
  if (currency === undefined)
    throw invalid("Missing required param: currency.", { code: "parameter_missing", param: "currency" });
  const invoice = given.invoice === undefined ? null : work.find("invoice", given.invoice);
  if (invoice === undefined) throw noSuchParam("invoice", given.invoice ?? "", "invoice");
  if (invoice && invoice.status !== "draft")
    throw invalid("Invalid invoice: This invoice is no longer editable", { code: "invoice_not_editable" });
  if (invoice && invoice.customer !== customer)
    throw invalid("The customer of the invoice item is not that of the invoice.", { param: "invoice" });
  if (invoice && invoice.currency !== currency)
    throw invalid(`The invoice is in ${invoice.currency}, the item in ${currency}.`, { param: "currency" });
  if (invoice && itemsOf(work, invoice.id).length >= 250)
    throw invalid("An invoice can have up to 250 items.", { param: "invoice" });
  return work.put({
    object: "invoiceitem",
    id: newId("ii"),
    created: work.now,
    metadata: metadataWith({}, given.metadata),
    customer,
    invoice: invoice?.id ?? null,
    amount: amount ?? Number(unit_amount_decimal) * (quantity ?? 1),
    quantity: Math.max(1, quantity ?? 1),
    currency,
    description: given.description ?? null,
  });
};

/**
 * The customer's balance from earlier invoices is taken in, above or below zero; what is then too little to charge
 * stays on her balance, and the invoice is paid.
 */
export const finalize = (work: Work, id: string, { minimumCents }: InvoiceRules): Invoice => {
  const draft = invoiceAt(work, id);
  if (draft.status !== "draft") {
    throw invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: "invoice_not_editable",
    });
  }
  const items = itemsOf(work, id);
  // Whether Stripe would finalize an empty invoice is not confirmed; nobody here means to send one.
  if (items.length === 0)
    throw invalid("This invoice has no line items.", { code: "invoice_no_customer_line_items" });
  const customer = work.find("customer", draft.customer);
  if (!customer) throw noSuch("customer", draft.customer);
  const owed = items.reduce((sum, { amount }) => sum + amount, 0) + customer.balance;
  const isCharged = owed > 0 && owed >= minimumCents;
  const count = work
    .all("invoice")
    .filter((one) => one.customer === customer.id && one.finalizedAt !== null).length;
  const endingBalance = isCharged ? 0 : owed;
  work.put({ ...customer, balance: endingBalance });
  const invoice = work.put({
    ...draft,
    status: "open" as const,
    number: draft.number ?? `${customer.invoicePrefix}-${String(count + 1).padStart(4, "0")}`,
    amountDue: isCharged ? owed : 0,
    startingBalance: customer.balance,
    endingBalance,
    finalizedAt: work.now,
  });
  if (isCharged) {
    const intent = work.put({
      object: "payment_intent",
      id: newId("pi"),
      created: work.now,
      metadata: {},
      customer: customer.id,
      currency: invoice.currency,
      amount: owed,
      amountReceived: 0,
      status: "requires_payment_method",
      latestCharge: null,
    });
    work.put({
      object: "invoice_payment",
      id: newId("inpay"),
      created: work.now,
      invoice: id,
      paymentIntent: intent.id,
      currency: invoice.currency,
      amountRequested: owed,
      amountPaid: null,
      isDefault: true,
      status: "open",
      paidAt: null,
      canceledAt: null,
    });
  }
  work.tell("invoice.finalized", invoice);
  return isCharged ? invoice : settleAtOnce(work, invoice);
};

export const sendInvoice = (work: Work, id: string, rules: InvoiceRules): Invoice => {
  const invoice = invoiceAt(work, id);
  if (invoice.status === "draft") return finalize(work, id, rules);
  if (invoice.status !== "open") throw invalid("This invoice cannot be sent right now.");
  return invoice;
};
