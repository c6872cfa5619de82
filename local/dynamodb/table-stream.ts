/**
 * A table's stream and everyone who is fed by it. What was read but not yet done with when the process ended is read
 * again at the next start, as the cloud's own pollers do: at least once, never not at all.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createEventSource, type EventSource } from "../lambda/event-source.ts";
import { REGION } from "../plan/intrinsics.ts";
import type { MappingPlan } from "../plan/plan-types.ts";
import { type Position, readStream, type StreamCall } from "./stream.ts";

export interface TableStream {
  readonly poke: () => void;
  /** Everything written so far was read and is done with. */
  readonly isQuiet: () => boolean;
  readonly close: () => Promise<void>;
}

export interface TableStreamOptions {
  readonly call: StreamCall;
  readonly streamArn: string;
  readonly mappings: readonly MappingPlan[];
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly log: (line: string) => void;
  /** Keeps how far all of them have got. */
  readonly positionFile: string;
  /** The table was made just now: its stream is read from its beginning, by this process or the next. */
  readonly isNew: boolean;
}

interface Kept {
  readonly streamArn: string;
  readonly position: Position;
}

export const startTableStream = async (options: TableStreamOptions): Promise<TableStream> => {
  const { call, streamArn, mappings, invoke, log, positionFile } = options;
  let closed = false;
  let written = "";

  const keep = (position: Position): void => {
    const text = JSON.stringify({ streamArn, position } satisfies Kept);
    if (text === written) return;
    writeFileSync(`${positionFile}.new`, text);
    renameSync(`${positionFile}.new`, positionFile);
    written = text;
  };
  const keepPosition = (): void => {
    if (!closed && sources.every((source) => source.pending() === 0)) keep(stream.position());
  };
  if (options.isNew) keep({});
  const kept = existsSync(positionFile)
    ? (JSON.parse(readFileSync(positionFile, "utf8")) as Kept)
    : undefined;

  const sources: readonly EventSource[] = mappings.map((mapping) =>
    createEventSource({
      mapping,
      invoke: (event) => invoke(mapping.functionName, event),
      log,
      onGivenUp: (record) =>
        log(
          `${mapping.functionName}: stream record ${record.dynamodb.SequenceNumber} given up; the sweep has to find it`,
        ),
      onIdle: keepPosition,
    }),
  );
  const stream = await readStream({
    call,
    streamArn,
    from: kept?.streamArn === streamArn ? kept.position : undefined,
    deliver: (records) => {
      const named = records.map((record) => ({ ...record, eventSourceARN: streamArn, awsRegion: REGION }));
      for (const source of sources) source.offer(named);
    },
    log,
  });
  return {
    poke: stream.poke,
    isQuiet: () => stream.isDrained() && sources.every((source) => source.pending() === 0),
    close: async () => {
      closed = true;
      for (const source of sources) source.close();
      await stream.close();
    },
  };
};
