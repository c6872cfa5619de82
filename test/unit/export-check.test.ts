import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import brand from "../../config/brand.example.json" with { type: "json" };
import { clearance, exportCheck, legalTest } from "../../lambdas/domain/export-check.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import { ExportStatement } from "../../lambdas/domain/shipment.ts";

const holdCents = brand.exportHoldCents;
const GOLD = "7113.19.2900";
const SILVER = "7113.11.5000";
const worth = (...cents: number[]) => cents.map((customsValueCents) => ({ customsValueCents }));
const held = (items: { priceCents?: number; customsValueCents: number }[], othersCents = 0) =>
  exportCheck({ items, othersCents, holdCents });

describe("R46: the policy's hold and the law's test, kept apart", () => {
  it.each([
    ["2,499.99", [[GOLD, 249_999]], 0, false, false],
    ["2,500.00", [[GOLD, 250_000]], 0, true, false],
    ["2,500.01, one code", [[GOLD, 250_001]], 0, true, true],
    [
      "1,800 of gold + 1,800 of silver",
      [
        [GOLD, 180_000],
        [SILVER, 180_000],
      ],
      0,
      true,
      false,
    ],
    ["two cases of one sender on one day, 1,500 each, one code", [[GOLD, 150_000]], 150_000, true, true],
  ] as const)("R46: %s", (_, goods, othersCents, hold, above) => {
    expect(held(worth(...goods.map(([, cents]) => cents)), othersCents).hold).toBe(hold);
    const others = othersCents > 0 ? [{ harmonizedCode: GOLD, valueCents: othersCents }] : [];
    const test = legalTest([
      ...goods.map(([harmonizedCode, valueCents]) => ({ harmonizedCode, valueCents })),
      ...others,
    ]);
    expect(test.aboveExemption).toBe(above);
  });

  it("R46: the price counts where it is higher than the customs value, and the other way round", () => {
    expect(held([{ priceCents: 260_000, customsValueCents: 100_000 }])).toEqual({
      shipmentCents: 260_000,
      totalCents: 260_000,
      hold: true,
    });
    expect(held([{ priceCents: 100_000, customsValueCents: 260_000 }]).hold).toBe(true);
    expect(held([{ customsValueCents: 100_000 }]).shipmentCents).toBe(100_000);
  });

  it("R46: all items of the shipment are summed, and the same sender's others", () => {
    expect(held(worth(120_000, 129_999), 1)).toMatchObject({
      shipmentCents: 249_999,
      totalCents: 250_000,
      hold: true,
    });
  });

  it("R46: held exactly from the hold on, whatever the parts and their order", () => {
    const cents = fc.integer({ min: 0, max: 400_000 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ priceCents: cents, customsValueCents: cents }), { minLength: 1, maxLength: 10 }),
        cents,
        (items, others) => {
          const check = held(items, others);
          const total =
            items.reduce((sum, item) => sum + Math.max(item.priceCents, item.customsValueCents), 0) + others;
          expect(check).toEqual({
            shipmentCents: total - others,
            totalCents: total,
            hold: total >= holdCents,
          });
          expect(held(items.toReversed(), others)).toEqual(check);
        },
      ),
    );
  });

  it("15 CFR 30.37(a): a code is one code, with dots or without", () => {
    const goods = ["7113.19.2900", "7113192900"].map((harmonizedCode) => ({
      harmonizedCode,
      valueCents: 150_000,
    }));
    expect(legalTest(goods)).toEqual({
      aboveExemption: true,
      codes: [{ code: "7113192900", cents: 300_000, above: true }],
    });
  });
});

describe("R47: the clearance", () => {
  it("R47: an exemption or an ITN, as the papers say it", () => {
    const itn = "X20260314123456";
    for (const statement of [
      clearance("exempt-30.37(a)"),
      clearance("exempt-30.37(q)"),
      clearance("itn", ` ${itn.toLowerCase()} `),
    ])
      expect(ExportStatement.safeParse(statement).success).toBe(true);
    expect(clearance("itn", itn)).toEqual({ basis: "itn", itn });
    expect(clearance("exempt-30.37(q)", itn)).toEqual({ basis: "exempt-30.37(q)" });
  });

  it.each([undefined, "", "X2026031412345", "X202603141234567", "20260314123456", "XX0260314123456"])(
    "R47: %s is no ITN",
    (itn) => {
      expect(() => clearance("itn", itn)).toThrow(
        expect.objectContaining({
          code: "rule-broken",
          errors: [expect.objectContaining({ rule: "R47", path: "itn" })],
        }),
      );
      expect(() => clearance("itn", itn)).toThrow(Problem);
    },
  );
});
