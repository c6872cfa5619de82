/** An invoice and its items as Stripe's API shows them. */
import { type Invoice, itemsOf, type Lookup, type RecordOf, remainingOf } from "./records.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Shaping extends Lookup {
  /** Where customers pay, without the token. */
  readonly payUrl: string;
}

/** Invoices hold so many lines and payments; the rest is a list of its own. */
const EMBEDDED = 10;

export const listOf = (all: readonly Json[], url: string): Json => ({
  object: "list",
  data: all.slice(0, EMBEDDED),
  has_more: all.length > EMBEDDED,
  total_count: all.length,
  url,
});

const pricing = (item: RecordOf<"invoiceitem">): Json => ({
  price_details: { price: `price_${item.id.slice(3)}`, product: `prod_${item.id.slice(3)}` },
  type: "price_details",
  unit_amount_decimal: String(item.amount / item.quantity),
});

export const invoiceitem = (one: RecordOf<"invoiceitem">): Json => ({
  id: one.id,
  object: "invoiceitem",
  amount: one.amount,
  currency: one.currency,
  customer: one.customer,
  date: one.created,
  description: one.description,
  discountable: one.amount > 0,
  discounts: [],
  invoice: one.invoice,
  livemode: false,
  metadata: one.metadata,
  net_amount: one.amount,
  parent: null,
  period: { end: one.created, start: one.created },
  pricing: pricing(one),
  proration: false,
  quantity: one.quantity,
  tax_rates: [],
  test_clock: null,
});

const line = (item: RecordOf<"invoiceitem">): Json => ({
  id: `il_${item.id.slice(3)}`,
  object: "line_item",
  amount: item.amount,
  currency: item.currency,
  description: item.description,
  discount_amounts: [],
  discountable: item.amount > 0,
  discounts: [],
  invoice: item.invoice,
  livemode: false,
  metadata: item.metadata,
  parent: {
    invoice_item_details: {
      invoice_item: item.id,
      proration: false,
      proration_details: { credited_items: null },
      subscription: null,
    },
    subscription_item_details: null,
    type: "invoice_item_details",
  },
  period: { end: item.created, start: item.created },
  pretax_credit_amounts: [],
  pricing: pricing(item),
  quantity: item.quantity,
  taxes: [],
});

export const invoice = (one: Invoice, from: Shaping): Json => {
  const owner = from.find("customer", one.customer);
  const lines = itemsOf(from, one.id);
  const total = lines.reduce((sum, item) => sum + item.amount, 0);
  const isDraft = one.status === "draft";
  return {
    id: one.id,
    object: "invoice",
    account_country: "US",
    account_name: "Simulated account",
    account_tax_ids: null,
    amount_due: isDraft ? total : one.amountDue,
    amount_overpaid: one.amountOverpaid,
    amount_paid: one.amountPaid,
    amount_remaining: isDraft ? total : remainingOf(one),
    amount_shipping: 0,
    application: null,
    attempt_count: one.paidAt === null ? 0 : 1,
    attempted: one.paidAt !== null,
    auto_advance: isDraft && one.autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: isDraft && one.autoAdvance ? one.created + 3601 : null,
    billing_reason: "manual",
    collection_method: one.collectionMethod,
    created: one.created,
    currency: one.currency,
    custom_fields: null,
    customer: one.customer,
    customer_address: owner?.address ?? null,
    customer_email: owner?.email ?? null,
    customer_name: owner?.name ?? null,
    customer_phone: owner?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: one.description,
    discounts: [],
    due_date: one.dueDate,
    effective_at: one.finalizedAt,
    ending_balance: one.endingBalance,
    footer: one.footer,
    from_invoice: null,
    hosted_invoice_url: isDraft ? null : `${from.payUrl}/${one.token}`,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: listOf(lines.map(line), `/v1/invoices/${one.id}/lines`),
    livemode: false,
    metadata: one.metadata,
    next_payment_attempt: null,
    number: one.number,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: one.created,
    period_start: one.created,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: one.creditNotes,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: one.startingBalance,
    statement_descriptor: null,
    status: one.status,
    status_transitions: {
      finalized_at: one.finalizedAt,
      marked_uncollectible_at: one.uncollectibleAt,
      paid_at: one.paidAt,
      voided_at: one.voidedAt,
    },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
};
