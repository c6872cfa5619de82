/**
 * Business time: real time plus an offset that `POST /local/clock` moves forward. It is the time of requests, of
 * entered states and of schedules; signatures and tokens live in real time.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

export interface BusinessClock {
  readonly now: () => Date;
  /** Moves forward to an instant; never back. Kept in its file before it counts. */
  readonly moveTo: (instant: Date) => void;
}

/** @param file outlives the process. */
export const createBusinessClock = (file: string): BusinessClock => {
  let offsetMs = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { offsetMs: number }).offsetMs
    : 0;
  const now = (): Date => new Date(Date.now() + offsetMs);
  return {
    now,
    moveTo: (instant) => {
      const next = instant.getTime() - Date.now();
      if (next <= offsetMs) return;
      // Written whole or not at all: a kill in between must not leave half a number.
      writeFileSync(`${file}.new`, JSON.stringify({ offsetMs: next }));
      renameSync(`${file}.new`, file);
      offsetMs = next;
    },
  };
};

const DURATION =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;
const HOUR = 3_600_000;

/**
 * `from` plus an ISO 8601 duration (`P14D`, `PT1H30M`, `P1Y2M`, `P2W`), in UTC; the 31st of a shorter month is its last day.
 * @returns undefined for what is no duration.
 */
export const plusDuration = (from: Date, duration: string): Date | undefined => {
  const parts = DURATION.exec(duration);
  if (!parts) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = parts
    .slice(1)
    .map((part) => Number((part ?? "0").replace(",", ".")));
  const day = from.getUTCDate();
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + (years ?? 0) * 12 + (months ?? 0));
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(day, last));
  const ms =
    ((weeks ?? 0) * 7 + (days ?? 0)) * 24 * HOUR +
    (hours ?? 0) * HOUR +
    (minutes ?? 0) * 60_000 +
    Math.round((seconds ?? 0) * 1000);
  const sum = new Date(to.getTime() + ms);
  return Number.isNaN(sum.getTime()) ? undefined : sum;
};
