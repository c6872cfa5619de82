import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import brand from "../../config/brand.example.json" with { type: "json" };
import { daysBetween } from "../../lambdas/domain/calendar.ts";
import { Window } from "../../lambdas/domain/case.ts";
import { extendWindow, windowAfter } from "../../lambdas/domain/window.ts";

const days = { earliest: brand.days.windowEarliest, latest: brand.days.windowLatest };
const AT = "2026-05-01T00:00:00.000Z";

describe("R59: day 49 to day 63", () => {
  it("R59: counted from the day of receipt in Japan", () => {
    expect(windowAfter("2026-03-16T01:00:00.000Z", days, "en")).toMatchObject({
      earliest: "2026-05-04",
      latest: "2026-05-18",
    });
    // Still the 15th in UTC, and the 16th in Tokyo.
    expect(windowAfter("2026-03-15T15:00:00.000Z", days, "en").earliest).toBe("2026-05-04");
    expect(windowAfter("2026-03-15T14:59:59.999Z", days, "en").earliest).toBe("2026-05-03");
  });

  it("R60: shows Japan's holidays inside it, in the customer's language, and does not move for them", () => {
    const window = windowAfter("2026-03-16T01:00:00.000Z", days, "ja");
    expect(window.holidays).toEqual([
      { date: "2026-05-04", name: "みどりの日" },
      { date: "2026-05-05", name: "こどもの日" },
      { date: "2026-05-06", name: "振替休日" },
    ]);
    expect(windowAfter("2026-03-16T01:00:00.000Z", days, "en").holidays[0]?.name).toBe("Greenery Day");
  });

  it("R59: always a fortnight wide, day 49 to day 63, over clock changes, leap days and New Year", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2024-01-01"), max: new Date("2044-12-31"), noInvalidDate: true }),
        (date) => {
          const window = Window.parse(windowAfter(date.toISOString(), days, "en"));
          const inTokyo = new Date(date.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
          expect(daysBetween(inTokyo, window.earliest)).toBe(49);
          expect(daysBetween(inTokyo, window.latest)).toBe(63);
        },
      ),
    );
  });
});

describe("R60: only a person's extension moves it", () => {
  const window = windowAfter("2026-03-16T01:00:00.000Z", days, "en");
  const extension = { days: 7, cause: "condition", text: "The shank needs another casting.", at: AT };

  it("R60: both ends move, the cause is kept, the holidays are those of the new window", () => {
    expect(extendWindow(window, extension, "en")).toEqual({
      earliest: "2026-05-11",
      latest: "2026-05-25",
      holidays: [],
      extensions: [extension],
    });
  });

  it("R60: extensions add up, and each stays on record", () => {
    const twice = extendWindow(extendWindow(window, extension), { ...extension, days: 14, cause: "design" });
    expect(twice).toMatchObject({ earliest: "2026-05-25", latest: "2026-06-08" });
    expect(twice.extensions.map((one) => one.days)).toEqual([7, 14]);
    expect(window.extensions).toEqual([]);
  });
});
