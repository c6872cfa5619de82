/**
 * What each mail must be told when it is ordered. Everything else it takes from the case at the moment it is sent,
 * so only facts the case does not keep (which variant, whose words) stand here.
 */
import * as z from "zod";
import { Instant } from "./identifiers.ts";
import type { EmailName, MailOrder } from "./mail.ts";

/** Mails of later issues (invoice, date after payment, claim, refund): they can be named but not yet ordered. */
export const LATER_EMAILS = ["E7", "E8", "E19", "E20"] as const satisfies readonly EmailName[];
export type OrderableEmail = Exclude<EmailName, (typeof LATER_EMAILS)[number]>;

/** Waits that are the customer's to answer, so that she can be reminded of them (R64). */
export const RemindedOf = z.enum([
  "conversion",
  "photos",
  "shipping-details",
  "payment",
  "ship-date",
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
  /** Fee applies: the reasons of the assessment, or of a review that decided `convert`. */
  E6: asking,
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
  /** Discrepancy: `case.receipt.mismatches`. */
  E15: nothing,
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
