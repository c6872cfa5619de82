/** A case: one request of one customer, from filing to its end. The snapshot item of the table. */
import * as z from "zod";
import { Address, Contact } from "./address.ts";
import { Process, StoredAssessment, Verdict } from "./assessment.ts";
import { JewelryKind, Service } from "./design.ts";
import {
  CaseId,
  Cents,
  DesignNumber,
  Instant,
  Locale,
  OrderNumber,
  PlainDate,
  RingSize,
  SerialNumber,
} from "./identifiers.ts";
import { Schedule } from "./invoice.ts";
import { Slot } from "./media.ts";
import { DeliverySource } from "./ring.ts";
import { ExportStatement, Leg, Scan } from "./shipment.ts";
import { Asks, Machine } from "./wait.ts";

/** Where a case stands; the words of the contract. */
export const Stage = z.enum([
  "conversion-offered",
  "photos-requested",
  "in-review",
  "shipping-details-requested",
  "invoice-sent",
  "ship-date-requested",
  "export-review",
  "preparing-documents",
  "documents-sent",
  "dispatched",
  "received",
  "discrepancy",
  "in-work",
  "inspection",
  "surcharge-due",
  "returning",
  "claim",
  "quarantined",
  "attention",
  "closed",
  "declined",
  "expired",
  "cancelled",
  "lost",
]);
export type Stage = z.infer<typeof Stage>;
export const END_STAGES = [
  "closed",
  "declined",
  "expired",
  "cancelled",
  "lost",
] as const satisfies readonly Stage[];
export const hasEnded = (stage: Stage): boolean => (END_STAGES as readonly Stage[]).includes(stage);

export const Customer = z.strictObject({
  name: z.string().trim().min(1).max(70),
  email: z.email().max(80),
  locale: Locale,
  /** IANA name; only US zones count for R6. */
  timeZone: z.string().max(60).optional(),
});
export type Customer = z.infer<typeof Customer>;

export const DesiredSize = z.union([RingSize, z.literal("unknown")]);

export const CaseItem = z.strictObject({
  item: z.int().min(1).max(10),
  /** What the customer calls it. */
  design: z.string().max(80),
  designNumber: DesignNumber,
  /** Facts of the catalogue at filing; absent for an unknown design (R4: a person decides). */
  catalogue: z
    .strictObject({ name: z.string(), kind: JewelryKind, material: z.string(), harmonizedCode: z.string() })
    .optional(),
  serialNumber: SerialNumber.optional(),
  sizeAtPurchase: RingSize.optional(),
  desiredSize: DesiredSize.optional(),
  /** When the desired size arrived (R7). */
  sizeAt: Instant.optional(),
  deliveryDate: PlainDate.optional(),
  deliverySource: DeliverySource.optional(),
  priceCents: Cents.optional(),
  services: z.array(Service).max(7).optional(),
  engraving: z.string().max(60).optional(),
  description: z.string().max(1000).optional(),
  /** From approval on (R11). */
  outcome: z.enum(["resize", "exchange", "service"]).optional(),
  customsValueCents: Cents.optional(),
  insuredValueCents: Cents.optional(),
  /** No longer part of this case: left out at review, or gone on in another. */
  dropped: z.boolean().optional(),
  /** The case it went on in when its shipment was split (R47). */
  movedTo: CaseId.optional(),
  /** From inspection on. */
  measuredSize: RingSize.optional(),
  newSerialNumber: SerialNumber.optional(),
  repairValueCents: Cents.optional(),
});
export type CaseItem = z.infer<typeof CaseItem>;

/** A shot wanted now, or wanted again with the reason it failed. */
export const WantedShot = z.strictObject({ slot: Slot, reason: z.string().max(300).optional() });
export type WantedShot = z.infer<typeof WantedShot>;

/** A finding at receipt, one an item (R56). */
export const Receipt = z.strictObject({
  at: Instant,
  by: z.string().max(100),
  items: z.array(
    z.strictObject({
      item: z.int(),
      serialNumber: SerialNumber,
      certificate: z.boolean(),
      condition: z.enum(["as-photographed", "changed", "damaged"]),
      conditionText: z.string().max(1000).optional(),
    }),
  ),
  parcel: z.strictObject({
    lengthIn: z.number(),
    widthIn: z.number(),
    heightIn: z.number(),
    weightLb: z.number(),
  }),
  contents: z.array(z.string().max(80)).max(20),
  /** What did not match: `serial-number`, `certificate`, `condition`, `contents`, `size-or-weight`. */
  mismatches: z.array(
    z.strictObject({ item: z.int().optional(), kind: z.string().max(40), text: z.string().max(300) }),
  ),
});
export type Receipt = z.infer<typeof Receipt>;

