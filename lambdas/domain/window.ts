/** When a ring that was received comes back (R59–R61). */
import type { Brand } from "./brand.ts";
import { addDays, dateIn } from "./calendar.ts";
import type { Window } from "./case.ts";
import { japaneseHolidaysBetween } from "./holidays.ts";
import type { Instant, Locale, PlainDate } from "./identifiers.ts";
import { WORKSHOP_ZONE } from "./time-zones.ts";

const holidaysIn = (earliest: PlainDate, latest: PlainDate, locale: Locale): Window["holidays"] =>
  japaneseHolidaysBetween(earliest, latest).map(({ date, name }) => ({ date, name: name[locale] }));

/** Day 49 to day 63 after the day of receipt in Japan, with the Japanese holidays inside it (R59, R60). */
export const windowAfter = (
  receivedAt: Instant,
  days: Pick<Brand["days"], "windowEarliest" | "windowLatest">,
  locale: Locale,
): Window => {
  const receivedOn = dateIn(receivedAt, WORKSHOP_ZONE);
  const earliest = addDays(receivedOn, days.windowEarliest);
  const latest = addDays(receivedOn, days.windowLatest);
  return { earliest, latest, holidays: holidaysIn(earliest, latest, locale), extensions: [] };
};

/** A person's recorded extension moves the whole window, and nothing else does (R60). */
export const extendWindow = (
  window: Window,
  extension: Window["extensions"][number],
  locale: Locale = "en",
): Window => {
  const earliest = addDays(window.earliest, extension.days);
  const latest = addDays(window.latest, extension.days);
  return {
    earliest,
    latest,
    holidays: holidaysIn(earliest, latest, locale),
    extensions: [...window.extensions, extension],
  };
};
