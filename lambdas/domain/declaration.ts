/** What the papers of one parcel say, made once: label, invoices, insurance record and mail all read it (R44, R45). */
import type { Brand, Party } from "./brand.ts";
import type { Case, CaseItem } from "./case.ts";
import type { CaseFile } from "./case-file.ts";
import { commodityDescription, workDone } from "./commodity-text.ts";
import { customsTexts } from "./customs-text.ts";
import { PermanentError } from "./faults.ts";
import type { Instant, PlainDate } from "./identifiers.ts";
import { sumCents } from "./money.ts";
import { pathText } from "./problem.ts";
import { type Commodity, Declaration, type ExportStatement, type Leg, type Purpose } from "./shipment.ts";
import { dateInJapan } from "./time-zones.ts";

export interface DeclarationFacts {
  readonly file: CaseFile;
  readonly leg: Leg;
  /** Number of the try at a label, from 1: a new try is a new declaration with a number of its own. */
  readonly attempt: number;
  readonly brand: Brand;
  /** In the sender's zone. */
  readonly shipDate: PlainDate;
  readonly now: Instant;
  /** On the way there what the export check left on the case; on the way back, and only then, `not-a-us-export`. */
  readonly exportStatement: ExportStatement;
}

/** True when the parcel brings goods home to which 19 CFR 10.8 applies: a third paper goes with it. */
export const wantsRepairDeclaration = (declaration: Declaration): boolean =>
  declaration.leg === "return" && declaration.commodities.some((commodity) => commodity.repair !== undefined);

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new PermanentError(`the customs papers need ${what}`);
  return value;
}

function customerParty(one: Case): Party {
  const shipping = known(one.shipping, "the customer's shipping details");
  const { address } = shipping;
  return {
    person: shipping.name,
    telephone: shipping.telephone,
    email: one.customer.email,
    lines: [address.line1, ...(address.line2 === undefined ? [] : [address.line2])],
    city: address.city,
    state: address.state.toUpperCase(),
    postalCode: address.zip,
    // Parcels are collected and returned within the United States only (R33, R58).
    countryCode: "US",
  };
}

/** New goods come home for this one: only once work is done, and never when the old piece goes back as it came. */
const isReplaced = (item: CaseItem, one: Case, leg: Leg): boolean =>
  leg === "return" && item.outcome === "exchange" && one.returnUnworked !== true;

/**
 * One parcel has one purpose, but its goods need not: with a repaired and an exchanged ring in it, the parcel is a
 * replacement, for calling new goods repaired would claim a relief they do not have. The repaired ones keep theirs:
 * each carries its own `repair`, and the repair declaration names them alone.
 */
const purposeOf = (items: readonly CaseItem[], one: Case, leg: Leg): Purpose =>
  leg === "inbound"
    ? "for-repair"
    : items.some((item) => isReplaced(item, one, leg))
      ? "replacement"
      : "after-repair";

function commodityOf(item: CaseItem, facts: DeclarationFacts): Commodity {
  const { brand, leg } = facts;
  const one = facts.file.case;
  const of = (what: string): string => `${what} of item ${item.item}`;
  const catalogue = known(item.catalogue, of("the catalogue's facts"));
  const customsValueCents = known(item.customsValueCents, of("the customs value"));
  if (customsValueCents === 0) {
    throw new PermanentError(
      `${of("the customs value")} is 0: the true value is wanted, even when nothing is sold`,
    );
  }
  const replaced = isReplaced(item, one, leg);
  const serialNumber = replaced
    ? known(item.newSerialNumber, of("the new serial number"))
    : known(item.serialNumber, of("the serial number"));
  const fate =
    leg === "inbound"
      ? "sent"
      : replaced
        ? "replaced"
        : one.returnUnworked
          ? "returned-unworked"
          : "returned";
  return {
    item: item.item,
    description: commodityDescription({ item, catalogue, serialNumber, fate }),
    material: catalogue.material,
    designNumber: item.designNumber,
    serialNumber,
    harmonizedCode: catalogue.harmonizedCode,
    countryOfManufacture: brand.customs.countryOfManufacture,
    quantity: 1,
    weightKg: brand.customs.pieceWeightKg,
    customsValueCents,
    insuredValueCents: known(item.insuredValueCents, of("the insured value")),
    ...(leg === "return" && !replaced ? { repair: repairOf(item, one, brand) } : {}),
  };
}

function repairOf(item: CaseItem, one: Case, brand: Brand): NonNullable<Commodity["repair"]> {
  const receivedOn = dateInJapan(known(one.receipt, "the receipt of the goods").at);
  const work = workDone(item, one.returnUnworked === true);
  if (one.returnUnworked) return { work, valueCents: 0, receivedOn };
  const { warranty, charged } = brand.customs.repairHeadings;
  return {
    work,
    // Stated even when the customer pays nothing for it.
    valueCents: known(item.repairValueCents, `the repair value of item ${item.item}`),
    heading: one.process === "complimentary-resizing" ? warranty : charged,
    receivedOn,
  };
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

/**
 * The declaration of a leg, frozen. Amounts in US cents; customs value, carrier's declared value and insured value are
 * three amounts, and none stands in for another (R45). Dropped items are not in it.
 * @throws PermanentError when a fact is missing, or is not such that papers and label can say it
 */
export function declare(facts: DeclarationFacts): Declaration {
  const { file, leg, attempt, brand, shipDate, now, exportStatement } = facts;
  const one = file.case;
  if ((leg === "return") !== (exportStatement.basis === "not-a-us-export")) {
    throw new PermanentError(`a ${leg} parcel cannot carry the export statement ${exportStatement.basis}`);
  }
  const items = one.items.filter((item) => item.dropped !== true);
  const commodities = items.map((item) => commodityOf(item, facts));
  const customsValueCents = sumCents(commodities.map((commodity) => commodity.customsValueCents));
  const customer = customerParty(one);

  const declaration = customsTexts<Declaration>({
    caseId: one.caseId,
    leg,
    attempt,
    reference: `${one.caseId}-${leg}-${attempt}`,
    invoiceNumber: `CI-${one.caseId}-${leg === "inbound" ? "IN" : "RT"}-${attempt}`,
    purpose: purposeOf(items, one, leg),
    shipDate,
    shipper: leg === "inbound" ? customer : brand.workshop,
    consignee: leg === "inbound" ? brand.workshop : customer,
    commodities,
    customsValueCents,
    carrierDeclaredValueCents: Math.min(brand.carrier.declaredValueCapCents, customsValueCents),
    insuredValueCents: sumCents(commodities.map((commodity) => commodity.insuredValueCents)),
    insurance: brand.insurance,
    termsOfSale: brand.customs.termsOfSale,
    exportStatement,
    parcel: brand.parcel,
    signatory: brand.customs.signatory,
    declaredAt: now,
  });
  const checked = Declaration.safeParse(declaration);
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`);
    throw new PermanentError(`the customs papers cannot say it: ${faults.join("; ")}`);
  }
  return frozen(checked.data);
}
