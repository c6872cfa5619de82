/** Dates, money, sizes and names in words of a language: always an explicit locale and zone, never the machine's. */
import type { Brand } from "../domain/brand.ts";
import type { Service } from "../domain/design.ts";
import type { Locale, PlainDate, RingSize } from "../domain/identifiers.ts";
import { isSizeService } from "../domain/services.ts";
import { SERVICE_NAMES } from "../domain/texts.ts";
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

/** `7 to 9 weeks` where the days are whole weeks, else in days; `3 weeks` where both are the same. */
export const span = (locale: Locale, earliest: number, latest: number): string => {
  const weeks = earliest % 7 === 0 && latest % 7 === 0;
  const [from, to] = weeks ? [earliest / 7, latest / 7] : [earliest, latest];
  const one = from === to;
  if (locale === "ja") return `${one ? to : `${from}〜${to}`}${weeks ? "週間" : "日"}`;
  return `${one ? to : `${from} to ${to}`} ${weeks ? "week" : "day"}${to === 1 ? "" : "s"}`;
};

/** A parcel's size and weight: the limits, inclusive (R51), or one that was measured (R40). */
export const parcelOf = (locale: Locale, parcel: Brand["packageLimits"]): string => {
  const size = `${parcel.lengthIn} × ${parcel.widthIn} × ${parcel.heightIn}`;
  return locale === "en"
    ? `${size} inches and ${parcel.weightLb} lb`
    : `縦・横・高さ ${size} インチ、重さ ${parcel.weightLb} ポンド`;
};

/** `Aurora (design R-1001, serial number SN-2026-0001)`. */
export const piece = (locale: Locale, { name, designNumber, serialNumber }: Item): string => {
  const serial = serialNumber ?? "";
  return locale === "en"
    ? `${name} (design ${designNumber}${serial && `, serial number ${serial}`})`
    : `${name}（品番 ${designNumber}${serial && `/シリアル番号 ${serial}`}）`;
};

/** Several things as a sentence has them. */
export const together = (locale: Locale, things: readonly string[]): string =>
  new Intl.ListFormat(TAG[locale], { type: "conjunction" }).format(things);

/** Names of several pieces as a sentence has them. */
export const names = (locale: Locale, items: readonly { readonly name: string }[]): string =>
  together(
    locale,
    items.map((item) => item.name),
  );

const serviceNames = (
  locale: Locale,
  services: readonly Service[],
  engraving: string | undefined,
): readonly string[] =>
  services.map((service) => {
    const name = SERVICE_NAMES[locale][service];
    if (engraving === undefined || (service !== "engraving" && service !== "re-engraving")) return name;
    return locale === "en" ? `${name} “${engraving}”` : `${name}「${engraving}」`;
  });

/** The services asked for (R24), an engraving with its text (R23). */
export const wishes = (locale: Locale, { services = [], engraving }: Item): string =>
  together(locale, serviceNames(locale, services, engraving));

/** What was agreed for a piece: the change of size by its outcome (R21), beside it the other services. */
export const agreed = (locale: Locale, { desiredSize, outcome, services = [], engraving }: Item): string => {
  const others = serviceNames(
    locale,
    services.filter((one) => !isSizeService(one)),
    engraving,
  );
  if (typeof desiredSize !== "number" || (outcome !== "resize" && outcome !== "exchange"))
    return together(locale, others);
  const size = ringSize(locale, desiredSize);
  const change: Record<Locale, Record<typeof outcome, string>> = {
    en: { resize: `resizing to ${size}`, exchange: `exchange for ${size}` },
    ja: { resize: `${size}へのサイズ直し`, exchange: `${size}のリングへの交換` },
  };
  return together(locale, [change[locale][outcome], ...others]);
};

/** A piece with what was agreed for it. */
export const agreedPiece = (locale: Locale, item: Item): string => {
  const work = agreed(locale, item);
  return work === "" ? piece(locale, item) : `${piece(locale, item)}${locale === "en" ? ": " : "："}${work}`;
};

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
