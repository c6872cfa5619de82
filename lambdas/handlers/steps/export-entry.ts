/** What a shipment counts for in its sender's sum of its day (R46): registered by one step, withdrawn by another. */
import { createHash } from "node:crypto";
import { liveItems } from "../../actions/action.ts";
import type { Brand } from "../../domain/brand.ts";
import type { Case } from "../../domain/case.ts";
import type { CaseFile } from "../../domain/case-file.ts";
import { type ExportCheck, exportCheck } from "../../domain/export-check.ts";

export type ExportEntry = NonNullable<Case["exportEntry"]>;

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url");
const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The same sender: same e-mail, or same name and address (R46). Only hashes are kept. */
function senderHashes({ customer }: Case, { name, address }: NonNullable<Case["shipping"]>): string[] {
  const { line1, line2 = "", city, state, zip } = address;
  return [
    hash(`email ${customer.email.trim().toLowerCase()}`),
    hash(`sender ${[name, line1, line2, city, state, zip.slice(0, 5)].map(folded).join("|")}`),
  ];
}

/** @param othersCents what the same sender's other shipments of the day come to */
export const checkOf = (file: CaseFile, othersCents: number, { exportHoldCents }: Brand): ExportCheck =>
  exportCheck({
    items: liveItems(file).map((item) => ({
      priceCents: item.priceCents,
      customsValueCents: item.customsValueCents ?? 0,
    })),
    othersCents,
    holdCents: exportHoldCents,
  });

/** Undefined before there is an address and a ship date. */
export function exportEntryOf(file: CaseFile, brand: Brand): ExportEntry | undefined {
  const { shipping } = file.case;
  if (!shipping?.shipDate) return undefined;
  return {
    shipDate: shipping.shipDate,
    senderHashes: senderHashes(file.case, shipping),
    cents: checkOf(file, 0, brand).shipmentCents,
  };
}
