import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assess } from "../../lambdas/domain/assess.ts";
import { type AssessmentInput, type ItemFacts, StoredAssessment } from "../../lambdas/domain/assessment.ts";
import type { Design } from "../../lambdas/domain/design.ts";
import { Ring } from "../../lambdas/domain/ring.ts";
import { input } from "../builders/assessment-input.ts";
import { aDesign, aRing } from "../builders/case-file.ts";

const A = "CW-0000000001";
const AT = "2026-03-10T00:00:00.000Z";

const aSize = fc.integer({ min: 10, max: 34 }).map((half) => half / 2);
const aDate = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`);
const anInstant = fc
  .date({ min: new Date("2026-03-01"), max: new Date("2026-06-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const aSource = fc.constantFrom("carrier", "order", "customer");

const anyDesign: fc.Arbitrary<Design | null> = fc.option(
  fc
    .record({
      category: fc.constantFrom("resizing", "exchange-complimentary", "exchange-paid", "unavailable"),
      kind: fc.constantFrom("ring", "ring", "ring", "necklace"),
      feeRequired: fc.boolean(),
    })
    .map(({ category, kind, feeRequired }) =>
      aDesign({ resizing: { category, minus: 2, plus: 3 }, kind, feeRequired }),
    ),
  { freq: 6 },
);
const anyRing: fc.Arbitrary<Ring | null> = fc.option(
  fc
    .record(
      {
        designNumber: fc.constantFrom("R-1001", "R-2"),
        sizeAtPurchase: aSize,
        currentSize: aSize,
        deliveryDate: aDate,
        deliverySource: aSource,
        right: fc.constantFrom(
          { state: "free" as const },
          { state: "reserved" as const, by: A, at: AT },
          { state: "used" as const, by: A, at: AT },
        ),
        openCase: fc.constant(A),
        successor: fc.constant("SN-X"),
      },
      { requiredKeys: ["right"] },
    )
    .map((ring) => Ring.parse({ serialNumber: "SN-1", version: 1, ...ring })),
);
const anyItem = fc.record(
  {
    item: fc.constant(1),
    designNumber: fc.constant("R-1001"),
    design: anyDesign,
    ring: anyRing,
    serialNumber: fc.constantFrom("SN-1", "SN-2", "SN-3"),
    sizeAtPurchase: aSize,
    desiredSize: fc.oneof(aSize, fc.constant("unknown" as const)),
    sizeAt: anInstant,
    deliveryDate: aDate,
    deliverySource: aSource,
    services: fc.uniqueArray(fc.constantFrom("polishing", "engraving", "paid-resizing", "paid-exchange"), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ["item", "designNumber", "design", "ring"] },
);
const anyItems = fc
  .array(anyItem, { minLength: 1, maxLength: 4 })
  .map((items) => items.map((item, index): ItemFacts => ({ ...item, item: index + 1 })));
const anyRequest = fc
  .record({
    items: anyItems,
    process: fc.constantFrom("complimentary-resizing", "repair-and-maintenance"),
    contactAt: anInstant,
    locale: fc.constantFrom("en", "ja"),
    timeZone: fc.constantFrom("America/New_York", "Asia/Tokyo"),
  })
  .map(({ items, ...rest }): AssessmentInput => input(items, rest as Partial<AssessmentInput>));

const verdictOf = (request: AssessmentInput, madeAt: string = request.contactAt) =>
  assess(request, "2026-11", madeAt).result;

describe("the verdict, for any request", () => {
  it("is valid, and replays to the letter from what was stored", () => {
    fc.assert(
      fc.property(anyRequest, anInstant, (request, madeAt) => {
        const made = assess(request, "2026-11", madeAt);
        const kept = StoredAssessment.parse(JSON.parse(JSON.stringify(made)));
        expect(assess(kept.input, kept.policyVersion, kept.madeAt)).toEqual(made);
      }),
    );
  });

  it("does not depend on the order of the items", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const there = verdictOf(request);
        const back = verdictOf({ ...request, items: request.items.toReversed() });
        expect(back).toMatchObject({
          verdict: there.verdict,
          permittedSizes: there.permittedSizes,
          lastComplimentaryDay: there.lastComplimentaryDay,
          provisional: there.provisional,
          next: there.next,
        });
        expect(back.items.toReversed()).toEqual(there.items);
      }),
    );
  });

  it("never gets milder by another item", () => {
    const grave = ["complimentary", "needs-review", "paid", "refused"];
    fc.assert(
      fc.property(anyRequest, (request) => {
        const all = verdictOf(request);
        const worst = Math.max(...all.items.map((item) => grave.indexOf(item.verdict)));
        expect(grave.indexOf(all.verdict)).toBe(worst);
      }),
    );
  });

  it("R6: is complimentary only with a delivery date, a serial number, all sizes, a known design, in time", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { items } = verdictOf(request);
        for (const [index, judged] of items.entries()) {
          if (judged.verdict !== "complimentary") continue;
          const item = request.items[index];
          expect(request.process).toBe("complimentary-resizing");
          expect(judged.lastComplimentaryDay).not.toBeNull();
          expect(item?.serialNumber).toBeDefined();
          expect(item?.design).not.toBeNull();
          expect(judged.permittedSizes).toContain(item?.desiredSize);
          expect(item?.ring?.right.state ?? "free").toBe("free");
        }
      }),
      { numRuns: 400 },
    );
  });

  it("R18–R20: a desired size that is not permitted is refused, and a permitted one is not for its size", () => {
    const aboutSizes = [
      "size-not-available",
      "size-out-of-range",
      "same-size",
      "size-change-unavailable",
      "not-a-ring",
    ];
    fc.assert(
      fc.property(anyRequest, (request) => {
        if (request.process !== "complimentary-resizing") return;
        for (const [index, judged] of verdictOf(request).items.entries()) {
          const item = request.items[index];
          if (typeof item?.desiredSize !== "number") continue;
          if (judged.reasons.some((reason) => reason.code === "design-unknown") || !item.design) continue;
          if (item.ring?.designNumber !== undefined && item.ring.designNumber !== "R-1001") continue;
          const refusedForSize = judged.reasons.some((reason) => aboutSizes.includes(reason.code));
          expect(judged.permittedSizes.includes(item.desiredSize)).toBe(!refusedForSize);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("every reason has a text, in the language of the request, and a refusal has a reason", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const result = verdictOf(request);
        for (const reason of result.reasons) {
          expect(reason.text.length).toBeGreaterThan(10);
          expect(/[ぁ-ん]/.test(reason.text)).toBe(request.locale === "ja");
        }
        const explained = result.reasons.length > 0;
        const plain = request.process === "complimentary-resizing" ? "complimentary" : "paid";
        expect(explained || result.verdict === plain).toBe(true);
        expect(result.next === null).toBe(result.verdict === "refused");
      }),
    );
  });

  it("R19: knows the same sizes whatever the ring's ledger calls the request's size at purchase", () => {
    const ring = aRing({ sizeAtPurchase: 11, currentSize: 11 });
    fc.assert(
      fc.property(aSize, (claimed) => {
        const item = { item: 1, designNumber: "R-1001", design: aDesign(), ring, sizeAtPurchase: claimed };
        expect(verdictOf(input([item as ItemFacts])).permittedSizes).toEqual([8, 9, 10, 12, 13, 14]);
      }),
    );
  });
});
