/** The two keys of the simulated account: made once, they outlive restarts. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** As the secret holds them. */
const StripeKeys = z.strictObject({ apiKey: z.string(), webhookSecret: z.string() });
export type StripeKeys = z.infer<typeof StripeKeys>;

export const keysIn = (dataDir: string): StripeKeys => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "keys.json");
  try {
    return StripeKeys.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const keys: StripeKeys = {
    apiKey: `sk_test_${randomBytes(24).toString("hex")}`,
    webhookSecret: `whsec_${randomBytes(24).toString("hex")}`,
  };
  // Renamed into place, so that a kill leaves the whole file or none.
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return keys;
};

export const isSameKey = (a: string, b: string): boolean => {
  const one = Buffer.from(a);
  const other = Buffer.from(b);
  return one.length === other.length && timingSafeEqual(one, other);
};

/** The header `Stripe-Signature` of a body. @param seconds Unix time */
export const signatureOf = (webhookSecret: string, body: string, seconds: number): string =>
  `t=${seconds},v1=${createHmac("sha256", webhookSecret).update(`${seconds}.${body}`).digest("hex")}`;
