/** Calendar arithmetic on plain dates, and which date an instant is in a zone. No clock, no local time zone. */
import type { Instant, Locale, PlainDate } from "./identifiers.ts";

const DAY_MS = 86_400_000;

/** 0 = Sunday … 6 = Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** UTC is only the ruler here: a plain date has no zone. */
const toMs = (date: PlainDate): number => Date.parse(`${date}T00:00:00.000Z`);
/** A date has four digits for its year: what is counted beyond them stays at the last that has. */
const FIRST_MS = toMs("0000-01-01");
const LAST_MS = toMs("9999-12-31");
const fromMs = (ms: number): PlainDate =>
  new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString().slice(0, 10);

export const plainDate = (year: number, month: number, day: number): PlainDate =>
  fromMs(Date.UTC(year, month - 1, day));

export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));

/** The date `days` calendar days later; negative: earlier. */
export const addDays = (date: PlainDate, days: number): PlainDate => fromMs(toMs(date) + days * DAY_MS);

/** Calendar days from the first to the second; negative when the second is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => (toMs(to) - toMs(from)) / DAY_MS;

export const weekday = (date: PlainDate): Weekday => new Date(toMs(date)).getUTCDay() as Weekday;

export const isWeekend = (date: PlainDate): boolean => weekday(date) === 0 || weekday(date) === 6;

/** Every date from the first to the last, both included. */
export const datesFrom = (first: PlainDate, last: PlainDate): PlainDate[] =>
  Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));

/** The n-th such weekday of a month, from 1. */
export const nthWeekday = (year: number, month: number, day: Weekday, n: number): PlainDate => {
  const first = plainDate(year, month, 1);
  return addDays(first, ((day - weekday(first) + 7) % 7) + (n - 1) * 7);
};

/** The last such weekday of a month. */
export const lastWeekday = (year: number, month: number, day: Weekday): PlainDate => {
  const last = addDays(plainDate(year, month + 1, 1), -1);
  return addDays(last, -((weekday(last) - day + 7) % 7));
};

/** Making a formatter costs a thousand times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const wallClock = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formatters.set(zone, made);
  return made;
};

/** What a clock on the wall of the zone shows, read as if it were UTC, milliseconds. */
const wallMs = (ms: number, zone: string): number => {
  const parts = Object.fromEntries(
    wallClock(zone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  return Date.parse(
    `${parts["year"]}-${parts["month"]}-${parts["day"]}T${parts["hour"]}:${parts["minute"]}:${parts["second"]}.000Z`,
  );
};

/** The calendar date of an instant in an IANA zone. @throws RangeError when the zone is unknown. */
export const dateIn = (instant: Instant, zone: string): PlainDate =>
  fromMs(Math.floor(wallMs(Date.parse(instant), zone) / DAY_MS) * DAY_MS);

/** The last millisecond of a date in a zone: what happens later is on the next day. */
export const endOfDay = (date: PlainDate, zone: string): Instant => {
  const midnight = toMs(addDays(date, 1));
  const offsetAt = (ms: number) => wallMs(ms, zone) - ms;
  const guess = midnight - offsetAt(midnight);
  // Around a clock change the offset at midnight is that of the guess or its neighbour; where midnight itself is
  // skipped, the day begins at the first of the two that is not still on the day before.
  const starts = [guess, midnight - offsetAt(guess)].sort((a, b) => a - b);
  const start = starts.find((ms) => wallMs(ms, zone) >= midnight) ?? guess;
  return new Date(start - 1).toISOString();
};

const longDates: Record<Locale, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }),
  ja: new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeZone: "UTC" }),
};
/** `March 14, 2026`, `2026年3月14日`. */
export const formatDate = (date: PlainDate, locale: Locale): string => longDates[locale].format(toMs(date));
