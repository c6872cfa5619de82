/** A wait: the process asks a person for something (design, idea 2). */
import * as z from "zod";
import { Instant } from "./identifiers.ts";

export const Machine = z.enum(["complimentary-resizing", "repair-and-maintenance", "service-order"]);
export type Machine = z.infer<typeof Machine>;

/** What a wait asks for. Its state in the machine, its stage and its days stand in `wait-table.ts`. */
export const Asks = z.enum([
  "filing",
  "conversion",
  "photos",
  "review",
  "shipping-details",
  "payment",
  "ship-date",
  "export-clearance",
  "dispatch",
  "receipt",
  "discrepancy",
  "work",
  "inspection",
  "surcharge",
  "return-delivery",
  "claim",
  "attention",
]);
export type Asks = z.infer<typeof Asks>;

/** The value a state machine routes on: expected outcomes are values, not errors. */
export const Outcome = z.string().regex(/^[a-z][a-z-]{1,30}$/);

export const Wait = z.strictObject({
  no: z.int().min(0),
  asks: Asks,
  /** The machine and attempt that asked last. */
  machine: Machine,
  attempt: z.int().min(1),
  openedAt: Instant,
  /** When the person is reminded; absent once reminded, or where nobody is. */
  remindAt: Instant.optional(),
  /** When silence ends it (R64); absent where a wait never expires. */
  deadline: Instant.optional(),
  /** The next moment the clock must look at it: the index of what is due. Absent once nothing is. */
  dueAt: Instant.optional(),
  /** Step Functions' task token: never leaves the backend, never logged. */
  token: z.string().max(2048).optional(),
  answer: z.strictObject({ outcome: Outcome, at: Instant, by: z.string().max(100) }).optional(),
  /** For `attention`: the state a retry goes back to, and the error's name. */
  resumeAt: z.string().max(80).optional(),
  reason: z.string().max(200).optional(),
});
export type Wait = z.infer<typeof Wait>;
