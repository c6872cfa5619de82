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

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const DURATION = new RegExp(
  `^P(?!$)(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?` +
    `(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
/** ISO 8601 lets only the smallest part that is named have a fraction. */
const FRACTION_BEFORE_ANOTHER = /[.,]\d+[YMWDH]T?\d/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The same day so many months on, in UTC; the 31st of a shorter month is its last day. */
const plusMonths = (from: Date, months: number): Date => {
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return to;
};

/**
 * `from` plus an ISO 8601 duration (`P14D`, `PT1H30M`, `P1Y2M`, `P2W`, `PT0.5H`), in UTC. Part of a month is that part
 * of the days of the month it falls in.
 * @returns undefined for what is no duration.
 */
export const plusDuration = (from: Date, duration: string): Date | undefined => {
  const parts = DURATION.exec(duration);
  if (!parts || FRACTION_BEFORE_ANOTHER.test(duration)) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number((part ?? "0").replace(",", ".")));
  const allMonths = years * 12 + months;
  const whole = plusMonths(from, Math.trunc(allMonths));
  const part = (plusMonths(from, Math.ceil(allMonths)).getTime() - whole.getTime()) * (allMonths % 1);
  const ms = part + (weeks * 7 + days) * DAY + hours * HOUR + minutes * 60_000 + seconds * 1000;
  const sum = new Date(whole.getTime() + Math.round(ms));
  return Number.isNaN(sum.getTime()) ? undefined : sum;
};
