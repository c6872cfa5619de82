import { describe, expect, it } from "vitest";
import type { Case } from "../../lambdas/domain/case.ts";
import { type DeclarationFacts, declare, wantsRepairDeclaration } from "../../lambdas/domain/declaration.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import type { Leg } from "../../lambdas/domain/shipment.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { sampleFile, sampleItem, sampleShipping, workedItem } from "../../scripts/sample-case.ts";

const facts = (leg: Leg, over: Partial<Case> = {}): DeclarationFacts => ({
  file: sampleFile(over),
  leg,
  attempt: 1,
  brand,
  shipDate: "2026-03-16",
  now: "2026-03-10T02:00:00.000Z",
  exportStatement: { basis: leg === "inbound" ? "exempt-30.37(a)" : "not-a-us-export" },
});
const inbound = (over: Partial<Case> = {}) => declare(facts("inbound", over));
const home = (over: Partial<Case> = {}) => declare(facts("return", { items: [workedItem()], ...over }));
const EXCHANGED = { outcome: "exchange", newSerialNumber: "SN-2026-0417" } as const;

describe("parties and numbers", () => {
  it("R44: on the way there the customer ships to the workshop, for repair", () => {
    const declaration = inbound();
    expect(declaration).toMatchObject({
      purpose: "for-repair",
      consignee: brand.workshop,
      shipDate: "2026-03-16",
    });
    expect(declaration.shipper).toEqual({
      person: "Zoë Marin-O’Connor",
      telephone: "4155550132",
      email: "zoe@customer.example",
      lines: ["1200 Valencia Street", "Apt 5"],
      city: "San Francisco",
      state: "CA",
      postalCode: "94110",
      countryCode: "US",
    });
  });

  it("R58: on the way back the workshop ships to the customer", () => {
    const declaration = home();
    expect(declaration.shipper).toEqual(brand.workshop);
    expect(declaration.consignee.person).toBe("Zoë Marin-O’Connor");
    expect(declaration.exportStatement).toEqual({ basis: "not-a-us-export" });
  });

  it("every leg and try has a reference and an invoice number of its own", () => {
    const all = (["inbound", "return"] as const).flatMap((leg) =>
      [1, 2].map((attempt) => declare({ ...facts(leg, { items: [workedItem()] }), attempt })),
    );
    expect(all.map((one) => one.reference)).toEqual([
      "CW-7K3M9Q2XAB-inbound-1",
      "CW-7K3M9Q2XAB-inbound-2",
      "CW-7K3M9Q2XAB-return-1",
      "CW-7K3M9Q2XAB-return-2",
    ]);
    expect(new Set(all.map((one) => one.invoiceNumber)).size).toBe(4);
  });

  it("is frozen all through, and the same for the same facts", () => {
    const declaration = inbound();
    expect(Object.isFrozen(declaration.commodities[0])).toBe(true);
    expect(() => {
      declaration.shipper.person = "Somebody Else";
    }).toThrow(TypeError);
    expect(inbound()).toEqual(declaration);
  });
});

describe("three amounts (R45)", () => {
  const items = [
    sampleItem({ customsValueCents: 60_000, insuredValueCents: 90_000 }),
    sampleItem({ item: 2, serialNumber: "SN-2", customsValueCents: 30_000, insuredValueCents: 40_000 }),
    sampleItem({ item: 3, serialNumber: "SN-3", dropped: true }),
  ];

  it("are summed apart, without the items left out at review", () => {
    expect(inbound({ items })).toMatchObject({
      customsValueCents: 90_000,
      carrierDeclaredValueCents: 90_000,
      insuredValueCents: 130_000,
    });
    expect(inbound({ items }).commodities.map((one) => one.item)).toEqual([1, 2]);
  });

  it("the carrier is told no more than its cap", () => {
    expect(inbound()).toMatchObject({ customsValueCents: 180_000, carrierDeclaredValueCents: 100_000 });
  });

  it.each(["customsValueCents", "insuredValueCents"] as const)(
    "a missing %s is never taken from another",
    (field) => {
      const { [field]: _, ...rest } = sampleItem();
      expect(() => inbound({ items: [rest] })).toThrow(PermanentError);
    },
  );

  it("a customs value of nothing is refused: the true value is wanted even when nothing is sold", () => {
    expect(() => inbound({ items: [sampleItem({ customsValueCents: 0 })] })).toThrow(
      /customs value of item 1 is 0/,
    );
  });

  it("a sum above what the carrier can be told is refused", () => {
    const dear = [1, 2].map((item) =>
      sampleItem({ item, customsValueCents: 9_000_000, insuredValueCents: 1 }),
    );
    expect(() => inbound({ items: dear })).toThrow(/customsValueCents/);
  });
});

