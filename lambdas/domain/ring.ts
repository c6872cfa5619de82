/** The ledger of one ring, kept by serial number (R5, R19, R20). Facts here win over what a customer says. */
import * as z from "zod";
import { CaseId, DesignNumber, Instant, PlainDate, RingSize, SerialNumber } from "./identifiers.ts";

/** Where a delivery date comes from; the customer's word is provisional until confirmed (R6). */
export const DeliverySource = z.enum(["carrier", "order", "customer"]);
export type DeliverySource = z.infer<typeof DeliverySource>;

/** The complimentary right: one per ring, for ever (R5). */
export const ComplimentaryRight = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("free") }),
  z.strictObject({ state: z.literal("reserved"), by: CaseId, at: Instant }),
  z.strictObject({ state: z.literal("used"), by: CaseId, at: Instant }),
]);
export type ComplimentaryRight = z.infer<typeof ComplimentaryRight>;

export const Ring = z.strictObject({
  serialNumber: SerialNumber,
  /** Raised by every write; each write names the version it read. */
  version: z.int().min(0),
  /** Facts a representative or the sale recorded; absent while only a customer's request names the serial. */
  designNumber: DesignNumber.optional(),
  sizeAtPurchase: RingSize.optional(),
  currentSize: RingSize.optional(),
  deliveryDate: PlainDate.optional(),
  deliverySource: DeliverySource.optional(),
  right: ComplimentaryRight,
  /** The one open case on this ring (R20). */
  openCase: CaseId.optional(),
  /** An exchange links old and new serial number and passes the used-up right on (R5). */
  predecessor: SerialNumber.optional(),
  successor: SerialNumber.optional(),
});
export type Ring = z.infer<typeof Ring>;
