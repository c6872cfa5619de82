/**
 * FedEx's limits, checked before it is asked (integrations.md): a person then reads which field of the papers is at
 * fault, and no call is spent on a sure refusal. Texts name the field and the limit, never the value: it may be personal.
 */
import type { Party } from "../../domain/brand.ts";
import type { Declaration } from "../../domain/shipment.ts";
import { telephoneDigits } from "./shipment-request.ts";

export interface CarrierFault {
  readonly code: string;
  readonly message: string;
}

/** Five digits before the point, in US cents; the customs value of one commodity may have eleven. */
const MOST_MONEY = 9_999_999;
const MOST_CUSTOMS_VALUE = 9_999_999_999_999;

/** `LIMIT.CONSIGNEE.CITY`: staff see the code alone in the history of the case, so it says where. */
const fault = (field: string, must: string): CarrierFault => ({
  code: `LIMIT.${field.toUpperCase()}`,
  message: `${field} ${must}`,
});
const unless = (holds: boolean, field: string, must: string): CarrierFault[] =>
  holds ? [] : [fault(field, must)];
const atMost = (most: number, field: string, text: string | undefined): CarrierFault[] =>
  unless(text === undefined || text.length <= most, field, `must not be longer than ${most} characters`);
const isMoney = (cents: number, field: string): CarrierFault[] =>
  unless(cents <= MOST_MONEY, field, "must have at most 5 digits of dollars");

const telephone = (field: string, party: Party): CarrierFault[] => {
  const { length } = telephoneDigits(party);
  return party.countryCode === "US"
    ? unless(length === 10, field, "must have exactly 10 digits in the US")
    : unless(length >= 10 && length <= 15, field, "must have 10 to 15 digits");
};

const partyFaults = (name: string, party: Party): CarrierFault[] => [
  ...unless(party.lines.length >= 1 && party.lines.length <= 3, `${name}.lines`, "must be 1 to 3"),
  ...party.lines.flatMap((line, index) => [
    ...atMost(35, `${name}.lines[${index}]`, line),
    ...unless(line.trim() !== "", `${name}.lines[${index}]`, "must not be empty"),
  ]),
  ...atMost(35, `${name}.city`, party.city),
  ...atMost(70, `${name}.person`, party.person),
  ...atMost(35, `${name}.company`, party.company),
  ...atMost(80, `${name}.email`, party.email),
  ...atMost(10, `${name}.postalCode`, party.postalCode),
  ...telephone(`${name}.telephone`, party),
  ...unless(
    party.countryCode !== "US" || /^[A-Z]{2}$/.test(party.state ?? ""),
    `${name}.state`,
    "must be two letters in the US",
  ),
];

/** FedEx's example of a description that says nothing; material, article, design and serial number do. */
const SAYS_NOTHING = /^\W*(fine\s+)?jewel(le)?ry(\s+items?)?\W*$/i;

const commodityFaults = (line: Declaration["commodities"][number], index: number): CarrierFault[] => {
  const name = `commodities[${index}]`;
  const value = `${name}.customsValueCents`;
  return [
    ...atMost(450, `${name}.description`, line.description),
    ...unless(!SAYS_NOTHING.test(line.description), `${name}.description`, 'must say more than "jewelry"'),
    ...unless(line.weightKg > 0, `${name}.weightKg`, "must be more than 0"),
    ...unless(line.customsValueCents <= MOST_CUSTOMS_VALUE, value, "must have at most 11 digits of dollars"),
    ...unless(line.customsValueCents % line.quantity === 0, value, "must be whole cents for each piece"),
    ...isMoney(line.customsValueCents / line.quantity, value),
    ...unless(
      /^\d{6,10}$/.test(line.harmonizedCode.replaceAll(".", "")),
      `${name}.harmonizedCode`,
      "must have 6 to 10 digits",
    ),
  ];
};

const valueFaults = (declaration: Declaration): CarrierFault[] => {
  const { customsValueCents, carrierDeclaredValueCents, commodities } = declaration;
  const sum = commodities.reduce((total, line) => total + line.customsValueCents, 0);
  return [
    ...unless(customsValueCents === sum, "customsValueCents", "must be the sum of the commodities"),
    ...isMoney(customsValueCents, "customsValueCents"),
    ...isMoney(carrierDeclaredValueCents, "carrierDeclaredValueCents"),
    ...unless(
      carrierDeclaredValueCents <= customsValueCents,
      "carrierDeclaredValueCents",
      "must not exceed the customs value",
    ),
  ];
};

/** A US origin always carries a statement, any other never (integrations.md). */
const exportFaults = ({ shipper, exportStatement }: Declaration): CarrierFault[] =>
  unless(
    (shipper.countryCode === "US") === (exportStatement.basis !== "not-a-us-export"),
    "exportStatement",
    "must be there for an export from the US, and only for one",
  );

/** Every limit the declaration breaks; empty: it may be sent. */
export const brokenLimits = (declaration: Declaration): readonly CarrierFault[] => [
  ...partyFaults("shipper", declaration.shipper),
  ...partyFaults("consignee", declaration.consignee),
  ...(declaration.importer ? partyFaults("importer", declaration.importer) : []),
  ...declaration.commodities.flatMap(commodityFaults),
  ...valueFaults(declaration),
  ...exportFaults(declaration),
  ...atMost(40, "reference", declaration.reference),
  ...atMost(30, "invoiceNumber", declaration.invoiceNumber),
  ...unless(/^[A-Z]{3}$/.test(declaration.termsOfSale), "termsOfSale", "must be three letters"),
];
