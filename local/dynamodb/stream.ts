/** Reads one table's stream: every record reaches every consumer, in order, from the moment of the start on. */
import { setTimeout as sleep } from "node:timers/promises";

/** A record as Lambda's event carries it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
  readonly [field: string]: unknown;
}

/** Calls one operation of `DynamoDBStreams`; plain JSON both ways, so that records stay in Lambda's form. */
export type StreamCall = (operation: string, input: object) => Promise<Record<string, unknown>>;

export interface Stream {
  /** Something was written: read now. */
  readonly poke: () => void;
  /** Every write that was poked before this call has been read. */
  readonly isDrained: () => boolean;
  /** The last record read of each shard. */
  readonly position: () => Position;
  readonly close: () => Promise<void>;
}

/** Sequence numbers by shard. */
export type Position = Readonly<Record<string, string>>;

/** Without a poke (an engine of one's own, written to from elsewhere) it is read this often. */
const IDLE_MS = 50;

interface Shard {
  readonly id: string;
  iterator: string | undefined;
  lastSequence: string | undefined;
  ended: boolean;
}

export interface StreamOptions {
  readonly call: StreamCall;
  readonly streamArn: string;
  /** Where an earlier process got to; without it reading begins with what is written from now on. */
  readonly from: Position | undefined;
  /** Takes records over; must not throw. */
  readonly deliver: (records: readonly StreamRecord[]) => void;
  readonly log: (line: string) => void;
}

export const readStream = async ({ call, streamArn, from, deliver, log }: StreamOptions): Promise<Stream> => {
  const ending = new AbortController();
  let poked = 0;
  /** Nothing is read yet: what a killed process left is still to come. */
  let readUpTo = -1;
  let wake: (() => void) | undefined;
  const shards = new Map<string, Shard>();

  const iteratorOf = async (shard: Shard, first: "LATEST" | "TRIM_HORIZON"): Promise<string | undefined> => {
    const answer = await call("GetShardIterator", {
      StreamArn: streamArn,
      ShardId: shard.id,
      ...(shard.lastSequence === undefined
        ? { ShardIteratorType: first }
        : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: shard.lastSequence }),
    });
    return answer["ShardIterator"] as string | undefined;
  };

  /** Shards that appear later are read from their beginning. */
  const findShards = async (first: "LATEST" | "TRIM_HORIZON"): Promise<void> => {
    const { StreamDescription } = await call("DescribeStream", { StreamArn: streamArn });
    const known = (StreamDescription as { Shards?: { ShardId: string }[] }).Shards ?? [];
    for (const { ShardId } of known) {
      if (shards.has(ShardId)) continue;
      const shard: Shard = { id: ShardId, iterator: undefined, lastSequence: from?.[ShardId], ended: false };
      // A position that has left the stream: all that is still there comes after it.
      shard.iterator = await iteratorOf(shard, first).catch(() => {
        shard.lastSequence = undefined;
        return iteratorOf(shard, "TRIM_HORIZON");
      });
      shards.set(ShardId, shard);
    }
  };

  /** Everything there is in one shard now. */
  const readShard = async (shard: Shard): Promise<void> => {
    while (!ending.signal.aborted && shard.iterator !== undefined) {
      const answer = await call("GetRecords", { ShardIterator: shard.iterator });
      const records = (answer["Records"] ?? []) as StreamRecord[];
      shard.iterator = answer["NextShardIterator"] as string | undefined;
      const last = records.at(-1);
      if (!last) return;
      shard.lastSequence = last.dynamodb.SequenceNumber;
      deliver(records);
    }
  };

  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const upTo = poked;
      try {
        for (const shard of shards.values()) {
          await readShard(shard);
          if (shard.iterator !== undefined || shard.ended || ending.signal.aborted) continue;
          // The shard ended (an engine of one's own may split them): its successor holds what follows.
          shard.ended = true;
          await findShards("TRIM_HORIZON");
        }
        readUpTo = upTo;
      } catch (error) {
        if (ending.signal.aborted) return;
        log(`stream: ${(error as Error).message}; reading on from where it was`);
        await sleep(50);
        for (const shard of shards.values()) {
          if (shard.ended || shard.lastSequence === undefined) continue;
          shard.iterator = await iteratorOf(shard, "LATEST").catch(() => shard.iterator);
        }
        continue;
      }
      if (poked > upTo || ending.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, IDLE_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
    }
  };

  // Shards that appeared while nobody read belong to what was missed.
  await findShards(from ? "TRIM_HORIZON" : "LATEST");
  const running = loop();
  return {
    poke: () => {
      poked += 1;
      wake?.();
    },
    isDrained: () => readUpTo >= poked,
    position: () =>
      Object.fromEntries(
        [...shards.values()].flatMap(({ id, lastSequence }) =>
          lastSequence === undefined ? [] : [[id, lastSequence]],
        ),
      ),
    close: async () => {
      ending.abort();
      wake?.();
      await running;
    },
  };
};
