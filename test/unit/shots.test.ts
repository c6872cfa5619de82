import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import json from "../../config/brand.example.json" with { type: "json" };
import { Brand } from "../../lambdas/domain/brand.ts";
import { Slot } from "../../lambdas/domain/media.ts";
import { describeSlot, isCertificateSlot, shotOf, slotOf, wantedShots } from "../../lambdas/domain/shots.ts";
import { aDesign } from "../builders/case-file.ts";

const brand = Brand.parse(json);
const slots = (...items: Parameters<typeof wantedShots>[0]) =>
  wantedShots(items, brand).map((shot) => shot.slot);
const RING = ["top", "side", "inside", "shank", "stones", "certificate"];

describe("R28: the shot list", () => {
  it("R28: a ring has the brand's list, and so has a design nobody knows", () => {
    expect(slots({ item: 1, design: aDesign() })).toEqual(RING);
    expect(slots({ item: 1, design: null })).toEqual(RING);
    expect(slots({ item: 1 })).toEqual(RING);
  });

  it("R28: other jewelry has a list of its own", () => {
    expect(slots({ item: 1, design: aDesign({ kind: "necklace" }) })).toEqual(brand.shotsOfOtherJewelry);
  });

  it("R28: a design's own list replaces it, and the certificate is wanted all the same", () => {
    expect(slots({ item: 1, design: aDesign({ shots: ["clasp", "top"] }) })).toEqual([
      "clasp",
      "top",
      "certificate",
    ]);
    expect(slots({ item: 1, design: aDesign({ shots: ["certificate", "top"] }) })).toEqual([
      "certificate",
      "top",
    ]);
  });

  it("R28: with several items the others carry their number", () => {
    expect(
      slots(
        { item: 1, design: aDesign({ shots: ["top"] }) },
        { item: 2, design: aDesign({ shots: ["top"] }) },
      ),
    ).toEqual(["top", "certificate", "2-top", "2-certificate"]);
  });

  it("R28: a slot names its item and its shot, for every item and shot", () => {
    const aShot = fc.stringMatching(/^[a-z][a-z0-9-]{0,26}$/);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), aShot, (item, shot) => {
        expect(Slot.safeParse(slotOf(item, shot)).success).toBe(true);
        expect(shotOf(slotOf(item, shot))).toEqual({ item, shot });
      }),
    );
  });

  it("R10: the certificate's slot is known, of any item", () => {
    expect(["certificate", "2-certificate", "10-certificate"].map(isCertificateSlot)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["top", "2-top", "certificates"].map(isCertificateSlot)).toEqual([false, false, false]);
  });

  it("R28: a slot is described in both languages; a shot only a design knows by its own name", () => {
    expect(describeSlot("inside", brand, "en").label).toBe("Inside of the band");
    expect(describeSlot("2-top", brand, "en").label).toBe("Item 2: Top");
    expect(describeSlot("2-top", brand, "ja").label).toBe("2点目：上から");
    expect(describeSlot("clasp", brand, "en")).toEqual({ label: "clasp", hint: "" });
  });
});
