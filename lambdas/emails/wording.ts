/** Dates, money, sizes and names in words of a language: always an explicit locale and zone, never the machine's. */
import type { Brand } from "../domain/brand.ts";
import type { Locale, PlainDate, RingSize } from "../domain/identifiers.ts";
import type { Item, Moment } from "./mail-data.ts";

const TAG: Record<Locale, string> = { en: "en-US", ja: "ja-JP" };
const WEEKDAY: Record<Locale, "long" | "short"> = { en: "long", ja: "short" };

/** `Saturday, March 28, 2026`, `2026年3月28日(土)`. */
const dayIn = (locale: Locale, zone: string, at: number): string => {
  const words = new Intl.DateTimeFormat(TAG[locale], {
    weekday: WEEKDAY[locale],
    year: "numeric",
    month: "long",
    day: "numeric",
    timeZone: zone,
  }).format(at);
  return locale === "ja" ? words.replace("(", "（").replace(")", "）") : words;
};

export const day = (locale: Locale, date: PlainDate): string =>
  dayIn(locale, "UTC", Date.parse(`${date}T00:00:00.000Z`));

/** The last minutes of a day need no hour: the day says it. */
const LAST_HOUR = 23;

/** A deadline: its date where it is good for the whole day, otherwise with the hour, so that nobody is late unawares. */
export function until(locale: Locale, { at, zone }: Moment): string {
  const ms = Date.parse(at);
  const hour = new Intl.DateTimeFormat("en-US", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(
    ms,
  );
  const date = dayIn(locale, zone, ms);
  if (Number(hour) >= LAST_HOUR) return date;
  const time = new Intl.DateTimeFormat(TAG[locale], {
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
    timeZoneName: locale === "en" ? "short" : "long",
  }).format(ms);
  return locale === "en" ? `${date}, ${time}` : `${date} ${time}`;
}

/** Always said to be Japanese: a bare number would be read as a US size (R8). */
export const ringSize = (locale: Locale, size: RingSize): string =>
  locale === "en" ? `Japanese size ${size}` : `${size}号`;

/** `7 to 9 weeks` where the days are whole weeks, else in days. */
export const span = (locale: Locale, earliest: number, latest: number): string => {
  const weeks = earliest % 7 === 0 && latest % 7 === 0;
  const [from, to] = weeks ? [earliest / 7, latest / 7] : [earliest, latest];
  if (locale === "en") return `${from} to ${to} ${weeks ? "weeks" : "days"}`;
  return weeks ? `${from}〜${to}週間` : `${from}〜${to}日`;
};

/** Inclusive (R51). */
export const packageLimits = (locale: Locale, limits: Brand["packageLimits"]): string => {
  const size = `${limits.lengthIn} × ${limits.widthIn} × ${limits.heightIn}`;
  return locale === "en"
    ? `${size} inches and ${limits.weightLb} lb`
    : `縦・横・高さ ${size} インチ、重さ ${limits.weightLb} ポンド`;
};

/** `Aurora (design R-1001, serial number SN-2026-0001)`. */
export const piece = (locale: Locale, { name, designNumber, serialNumber }: Item): string => {
  const serial = serialNumber ?? "";
  return locale === "en"
    ? `${name} (design ${designNumber}${serial && `, serial number ${serial}`})`
    : `${name}（品番 ${designNumber}${serial && `/シリアル番号 ${serial}`}）`;
};

/** Names of several pieces as a sentence has them. */
export const names = (locale: Locale, items: readonly { readonly name: string }[]): string =>
  new Intl.ListFormat(TAG[locale], { type: "conjunction" }).format(items.map((item) => item.name));

/** The pieces whose old ring stays with the brand (R11). */
export const exchangedOf = (items: readonly Item[]): readonly Item[] =>
  items.filter((item) => item.outcome === "exchange");

/** Where anybody can follow a FedEx parcel (R41). */
export const trackingPage = (trackingNumber: string): string =>
  `https://www.fedex.com/fedextrack/?trknbr=${encodeURIComponent(trackingNumber)}`;

const CONTENTS: Readonly<Record<string, Record<Locale, string>>> = {
  jewelry: { en: "the jewelry", ja: "ジュエリー" },
  pouch: { en: "the pouch", ja: "ポーチ" },
  certificate: { en: "the Certificate of Authenticity", ja: "証明書" },
};
/** One thing of a manifest; what has no set name is said as it was written. */
export const content = (locale: Locale, thing: string): string => CONTENTS[thing]?.[locale] ?? thing;
