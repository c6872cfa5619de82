/** The objects as Stripe's API shows them, since version 2025-03-31 (basil): payments are objects of their own. */
import { invoice, invoiceitem, type Json, type Shaping } from "./invoice-shapes.ts";
import type { RecordOf, StripeRecord } from "./records.ts";

/** The version events are written in. */
export const API_VERSION = "2026-08-26.dahlia";

const customer = (one: RecordOf<"customer">): Json => ({
  id: one.id,
  object: "customer",
  address: one.address,
  balance: one.balance,
  created: one.created,
  currency: null,
  default_source: null,
  delinquent: false,
  description: one.description,
  discount: null,
  email: one.email,
  invoice_prefix: one.invoicePrefix,
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null },
  livemode: false,
  metadata: one.metadata,
  name: one.name,
  phone: one.phone,
  preferred_locales: [],
  shipping: null,
  tax_exempt: "none",
  test_clock: null,
});

const invoicePayment = (one: RecordOf<"invoice_payment">): Json => ({
  id: one.id,
  object: "invoice_payment",
  amount_paid: one.amountPaid,
  amount_requested: one.amountRequested,
  created: one.created,
  currency: one.currency,
  invoice: one.invoice,
  is_default: one.isDefault,
  livemode: false,
  payment: { payment_intent: one.paymentIntent, type: "payment_intent" },
  status: one.status,
  status_transitions: { canceled_at: one.canceledAt, paid_at: one.paidAt },
});

const paymentIntent = (one: RecordOf<"payment_intent">): Json => ({
  id: one.id,
  object: "payment_intent",
  amount: one.amount,
  amount_capturable: 0,
  amount_received: one.amountReceived,
  canceled_at: null,
  capture_method: "automatic",
  created: one.created,
  currency: one.currency,
  customer: one.customer,
  description: null,
  latest_charge: one.latestCharge,
  livemode: false,
  metadata: one.metadata,
  payment_method_types: ["card"],
  status: one.status,
});

const charge = (one: RecordOf<"charge">): Json => ({
  id: one.id,
  object: "charge",
  amount: one.amount,
  amount_captured: one.amount,
  amount_refunded: one.amountRefunded,
  captured: true,
  created: one.created,
  currency: one.currency,
  customer: one.customer,
  disputed: one.disputed,
  livemode: false,
  metadata: one.metadata,
  paid: true,
  payment_intent: one.paymentIntent,
  refunded: one.amountRefunded === one.amount,
  status: "succeeded",
});

const refund = (one: RecordOf<"refund">): Json => ({
  id: one.id,
  object: "refund",
  amount: one.amount,
  balance_transaction: null,
  charge: one.charge,
  created: one.created,
  currency: one.currency,
  destination_details: { card: { type: "refund" }, type: "card" },
  metadata: one.metadata,
  payment_intent: one.paymentIntent,
  reason: one.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: one.status,
  transfer_reversal: null,
  ...(one.failureReason === null ? {} : { failure_reason: one.failureReason }),
});

const dispute = (one: RecordOf<"dispute">): Json => ({
  id: one.id,
  object: "dispute",
  amount: one.amount,
  balance_transactions: [],
  charge: one.charge,
  created: one.created,
  currency: one.currency,
  evidence: {},
  evidence_details: { due_by: null, has_evidence: false, past_due: false, submission_count: 0 },
  is_charge_refundable: false,
  livemode: false,
  metadata: one.metadata,
  payment_intent: one.paymentIntent,
  reason: "general",
  status: one.status,
});

const creditNote = (one: RecordOf<"credit_note">): Json => ({
  id: one.id,
  object: "credit_note",
  amount: one.amount,
  created: one.created,
  currency: one.currency,
  customer: one.customer,
  invoice: one.invoice,
  livemode: false,
  memo: one.memo,
  metadata: one.metadata,
  post_payment_amount: 0,
  pre_payment_amount: one.amount,
  reason: one.reason,
  refunds: [],
  status: "issued",
  total: one.amount,
  type: "pre_payment",
});

const event = (one: RecordOf<"event">): Json => ({
  id: one.id,
  object: "event",
  api_version: API_VERSION,
  created: one.created,
  data: one.data,
  livemode: false,
  pending_webhooks: 1,
  request: one.request,
  type: one.type,
});

export const shapeOf = (record: StripeRecord, from: Shaping): Json => {
  switch (record.object) {
    case "customer":
      return customer(record);
    case "invoiceitem":
      return invoiceitem(record);
    case "invoice":
      return invoice(record, from);
    case "invoice_payment":
      return invoicePayment(record);
    case "payment_intent":
      return paymentIntent(record);
    case "charge":
      return charge(record);
    case "refund":
      return refund(record);
    case "dispute":
      return dispute(record);
    case "credit_note":
      return creditNote(record);
    case "event":
      return event(record);
  }
};
