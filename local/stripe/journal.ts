/** What the simulated Stripe knows, kept as an append-only file of JSON lines: a line is one change, whole or not at all. */
import * as z from "zod";
import { openKeptLines } from "../kept-lines.ts";
import { type Kind, type Lookup, type RecordOf, StripeRecord } from "./records.ts";

/** The first answer to a request with an idempotency key. */
const KeptAnswer = z.strictObject({
  key: z.string(),
  fingerprint: z.string(),
  /** Real time, milliseconds. */
  at: z.int(),
  status: z.int(),
  body: z.record(z.string(), z.unknown()),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

const Change = z.strictObject({
  put: z.array(StripeRecord).optional(),
  removed: z.array(z.string()).optional(),
  answer: KeptAnswer.optional(),
  /** Events that were taken by whoever was told of them. */
  told: z.array(z.string()).optional(),
});
export type Change = z.infer<typeof Change>;

export interface Journal extends Lookup {
  /** On disk when it returns. */
  commit(change: Change): void;
  answer(key: string): KeptAnswer | undefined;
  /** Events nobody has taken yet, oldest first. */
  untold(): readonly RecordOf<"event">[];
  close(): void;
}

export const openJournal = (dataDir: string): Journal => {
  const records = new Map<string, StripeRecord>();
  const answers = new Map<string, KeptAnswer>();
  const untold = new Set<string>();

  const apply = ({ put = [], removed = [], answer, told = [] }: Change): void => {
    for (const record of put) {
      records.set(record.id, record);
      if (record.object === "event") untold.add(record.id);
    }
    for (const id of removed) records.delete(id);
    if (answer) answers.set(answer.key, answer);
    for (const id of told) untold.delete(id);
  };

  const lines = openKeptLines(dataDir, Change, apply);
  const find = <K extends Kind>(kind: K, id: string): RecordOf<K> | undefined => {
    const record = records.get(id);
    return record?.object === kind ? (record as RecordOf<K>) : undefined;
  };
  return {
    find,
    all: <K extends Kind>(kind: K) =>
      [...records.values()].filter((record): record is RecordOf<K> => record.object === kind),
    commit(change) {
      if (Object.keys(change).length > 0) lines.append(change);
    },
    answer: (key) => answers.get(key),
    untold: () => [...untold].flatMap((id) => find("event", id) ?? []),
    close: () => lines.close(),
  };
};
