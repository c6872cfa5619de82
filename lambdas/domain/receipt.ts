/** What a parcel holds against what was declared (R51, R56, R57): every difference is held and mailed. */
import type { Brand } from "./brand.ts";
import type { Receipt } from "./case.ts";
import type { Locale } from "./identifiers.ts";
import { isTooHeavy, isTooLarge, sides } from "./package-limits.ts";

/** What may be in a parcel and goes back with it (R57). */
export const MANIFEST = ["jewelry", "pouch", "certificate"] as const;
/** What must be in it (R52); a pouch that a customer did not send is nothing to hold her ring for. */
const NEEDED = ["jewelry", "certificate"] as const;

type Mismatch = Receipt["mismatches"][number];
type MismatchKind = "serial-number" | "certificate" | "condition" | "contents" | "size-or-weight";

/** An item that was to come. */
interface DeclaredItem {
  readonly item: number;
  readonly serialNumber?: string | undefined;
}
type Found = Pick<Receipt, "items" | "parcel" | "contents">;
type Limits = Brand["packageLimits"];

/** The customer reads these in her language (E15). */
const TEXTS = {
  en: {
    serialNumber: (found: string) =>
      `The piece we received has the serial number ${found}, which is not the one of your request.`,
    serialUnknown: () => "Your request does not say which serial number to expect.",
    certificate: () => "The original Certificate of Authenticity was not in the parcel.",
    changed: (text?: string) =>
      `The condition differs from the photos${text === undefined ? "." : `: ${text}`}`,
    damaged: (text?: string) => `The item arrived damaged${text === undefined ? "." : `: ${text}`}`,
    absent: () => "This item was not in the parcel.",
    missing: (what: string) => `Not in the parcel: ${what}.`,
    extra: (what: string) =>
      `Also in the parcel: ${what}. Only the jewelry, the pouch and the certificate can be returned.`,
    size: (size: string, limit: string) =>
      `The parcel measures ${size} inches; at most ${limit} is possible.`,
    weight: (weight: number, limit: number) =>
      `The parcel weighs ${weight} lb; at most ${limit} lb is possible.`,
    names: { jewelry: "the jewelry", pouch: "the pouch", certificate: "the certificate" },
  },
  ja: {
    serialNumber: (found: string) =>
      `お届けいただいたお品物のシリアル番号は${found}で、ご依頼の番号と異なります。`,
    serialUnknown: () => "ご依頼にシリアル番号の記載がございません。",
    certificate: () => "証明書の原本が同梱されておりませんでした。",
    changed: (text?: string) => `お写真と状態が異なります${text === undefined ? "。" : `：${text}`}`,
    damaged: (text?: string) => `お品物に破損がございました${text === undefined ? "。" : `：${text}`}`,
    absent: () => "こちらのお品物は同梱されておりませんでした。",
    missing: (what: string) => `同梱されていないもの：${what}`,
    extra: (what: string) =>
      `ほかに同梱されていたもの：${what}。ご返送できるのは、ジュエリー、ポーチ、証明書のみでございます。`,
    size: (size: string, limit: string) =>
      `お荷物の大きさは${size}インチで、上限は${limit}インチでございます。`,
    weight: (weight: number, limit: number) =>
      `お荷物の重さは${weight}ポンドで、上限は${limit}ポンドでございます。`,
    names: { jewelry: "ジュエリー", pouch: "ポーチ", certificate: "証明書" },
  },
} as const;

const mismatch = (kind: MismatchKind, text: string, item?: number): Mismatch => ({
  ...(item === undefined ? {} : { item }),
  kind,
  text: text.length > 300 ? `${text.slice(0, 299).toWellFormed()}…` : text,
});

const sameWord = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const checkItem = (
  expected: DeclaredItem,
  found: Receipt["items"][number] | undefined,
  locale: Locale,
): Mismatch[] => {
  const texts = TEXTS[locale];
  const { item, serialNumber } = expected;
  if (!found) return [mismatch("contents", texts.absent(), item)];
  const mismatches: Mismatch[] = [];
  if (serialNumber === undefined) mismatches.push(mismatch("serial-number", texts.serialUnknown(), item));
  else if (!sameWord(serialNumber, found.serialNumber))
    mismatches.push(mismatch("serial-number", texts.serialNumber(found.serialNumber), item));
  if (!found.certificate) mismatches.push(mismatch("certificate", texts.certificate(), item));
  if (found.condition !== "as-photographed")
    mismatches.push(mismatch("condition", texts[found.condition](found.conditionText), item));
  return mismatches;
};

const checkContents = ({ items, contents }: Found, locale: Locale): Mismatch[] => {
  const texts = TEXTS[locale];
  const isIn = (what: string) => contents.some((one) => sameWord(one, what));
  const mismatches: Mismatch[] = [];
  for (const what of NEEDED) {
    const toldAlready = what === "certificate" && items.some((one) => !one.certificate);
    if (!isIn(what) && !toldAlready) mismatches.push(mismatch("contents", texts.missing(texts.names[what])));
  }
  const extra = contents.filter((one) => !MANIFEST.some((what) => sameWord(one, what)));
  return extra.length > 0 ? [...mismatches, mismatch("contents", texts.extra(extra.join(", ")))] : mismatches;
};

const checkParcel = (parcel: Found["parcel"], limits: Limits, locale: Locale): Mismatch[] => {
  const texts = TEXTS[locale];
  return [
    ...(isTooLarge(parcel, limits)
      ? [mismatch("size-or-weight", texts.size(sides(parcel).join(" × "), sides(limits).join(" × ")))]
      : []),
    ...(isTooHeavy(parcel, limits)
      ? [mismatch("size-or-weight", texts.weight(parcel.weightLb, limits.weightLb))]
      : []),
  ];
};

/**
 * Every mismatch between the items that were to come (without the dropped ones) and what arrived (R56); none: it goes
 * to the workshop. Findings about items not declared are the action's to refuse.
 */
export const compareReceipt = (
  declared: readonly DeclaredItem[],
  found: Found,
  limits: Limits,
  locale: Locale = "en",
): Mismatch[] => [
  ...declared.flatMap((expected) =>
    checkItem(
      expected,
      found.items.find((one) => one.item === expected.item),
      locale,
    ),
  ),
  ...checkContents(found, locale),
  ...checkParcel(found.parcel, limits, locale),
];
