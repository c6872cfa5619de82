/** When a ring that was received comes back (R59–R61). */
import { addDays, dateIn } from "./calendar.ts";
import type { Window } from "./case.ts";
import { japaneseHolidaysBetween } from "./holidays.ts";
import type { Instant, Locale, PlainDate } from "./identifiers.ts";
import { WORKSHOP_ZONE } from "./time-zones.ts";
import type { WorkDays } from "./work-days.ts";

const holidaysIn = (earliest: PlainDate, latest: PlainDate, locale: Locale): Window["holidays"] =>
  japaneseHolidaysBetween(earliest, latest).map(({ date, name }) => ({ date, name: name[locale] }));

/** The days of the work after the day of receipt in Japan, with the Japanese holidays inside (R59, R60, R62). */
export const windowAfter = (
  receivedAt: Instant,
  days: Pick<WorkDays, "earliest" | "latest">,
  locale: Locale,
): Window => {
  const receivedOn = dateIn(receivedAt, WORKSHOP_ZONE);
  const earliest = addDays(receivedOn, days.earliest);
  const latest = addDays(receivedOn, days.latest);
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
