/** On which days a parcel may be sent (R34): business days of FedEx, neither too near nor too far. */
import type { Brand } from "./brand.ts";
import { addDays, dateIn, datesFrom, daysBetween, isWeekend } from "./calendar.ts";
import { fedexHolidayOn, japaneseHolidaysBetween } from "./holidays.ts";
import type { Instant, PlainDate } from "./identifiers.ts";
import type { Fault } from "./problem.ts";
import { FALLBACK_ZONE, WORKSHOP_ZONE, zoneOfState } from "./time-zones.ts";

type Days = Pick<Brand["days"], "shipDateMinBusinessDays" | "shipDateMax">;

/** Monday to Friday without FedEx's holidays (R34). */
export const isBusinessDay = (date: PlainDate): boolean => !isWeekend(date) && !fedexHolidayOn(date);

/** Business days after the first date up to and including the second; 0 when that is not later. */
export const businessDaysBetween = (from: PlainDate, to: PlainDate): number =>
  datesFrom(addDays(from, 1), to).filter(isBusinessDay).length;

/** Every ship date possible at `now` for a sender in the zone, ascending (R34). */
export const possibleShipDates = (now: Instant, zone: string, days: Days): PlainDate[] => {
  const today = dateIn(now, zone);
  return datesFrom(addDays(today, 1), addDays(today, days.shipDateMax))
    .filter(isBusinessDay)
    .slice(days.shipDateMinBusinessDays - 1);
};

/**
 * What may be offered before the sender's state is known: the dates possible from the first US zone to begin a day
 * to the last, so that none is refused once the address is there.
 */
export const shipDatesPossibleEverywhere = (now: Instant, days: Days): PlainDate[] => {
  const inHawaii = new Set(possibleShipDates(now, FALLBACK_ZONE, days));
  return possibleShipDates(now, "America/New_York", days).filter((date) => inHawaii.has(date));
};

/** What is wrong with a desired ship date (R34), said so that she can choose a better one; `undefined`: nothing. */
export const checkShipDate = (
  date: PlainDate,
  now: Instant,
  zone: string,
  days: Days,
  path = "shipDate",
): Fault | undefined => {
  const possible = possibleShipDates(now, zone, days);
  if (possible.includes(date)) return undefined;
  const first = possible[0];
  const last = possible.at(-1);
  const fault = (message: string): Fault => ({
    path,
    rule: "R34",
    message: first && last ? `${message} Please choose a day from ${first} to ${last}.` : message,
  });
  const today = dateIn(now, zone);
  if (daysBetween(today, date) > days.shipDateMax)
    return fault(`The ship date can be at most ${days.shipDateMax} days ahead.`);
  if (businessDaysBetween(today, date) < days.shipDateMinBusinessDays)
    return fault(`We need at least ${days.shipDateMinBusinessDays} business days to prepare your documents.`);
  const holiday = fedexHolidayOn(date);
  return fault(
    holiday
      ? `FedEx does not collect parcels on ${holiday.name.en}.`
      : "Parcels can be sent from Monday to Friday.",
  );
};

/**
 * The ship date as it can still be kept: one that has gone by in the sender's zone gives way to the first one possible.
 * @param except a day that is not to be taken: the one of the shipment this was split from (R47)
 */
export const keepableShipDate = (
  date: PlainDate,
  now: Instant,
  state: string,
  days: Days,
  except?: PlainDate,
): PlainDate => {
  const zone = zoneOfState(state);
  if (date >= dateIn(now, zone)) return date;
  return possibleShipDates(now, zone, days).find((possible) => possible !== except) ?? date;
};

/** Shops and carriers in Japan rest on the first three days of the year, though only the first is a national holiday. */
const isNewYearBreak = (date: PlainDate): boolean => /-01-0[1-3]$/.test(date);

/** The day on which the workshop hands a finished piece to the carrier: today in Japan, or its next business day. */
export const nextWorkshopShipDate = (now: Instant): PlainDate => {
  let date = dateIn(now, WORKSHOP_ZONE);
  while (isWeekend(date) || isNewYearBreak(date) || japaneseHolidaysBetween(date, date).length > 0)
    date = addDays(date, 1);
  return date;
};
