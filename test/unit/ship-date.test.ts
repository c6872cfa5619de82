import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import brand from "../../config/brand.example.json" with { type: "json" };
import { STATES } from "../../lambdas/domain/address.ts";
import { addDays, dateIn, daysBetween, isWeekend } from "../../lambdas/domain/calendar.ts";
import { fedexHolidayOn } from "../../lambdas/domain/holidays.ts";
import {
  businessDaysBetween,
  checkShipDate,
  nextWorkshopShipDate,
  possibleShipDates,
  shipDatesPossibleEverywhere,
} from "../../lambdas/domain/ship-date.ts";
import { zoneOfState } from "../../lambdas/domain/time-zones.ts";

const { days } = brand;
const NEW_YORK = "America/New_York";
/** Monday noon in New York. */
const MONDAY = "2026-03-16T16:00:00.000Z";
const anInstant = fc
  .date({ min: new Date("2024-01-01"), max: new Date("2044-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());
const aZone = fc.constantFrom(...STATES).map(zoneOfState);

describe("R34: the desired ship date", () => {
  it("R34: on a Monday the first day is Wednesday", () => {
    expect(possibleShipDates(MONDAY, NEW_YORK, days)[0]).toBe("2026-03-18");
    expect(checkShipDate("2026-03-18", MONDAY, NEW_YORK, days)).toBeUndefined();
    expect(checkShipDate("2026-03-17", MONDAY, NEW_YORK, days)).toMatchObject({
      path: "shipDate",
      rule: "R34",
      message: expect.stringContaining("2 business days"),
    });
  });

  it.each([
    ["Thursday", "2026-03-19T16:00:00.000Z", "2026-03-23"],
    ["Friday", "2026-03-20T16:00:00.000Z", "2026-03-24"],
    ["Saturday", "2026-03-21T16:00:00.000Z", "2026-03-24"],
    ["Sunday", "2026-03-22T16:00:00.000Z", "2026-03-24"],
    ["the Wednesday before Thanksgiving", "2026-11-25T17:00:00.000Z", "2026-11-30"],
  ])("R34: on %s the first day is two business days on", (_, now, first) => {
    expect(possibleShipDates(now, NEW_YORK, days)[0]).toBe(first);
  });

  it("R34: day 30 is possible, day 31 is not", () => {
    expect(possibleShipDates(MONDAY, NEW_YORK, days).at(-1)).toBe("2026-04-15");
    expect(checkShipDate("2026-04-15", MONDAY, NEW_YORK, days)).toBeUndefined();
    expect(checkShipDate("2026-04-16", MONDAY, NEW_YORK, days)?.message).toContain("at most 30 days");
  });

  it("R34: no weekend, no holiday of FedEx, no day gone by; the message offers the days that are possible", () => {
    expect(checkShipDate("2026-03-21", MONDAY, NEW_YORK, days)?.message).toBe(
      "Parcels can be sent from Monday to Friday. Please choose a day from 2026-03-18 to 2026-04-15.",
    );
    expect(checkShipDate("2026-05-25", "2026-05-18T16:00:00.000Z", NEW_YORK, days)?.message).toContain(
      "Memorial Day",
    );
    expect(checkShipDate("2026-03-13", MONDAY, NEW_YORK, days)?.rule).toBe("R34");
    expect(checkShipDate("2026-03-17", MONDAY, NEW_YORK, days, "items[0].shipDate")?.path).toBe(
      "items[0].shipDate",
    );
  });

  it("R34: today is that of the sender's zone", () => {
    const lateSundayInHawaii = "2026-03-16T08:00:00.000Z";
    expect(possibleShipDates(lateSundayInHawaii, zoneOfState("HI"), days)[0]).toBe("2026-03-17");
    expect(possibleShipDates(lateSundayInHawaii, zoneOfState("NY"), days)[0]).toBe("2026-03-18");
  });

  it("R34: every day offered keeps the rule, and every day kept back breaks it", () => {
    fc.assert(
      fc.property(anInstant, aZone, (now, zone) => {
        const today = dateIn(now, zone);
        const offered = possibleShipDates(now, zone, days);
        for (let ahead = -2; ahead <= 35; ahead += 1) {
          const date = addDays(today, ahead);
          const allowed =
            !isWeekend(date) &&
            !fedexHolidayOn(date) &&
            daysBetween(today, date) <= 30 &&
            businessDaysBetween(today, date) >= 2;
          expect(offered.includes(date)).toBe(allowed);
          expect(checkShipDate(date, now, zone, days) === undefined).toBe(allowed);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("R34: what is offered before the state is known is possible in every state", () => {
    fc.assert(
      fc.property(anInstant, (now) => {
        const offered = shipDatesPossibleEverywhere(now, days);
        expect(offered.length).toBeGreaterThan(10);
        for (const state of STATES) {
          const there = new Set(possibleShipDates(now, zoneOfState(state), days));
          expect(offered.filter((date) => !there.has(date))).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("the way back", () => {
  it.each([
    ["a working day in Japan", "2026-03-16T01:00:00.000Z", "2026-03-16"],
    ["Friday evening UTC, Saturday in Japan", "2026-03-13T20:00:00.000Z", "2026-03-16"],
    ["Silver Week", "2026-09-19T01:00:00.000Z", "2026-09-24"],
    ["New Year's Eve", "2026-12-31T15:00:00.000Z", "2027-01-04"],
  ])("R58: from %s, the workshop's next day", (_, now, date) => {
    expect(nextWorkshopShipDate(now)).toBe(date);
  });
});
