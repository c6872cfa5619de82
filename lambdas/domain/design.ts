/** A design of the catalogue: what may be done to it (R4, R13–R18, R24, R25). */
import * as z from "zod";
import { DesignNumber, RingSize } from "./identifiers.ts";

/** Each design carries exactly one (R4). */
export const ResizingCategory = z.enum([
  "resizing",
  "exchange-complimentary",
  "exchange-paid",
  "unavailable",
]);
export type ResizingCategory = z.infer<typeof ResizingCategory>;

export const Service = z.enum([
  "polishing",
  "engraving",
  "engraving-erasure",
  "re-engraving",
  "paid-resizing",
  "paid-exchange",
  "other",
]);
export type Service = z.infer<typeof Service>;

export const JewelryKind = z.enum(["ring", "necklace", "bracelet", "earrings", "other"]);
export type JewelryKind = z.infer<typeof JewelryKind>;

/** A name of a photo slot in the shot list (R28): `top`, `inside`, `certificate`. */
export const Shot = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

export const HarmonizedCode = z
  .string()
  .regex(/^\d{4}\.?\d{2}(\.?\d{2}(\.?\d{2})?)?$/, "6 to 10 digits, dots free")
  .meta({ title: "HS code", example: "7113.19.2900" });

/** Everything of a design but its number, as `PUT /designs/{designNumber}` takes it. */
export const DesignFacts = z.strictObject({
  name: z.string().trim().min(1).max(80),
  kind: JewelryKind,
  /** In customs' English: "18K yellow gold", "platinum 950". */
  material: z.string().trim().min(1).max(80),
  harmonizedCode: HarmonizedCode,
  resizing: z.strictObject({
    category: ResizingCategory,
    /** How far below and above the size at purchase a resizing may go (R14, R19); only for `resizing`. */
    minus: z.number().min(0).max(20).multipleOf(0.5).optional(),
    plus: z.number().min(0).max(20).multipleOf(0.5).optional(),
  }),
  /** The design carries a fee always, whatever the window says (R13). */
  feeRequired: z.boolean().optional(),
  /** Japanese sizes the design is made in (R18); empty for what has no size. */
  availableSizes: z.array(RingSize).max(100),
  services: z.array(Service).max(7),
  /** Replaces the brand's shot list for this design (R28). */
  shots: z.array(Shot).min(1).max(12).optional(),
});
export type DesignFacts = z.infer<typeof DesignFacts>;

export const Design = z.strictObject({ designNumber: DesignNumber, ...DesignFacts.shape });
export type Design = z.infer<typeof Design>;
