/** One event source mapping: filters, batches, partial failures and retries, one batch at a time and in order. */
import { setTimeout as sleep } from "node:timers/promises";
import type { StreamRecord } from "../dynamodb/stream.ts";
import { matchesPattern } from "../event-pattern.ts";
import type { MappingPlan } from "../plan/plan-types.ts";

export interface EventSource {
  readonly offer: (records: readonly StreamRecord[]) => void;
  /** Records taken over and not yet done with. */
  readonly pending: () => number;
  readonly close: () => void;
}

export interface EventSourceOptions {
  readonly mapping: MappingPlan;
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly log: (line: string) => void;
  /** A record given up: in the cloud its metadata reaches a queue; here it is a line of the log. */
  readonly onGivenUp: (record: StreamRecord) => void;
  /** Nothing is left to do. */
  readonly onIdle: () => void;
}

/** AWS tries a record without a limit until it leaves the stream after a day; here that many times. */
const UNLIMITED_TRIES = 30;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5000;

interface PartialFailure {
  readonly batchItemFailures?: readonly { readonly itemIdentifier?: string }[];
}

export const createEventSource = ({
  mapping,
  invoke,
  log,
  onGivenUp,
  onIdle,
}: EventSourceOptions): EventSource => {
  const queue: StreamRecord[] = [];
  const ending = new AbortController();
  let running = false;
  let inHand = 0;
  const limit = mapping.retries < 0 ? UNLIMITED_TRIES : mapping.retries;

  const passes = (record: StreamRecord): boolean =>
    mapping.filters.length === 0 || mapping.filters.some((filter) => matchesPattern(record, filter));

  /** The records still to be done after one call: none, those from the first failure on, or all. */
  const remaining = async (batch: readonly StreamRecord[]): Promise<readonly StreamRecord[]> => {
    const result = await invoke({ Records: batch });
    if (!mapping.reportsItems) return [];
    const failed = (result as PartialFailure | null)?.batchItemFailures ?? [];
    const named = new Set(failed.map((failure) => failure.itemIdentifier ?? ""));
    if (named.size === 0) return [];
    const first = batch.findIndex((record) => named.has(record.dynamodb.SequenceNumber));
    // An identifier that is none of the batch's counts as a failure of the whole batch.
    return first === -1 ? batch : batch.slice(first);
  };

  /** @returns when every record of the batch is done or given up. */
  const work = async (whole: readonly StreamRecord[], triesBefore = 0): Promise<void> => {
    let batch = whole;
    for (let tries = triesBefore; batch.length > 0 && !ending.signal.aborted; ) {
      let left: readonly StreamRecord[];
      try {
        left = await remaining(batch);
      } catch (error) {
        log(`${mapping.functionName}: ${(error as Error).message}`);
        left = batch;
        if (mapping.bisect && batch.length > 1 && tries < limit) {
          const half = Math.ceil(batch.length / 2);
          await work(batch.slice(0, half), tries + 1);
          batch = batch.slice(half);
          tries += 1;
          continue;
        }
      }
      // A record that got further starts its own count, as AWS's does.
      if (left[0] !== batch[0]) tries = 0;
      else tries += 1;
      batch = left;
      const [first, ...rest] = batch;
      if (first && tries > limit) {
        onGivenUp(first);
        batch = rest;
        tries = 0;
      } else if (batch.length > 0) {
        await sleep(Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, tries - 1), LONGEST_DELAY_MS));
      }
    }
  };

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (queue.length > 0 && !ending.signal.aborted) {
      const batch = queue.splice(0, mapping.batchSize);
      inHand = batch.length;
      await work(batch);
      inHand = 0;
    }
    running = false;
    onIdle();
  };

  return {
    offer: (records) => {
      queue.push(...records.filter(passes));
      void run();
    },
    pending: () => queue.length + inHand,
    close: () => {
      ending.abort();
    },
  };
};
