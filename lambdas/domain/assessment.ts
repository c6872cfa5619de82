/**
 * The verdict: one pure function for the pre-check before filing and the verdict after it (design, idea 5).
 * (Types here; the rules in `assess.ts`.)
 */
import * as z from "zod";
import { Design, Service } from "./design.ts";
import { Instant, Locale, PlainDate, RingSize } from "./identifiers.ts";
import { DeliverySource, Ring } from "./ring.ts";

export const Process = z.enum(["complimentary-resizing", "repair-and-maintenance"]);
export type Process = z.infer<typeof Process>;

export const Verdict = z.enum(["refused", "paid", "needs-review", "complimentary"]);
export type Verdict = z.infer<typeof Verdict>;

export const Reason = z.strictObject({
  rule: z.string().regex(/^R\d{1,2}$/),
  /** Stable and machine-readable: `after-window`, `right-used`, `size-missing`. */
  code: z.string().regex(/^[a-z][a-z-]{1,40}$/),
  /** For the customer, in the request's language. */
  text: z.string(),
});
export type Reason = z.infer<typeof Reason>;

export const ItemAssessment = z.strictObject({
  item: z.int(),
  verdict: Verdict,
  reasons: z.array(Reason),
  /** Sizes she may ask for, without the current one. */
  permittedSizes: z.array(RingSize),
  /** null while the delivery date is unknown. */
  lastComplimentaryDay: PlainDate.nullable(),
  provisional: z.boolean(),
  /** What follows from the design (R11); null while unknown or not applicable. */
  outcome: z.enum(["resize", "exchange"]).nullable(),
});
export type ItemAssessment = z.infer<typeof ItemAssessment>;

export const Assessment = z.strictObject({
  verdict: Verdict,
  reasons: z.array(Reason),
  permittedSizes: z.array(RingSize),
  lastComplimentaryDay: PlainDate.nullable(),
  /** Rests on a delivery date that only the customer gave (R6). */
  provisional: z.boolean(),
  items: z.array(ItemAssessment),
  /** What filing it now would be followed by: the next stage, or null when refused. */
  next: z.string().nullable(),
});
export type Assessment = z.infer<typeof Assessment>;

/** What the verdict is made from, for one item. */
export const ItemFacts = z.strictObject({
  item: z.int(),
  designNumber: z.string(),
  design: Design.nullable(),
  /** The ledger of the named serial number; null without one or when never seen. */
  ring: Ring.nullable(),
  serialNumber: z.string().optional(),
  sizeAtPurchase: RingSize.optional(),
  desiredSize: z.union([RingSize, z.literal("unknown")]).optional(),
  /** When the desired size arrived, if later than the contact (R7). */
  sizeAt: Instant.optional(),
  deliveryDate: PlainDate.optional(),
  deliverySource: DeliverySource.optional(),
  services: z.array(Service).optional(),
});
export type ItemFacts = z.infer<typeof ItemFacts>;

/** All inputs of a verdict. Stored with it, so that it can be replayed. */
export const AssessmentInput = z.strictObject({
  process: Process,
  /** When the request reached the server (R6). */
  contactAt: Instant,
  timeZone: z.string().optional(),
  locale: Locale,
  /** Days of R6, from the brand. */
  contactDays: z.int(),
  /** The case being judged; its own reservations and openness count for it, not against it. */
  caseId: z.string().optional(),
  items: z.array(ItemFacts).min(1).max(10),
});
export type AssessmentInput = z.infer<typeof AssessmentInput>;

/** The verdict as the case keeps it. */
export const StoredAssessment = z.strictObject({
  policyVersion: z.string(),
  madeAt: Instant,
  input: AssessmentInput,
  result: Assessment,
  /** Rules looked at, in order, with what each said of which item. */
  trace: z.array(z.strictObject({ item: z.int(), rule: z.string(), said: z.string() })),
});
export type StoredAssessment = z.infer<typeof StoredAssessment>;
