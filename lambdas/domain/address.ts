/** Where a parcel is collected and returned: the 50 states and DC (R33, R58). */
import * as z from "zod";

/** Two-letter codes of the 50 states and DC; territories and military "states" are absent on purpose (R33). */
export const STATES = [
  "AL",
  "AK",
  "AZ",
  "AR",
  "CA",
  "CO",
  "CT",
  "DE",
  "DC",
  "FL",
  "GA",
  "HI",
  "ID",
  "IL",
  "IN",
  "IA",
  "KS",
  "KY",
  "LA",
  "ME",
  "MD",
  "MA",
  "MI",
  "MN",
  "MS",
  "MO",
  "MT",
  "NE",
  "NV",
  "NH",
  "NJ",
  "NM",
  "NY",
  "NC",
  "ND",
  "OH",
  "OK",
  "OR",
  "PA",
  "RI",
  "SC",
  "SD",
  "TN",
  "TX",
  "UT",
  "VT",
  "VA",
  "WA",
  "WV",
  "WI",
  "WY",
] as const;

const line = z.string().trim().min(1).max(35);

/** The shape of an address; what R33 says about it is checked by `checkAddress`, so that it answers 422 with its rule. */
export const Address = z.strictObject({
  line1: line,
  line2: line.optional(),
  city: line,
  state: z.string().trim().min(2).max(20),
  zip: z.string().trim().min(3).max(10),
});
export type Address = z.infer<typeof Address>;

/** 10 digits, `+1` and punctuation allowed; kept as the ten digits the carrier wants. */
export const Telephone = z
  .string()
  .max(30)
  .regex(/^\s*(\+\s*1)?[\d\s()./\p{Pd}]+$/u, "10 digits, with or without +1")
  .transform((typed) => typed.replace(/\D/g, "").replace(/^1(?=\d{10}$)/, ""))
  .pipe(z.string().regex(/^\d{10}$/, "10 digits, with or without +1"))
  .meta({ title: "US telephone number", example: "+1 (415) 555-0132" });

export const Contact = z.strictObject({
  name: z.string().trim().min(1).max(70),
  address: Address,
  telephone: Telephone,
});
export type Contact = z.infer<typeof Contact>;
