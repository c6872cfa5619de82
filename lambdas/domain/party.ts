/** Who sends and who receives a shipment. */
import * as z from "zod";

const text = (max: number) => z.string().trim().min(1).max(max);

/** A party to a shipment; lengths are the carrier's limits (integrations.md). */
export const Party = z.strictObject({
  company: text(35).optional(),
  person: text(70),
  telephone: z.string().regex(/^\+?\d{9,15}$/),
  email: z.email().max(80).optional(),
  lines: z.array(text(35)).min(1).max(3),
  city: text(35),
  state: text(2).optional(),
  postalCode: text(10),
  countryCode: z.string().regex(/^[A-Z]{2}$/),
});
export type Party = z.infer<typeof Party>;
