import { describe, expect, it } from "vitest";
import { brokenLimits } from "../../lambdas/adapters/fedex/shipment-limits.ts";
import type { Declaration } from "../../lambdas/domain/shipment.ts";
import { aCommodity, aCustomerParty, aDeclaration, aWorkshopParty } from "../builders/declaration.ts";

const codes = (declaration: Declaration): string[] => brokenLimits(declaration).map((fault) => fault.code);
const letters = (count: number): string => "x".repeat(count);

describe("FedEx's limits", () => {
  it("let both legs of a usual case through", () => {
    expect(brokenLimits(aDeclaration())).toStrictEqual([]);
    expect(brokenLimits(aDeclaration({ leg: "return" }))).toStrictEqual([]);
  });

  it.each<[string, Declaration, Declaration]>([
    [
      "CONSIGNEE.LINES",
      aDeclaration({ consignee: aWorkshopParty({ lines: ["1", "2", "3"] }) }),
      aDeclaration({ consignee: aWorkshopParty({ lines: ["1", "2", "3", "4"] }) }),
    ],
    [
      "SHIPPER.LINES[0]",
      aDeclaration({ shipper: aCustomerParty({ lines: [letters(35)] }) }),
      aDeclaration({ shipper: aCustomerParty({ lines: [letters(36)] }) }),
    ],
    [
      "SHIPPER.LINES[1]",
      aDeclaration(),
      aDeclaration({ shipper: aCustomerParty({ lines: ["500 Market Street", " "] }) }),
    ],
    [
      "CONSIGNEE.CITY",
      aDeclaration({ consignee: aWorkshopParty({ city: letters(35) }) }),
      aDeclaration({ consignee: aWorkshopParty({ city: letters(36) }) }),
    ],
    [
      "SHIPPER.PERSON",
      aDeclaration({ shipper: aCustomerParty({ person: letters(70) }) }),
      aDeclaration({ shipper: aCustomerParty({ person: letters(71) }) }),
    ],
    [
      "CONSIGNEE.COMPANY",
      aDeclaration({ consignee: aWorkshopParty({ company: letters(35) }) }),
      aDeclaration({ consignee: aWorkshopParty({ company: letters(36) }) }),
    ],
    [
      "SHIPPER.EMAIL",
      aDeclaration({ shipper: aCustomerParty({ email: `${letters(73)}@a.test` }) }),
      aDeclaration({ shipper: aCustomerParty({ email: `${letters(74)}@a.test` }) }),
    ],
    [
      "SHIPPER.TELEPHONE",
      aDeclaration({ shipper: aCustomerParty({ telephone: "+14155550132" }) }),
      aDeclaration({ shipper: aCustomerParty({ telephone: "415555013" }) }),
    ],
    [
      "SHIPPER.TELEPHONE",
      aDeclaration({ shipper: aCustomerParty({ telephone: "14155550132" }) }),
      aDeclaration({ shipper: aCustomerParty({ telephone: "24155550132" }) }),
    ],
    [
      "SHIPPER.STATE",
      aDeclaration(),
      aDeclaration({ shipper: { ...aWorkshopParty(), countryCode: "US", telephone: "4155550132" } }),
    ],
    [
      "IMPORTER.CITY",
      aDeclaration({ importer: aWorkshopParty() }),
      aDeclaration({ importer: aWorkshopParty({ city: letters(36) }) }),
    ],
    [
      "COMMODITIES[0].DESCRIPTION",
      aDeclaration({ commodities: [aCommodity({ description: letters(450) })] }),
      aDeclaration({ commodities: [aCommodity({ description: letters(451) })] }),
    ],
    [
      "COMMODITIES[0].HARMONIZEDCODE",
      aDeclaration({ commodities: [aCommodity({ harmonizedCode: "7113.19" })] }),
      aDeclaration({ commodities: [aCommodity({ harmonizedCode: "7113.1" })] }),
    ],
    [
      "COMMODITIES[0].CUSTOMSVALUECENTS",
      aDeclaration({ commodities: [aCommodity({ quantity: 2, customsValueCents: 100 })] }),
      aDeclaration({ commodities: [aCommodity({ quantity: 2, customsValueCents: 101 })] }),
    ],
    [
      "CUSTOMSVALUECENTS",
      aDeclaration({ commodities: [aCommodity({ customsValueCents: 9_999_999 })] }),
      aDeclaration({
        commodities: [aCommodity({ customsValueCents: 9_999_999 }), aCommodity({ customsValueCents: 1 })],
      }),
    ],
    [
      "CUSTOMSVALUECENTS",
      aDeclaration({ customsValueCents: 180_000 }),
      aDeclaration({ customsValueCents: 180_001 }),
    ],
    [
      "CARRIERDECLAREDVALUECENTS",
      aDeclaration({ carrierDeclaredValueCents: 180_000 }),
      aDeclaration({ carrierDeclaredValueCents: 180_001 }),
    ],
    ["REFERENCE", aDeclaration({ reference: letters(40) }), aDeclaration({ reference: letters(41) })],
    [
      "INVOICENUMBER",
      aDeclaration({ invoiceNumber: letters(30) }),
      aDeclaration({ invoiceNumber: letters(31) }),
    ],
    ["TERMSOFSALE", aDeclaration({ termsOfSale: "DDP" }), aDeclaration({ termsOfSale: "dap" })],
    [
      "EXPORTSTATEMENT",
      aDeclaration({ exportStatement: { basis: "itn", itn: "X20260314123456" } }),
      aDeclaration({ exportStatement: { basis: "not-a-us-export" } }),
    ],
    [
      "EXPORTSTATEMENT",
      aDeclaration({ leg: "return" }),
      aDeclaration({ leg: "return", exportStatement: { basis: "exempt-30.37(a)" } }),
    ],
  ])("LIMIT.%s: the last that fits passes, the first that does not is named", (field, good, bad) => {
    expect(codes(good)).toStrictEqual([]);
    expect(codes(bad)).toStrictEqual([`LIMIT.${field}`]);
  });

  it.each(["Jewelry", "jewelry", "JEWELLERY.", "Fine jewelry", "jewelry items"])(
    "%o is no description of goods",
    (description) => {
      expect(codes(aDeclaration({ commodities: [aCommodity({ description })] }))).toStrictEqual([
        "LIMIT.COMMODITIES[0].DESCRIPTION",
      ]);
    },
  );

  it("every fault is told at once, and none repeats what it found", () => {
    const faults = brokenLimits(
      aDeclaration({
        shipper: aCustomerParty({ person: `Secret ${letters(70)}`, city: `Hidden ${letters(35)}` }),
        termsOfSale: "x",
      }),
    );
    expect(faults.map((fault) => fault.code)).toStrictEqual([
      "LIMIT.SHIPPER.CITY",
      "LIMIT.SHIPPER.PERSON",
      "LIMIT.TERMSOFSALE",
    ]);
    expect(JSON.stringify(faults)).not.toMatch(/Secret|Hidden|xxx/);
  });
});
