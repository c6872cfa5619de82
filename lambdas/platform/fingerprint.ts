/** Whether two requests say the same: a hash over JSON whose keys are in order. */
import { createHash } from "node:crypto";

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, ordered(field)]),
  );
};

/** SHA-256 of the canonical JSON, base64url, 43 characters. */
export const fingerprint = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(ordered(value)) ?? "")
    .digest("base64url");
