/** A parcel's way: the declaration its papers say, and the attempts at a label for it (R41–R45). */
import * as z from "zod";
import { Cents, Instant, PlainDate } from "./identifiers.ts";
import { Party } from "./party.ts";

/** `inbound` to Japan, `return` to the customer. */
export const Leg = z.enum(["inbound", "return"]);
export type Leg = z.infer<typeof Leg>;

/** Why the goods cross the border: a repair going there, coming back, or a new ring in exchange (R44). */
export const Purpose = z.enum(["for-repair", "after-repair", "replacement"]);
export type Purpose = z.infer<typeof Purpose>;

/** What the export statement says: the exemption under 15 CFR 30.37, or an ITN (R46–R47). */
export const ExportStatement = z.discriminatedUnion("basis", [
  /** Nothing held: the ≤ $2,500 exemption. Also what a person's `exempt-30.37(a)` writes. */
  z.strictObject({ basis: z.literal("exempt-30.37(a)") }),
  z.strictObject({ basis: z.literal("exempt-30.37(q)") }),
  z.strictObject({ basis: z.literal("itn"), itn: z.string().regex(/^X\d{14}$/) }),
  /** Exports out of Japan carry no US statement. */
  z.strictObject({ basis: z.literal("not-a-us-export") }),
]);
export type ExportStatement = z.infer<typeof ExportStatement>;

/** One line of the customs papers. */
export const Commodity = z.strictObject({
  item: z.int().min(1).max(10),
  /** English for customs: material, article, design, serial number, what for. Never just "jewelry". */
  description: z.string().min(10).max(450),
  material: z.string(),
  designNumber: z.string(),
  serialNumber: z.string(),
  harmonizedCode: z.string(),
  countryOfManufacture: z.string().length(2),
  quantity: z.int().min(1),
  weightKg: z.number().positive(),
  customsValueCents: Cents,
  insuredValueCents: Cents,
  /** Return leg of repaired goods only. */
  repair: z
    .strictObject({
      work: z.string().max(200),
      valueCents: Cents,
      /** HTS heading of the repair; absent when no work was done: then none is claimed. */
      heading: z.string().max(12).optional(),
      receivedOn: PlainDate,
    })
    .optional(),
});
export type Commodity = z.infer<typeof Commodity>;

/** Frozen once, then fed to label, invoice, insurance record and mail alike: they can never disagree. */
export const Declaration = z.strictObject({
  caseId: z.string(),
  leg: Leg,
  attempt: z.int().min(1),
  /** `<case>-<leg>-<attempt>`: the customer reference on every package. */
  reference: z.string().max(40),
  invoiceNumber: z.string().max(40),
  purpose: Purpose,
  shipDate: PlainDate,
  shipper: Party,
  consignee: Party,
  /** When the importer is another than the consignee. */
  importer: Party.optional(),
  commodities: z.array(Commodity).min(1).max(10),
  /** The true value, sum of the commodities. */
  customsValueCents: Cents,
  /** What the carrier is told, at most its cap and at most the customs value. */
  carrierDeclaredValueCents: Cents,
  /** What the brand's own transport insurance covers. */
  insuredValueCents: Cents,
  insurance: z.strictObject({ insurer: z.string(), policyReference: z.string() }),
  termsOfSale: z.string().length(3),
  exportStatement: ExportStatement,
  parcel: z.strictObject({
    lengthIn: z.number(),
    widthIn: z.number(),
    heightIn: z.number(),
    weightLb: z.number(),
  }),
  signatory: z.string(),
  declaredAt: Instant,
});
export type Declaration = z.infer<typeof Declaration>;

/** One try at a label, written before the carrier is called, so that a repeat never makes two (integrations.md). */
export const Shipment = z.strictObject({
  leg: Leg,
  attempt: z.int().min(1),
  status: z.enum(["requested", "outcome-unknown", "created", "documented", "cancelled", "abandoned"]),
  declaration: Declaration,
  requestedAt: Instant,
  trackingNumber: z.string().max(40).optional(),
  /** S3 keys under `documents/<caseId>/<leg>-<attempt>/`. */
  labelKey: z.string().optional(),
  invoiceKey: z.string().optional(),
  repairDeclarationKey: z.string().optional(),
  /** Alerts the carrier sent along with success. */
  alerts: z.array(z.string().max(300)).max(20).optional(),
  /** How often the carrier was asked, by our reference, whether an unknown attempt made a label. */
  lookups: z.int().min(0).optional(),
  /** Still watched though given up: it is billed only if used. */
  watched: z.boolean().optional(),
});
export type Shipment = z.infer<typeof Shipment>;

/** What the carrier last told of a parcel, newest scan last. */
export const Scan = z.strictObject({
  at: z.string().max(40),
  code: z.string().max(10),
  text: z.string().max(200),
});
export type Scan = z.infer<typeof Scan>;
