import { describe, expect, it } from "vitest";
import { addDays, plainDate, weekday } from "../../lambdas/domain/calendar.ts";
import {
  fedexHolidayOn,
  fedexHolidays,
  japaneseHolidays,
  japaneseHolidaysBetween,
} from "../../lambdas/domain/holidays.ts";

const datesOf = (holidays: readonly { date: string }[]) => holidays.map((holiday) => holiday.date);

describe("R34: FedEx's holidays", () => {
  it("R34: 2026, with Independence Day on a Saturday", () => {
    expect(datesOf(fedexHolidays(2026))).toEqual([
      "2026-01-01",
      "2026-05-25",
      "2026-07-04",
      "2026-09-07",
      "2026-11-26",
      "2026-12-25",
    ]);
    expect(fedexHolidayOn("2026-07-03")).toBeUndefined();
  });

  it("R34: a holiday on a Sunday is kept on the Monday as well", () => {
    expect(fedexHolidayOn("2027-07-05")?.name.en).toBe("Independence Day (observed)");
    expect(fedexHolidayOn("2028-12-26")).toBeUndefined();
    expect(fedexHolidayOn("2033-12-26")?.name.ja).toBe("クリスマス（振替）");
    expect(fedexHolidayOn("2034-01-02")).toBeDefined();
  });

  it("R34: other federal holidays are business days of FedEx", () => {
    for (const date of ["2026-01-19", "2026-02-16", "2026-06-19", "2026-10-12", "2026-11-11"])
      expect(fedexHolidayOn(date)).toBeUndefined();
  });
});

describe("R60: Japan's national holidays", () => {
  // As announced by the Cabinet Office.
  it.each([
    [
      2020,
      "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23",
    ],
    [
      2021,
      "01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23",
    ],
    [2022, "01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23"],
    [
      2024,
      "01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23",
    ],
    [
      2025,
      "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24",
    ],
    [
      2026,
      "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
    ],
    [
      2027,
      "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23",
    ],
  ])("R60: %i", (year, days) => {
    expect(datesOf(japaneseHolidays(year))).toEqual(days.split(" ").map((day) => `${year}-${day}`));
  });

  it("R60: the day between Respect for the Aged Day and the equinox is a citizens' holiday", () => {
    const [holiday] = japaneseHolidaysBetween("2026-09-22", "2026-09-22");
    expect(holiday?.name).toEqual({ en: "Citizens' Holiday", ja: "国民の休日" });
    expect(datesOf(japaneseHolidaysBetween("2032-09-19", "2032-09-23"))).toEqual([
      "2032-09-20",
      "2032-09-21",
      "2032-09-22",
    ]);
  });

  // Dates of the National Astronomical Observatory's forecasts.
  it.each([
    [2028, "03-20", "09-22"],
    [2030, "03-20", "09-23"],
    [2031, "03-21", "09-23"],
    [2040, "03-20", "09-22"],
    [2044, "03-20", "09-22"],
    [2050, "03-20", "09-23"],
  ])("R60: the equinoxes of %i", (year, spring, autumn) => {
    const named = (name: string) => japaneseHolidays(year).find((holiday) => holiday.name.en === name)?.date;
    expect(named("Vernal Equinox Day")).toBe(`${year}-${spring}`);
    expect(named("Autumnal Equinox Day")).toBe(`${year}-${autumn}`);
  });

  it("R60: every year from 2020 to 2050 has its sixteen days, and none on a Sunday without another after it", () => {
    for (let year = 2020; year <= 2050; year += 1) {
      const holidays = japaneseHolidays(year);
      expect(new Set(datesOf(holidays)).size).toBe(holidays.length);
      expect([...datesOf(holidays)].sort()).toEqual(datesOf(holidays));
      const made = holidays.filter((one) => one.name.en === "Substitute Holiday");
      const between = holidays.filter((one) => one.name.en === "Citizens' Holiday");
      expect(holidays.length - made.length - between.length).toBe(16);
      for (const { date } of holidays.filter((one) => weekday(one.date) === 0))
        expect(datesOf(holidays)).toContain(addDays(date, 1));
    }
  });

  it("R60: a window over New Year has the holidays of both years", () => {
    expect(datesOf(japaneseHolidaysBetween("2026-11-03", plainDate(2027, 1, 11)))).toEqual([
      "2026-11-03",
      "2026-11-23",
      "2027-01-01",
      "2027-01-11",
    ]);
    expect(() => japaneseHolidays(2019)).toThrow(RangeError);
  });
});
