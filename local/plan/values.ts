/** Resolved values of a template as what they are to be. */
import type { Properties } from "./intrinsics.ts";

/** Text or a number as text; nothing as "". @throws for a structure where text is wanted. */
export const text = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  throw new Error(`text wanted in the template, not ${JSON.stringify(value)}`);
};
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);
export const object = (value: unknown): Properties => (value ?? {}) as Properties;
export const objects = (value: unknown): Properties[] =>
  Array.isArray(value) ? (value as Properties[]) : [];