export const Window = z.strictObject({
  earliest: PlainDate,
  latest: PlainDate,
  /** Japanese national holidays inside it (R60). */
  holidays: z.array(z.strictObject({ date: PlainDate, name: z.string() })),
  extensions: z.array(
    z.strictObject({ days: z.int(), cause: z.string().max(40), text: z.string().max(1000), at: Instant }),
  ),
});
export type Window = z.infer<typeof Window>;

/** How a case ends, and why, in words of the code: `declined`/`design`, `expired`/`photos`, `cancelled`/`customer`. */
export const Ending = z.strictObject({
  stage: z.enum(END_STAGES),
  code: z.string().max(40),
  text: z.string().max(1000).optional(),
});
export type Ending = z.infer<typeof Ending>;

export const Case = z.strictObject({
  caseId: CaseId,
  schemaVersion: z.literal(1),
  /** Raised by every write of the case; each write names the version it read. */
  version: z.int().min(1),
  process: Process,
  stage: Stage,
  /** When it entered the stage. */
  since: Instant,
  /** When the request reached the server (R6); conversion, split and reopening keep it. */
  contactAt: Instant,
  customer: Customer,
  order: z.strictObject({ date: PlainDate.optional(), number: OrderNumber.optional() }),
  /** The case whose shipment was split, and the ship day it had: this one ships on another (R47). */
  splitFrom: z.strictObject({ caseId: CaseId, shipDate: PlainDate }).optional(),
  items: z.array(CaseItem).min(1).max(10),
  assessment: StoredAssessment,
  /** Rules a manager set aside at review, with the reason. */
  overrides: z
    .array(z.strictObject({ rule: z.string().max(4), reason: z.string().max(500) }))
    .max(10)
    .optional(),

  machine: Machine,
  /** The one counter of executions: `<caseId>-<attempt>`; a step of another attempt is superseded. */
  attempt: z.int().min(1),
  /** Number of the last event, and of the last wait. */
  eventNo: z.int().min(1),
  waitNo: z.int().min(0),
  /** How often the clock restarted the process at this wait without it moving on. */
  restarts: z.int().min(0).optional(),
  /** Hash of the last input of each action: the same answer twice gets the same result. */
  answers: z.record(z.string(), z.string().max(64)),

  shots: z.array(WantedShot).max(120),
  shipping: z
    .strictObject({
      name: Contact.shape.name,
      address: Address,
      telephone: z.string(),
      shipDate: PlainDate.optional(),
      at: Instant,
    })
    .optional(),
  /** What the hold was cleared with (R47), and for which shipment value. */
  exportHold: z.strictObject({ totalCents: Cents, others: z.array(CaseId) }).optional(),
  exportStatement: ExportStatement.optional(),
  /** What this shipment counts for in its sender's sum of that day (R46). */
  exportEntry: z
    .strictObject({
      shipDate: PlainDate,
      senderHashes: z.array(z.string().length(43)).max(4),
      cents: z.int().min(0),
    })
    .optional(),
  /** The present label of each leg; the attempts stand in SHIPMENT items. */
  tracking: z.partialRecord(
    Leg,
    z.strictObject({
      attempt: z.int(),
      number: z.string().max(40),
      shipDate: PlainDate,
      scans: z.array(Scan).max(60),
      /** First scan after the label's creation. */
      firstScanAt: z.string().max(40).optional(),
      deliveredAt: z.string().max(40).optional(),
    }),
  ),
  /** She said the parcel is on its way (R53). */
  reportedSentAt: Instant.optional(),
  receipt: Receipt.optional(),
  window: Window.optional(),
  workFinishedOn: PlainDate.optional(),
  /** Set when the ring goes back without having been worked on (R5). */
  returnUnworked: z.boolean().optional(),
  /** The manifest that goes back (R57). */
  manifest: z.array(z.string().max(80)).max(20).optional(),
  /** A cancellation asked for: a fact, whenever it comes. */
  cancellation: z
    .strictObject({ at: Instant, by: z.string().max(100), reason: z.string().max(1000).optional() })
    .optional(),
  /** Why a person said no, or why more photos, as told to the customer. */
  review: z
    .strictObject({
      decision: z.string().max(20),
      code: z.string().max(20).optional(),
      text: z.string().max(1000).optional(),
      at: Instant,
      by: z.string().max(100),
    })
    .optional(),
  /** Days after receipt, told with the approval (R62); a change of size has its own (R59). */
  schedule: Schedule.optional(),
  /** The other process is offered (R1, R12): to which, what she was told, and where a no leads back to. */
  conversionOffer: z
    .strictObject({
      to: Process,
      code: z.string().max(20).optional(),
      text: z.string().max(1000).optional(),
      at: Instant,
      by: z.string().max(100),
      from: Asks,
    })
    .optional(),
  /** Her yes, last (R1, R12). */
  conversionAcceptedAt: Instant.optional(),
  /** What the carrier billed for the way to Japan (R40). */
  carrierBill: z
    .strictObject({ amountCents: Cents, reference: z.string().max(60), at: Instant, by: z.string().max(100) })
    .optional(),
  /** A manager has let the difference go, with the reason (R40). */
  surchargeRelease: z
    .strictObject({ at: Instant, by: z.string().max(100), reason: z.string().max(1000) })
    .optional(),
  /** Number of the last settlement (`settlement.ts`). */
  settlementNo: z.int().min(0).optional(),
  /** Since when finance has money to send back or to look at. */
  refundDueSince: Instant.optional(),
  attention: z
    .strictObject({ resumeAt: z.string().max(80), error: z.string().max(100), text: z.string().max(300) })
    .optional(),
  assignee: z.string().max(100).optional(),
  /** When she wrote the first message that staff have neither answered nor set aside. */
  unansweredSince: Instant.optional(),
  /** How it ends, known before the closing step ran. */
  ending: Ending.optional(),
  endedAt: Instant.optional(),
  /** Taken up again after an end (R64), last. */
  reopenedAt: Instant.optional(),
  /** Links mailed until then open nothing any more. */
  linksRevokedAt: Instant.optional(),
  /** Links and the right to reopen end here, in the days of the brand after the end. */
  linksExpireAt: Instant.optional(),
});
export type Case = z.infer<typeof Case>;

