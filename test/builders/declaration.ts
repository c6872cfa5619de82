/** Declarations for tests: the way to Japan of one ring, and its way home. */
import type { Party } from "../../lambdas/domain/brand.ts";
import type { Commodity, Declaration } from "../../lambdas/domain/shipment.ts";

export const aCustomerParty = (overrides: Partial<Party> = {}): Party => ({
  person: "Jane Example",
  telephone: "4155550132",
  email: "jane@customer.example",
  lines: ["500 Market Street", "Apt 7"],
  city: "San Francisco",
  state: "CA",
  postalCode: "94105",
  countryCode: "US",
  ...overrides,
});

export const aWorkshopParty = (overrides: Partial<Party> = {}): Party => ({
  company: "CIWAKA Co., Ltd.",
  person: "After-Sales Workshop",
  telephone: "+81355550100",
  email: "workshop@ciwaka.example",
  lines: ["2-4-6 Ginza", "Ciwaka Building 3F"],
  city: "Chuo-ku, Tokyo",
  postalCode: "1040061",
  countryCode: "JP",
  ...overrides,
});

export const aCommodity = (overrides: Partial<Commodity> = {}): Commodity => ({
  item: 1,
  description:
    "18K yellow gold finger ring, design Hana (R-1001), serial no. SN-2026-0001; sent for resizing and return",
  material: "18K yellow gold",
  designNumber: "R-1001",
  serialNumber: "SN-2026-0001",
  harmonizedCode: "7113.19.2900",
  countryOfManufacture: "JP",
  quantity: 1,
  weightKg: 0.02,
  customsValueCents: 180_000,
  insuredValueCents: 200_000,
  ...overrides,
});

/**
 * The way to Japan by default; `leg: "return"` turns the parties, purpose and statement about. Values follow the
 * commodities unless they are given.
 */
export const aDeclaration = (overrides: Partial<Declaration> = {}): Declaration => {
  const leg = overrides.leg ?? "inbound";
  const attempt = overrides.attempt ?? 1;
  const caseId = overrides.caseId ?? "CW-7K3M9Q2XAB";
  const commodities = overrides.commodities ?? [aCommodity()];
  const customsValueCents = commodities.reduce((sum, one) => sum + one.customsValueCents, 0);
  const inbound = leg === "inbound";
  return {
    caseId,
    leg,
    attempt,
    reference: `${caseId}-${leg}-${attempt}`,
    invoiceNumber: `CI-${caseId}-${inbound ? "IN" : "RT"}-${attempt}`,
    purpose: inbound ? "for-repair" : "after-repair",
    shipDate: "2026-03-18",
    shipper: inbound ? aCustomerParty() : aWorkshopParty(),
    consignee: inbound ? aWorkshopParty() : aCustomerParty(),
    commodities,
    customsValueCents,
    carrierDeclaredValueCents: Math.min(100_000, customsValueCents),
    insuredValueCents: commodities.reduce((sum, one) => sum + one.insuredValueCents, 0),
    insurance: { insurer: "Example Marine Insurance", policyReference: "JWL-2026-001" },
    termsOfSale: "DAP",
    exportStatement: { basis: inbound ? "exempt-30.37(a)" : "not-a-us-export" },
    parcel: { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb: 1 },
    signatory: "CIWAKA After-Sales Department",
    declaredAt: "2026-03-14T18:00:00.000Z",
    ...overrides,
  };
};
