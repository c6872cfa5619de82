/** What the simulated Stripe holds: its objects, reduced to what differs between them. `shapes.ts` shows them in full. */
import * as z from "zod";

/** Unix time in seconds. */
const Seconds = z.int();
const Cents = z.int();
/** Lower case, ISO 4217. */
const Currency = z.string();
const Metadata = z.record(z.string(), z.string());

const common = { id: z.string(), created: Seconds, metadata: Metadata };

const Customer = z.strictObject({
  object: z.literal("customer"),
  ...common,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  description: z.string().nullable(),
  address: z.record(z.string(), z.string()).nullable(),
  /** What she owes (above zero) or has to her credit (below) from earlier invoices; the next one takes it in. */
  balance: Cents,
  /** Her invoices are numbered `<prefix>-0001`, and so on. */
  invoicePrefix: z.string(),
});

const InvoiceItem = z.strictObject({
  object: z.literal("invoiceitem"),
  ...common,
  customer: z.string(),
  /** `null`: waits for the customer's next invoice that asks for such items. */
  invoice: z.string().nullable(),
  amount: Cents,
  quantity: z.int(),
  currency: Currency,
  description: z.string().nullable(),
});

const Invoice = z.strictObject({
  object: z.literal("invoice"),
  ...common,
  customer: z.string(),
  currency: Currency,
  status: z.enum(["draft", "open", "paid", "uncollectible", "void"]),
  collectionMethod: z.enum(["charge_automatically", "send_invoice"]),
  autoAdvance: z.boolean(),
  description: z.string().nullable(),
  footer: z.string().nullable(),
  dueDate: Seconds.nullable(),
  number: z.string().nullable(),
  /** What it asks for: lines and balance, less credit notes; of a draft the lines so far. */
  amountDue: Cents,
  /** Never more than `amountDue`. */
  amountPaid: Cents,
  amountOverpaid: Cents,
  startingBalance: Cents,
  endingBalance: Cents.nullable(),
  creditNotes: Cents,
  finalizedAt: Seconds.nullable(),
  paidAt: Seconds.nullable(),
  voidedAt: Seconds.nullable(),
  uncollectibleAt: Seconds.nullable(),
  /** Whoever knows it sees the page to pay on. */
  token: z.string(),
});
export type Invoice = z.infer<typeof Invoice>;

const InvoicePayment = z.strictObject({
  object: z.literal("invoice_payment"),
  id: z.string(),
  created: Seconds,
  invoice: z.string(),
  paymentIntent: z.string(),
  currency: Currency,
  amountRequested: Cents,
  amountPaid: Cents.nullable(),
  /** Made with the invoice, for all that it asks for. */
  isDefault: z.boolean(),
  status: z.enum(["open", "paid", "canceled"]),
  paidAt: Seconds.nullable(),
  canceledAt: Seconds.nullable(),
});

const PaymentIntent = z.strictObject({
  object: z.literal("payment_intent"),
  ...common,
  customer: z.string(),
  currency: Currency,
  amount: Cents,
  amountReceived: Cents,
  status: z.enum(["requires_payment_method", "succeeded", "canceled"]),
  latestCharge: z.string().nullable(),
});
export type PaymentIntent = z.infer<typeof PaymentIntent>;

const Charge = z.strictObject({
  object: z.literal("charge"),
  ...common,
  customer: z.string(),
  paymentIntent: z.string(),
  currency: Currency,
  amount: Cents,
  amountRefunded: Cents,
  disputed: z.boolean(),
});

const Refund = z.strictObject({
  object: z.literal("refund"),
  ...common,
  charge: z.string(),
  paymentIntent: z.string(),
  currency: Currency,
  amount: Cents,
  reason: z.string().nullable(),
  status: z.enum(["pending", "succeeded", "failed"]),
  failureReason: z.string().nullable(),
});
export type Refund = z.infer<typeof Refund>;

const Dispute = z.strictObject({
  object: z.literal("dispute"),
  ...common,
  charge: z.string(),
  paymentIntent: z.string(),
  currency: Currency,
  amount: Cents,
  status: z.enum(["needs_response", "won", "lost"]),
});

const CreditNote = z.strictObject({
  object: z.literal("credit_note"),
  ...common,
  customer: z.string(),
  invoice: z.string(),
  currency: Currency,
  amount: Cents,
  memo: z.string().nullable(),
  reason: z.string().nullable(),
});

/** As it is sent, word for word: an event tells of the object as it was then. */
const Event = z.strictObject({
  object: z.literal("event"),
  id: z.string(),
  created: Seconds,
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  request: z.strictObject({ id: z.string().nullable(), idempotency_key: z.string().nullable() }),
});

export const StripeRecord = z.discriminatedUnion("object", [
  Customer,
  InvoiceItem,
  Invoice,
  InvoicePayment,
  PaymentIntent,
  Charge,
  Refund,
  Dispute,
  CreditNote,
  Event,
]);
export type StripeRecord = z.infer<typeof StripeRecord>;
export type Kind = StripeRecord["object"];
export type RecordOf<K extends Kind> = Extract<StripeRecord, { object: K }>;

/** What can be read of them. */
export interface Lookup {
  find<K extends Kind>(kind: K, id: string): RecordOf<K> | undefined;
  /** In the order of their making. */
  all<K extends Kind>(kind: K): readonly RecordOf<K>[];
}

/** Metadata changed key by key: an empty value takes its key away, `null` all of them. */
export const metadataWith = (
  held: z.infer<typeof Metadata>,
  given: Readonly<Record<string, string>> | null = {},
): z.infer<typeof Metadata> =>
  given === null
    ? {}
    : Object.fromEntries(Object.entries({ ...held, ...given }).filter(([, value]) => value !== ""));

/** What is still to be paid. */
export const remainingOf = ({ amountDue, amountPaid }: Invoice): number => amountDue - amountPaid;

/** The lines of an invoice, in the order in which they were added. */
export const itemsOf = (from: Lookup, invoice: string): readonly RecordOf<"invoiceitem">[] =>
  from.all("invoiceitem").filter((item) => item.invoice === invoice);

export const paymentsOf = (from: Lookup, invoice: string): readonly RecordOf<"invoice_payment">[] =>
  from.all("invoice_payment").filter((payment) => payment.invoice === invoice);
