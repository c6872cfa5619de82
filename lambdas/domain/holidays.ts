/** Days on which FedEx collects nothing in the United States (R34), and Japan's national holidays (R60), by rule. */
import {
  addDays,
  datesFrom,
  lastWeekday,
  nthWeekday,
  plainDate,
  type Weekday,
  weekday,
  yearOf,
} from "./calendar.ts";
import type { Locale, PlainDate } from "./identifiers.ts";

export interface Holiday {
  readonly date: PlainDate;
  readonly name: Readonly<Record<Locale, string>>;
}

const SUNDAY: Weekday = 0;
const MONDAY: Weekday = 1;
const THURSDAY: Weekday = 4;

const byDate = (a: Holiday, b: Holiday): number => a.date.localeCompare(b.date);

/** Years asked for again and again: holidays of a year never change. */
const remembered = (
  compute: (year: number) => readonly Holiday[],
): ((year: number) => readonly Holiday[]) => {
  const known = new Map<number, readonly Holiday[]>();
  return (year) => {
    const holidays = known.get(year) ?? compute(year);
    known.set(year, holidays);
    return holidays;
  };
};

/**
 * FedEx Express has six US holidays a year without collection; on the other federal holidays it works, here and
 * there with fewer hours. One that falls on a Sunday is kept on the Monday after it, as the whole country does;
 * one on a Saturday costs no business day. Should FedEx work on such a Monday, a customer has one day fewer to
 * choose from, and never one on which nobody comes.
 */
export const fedexHolidays = remembered((year) =>
  [
    { date: plainDate(year, 1, 1), name: { en: "New Year's Day", ja: "元日" } },
    { date: lastWeekday(year, 5, MONDAY), name: { en: "Memorial Day", ja: "メモリアルデー" } },
    { date: plainDate(year, 7, 4), name: { en: "Independence Day", ja: "独立記念日" } },
    { date: nthWeekday(year, 9, MONDAY, 1), name: { en: "Labor Day", ja: "レイバーデー" } },
    { date: nthWeekday(year, 11, THURSDAY, 4), name: { en: "Thanksgiving Day", ja: "感謝祭" } },
    { date: plainDate(year, 12, 25), name: { en: "Christmas Day", ja: "クリスマス" } },
  ].flatMap(({ date, name }) =>
    weekday(date) === SUNDAY
      ? [
          { date, name },
          {
            date: addDays(date, 1),
            name: { en: `${name.en} (observed)`, ja: `${name.ja}（振替）` },
          },
        ]
      : [{ date, name }],
  ),
);

/** The FedEx holiday on a date, if any. */
export const fedexHolidayOn = (date: PlainDate): Holiday | undefined =>
  fedexHolidays(yearOf(date)).find((holiday) => holiday.date === date);

/** Before 2020 the Emperor had another birthday; after 2099 the equinoxes follow other constants. */
const FIRST_YEAR = 2020;
const LAST_YEAR = 2099;

/** Days the sun is ahead of the calendar since 1980; the constants hold for 1980–2099. */
const equinox = (year: number, month: number, in1980: number): PlainDate => {
  const years = year - 1980;
  return plainDate(year, month, Math.floor(in1980 + 0.242194 * years) - Math.floor(years / 4));
};

/** The two Olympic summers, when three holidays were moved by a law of their own. */
const olympic = (year: number): readonly [string, string, string] | undefined =>
  ({
    2020: ["2020-07-23", "2020-07-24", "2020-08-10"] as const,
    2021: ["2021-07-22", "2021-07-23", "2021-08-08"] as const,
  })[year];

const namedInJapan = (year: number): Holiday[] => {
  const [marine, sports, mountain] = olympic(year) ?? [
    nthWeekday(year, 7, MONDAY, 3),
    nthWeekday(year, 10, MONDAY, 2),
    plainDate(year, 8, 11),
  ];
  return [
    { date: plainDate(year, 1, 1), name: { en: "New Year's Day", ja: "元日" } },
    { date: nthWeekday(year, 1, MONDAY, 2), name: { en: "Coming of Age Day", ja: "成人の日" } },
    { date: plainDate(year, 2, 11), name: { en: "National Foundation Day", ja: "建国記念の日" } },
    { date: plainDate(year, 2, 23), name: { en: "Emperor's Birthday", ja: "天皇誕生日" } },
    { date: equinox(year, 3, 20.8431), name: { en: "Vernal Equinox Day", ja: "春分の日" } },
    { date: plainDate(year, 4, 29), name: { en: "Showa Day", ja: "昭和の日" } },
    { date: plainDate(year, 5, 3), name: { en: "Constitution Memorial Day", ja: "憲法記念日" } },
    { date: plainDate(year, 5, 4), name: { en: "Greenery Day", ja: "みどりの日" } },
    { date: plainDate(year, 5, 5), name: { en: "Children's Day", ja: "こどもの日" } },
    { date: marine, name: { en: "Marine Day", ja: "海の日" } },
    { date: mountain, name: { en: "Mountain Day", ja: "山の日" } },
    { date: nthWeekday(year, 9, MONDAY, 3), name: { en: "Respect for the Aged Day", ja: "敬老の日" } },
    { date: equinox(year, 9, 23.2488), name: { en: "Autumnal Equinox Day", ja: "秋分の日" } },
    { date: sports, name: { en: "Sports Day", ja: "スポーツの日" } },
    { date: plainDate(year, 11, 3), name: { en: "Culture Day", ja: "文化の日" } },
    { date: plainDate(year, 11, 23), name: { en: "Labor Thanksgiving Day", ja: "勤労感謝の日" } },
  ];
};

/** A holiday on a Sunday is made up for on the next day that is none. */
const substitutes = (named: readonly Holiday[]): Holiday[] => {
  const dates = new Set(named.map((holiday) => holiday.date));
  return named
    .filter((holiday) => weekday(holiday.date) === SUNDAY)
    .map((holiday) => {
      let date = addDays(holiday.date, 1);
      while (dates.has(date)) date = addDays(date, 1);
      return { date, name: { en: "Substitute Holiday", ja: "振替休日" } };
    });
};

/** A day between two holidays is one as well. */
const citizens = (named: readonly Holiday[], others: readonly Holiday[]): Holiday[] => {
  const dates = new Set(named.map((holiday) => holiday.date));
  const taken = new Set([...dates, ...others.map((holiday) => holiday.date)]);
  return [...dates]
    .map((date) => addDays(date, 1))
    .filter((date) => !taken.has(date) && dates.has(addDays(date, 1)))
    .map((date) => ({ date, name: { en: "Citizens' Holiday", ja: "国民の休日" } }));
};

/**
 * Japan's national holidays of a year, in order. The equinoxes are computed; the government announces them each
 * February for the year after, and has never announced others. @throws RangeError outside 2020–2099.
 */
export const japaneseHolidays = remembered((year) => {
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw new RangeError(`Japanese holidays are known for ${FIRST_YEAR} to ${LAST_YEAR}, not for ${year}`);
  const named = namedInJapan(year);
  const made = substitutes(named);
  return [...named, ...made, ...citizens(named, made)].sort(byDate);
});

/** Japan's national holidays from the first date to the last, both included. */
export const japaneseHolidaysBetween = (first: PlainDate, last: PlainDate): Holiday[] =>
  [...new Set(datesFrom(first, last).map(yearOf))]
    .flatMap(japaneseHolidays)
    .filter((holiday) => first <= holiday.date && holiday.date <= last);
