import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commodityDescription, type Fate, workDone } from "../../lambdas/domain/commodity-text.ts";
import { customsText, customsTexts, isCustomsText } from "../../lambdas/domain/customs-text.ts";
import { JewelryKind, Service } from "../../lambdas/domain/design.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import { sampleItem } from "../../scripts/sample-case.ts";

const CATALOGUE = {
  name: "Aurora",
  kind: "ring",
  material: "18K yellow gold",
  harmonizedCode: "7113.19",
} as const;
const describeItem = (over: Parameters<typeof sampleItem>[0], fate: Fate) =>
  commodityDescription({ item: sampleItem(over), catalogue: CATALOGUE, serialNumber: "SN-1", fate });

describe("description of goods (R44)", () => {
  it.each<[string, Parameters<typeof sampleItem>[0], Fate]>([
    ["sent for resizing, to be returned", {}, "sent"],
    [
      "sent for polishing and engraving, to be returned",
      { outcome: "service", services: ["polishing", "engraving"] },
      "sent",
    ],
    ["sent for repair, to be returned", { outcome: "service" }, "sent"],
    ["sent for exchange of size", { outcome: "exchange" }, "sent"],
    ["returned after resizing", { services: ["paid-resizing"] }, "returned"],
    ["returned as received, no work performed", {}, "returned-unworked"],
    ["new goods, supplied in exchange", { outcome: "exchange" }, "replaced"],
  ])("says what for: %s", (what, over, fate) => {
    expect(describeItem(over, fate)).toBe(
      `18K yellow gold finger ring, design Aurora (R-1001), serial no. SN-1; ${what}`,
    );
  });

  it("leaves out a design's name that English papers cannot show, but not its number", () => {
    const description = commodityDescription({
      item: sampleItem(),
      catalogue: { ...CATALOGUE, name: "雪の輪", kind: "earrings" },
      serialNumber: "SN-1",
      fate: "sent",
    });
    expect(description).toContain("18K yellow gold pair of earrings, design R-1001, serial");
  });

  it("never is just jewelry, and keeps to 450 characters with everything at its longest", () => {
    for (const kind of JewelryKind.options) {
      const description = commodityDescription({
        item: sampleItem({ designNumber: "D".repeat(40), services: [...Service.options] }),
        catalogue: { ...CATALOGUE, kind, name: "n".repeat(80), material: "m".repeat(80) },
        serialNumber: "S".repeat(40),
        fate: "sent",
      });
      expect(description.length).toBeLessThanOrEqual(450);
      expect(description).not.toMatch(/jewel/i);
    }
  });
});

describe("work done (19 CFR 10.8)", () => {
  it("names the measured size, else the one agreed", () => {
    expect(workDone(sampleItem({ measuredSize: 12.5 }), false)).toBe("Resizing to Japanese ring size 12.5");
    expect(workDone(sampleItem(), false)).toBe("Resizing to Japanese ring size 13");
    expect(workDone(sampleItem({ desiredSize: "unknown" }), false)).toBe("Resizing");
  });
  it("says when there was none", () => {
    expect(workDone(sampleItem(), true)).toBe("No work performed");
  });
});

describe("text for customs papers", () => {
  it.each([
    ["Zoë Ångström, 5 € “x”", "Zoë Ångström, 5 € “x”"],
    ["Őrsi Đặng\u00a0Łodź", "Orsi Dang Lodz"],
    ["Ｓｕｉｔｅ　１２", "Suite 12"],
    ["ﬁne\u00ad ring\u200b", "fine ring"],
    ["\u02bbIolani \u2212 №\t5\n", "‘Iolani - No 5"],
  ])("%j is written %j", (typed, printed) => {
    expect(customsText(typed, "field")).toBe(printed);
  });

  it.each(["山田", "Ярослав", "Ωmega", "ｶﾅ", "김", "💍"])("%s is refused, never shown as boxes", (typed) => {
    expect(isCustomsText(typed)).toBe(false);
    expect(() => customsText(typed, "shipper.person")).toThrow(PermanentError);
  });

  it("names the field deep in a value, and leaves the rest as it is", () => {
    expect(customsTexts({ a: [{ b: "Łó" }], n: 5, u: undefined })).toEqual({
      a: [{ b: "Ló" }],
      n: 5,
      u: undefined,
    });
    expect(() => customsTexts({ commodities: [{ material: "金" }] })).toThrow(/^commodities\[0\]\.material/);
  });

  it("what is accepted is in code page 1252, and accepted again as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        if (!isCustomsText(typed)) return;
        const printed = customsText(typed, "field");
        expect(printed).toMatch(/^[ -~¡-ÿ€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/);
        expect(customsText(printed, "field")).toBe(printed);
      }),
      { seed: 19, numRuns: 3000 },
    );
  });
});
