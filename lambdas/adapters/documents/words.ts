/** The fixed sentences of the papers, and how they write amounts, dates and countries: English, for customs. */
import { formatDate } from "../../domain/calendar.ts";
import { PermanentError } from "../../domain/faults.ts";
import type { PlainDate } from "../../domain/identifiers.ts";
import type { Commodity, Declaration, ExportStatement } from "../../domain/shipment.ts";

const number = (digits: number, atMost = digits): Intl.NumberFormat =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: atMost });
const amount = number(2);
const weight = number(2, 3);
const measure = number(0, 2);
const region = new Intl.DisplayNames("en", { type: "region" });

/** US cents as "1,800.00"; the column or the line around it says the currency. */
export const money = (cents: number): string => amount.format(cents / 100);
export const kilograms = (kg: number): string => weight.format(kg);
/** Inches or pounds, without needless zeros. */
export const plainNumber = (value: number): string => measure.format(value);
/** "March 14, 2026": read alike on both sides of the Pacific. */
export const longDate = (date: PlainDate): string => formatDate(date, "en");
export const country = (code: string): string => region.of(code) ?? code;

/** What the parcel holds: in one parcel repaired and new goods may lie together (see `declare`). */
export type Contents = "for-repair" | "repaired" | "unworked" | "replacement" | "mixed";

export function contentsOf({ purpose, commodities }: Declaration): Contents {
  if (purpose === "for-repair") return "for-repair";
  if (purpose === "replacement") return commodities.some((one) => one.repair) ? "mixed" : "replacement";
  return commodities.every((one) => one.repair?.heading === undefined) ? "unworked" : "repaired";
}

/** "Repair and return", and what differs from it (R44). */
export const PURPOSE: Readonly<Record<Contents, string>> = {
  "for-repair": "Repair and return",
  repaired: "Repair and return: goods returned after repair",
  unworked: "Repair and return: goods returned without repair",
  replacement: "Replacement: new goods supplied in exchange",
  mixed: "Replacement, together with goods returned after repair (see each line)",
};

const NOT_SOLD =
  "The goods are not sold and nothing is paid for them: no commercial value is exchanged. The value stated is their true value, for customs purposes only.";
const NEW_GOODS =
  "The new goods are supplied in exchange for goods taken back. The value stated is their full and true value, for customs purposes.";
const WORK_STATED =
  "They go back to their owner. The work done on them is named and valued in their lines, also where the owner is not charged for it.";

export const VALUE_STATEMENT: Readonly<Record<Contents, string>> = {
  "for-repair": NOT_SOLD,
  repaired: `${NOT_SOLD} ${WORK_STATED}`,
  unworked: `${NOT_SOLD} They go back to their owner as they were received; no work was performed on them.`,
  replacement: NEW_GOODS,
  mixed: `${NEW_GOODS} The goods returned after repair are not sold, and stated at their true value as well. ${WORK_STATED}`,
};

/** What a line adds under its description. */
export function lineNote({ repair }: Commodity, contents: Contents): string | undefined {
  if (repair?.heading === undefined) return contents === "mixed" ? "New goods, no repair" : undefined;
  return `${repair.work}. Cost or value of the work: USD ${money(repair.valueCents)} (HTSUS ${repair.heading})`;
}

/** The citation as it must stand on export papers (15 CFR part 30, appendix B), and its meaning. */
export function exportWords(
  statement: ExportStatement,
  exporting: string,
): { readonly citation: string; readonly meaning: string } {
  switch (statement.basis) {
    case "exempt-30.37(a)":
      return {
        citation: "NOEEI § 30.37(a)",
        meaning:
          "No electronic export information: not more than $2,500 under any one Schedule B number (15 CFR 30.37(a)).",
      };
    case "exempt-30.37(q)":
      return {
        citation: "NOEEI § 30.37(q)",
        meaning:
          "No electronic export information: temporary export, to be returned within twelve months (15 CFR 30.37(q)).",
      };
    case "itn":
      return {
        citation: `AES ${statement.itn}`,
        meaning: "Electronic export information has been filed; this is its internal transaction number.",
      };
    case "not-a-us-export":
      return {
        citation: `Export from ${exporting}`,
        meaning: "Not an export from the United States: no U.S. export statement applies.",
      };
  }
}

/** 19 CFR 10.8 is about goods that came to be repaired; of the rest there is nothing to declare. */
export function repairedLines(declaration: Declaration): readonly (Commodity & {
  readonly repair: NonNullable<Commodity["repair"]>;
})[] {
  const lines = declaration.commodities.flatMap((one) =>
    one.repair === undefined ? [] : [{ ...one, repair: one.repair }],
  );
  if (lines.length === 0)
    throw new PermanentError("a repair declaration needs goods that come from the workshop");
  return lines;
}
