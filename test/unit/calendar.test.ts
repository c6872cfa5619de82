import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATES } from "../../lambdas/domain/address.ts";
import {
  addDays,
  dateIn,
  datesFrom,
  daysBetween,
  endOfDay,
  formatDate,
  lastWeekday,
  nthWeekday,
  weekday,
} from "../../lambdas/domain/calendar.ts";
import { customerZone, zoneOfState } from "../../lambdas/domain/time-zones.ts";

const aDate = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aZone = fc.constantFrom(
  "America/New_York",
  "America/Adak",
  "America/Phoenix",
  "Pacific/Honolulu",
  "Asia/Tokyo",
  "Europe/London",
  // Their clocks change at midnight, or late in the evening.
  "America/Havana",
  "America/Santiago",
  "America/Godthab",
);

describe("plain dates", () => {
  it("adds days over the end of a month, a year and a leap day", () => {
    expect(addDays("2026-01-31", 1)).toBe("2026-02-01");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  it("counts back what it added, for any date", () => {
    fc.assert(
      fc.property(aDate, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });

  it("stays among years of four digits, whatever is counted on", () => {
    expect(addDays("9999-12-20", 30)).toBe("9999-12-31");
    expect(addDays("0000-01-10", -30)).toBe("0000-01-01");
  });

  it("knows the weekday, the third Monday and the last Monday", () => {
    expect(weekday("2026-11-23")).toBe(1);
    expect(nthWeekday(2026, 7, 1, 3)).toBe("2026-07-20");
    expect(lastWeekday(2026, 5, 1)).toBe("2026-05-25");
    expect(lastWeekday(2026, 12, 4)).toBe("2026-12-31");
  });

  it("lists dates with both ends, and none when the end is before the beginning", () => {
    expect(datesFrom("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(datesFrom("2026-03-02", "2026-03-01")).toEqual([]);
  });

  it("writes a date in both languages", () => {
    expect(formatDate("2026-03-14", "en")).toBe("March 14, 2026");
    expect(formatDate("2026-03-14", "ja")).toBe("2026年3月14日");
  });
});

describe("dates of instants", () => {
  it.each([
    ["2026-03-14T03:59:59.999Z", "America/New_York", "2026-03-13"],
    ["2026-03-14T04:00:00.000Z", "America/New_York", "2026-03-14"],
    ["2026-03-14T09:59:59.999Z", "Pacific/Honolulu", "2026-03-13"],
    ["2026-03-14T15:00:00.000Z", "Asia/Tokyo", "2026-03-15"],
    ["2026-01-01T00:00:00.000Z", "America/Los_Angeles", "2025-12-31"],
  ])("%s in %s is %s", (instant, zone, date) => {
    expect(dateIn(instant, zone)).toBe(date);
  });

  it("a day of 23 hours and one of 25 end when the next begins", () => {
    expect(endOfDay("2026-03-08", "America/New_York")).toBe("2026-03-09T03:59:59.999Z");
    expect(endOfDay("2026-11-01", "America/New_York")).toBe("2026-11-02T04:59:59.999Z");
    expect(endOfDay("2026-03-13", "Pacific/Honolulu")).toBe("2026-03-14T09:59:59.999Z");
  });

  it("a day may begin at one o'clock, or the clock change just before it ends", () => {
    expect(endOfDay("2026-03-07", "America/Havana")).toBe("2026-03-08T04:59:59.999Z");
    expect(endOfDay("2026-03-28", "America/Godthab")).toBe("2026-03-29T00:59:59.999Z");
    expect(endOfDay("2026-10-24", "America/Godthab")).toBe("2026-10-25T01:59:59.999Z");
  });

  it("the end of a day is its last millisecond, in any zone", () => {
    fc.assert(
      fc.property(aDate, aZone, (date, zone) => {
        const end = endOfDay(date, zone);
        expect(dateIn(end, zone)).toBe(date);
        expect(dateIn(new Date(Date.parse(end) + 1).toISOString(), zone)).toBe(addDays(date, 1));
      }),
      { numRuns: 500 },
    );
  });
});

describe("R6: the zone in which dates compare", () => {
  it("R6: a US zone counts, by its present or its older name", () => {
    expect(customerZone("America/Chicago")).toBe("America/Chicago");
    expect(customerZone("US/Pacific")).toBe("US/Pacific");
    expect(customerZone("America/Shiprock")).toBe("America/Shiprock");
    expect(customerZone("america/new_york")).toBe("America/New_York");
  });

  it.each([
    undefined,
    "",
    "Asia/Tokyo",
    "America/Toronto",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "Nowhere/Land",
  ])("R6: %s falls back to Honolulu", (zone) => {
    expect(customerZone(zone)).toBe("Pacific/Honolulu");
  });

  it("R34: every state has a zone the platform knows, and it is a US zone", () => {
    for (const state of STATES) {
      const zone = zoneOfState(state);
      expect(customerZone(zone)).toBe(zone);
      expect(dateIn("2026-06-15T12:00:00.000Z", zone)).toBe("2026-06-15");
    }
    expect(zoneOfState("ca")).toBe("America/Los_Angeles");
    expect(zoneOfState("Atlantis")).toBe("Pacific/Honolulu");
  });
});
