/** One change of the simulated Stripe's data in the making: what it puts and what it tells, committed as one line. */
import { randomBytes } from "node:crypto";
import type { Json, Shaping } from "./invoice-shapes.ts";
import type { Change, Journal } from "./journal.ts";
import type { Kind, RecordOf, StripeRecord } from "./records.ts";
import { shapeOf } from "./shapes.ts";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `in_` and 24 letters and digits. */
export const newId = (prefix: string): string =>
  `${prefix}_${[...randomBytes(24)].map((byte) => LETTERS[byte % LETTERS.length]).join("")}`;

/** Who caused a change: a request to the API, or nobody. */
export interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

/** Reads see what was put before. */
export interface Work extends Shaping {
  /** Unix time in seconds. */
  readonly now: number;
  readonly put: <R extends StripeRecord>(record: R) => R;
  readonly remove: (id: string) => void;
  /** Tells of an object as it is now; `previous` of the attributes that were changed. */
  readonly tell: (type: string, record: StripeRecord, previous?: Json) => void;
  readonly change: () => Change;
}

/** @param now Unix time in seconds */
export const beginWork = (
  journal: Journal,
  payUrl: string,
  now: number,
  cause: Cause = { id: null, idempotency_key: null },
): Work => {
  const made = new Map<string, StripeRecord>();
  const removed = new Set<string>();

  const find = <K extends Kind>(kind: K, id: string): RecordOf<K> | undefined => {
    const own = made.get(id);
    if (own) return own.object === kind ? (own as RecordOf<K>) : undefined;
    return removed.has(id) ? undefined : journal.find(kind, id);
  };
  const work: Work = {
    now,
    payUrl,
    find,
    all: <K extends Kind>(kind: K) => {
      const kept = journal
        .all(kind)
        .filter(({ id }) => !removed.has(id))
        .map((record) => find(kind, record.id) ?? record);
      const known = new Set(kept.map(({ id }) => id));
      const added = [...made.values()].filter(
        (record): record is RecordOf<K> => record.object === kind && !known.has(record.id),
      );
      return [...kept, ...added];
    },
    put: (record) => {
      made.set(record.id, record);
      return record;
    },
    remove: (id) => {
      made.delete(id);
      removed.add(id);
    },
    tell: (type, record, previous) => {
      work.put({
        object: "event",
        id: newId("evt"),
        created: now,
        type,
        data: {
          object: shapeOf(record, work),
          ...(previous ? { previous_attributes: previous } : {}),
        },
        request: cause,
      });
    },
    change: () => ({
      ...(made.size > 0 ? { put: [...made.values()] } : {}),
      ...(removed.size > 0 ? { removed: [...removed] } : {}),
    }),
  };
  return work;
};
