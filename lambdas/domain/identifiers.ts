/** The names things go by. Every identifier that crosses a boundary is checked against one of these. */
import * as z from "zod";

/** A case number as the customer reads it on the telephone: `CW-` and ten Crockford base-32 characters. */
export const CaseId = z
  .string()
  .regex(/^CW-[0-9A-HJKMNP-TV-Z]{10}$/)
  .brand("CaseId")
  .meta({ title: "Case number", example: "CW-7K3M9Q2XAB" });
export type CaseId = z.infer<typeof CaseId>;

const tradeNumber = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, "1 to 40 letters, digits or hyphens");

/** The number of a design in the brand's catalogue. */
export const DesignNumber = tradeNumber.meta({ title: "Design number", example: "R-1001" });
/** The serial number engraved in a ring and printed on its certificate of authenticity. */
export const SerialNumber = tradeNumber.meta({ title: "Serial number", example: "SN-2026-0001" });
export const OrderNumber = tradeNumber.meta({ title: "Order number", example: "US-100234" });

/** A calendar date without time or zone, `YYYY-MM-DD`, that exists. */
export const PlainDate = z.iso.date().meta({ title: "Date", example: "2026-03-14" });
export type PlainDate = z.infer<typeof PlainDate>;

/** An instant in UTC, ISO 8601 with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = z.iso
  .datetime({ precision: 3 })
  .meta({ title: "Instant", example: "2026-03-14T09:30:00.000Z" });
export type Instant = z.infer<typeof Instant>;

/** Money is always integer US cents; at most $99,999.99, which is also the most the carrier takes (integrations.md). */
export const Cents = z.int().min(0).max(9_999_999).meta({ title: "Amount in US cents", example: 125_000 });
export type Cents = z.infer<typeof Cents>;

/** A Japanese ring size. Half sizes exist. Never converted from another scale silently (R8). */
export const RingSize = z
  .number()
  .min(0.5)
  .max(40)
  .multipleOf(0.5)
  .meta({ title: "Japanese ring size", example: 11 });
export type RingSize = z.infer<typeof RingSize>;

export const Locale = z.enum(["en", "ja"]);
export type Locale = z.infer<typeof Locale>;