/** What a list shows of a case, and what tells the tracking whether the carrier knows more. */
export const ListedCase = Case.pick({
  caseId: true,
  schemaVersion: true,
  process: true,
  stage: true,
  since: true,
  contactAt: true,
  customer: true,
  items: true,
  assignee: true,
  window: true,
  unansweredSince: true,
  refundDueSince: true,
}).extend({
  verdict: Verdict,
  /** Number of the present parcel of each leg, and how many scans of it are known. */
  parcels: z.partialRecord(Leg, z.strictObject({ number: z.string().max(40), scans: z.int().min(0) })),
});
export type ListedCase = z.infer<typeof ListedCase>;

/** The two facts of a list that the case holds in other words. */
export const listedFacts = ({
  assessment,
  tracking,
}: Pick<Case, "assessment" | "tracking">): Pick<ListedCase, "verdict" | "parcels"> => ({
  verdict: assessment.result.verdict,
  parcels: Object.fromEntries(
    Object.entries(tracking).map(([leg, { number, scans }]) => [leg, { number, scans: scans.length }]),
  ),
});

/** What happened, append-only; what a timeline shows. */
export const CaseEvent = z.strictObject({
  no: z.int().min(1),
  at: Instant,
  /** Past tense, PascalCase: `PhotosSubmitted`. */
  type: z.string().regex(/^[A-Z][A-Za-z]{2,40}$/),
  /** `customer`, `system`, `carrier`, or `staff:<name>`. */
  by: z.string().max(100),
  /** Whether the customer sees it in her timeline. */
  shown: z.boolean(),
  data: z.record(z.string(), z.union([z.string().max(1000), z.number(), z.boolean()])).optional(),
});
export type CaseEvent = z.infer<typeof CaseEvent>;
