import { describe, expect, it } from "vitest";
import brand from "../../config/brand.example.json" with { type: "json" };
import { Receipt } from "../../lambdas/domain/case.ts";
import { breaksLimits } from "../../lambdas/domain/package-limits.ts";
import { compareReceipt } from "../../lambdas/domain/receipt.ts";

const limits = brand.packageLimits;
const declared = [{ item: 1, serialNumber: "SN-2026-0001" }];
type Finding = Receipt["items"][number];
const aFinding = (overrides: Partial<Finding> = {}): Finding => ({
  item: 1,
  serialNumber: "SN-2026-0001",
  certificate: true,
  condition: "as-photographed",
  ...overrides,
});
const aParcel = (overrides: Partial<Receipt["parcel"]> = {}) => ({
  lengthIn: 6,
  widthIn: 6,
  heightIn: 4,
  weightLb: 1,
  ...overrides,
});
const ALL = ["jewelry", "pouch", "certificate"];
const compared = (
  found: { items?: Finding[]; contents?: string[]; parcel?: Receipt["parcel"] },
  { locale = "en", expected = declared }: { locale?: "en" | "ja"; expected?: typeof declared } = {},
) =>
  Receipt.shape.mismatches.parse(
    compareReceipt(
      expected,
      { items: [aFinding()], contents: ALL, parcel: aParcel(), ...found },
      limits,
      locale,
    ),
  );
const kinds = (found: Parameters<typeof compared>[0]) => compared(found).map((one) => one.kind);

describe("R56: on arrival", () => {
  it("R56: everything as declared is no mismatch", () => {
    expect(compared({})).toEqual([]);
  });

  it.each([
    ["another serial number", { items: [aFinding({ serialNumber: "SN-9" })] }, ["serial-number"]],
    ["the certificate missing", { items: [aFinding({ certificate: false })] }, ["certificate"]],
    ["changed since the photos", { items: [aFinding({ condition: "changed" })] }, ["condition"]],
    ["damaged", { items: [aFinding({ condition: "damaged" })] }, ["condition"]],
    ["no jewelry", { contents: ["pouch", "certificate"] }, ["contents"]],
    ["certificate ticked but not in the list", { contents: ["jewelry", "pouch"] }, ["contents"]],
    [
      "certificate missing in both",
      { items: [aFinding({ certificate: false })], contents: ["jewelry"] },
      ["certificate"],
    ],
    ["something else as well", { contents: [...ALL, "a letter", "a box"] }, ["contents"]],
  ])("R56, R57: %s", (_, found, expected) => {
    expect(kinds(found)).toEqual(expected);
  });

  it("R57: a pouch that was not sent holds nothing up, and case does not matter", () => {
    expect(compared({ contents: ["Jewelry", "certificate"] })).toEqual([]);
    expect(compared({ items: [aFinding({ serialNumber: "sn-2026-0001" })] })).toEqual([]);
  });

  it("R57: what cannot be returned is named", () => {
    expect(compared({ contents: [...ALL, "a letter", "a box"] })[0]?.text).toContain("a letter, a box");
  });

  it("R56: the damage is told in the words of who saw it, in the customer's language, and never too long", () => {
    const damaged = {
      items: [aFinding({ condition: "damaged" as const, conditionText: "one stone is loose" })],
    };
    expect(compared(damaged)[0]).toEqual({
      item: 1,
      kind: "condition",
      text: "The item arrived damaged: one stone is loose",
    });
    expect(compared(damaged, { locale: "ja" })[0]?.text).toBe(
      "お品物に破損がございました：one stone is loose",
    );
    const long = { items: [aFinding({ condition: "changed" as const, conditionText: "x".repeat(1000) })] };
    expect(compared(long)[0]?.text).toHaveLength(300);
  });

  it("R56: several items are compared one by one; one that did not come is named", () => {
    const expected = [...declared, { item: 3, serialNumber: "SN-3" }];
    const found = { items: [aFinding(), aFinding({ item: 3, serialNumber: "SN-2026-0001" })] };
    expect(compared(found, { expected })).toMatchObject([{ item: 3, kind: "serial-number" }]);
    expect(compared({}, { expected })).toMatchObject([{ item: 3, kind: "contents" }]);
  });
});

describe("R51: at most 8 × 8 × 8 inches and 3 lb", () => {
  it.each([
    ["inclusive", aParcel({ lengthIn: 8, widthIn: 8, heightIn: 8, weightLb: 3 }), []],
    ["too long", aParcel({ lengthIn: 8.1 }), ["size-or-weight"]],
    ["too high", aParcel({ heightIn: 9 }), ["size-or-weight"]],
    ["too heavy", aParcel({ weightLb: 3.01 }), ["size-or-weight"]],
    ["both", aParcel({ widthIn: 12, weightLb: 4 }), ["size-or-weight", "size-or-weight"]],
  ])("R51: %s", (_, parcel, expected) => {
    expect(kinds({ parcel })).toEqual(expected);
    expect(breaksLimits(parcel, limits)).toBe(expected.length > 0);
  });

  it("R51: a parcel may lie on any side", () => {
    const flat = { lengthIn: 10, widthIn: 8, heightIn: 2, weightLb: 3 };
    expect(breaksLimits(aParcel({ lengthIn: 2, widthIn: 10, heightIn: 8 }), flat)).toBe(false);
    expect(breaksLimits(aParcel({ lengthIn: 9, widthIn: 9, heightIn: 1 }), flat)).toBe(true);
  });
});
