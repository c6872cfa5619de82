/** `expand[]`: parts of an answer put in full where it only names them. */
import { type Json, listOf, type Shaping } from "./invoice-shapes.ts";
import { type Kind, paymentsOf } from "./records.ts";
import { invalid } from "./refusal.ts";
import { shapeOf } from "./shapes.ts";

/** Ids that can be turned into what they name, by the last word of their path. */
const EXPANDABLE: Readonly<Record<string, Kind>> = {
  customer: "customer",
  invoice: "invoice",
  payment_intent: "payment_intent",
  latest_charge: "charge",
  charge: "charge",
};
const MOST_LEVELS = 4;

/**
 * A shape with one of its parts put in full, as `expand[]` asks: `payments`, `payments.data.payment.payment_intent`.
 * @throws Refusal for what cannot be expanded
 */
export const expanded = (shape: Json, path: string, from: Shaping): Json => {
  const refuse = () => invalid(`This property cannot be expanded (${path}).`);
  const within = (value: unknown, parts: readonly string[]): unknown => {
    const [part, ...rest] = parts;
    if (part === undefined || value === null) return value;
    if (Array.isArray(value)) return value.map((one: unknown) => within(one, parts));
    if (typeof value !== "object") throw refuse();
    const held = value as Json;
    if (part === "payments" && held["object"] === "invoice") {
      const id = String(held["id"]);
      const payments = paymentsOf(from, id).map((one) => shapeOf(one, from));
      return {
        ...held,
        payments: within(held[part] ?? listOf(payments, `/v1/invoices/${id}/payments`), rest),
      };
    }
    const below = held[part];
    if (below === undefined) throw refuse();
    if (typeof below === "string") {
      const kind = EXPANDABLE[part];
      const named = kind && from.find(kind, below);
      if (!named) throw refuse();
      return { ...held, [part]: within(shapeOf(named, from), rest) };
    }
    // Nothing that is not named by an id can be the end of a path, save what was put in full before.
    if (rest.length === 0 && below !== null && !(part in EXPANDABLE)) throw refuse();
    return { ...held, [part]: within(below, rest) };
  };
  const parts = path.split(".");
  if (parts.length > MOST_LEVELS) {
    throw invalid(`You cannot expand more than ${MOST_LEVELS} levels of a property. Property: ${path}`);
  }
  return within(shape, parts) as Json;
};
