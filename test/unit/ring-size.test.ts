import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInRange, outcomeOf, permittedSizes } from "../../lambdas/domain/ring-size.ts";
import { aDesign } from "../builders/case-file.ts";

const everySize = Array.from({ length: 41 }, (_, index) => index / 2).filter((size) => size > 0);
const range = (minus: number, plus: number, availableSizes = everySize) =>
  aDesign({ resizing: { category: "resizing", minus, plus }, availableSizes });
const exchange = (availableSizes: number[]) =>
  aDesign({ resizing: { category: "exchange-complimentary" }, availableSizes });

const aSize = fc.integer({ min: 2, max: 40 }).map((half) => half / 2);
const aReach = fc.integer({ min: 0, max: 10 }).map((half) => half / 2);
const sizes = fc.uniqueArray(aSize, { minLength: 1, maxLength: 30 });

describe("R19: the range counts from the size at purchase", () => {
  it("R19: ±3, first +2, then at most +1 more; back down is allowed", () => {
    const design = range(3, 3, [7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(permittedSizes(design, 10, 10)).toEqual([7, 8, 9, 11, 12, 13]);
    expect(permittedSizes(design, 10, 12)).toEqual([7, 8, 9, 10, 11, 13]);
  });

  it("R14: minus and plus may differ, and a side not named is 0", () => {
    expect(permittedSizes(range(1, 2), 10, 10)).toEqual([9, 9.5, 10.5, 11, 11.5, 12]);
    const onlyUp = aDesign({ resizing: { category: "resizing", plus: 1 }, availableSizes: everySize });
    expect(permittedSizes(onlyUp, 10, 10)).toEqual([10.5, 11]);
  });

  it("R19: both ends belong to the range", () => {
    const design = range(3, 3);
    expect([6.5, 7, 13, 13.5].map((size) => isInRange(design, 10, size))).toEqual([false, true, true, false]);
  });

  it("R19: whatever resizings and exchanges went before, the same sizes are possible but for the current one", () => {
    fc.assert(
      fc.property(
        aSize,
        aReach,
        aReach,
        sizes,
        fc.array(fc.record({ size: aSize, exchanged: fc.boolean() }), { maxLength: 6 }),
        (base, minus, plus, availableSizes, history) => {
          const design = range(minus, plus, availableSizes);
          const atFirst = new Set(permittedSizes(design, base, undefined));
          let current = base;
          for (const { size, exchanged } of history) {
            const possible = exchanged
              ? permittedSizes(design, base, current, "exchange")
              : permittedSizes(design, base, current);
            if (!possible.includes(size)) continue;
            // R19 D: the base size survives an exchange; only the current size moves.
            current = size;
            expect(permittedSizes(design, base, current)).toEqual(
              [...atFirst].filter((one) => one !== current).sort((a, b) => a - b),
            );
          }
        },
      ),
    );
  });

  it("R14, R18, R19: no permitted size is unavailable, out of range, or the current one; none other is missing", () => {
    fc.assert(
      fc.property(aSize, aSize, aReach, aReach, sizes, (base, current, minus, plus, availableSizes) => {
        const permitted = permittedSizes(range(minus, plus, availableSizes), base, current);
        expect(permitted).toEqual([...permitted].sort((a, b) => a - b));
        for (const size of everySize)
          expect(permitted.includes(size)).toBe(
            availableSizes.includes(size) && size !== current && base - minus <= size && size <= base + plus,
          );
      }),
    );
  });

  it("R19: while the size at purchase is unknown every available size may be asked for", () => {
    expect(permittedSizes(range(1, 1, [9, 8, 8, 20]), undefined, undefined)).toEqual([8, 9, 20]);
  });
});

describe("R18: exchanges", () => {
  it("R18, R19: an exchange is bound by the available sizes only", () => {
    expect(permittedSizes(exchange([5, 11, 20]), 11, 11)).toEqual([5, 20]);
    expect(permittedSizes(range(1, 1, [5, 11, 20]), 11, 11, "exchange")).toEqual([5, 20]);
  });
});

describe("R11, R17, R20: what a design allows", () => {
  it.each([
    ["resizing", "resize"],
    ["exchange-complimentary", "exchange"],
    ["exchange-paid", "exchange"],
    ["unavailable", null],
  ] as const)("R11: %s leads to %s", (category, outcome) => {
    const design = aDesign({ resizing: { category, minus: 1, plus: 1 } });
    expect(outcomeOf(design)).toBe(outcome);
    expect(permittedSizes(design, 11, 11).length > 0).toBe(outcome !== null);
  });

  it("R20: what is no ring has no other size", () => {
    const necklace = aDesign({ kind: "necklace" });
    expect(outcomeOf(necklace)).toBeNull();
    expect(permittedSizes(necklace, 11, 11)).toEqual([]);
  });
});
