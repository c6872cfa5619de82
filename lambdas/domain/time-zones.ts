/** Whose date counts: the customer's zone for R6, the sender's for R34, the workshop's for R59. */
import type { STATES } from "./address.ts";
import { dateIn } from "./calendar.ts";
import type { Instant, PlainDate } from "./identifiers.ts";

export type State = (typeof STATES)[number];

/** The last US zone to end a day: who names no US zone is never judged late by ours (R6). */
export const FALLBACK_ZONE = "Pacific/Honolulu";
/** Receipt, work and inspection happen in Japan. */
export const WORKSHOP_ZONE = "Asia/Tokyo";
/** The calendar date at the workshop. */
export const dateInJapan = (at: Instant): PlainDate => dateIn(at, WORKSHOP_ZONE);

/** The zones of the 50 states and DC as IANA lists them, with the older names browsers still report. */
const US_ZONES = [
  "America/New_York",
  "America/Detroit",
  "America/Kentucky/Louisville",
  "America/Kentucky/Monticello",
  "America/Indiana/Indianapolis",
  "America/Indiana/Vincennes",
  "America/Indiana/Winamac",
  "America/Indiana/Marengo",
  "America/Indiana/Petersburg",
  "America/Indiana/Vevay",
  "America/Indiana/Tell_City",
  "America/Indiana/Knox",
  "America/Chicago",
  "America/Menominee",
  "America/North_Dakota/Center",
  "America/North_Dakota/New_Salem",
  "America/North_Dakota/Beulah",
  "America/Denver",
  "America/Boise",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "America/Juneau",
  "America/Sitka",
  "America/Metlakatla",
  "America/Yakutat",
  "America/Nome",
  "America/Adak",
  "Pacific/Honolulu",
  "America/Atka",
  "America/Fort_Wayne",
  "America/Indianapolis",
  "America/Knox_IN",
  "America/Louisville",
  "America/Shiprock",
  "Navajo",
  "US/Alaska",
  "US/Aleutian",
  "US/Arizona",
  "US/Central",
  "US/East-Indiana",
  "US/Eastern",
  "US/Hawaii",
  "US/Indiana-Starke",
  "US/Michigan",
  "US/Mountain",
  "US/Pacific",
  "EST5EDT",
  "CST6CDT",
  "MST7MDT",
  "PST8PDT",
  "HST",
];
const byLowerCase = new Map(US_ZONES.map((zone) => [zone.toLowerCase(), zone]));

/** The zone in which R6 compares dates: the named one if it is a US zone, else Honolulu. Territories are none. */
export const customerZone = (timeZone?: string): string =>
  byLowerCase.get((timeZone ?? "").trim().toLowerCase()) ?? FALLBACK_ZONE;

/**
 * The zone of each state, for the sender's business days (R34). Where a state has two, it is the one most of its
 * people live in: FL, IN, KY and MI eastern; KS, NE, ND, SD, TN and TX central; ID mountain; OR Pacific; AK without
 * the Aleutians. An hour's difference matters only around midnight, and R34 leaves two business days anyway.
 */
const ZONE_OF_STATE: Record<State, string> = {
  AL: "America/Chicago",
  AK: "America/Anchorage",
  AZ: "America/Phoenix",
  AR: "America/Chicago",
  CA: "America/Los_Angeles",
  CO: "America/Denver",
  CT: "America/New_York",
  DE: "America/New_York",
  DC: "America/New_York",
  FL: "America/New_York",
  GA: "America/New_York",
  HI: "Pacific/Honolulu",
  ID: "America/Boise",
  IL: "America/Chicago",
  IN: "America/Indiana/Indianapolis",
  IA: "America/Chicago",
  KS: "America/Chicago",
  KY: "America/Kentucky/Louisville",
  LA: "America/Chicago",
  ME: "America/New_York",
  MD: "America/New_York",
  MA: "America/New_York",
  MI: "America/Detroit",
  MN: "America/Chicago",
  MS: "America/Chicago",
  MO: "America/Chicago",
  MT: "America/Denver",
  NE: "America/Chicago",
  NV: "America/Los_Angeles",
  NH: "America/New_York",
  NJ: "America/New_York",
  NM: "America/Denver",
  NY: "America/New_York",
  NC: "America/New_York",
  ND: "America/Chicago",
  OH: "America/New_York",
  OK: "America/Chicago",
  OR: "America/Los_Angeles",
  PA: "America/New_York",
  RI: "America/New_York",
  SC: "America/New_York",
  SD: "America/Chicago",
  TN: "America/Chicago",
  TX: "America/Chicago",
  UT: "America/Denver",
  VT: "America/New_York",
  VA: "America/New_York",
  WA: "America/Los_Angeles",
  WV: "America/New_York",
  WI: "America/Chicago",
  WY: "America/Denver",
};

/** The sender's zone by the state of the address; Honolulu for what is no state. */
export const zoneOfState = (state: string): string =>
  (ZONE_OF_STATE as Record<string, string>)[state.trim().toUpperCase()] ?? FALLBACK_ZONE;
