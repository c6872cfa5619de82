/**
 * What each mail must be told when it is ordered. Everything else it takes from the case at the moment it is sent,
 * so only facts the case does not keep (which variant, whose words) stand here.
 */
import * as z from "zod";
import { Instant } from "./identifiers.ts";
import { InvoiceId } from "./invoice.ts";
import type { EmailName, MailOrder } from "./mail.ts";

/** The mail of a later issue (claim): it can be named but not yet ordered. */
export const LATER_EMAILS = ["E19"] as const satisfies readonly EmailName[];
export type OrderableEmail = Exclude<EmailName, (typeof LATER_EMAILS)[number]>;

/** Waits that are the customer's to answer, so that she can be reminded of them (R64). */
export const RemindedOf = z.enum([
  "conversion",
  "photos",
  "shipping-details",
  "payment",
  "ship-date",
  "surcharge",
  "dispatch",
]);
export type RemindedOf = z.infer<typeof RemindedOf>;

const nothing = z.strictObject({});
/** The day silence ends the wait this mail asks for (R64). */
const asking = z.strictObject({ deadline: Instant.optional() });

export const MAIL_PARAMS = {
  /** Request received: items, verdict and last day come from the case. */
  E1: nothing,
  /** Photos wanted: the slots are `case.shots`. */
  E2: asking,
  /** These photos again: `case.shots` with their reasons. */
  E3: asking,
  /** Possible; address and date wanted. */
  E4: asking,
  /** Not possible: `case.review` says why. */
  E5: nothing,
  /** The other process is offered: `case.conversionOffer` says why, or the reasons of the assessment (R12). */
  E6: asking,
  /** An invoice of the order, or a supplement to it; its PDF is attached. */
  E7: z.strictObject({ invoiceId: InvoiceId }),
  /** Paid; choose a date. */
  E8: asking,
  /** Tracking number: of the present inbound label. */
  E9: nothing,
  /** Label and invoice of the present inbound label, both or none (R43). */
  E10: asking,
  /** Export hold: `case.exportHold`. */
  E11: nothing,
  /** `deadline`: of the wait that is reminded of, or that has run out. */
  E12: z.discriminatedUnion("variant", [
    z.strictObject({ variant: z.literal("reminder"), asks: RemindedOf, deadline: Instant.optional() }),
    z.strictObject({ variant: z.literal("expired"), asks: RemindedOf, deadline: Instant.optional() }),
  ]),
  /** Received: `case.window`. */
  E13: nothing,
  /** Delay: the extension just recorded; the new window is `case.window`. `cause`: design, condition, holidays, or words. */
  E14: z.strictObject({ days: z.int().min(1), cause: z.string().max(40), text: z.string().max(1000) }),
  /** What does not match: `case.receipt.mismatches`; or the surcharge (R40), with its invoice attached. */
  E15: z.discriminatedUnion("variant", [
    z.strictObject({ variant: z.literal("discrepancy") }),
    z.strictObject({ variant: z.literal("surcharge"), invoiceId: InvoiceId }),
  ]),
  /** Shipped back: the present return label and `case.manifest`. */
  E16: nothing,
  /** `conversion-refused`: she said no to the paid process. */
  E17: z.strictObject({ variant: z.enum(["closed", "cancelled", "conversion-refused"]) }),
  /** Her link sent once more on request, or a message of ours. */
  E18: z.discriminatedUnion("variant", [
    z.strictObject({ variant: z.literal("link") }),
    /** The words stand in the case: a message may be longer than an order can carry. */
    z.strictObject({ variant: z.literal("message"), no: z.int().min(1) }),
  ]),
  /** A refund, by its number in the ledger. */
  E20: z.strictObject({ entryId: z.string().max(200) }),
} satisfies Record<OrderableEmail, z.ZodType>;

export type MailParams = { readonly [E in OrderableEmail]: z.infer<(typeof MAIL_PARAMS)[E]> };

/**
 * One order. `cause` makes it unique in the case, so that ordering it again orders nothing: the wait's number
 * (`0003`), the leg's attempt (`inbound-2`), the minute of a request.
 */
export function mailOrder<E extends OrderableEmail>(
  email: E,
  cause: string,
  params: MailParams[E],
): MailOrder {
  const told: MailOrder["params"] = {};
  for (const [name, value] of Object.entries(params)) if (value !== undefined) told[name] = value;
  return { mailId: `${email}#${cause}`, email, params: told };
}
