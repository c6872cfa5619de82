/** Whether a shipment to Japan must wait for an export clearance (R46, R47), and what the clearance says. */
import type { Cents } from "./identifiers.ts";
import { sumCents } from "./money.ts";
import { type Fault, ruleBroken } from "./problem.ts";
import type { ExportStatement } from "./shipment.ts";

export interface ExportInput {
  readonly items: readonly { readonly priceCents?: Cents | undefined; readonly customsValueCents: Cents }[];
  /** What the same sender's other shipments of that ship date come to. */
  readonly othersCents: number;
  /** From the brand; a shipment of this much is held already (R46). */
  readonly holdCents: Cents;
}
export interface ExportCheck {
  /** This shipment alone: what it is registered with under its sender and day. */
  readonly shipmentCents: number;
  /** With the same sender's others. */
  readonly totalCents: number;
  readonly hold: boolean;
}

/** R46 D: the price of an item is its purchase price, or the customs value if that is higher. */
const exportPrice = (item: ExportInput["items"][number]): Cents =>
  Math.max(item.priceCents ?? 0, item.customsValueCents);

/** The policy's hold (R46): all items of the shipment and of the sender's others that day, at the hold or above. */
export const exportCheck = ({ items, othersCents, holdCents }: ExportInput): ExportCheck => {
  const shipmentCents = sumCents(items.map(exportPrice));
  const totalCents = sumCents([shipmentCents, othersCents]);
  return { shipmentCents, totalCents, hold: totalCents >= holdCents };
};

/** 15 CFR 30.37(a): exempt up to $2,500.00 per Schedule B code. The law's number, not the brand's. */
const EXEMPT_CENTS = 250_000;

export interface LegalTest {
  /** True when at least one code is above the exemption. */
  readonly aboveExemption: boolean;
  readonly codes: readonly { readonly code: string; readonly cents: number; readonly above: boolean }[];
}

/**
 * The law's own test, for the person who clears a hold; it decides nothing. Same exporter, consignee and day are the
 * caller's to choose: pass the goods of all of them. Codes compare without their dots.
 */
export const legalTest = (
  goods: readonly { readonly harmonizedCode: string; readonly valueCents: Cents }[],
): LegalTest => {
  const sums = new Map<string, number>();
  for (const { harmonizedCode, valueCents } of goods) {
    const code = harmonizedCode.replaceAll(".", "");
    sums.set(code, sumCents([sums.get(code) ?? 0, valueCents]));
  }
  const codes = [...sums]
    .map(([code, cents]) => ({ code, cents, above: cents > EXEMPT_CENTS }))
    .sort((a, b) => a.code.localeCompare(b.code));
  return { aboveExemption: codes.some((one) => one.above), codes };
};

/** What the papers say of a shipment that nothing holds. */
export const UNHELD_STATEMENT: ExportStatement = { basis: "exempt-30.37(a)" };

/** The statement that a person's clearance writes (R47). @throws Problem rule-broken when an ITN is missing or malformed */
export const clearance = (
  basis: "itn" | "exempt-30.37(a)" | "exempt-30.37(q)",
  itn?: string,
): ExportStatement => {
  if (basis !== "itn") return { basis };
  const number = itn?.trim().toUpperCase();
  const fault: Fault = {
    path: "itn",
    rule: "R47",
    message: "An ITN is the letter X and 14 digits, for example X20261123000001.",
  };
  if (number === undefined || !/^X\d{14}$/.test(number)) throw ruleBroken(fault);
  return { basis, itn: number };
};