describe("what comes home", () => {
  it("after a complimentary resizing: the work, its value though free, the warranty heading, the day in Japan", () => {
    const declaration = home();
    expect(declaration.purpose).toBe("after-repair");
    expect(declaration.commodities[0]).toMatchObject({
      serialNumber: "SN-2026-0001",
      customsValueCents: 180_000,
      repair: {
        work: "Resizing to Japanese ring size 13",
        valueCents: 4_500,
        heading: "9802.00.40",
        receivedOn: "2026-03-20",
      },
    });
    expect(wantsRepairDeclaration(declaration)).toBe(true);
    expect(wantsRepairDeclaration(inbound())).toBe(false);
  });

  it("after a paid repair: the heading of charged work", () => {
    const items = [workedItem({ outcome: "service", services: ["polishing", "re-engraving"] })];
    expect(home({ process: "repair-and-maintenance", items }).commodities[0]?.repair).toMatchObject({
      work: "Polishing and re-engraving",
      heading: "9802.00.50",
    });
  });

  it("R44: an exchanged ring is new goods under its new serial number, and says nothing of repair", () => {
    const declaration = home({ items: [workedItem(EXCHANGED)] });
    expect(declaration.purpose).toBe("replacement");
    expect(declaration.commodities[0]).toMatchObject({
      serialNumber: "SN-2026-0417",
      customsValueCents: 180_000,
    });
    expect(declaration.commodities[0]).not.toHaveProperty("repair");
    expect(JSON.stringify(declaration)).not.toMatch(/SN-2026-0001|repair/i);
    expect(wantsRepairDeclaration(declaration)).toBe(false);
  });

  it("R44: with repaired and exchanged rings in one parcel it is a replacement, and only the repaired keep their repair", () => {
    const declaration = home({ items: [workedItem(), workedItem({ ...EXCHANGED, item: 2 })] });
    expect(declaration.purpose).toBe("replacement");
    expect(declaration.commodities.map((one) => one.repair?.heading)).toEqual(["9802.00.40", undefined]);
    expect(wantsRepairDeclaration(declaration)).toBe(true);
  });

  it("returned unworked, an exchange too brings the old ring home, with nothing done and no heading claimed", () => {
    const declaration = home({ items: [sampleItem({ outcome: "exchange" })], returnUnworked: true });
    expect(declaration.purpose).toBe("after-repair");
    expect(declaration.commodities[0]).toMatchObject({
      serialNumber: "SN-2026-0001",
      repair: { work: "No work performed", valueCents: 0, receivedOn: "2026-03-20" },
    });
    expect(declaration.commodities[0]?.repair).not.toHaveProperty("heading");
    expect(declaration.commodities[0]?.description).toMatch(/returned as received, no work performed$/);
  });

  it.each([
    ["the repair value of item 1", [sampleItem()]],
    ["the new serial number of item 1", [workedItem({ outcome: "exchange" })]],
  ])("is not declared without %s", (what, items) => {
    expect(() => home({ items })).toThrow(new PermanentError(`the customs papers need ${what}`));
  });
});

describe("what is missing or cannot be said", () => {
  it("names the missing fact", () => {
    const { shipping: _, ...unaddressed } = sampleFile().case;
    const file = { ...sampleFile(), case: unaddressed };
    expect(() => declare({ ...facts("inbound"), file })).toThrow(/the customer's shipping details/);
    const { serialNumber: __, ...unnumbered } = sampleItem();
    expect(() => inbound({ items: [unnumbered] })).toThrow(/the serial number of item 1/);
    const { catalogue: ___, ...unknown } = sampleItem();
    expect(() => inbound({ items: [unknown] })).toThrow(/the catalogue's facts of item 1/);
  });

  it("nothing is declared when every item was left out", () => {
    expect(() => inbound({ items: [sampleItem({ dropped: true })] })).toThrow(/commodities/);
  });

  it("R46: a US export needs a US statement, an export from Japan has none", () => {
    expect(() => declare({ ...facts("inbound"), exportStatement: { basis: "not-a-us-export" } })).toThrow(
      PermanentError,
    );
    expect(() => declare({ ...facts("return"), exportStatement: { basis: "exempt-30.37(a)" } })).toThrow(
      PermanentError,
    );
  });

  it("a name in another script is refused by its field, without repeating it", () => {
    const shipping = { ...sampleShipping, name: "山田 花子" };
    expect(() => inbound({ shipping })).toThrow(
      new PermanentError("shipper.person has characters that the English customs papers cannot show"),
    );
    expect(() => home({ shipping })).toThrow(/^consignee\.person/);
  });

  it("letters beyond WinAnsi lose their accent, others keep it", () => {
    const address = { ...sampleShipping.address, line1: "４５ Kalākaua Ave", city: "Honolulu", state: "hi" };
    const declaration = inbound({ shipping: { ...sampleShipping, name: "Agnès Nguyễn-Łukasz", address } });
    expect(declaration.shipper).toMatchObject({
      person: "Agnès Nguyen-Lukasz",
      lines: ["45 Kalakaua Ave", "Apt 5"],
      state: "HI",
    });
  });
});
