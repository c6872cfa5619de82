/** What we read of Stripe's objects, in answers and in events alike; all else of them is passed over. */
import * as z from "zod";
import type { Taken } from "../../ports/payments.ts";

const Id = z.string().regex(/^[\x21-\x7e]{1,100}$/);
const Cents = z.int().min(0);
const Metadata = z.record(z.string(), z.string()).nullish();

/** Anything that was made. */
export const StripeObject = z.object({ id: Id });

export const StripeInvoice = z.object({
  id: Id,
  /** draft, open, paid, uncollectible, void. */
  status: z.string().nullish(),
  currency: z.string().regex(/^[a-z]{3}$/i),
  amount_paid: Cents,
  amount_remaining: Cents.nullish(),
  /** Came in beyond what was due; Stripe books it as a credit of its customer. */
  amount_overpaid: Cents.nullish(),
  metadata: Metadata,
});
export type StripeInvoice = z.infer<typeof StripeInvoice>;

/**
 * What was overpaid comes on top: `amount_remaining` is what is due without `amount_paid`, which therefore ends there.
 * That is read from Stripe's descriptions, which do not say it in so many words.
 */
export const takenFor = ({ amount_paid, amount_overpaid, currency }: StripeInvoice): Taken => ({
  paidCents: amount_paid + (amount_overpaid ?? 0),
  currency: currency.toUpperCase(),
});

/** The link between an invoice and what paid it; the payment intent is its number, or the whole of it if asked for. */
export const StripeInvoicePayment = z.object({
  id: Id,
  amount_paid: Cents.nullish(),
  payment: z.object({
    payment_intent: z.union([Id, z.object({ id: Id, amount_received: Cents })]).nullish(),
    charge: Id.nullish(),
  }),
});
export type StripeInvoicePayment = z.infer<typeof StripeInvoicePayment>;

export const StripeRefund = z.object({
  id: Id,
  amount: Cents,
  /** pending, requires_action, succeeded, failed, canceled. */
  status: z.string().nullish(),
  metadata: Metadata,
});
export type StripeRefund = z.infer<typeof StripeRefund>;

export const isLost = ({ status }: Pick<StripeRefund, "status">): boolean =>
  status === "failed" || status === "canceled";

export const StripeDispute = z.object({
  id: Id,
  /** warning_needs_response, warning_under_review, warning_closed, needs_response, under_review, won, lost, prevented. */
  status: z.string(),
  charge: Id.nullish(),
  payment_intent: Id.nullish(),
});
