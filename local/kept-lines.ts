/** A file of JSON lines that is only ever added to: what a simulator knows, kept so that it survives `kill -9`. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import type * as z from "zod";

export interface KeptLines<T> {
  /** On disk, and applied, when it returns. */
  append(entry: T): void;
  close(): void;
}

/** A last line torn by a kill was never acknowledged, and is cut off. */
function linesOf(file: string): string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) truncateSync(file, whole);
  return bytes
    .subarray(0, whole)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** Applies what the folder's journal holds, then whatever is added to it. @throws ZodError for a line of another shape */
export function openKeptLines<T>(
  dataDir: string,
  schema: z.ZodType<T>,
  apply: (entry: T) => void,
): KeptLines<T> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "journal.jsonl");
  for (const line of linesOf(file)) apply(schema.parse(JSON.parse(line)));
  const handle = openSync(file, "a");
  return {
    append(entry) {
      writeSync(handle, `${JSON.stringify(schema.parse(entry))}\n`);
      fsyncSync(handle);
      apply(entry);
    },
    close: () => closeSync(handle),
  };
}
