/** What an invoice says in sentences, and how it shows what a customer wrote in letters that the paper has not got. */
import { customsText, isCustomsText } from "../../domain/customs-text.ts";
import type { Service } from "../../domain/design.ts";
import type { Invoice, InvoiceLine, Schedule } from "../../domain/invoice.ts";
import { formatUsd } from "../../domain/money.ts";
import { SERVICE_NAMES } from "../../domain/texts.ts";
import { longDate } from "./words.ts";

type Piece = Invoice["items"][number];

/** A text in the letters of the paper; nothing where it has no such form. */
export const latin = (text: string | undefined): string | undefined =>
  text !== undefined && isCustomsText(text) ? customsText(text, "text") || undefined : undefined;

export const KIND: Readonly<Record<InvoiceLine["kind"], string>> = {
  service: "Service fee",
  shipping: "Shipping",
  duties: "Customs duties",
  insurance: "Insurance",
  other: "Other transport cost",
};

export const CONCERNING: Readonly<Record<Invoice["kind"], string>> = {
  order: "After-sales service",
  supplement: "Addition to the service",
  surcharge: "Shipping surcharge",
};

/** US cents still to be paid at its issue: what earlier payments cover is taken off. */
export const dueNow = ({ totalCents, creditCents }: Pick<Invoice, "totalCents" | "creditCents">): number =>
  Math.max(0, totalCents - creditCents);

const SERVICE: Readonly<Record<Service, string>> = { ...SERVICE_NAMES.en, other: "other work as agreed" };
const list = new Intl.ListFormat("en", { type: "conjunction" });
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** "Polishing and re-engraving"; what has no name of its own comes last. */
export function servicesInWords({ services }: Pick<Piece, "services">): string {
  if (services.length === 0) return "Work as agreed";
  const ordered = [
    ...services.filter((one) => one !== "other"),
    ...services.filter((one) => one === "other"),
  ];
  return capital(list.format(ordered.map((one) => SERVICE[one])));
}

/** To the letter or not at all: an accent lost here would be engraved without it. */
export const engravingInWords = (engraving: string): string => {
  const asked = engraving.normalize("NFC").trim();
  return latin(asked) === asked
    ? `Engraving: “${asked}”`
    : "Engraving: the text you asked for, in letters that cannot be shown here";
};

/** R62. */
export const scheduleInWords = ({ earliest, latest }: Schedule): string => {
  const days = earliest === latest ? String(latest) : `${earliest} to ${latest}`;
  return `About ${days} ${days === "1" ? "day" : "days"} after receipt in Japan`;
};
export const MAY_LENGTHEN = "The design or the condition of a piece may lengthen it.";

/** Whole and fractional inches or pounds as they were measured, nothing rounded. */
const measured = (values: readonly number[]): string => values.map(String).join(" × ");

/** R40: what the difference rests on. */
export const evidenceFacts = ({
  lengthIn,
  widthIn,
  heightIn,
  weightLb,
  billReference,
  billCents,
  billedCents,
}: NonNullable<Invoice["evidence"]>): readonly (readonly [name: string, text: string])[] => [
  ["Parcel as measured", `${measured([lengthIn, widthIn, heightIn])} in, ${measured([weightLb])} lb`],
  ["Carrier’s bill no.", latin(billReference) ?? "–"],
  ["Carrier’s bill", formatUsd(billCents)],
  ["Billed in advance", formatUsd(billedCents)],
];

const OVER_LIMITS =
  "If your parcel exceeds our limits of size or weight and its shipping to Japan costs more than was billed in advance, the difference may be charged.";
const DIFFERENCE_ONLY =
  "A surcharge is asked for only when a parcel exceeded our limits of size or weight: what its shipping to Japan cost beyond what was billed in advance.";

/** R37, R39, R40. */
export const conditions = ({ kind }: Pick<Invoice, "kind">): readonly string[] => [
  "Nothing is shipped before this invoice has been paid in full.",
  "Insured return shipping to your address in the United States is included. Duties and taxes that US customs may ask for on the return are not included.",
  kind === "surcharge" ? DIFFERENCE_ONLY : OVER_LIMITS,
];

/** "Please pay $1,000.00 by March 24, 2026, online or by bank transfer." */
export const paymentWords = (invoice: Invoice, ways: readonly string[]): string =>
  `Please pay ${formatUsd(dueNow(invoice))} by ${longDate(invoice.dueDate)}, ${ways.join(" or ")}.`;
export const WHOLE_AMOUNT =
  "Please give the reference exactly so, and see that the full amount arrives after your bank’s fees.";
export const NOTHING_DUE =
  "Nothing is to be paid: earlier payments for this case cover the invoice in full. Thank you.";
export const DRAFT_ONLY =
  "This is a draft, to be looked at. It asks for no money: nothing is to be paid on it.";
