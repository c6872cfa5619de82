/** The one ledger of money of a case: what came in, what went back. Entries are added and never taken away (R37). */
import * as z from "zod";
import { Instant } from "./identifiers.ts";
import { InvoiceId } from "./invoice.ts";

/** At least a cent, at most what an invoice may ask for. */
export const Amount = z.int().min(1).max(9_999_999).meta({ title: "Amount in US cents", example: 12_000 });

const told = {
  /** Unique in the case: `payment-001`, `refund-001`; `stripe:<invoice>:<sum so far>`, which is the same when told again. */
  entryId: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  invoiceId: InvoiceId,
  amountCents: z.int().min(1),
  at: Instant,
  by: z.string().max(100),
};

export const Payment = z.strictObject({
  kind: z.literal("payment"),
  ...told,
  /** Upper case, ISO 4217. Only US dollars count; anything else is a person's to send back. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  method: z.string().max(40),
  reference: z.string().max(120),
  /** The payer's bank has taken it back for now: it does not count. `false`: that was settled in our favour. */
  disputed: z.boolean().optional(),
  /** Came in another way than by the page of its invoice, which asks for that much less since. */
  credited: z.literal(true).optional(),
});
export type Payment = z.infer<typeof Payment>;

export const Refund = z.strictObject({
  kind: z.literal("refund"),
  ...told,
  currency: z.literal("USD"),
  /** The way the money came in, by which alone it can go back. */
  method: z.enum(["stripe", "bank-transfer"]),
  reason: z.string().max(1000),
  /** `wanted`: to be sent by the provider; `sent`: on its way, or done by finance; `failed`: does not count. */
  status: z.enum(["wanted", "sent", "failed"]),
  /** How the provider calls it. */
  reference: z.string().max(120).optional(),
});
export type Refund = z.infer<typeof Refund>;

export const LedgerEntry = z.discriminatedUnion("kind", [Payment, Refund]);
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Oldest first. */
export const ledgerOrder = (entries: readonly LedgerEntry[]): readonly LedgerEntry[] =>
  entries.toSorted((a, b) => a.at.localeCompare(b.at) || a.entryId.localeCompare(b.entryId));
