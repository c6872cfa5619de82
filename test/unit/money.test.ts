import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalUsd, formatUsd, sumCents } from "../../lambdas/domain/money.ts";

describe("R36: USD in integer cents", () => {
  it.each([
    [0, "$0.00", "0.00米ドル"],
    [5, "$0.05", "0.05米ドル"],
    [99_999, "$999.99", "999.99米ドル"],
    [250_000, "$2,500.00", "2,500.00米ドル"],
    [123_456_789, "$1,234,567.89", "1,234,567.89米ドル"],
    [-1_250, "-$12.50", "-12.50米ドル"],
  ])("R36: %i cents", (cents, en, ja) => {
    expect(formatUsd(cents)).toBe(en);
    expect(formatUsd(cents, "ja")).toBe(ja);
  });

  it("R36: loses no cent on the way to a decimal and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (cents) => {
        expect(decimalUsd(cents)).toMatch(/^-?\d+\.\d{2}$/);
        expect(Number(decimalUsd(cents).replace(".", ""))).toBe(cents === 0 ? 0 : cents);
        expect(Number(formatUsd(cents).replace(/[$,.]/g, ""))).toBe(cents === 0 ? 0 : cents);
      }),
    );
  });

  it("R36: sums whole cents only", () => {
    expect(sumCents([1, 2, 3])).toBe(6);
    expect(sumCents([])).toBe(0);
    expect(() => sumCents([1, 0.5])).toThrow(RangeError);
    expect(() => sumCents([Number.NaN])).toThrow(RangeError);
  });
});
