import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import { Ring } from "../../lambdas/domain/ring.ts";
import {
  applyFacts,
  changeRing,
  closeOn,
  exchange,
  giveBack,
  holdsRight,
  learnFacts,
  openOn,
  type RingTransition,
  release,
  reserve,
  resizedTo,
  unknownRing,
  use,
} from "../../lambdas/domain/ring-ledger.ts";
import { aRing } from "../builders/case-file.ts";

const AT = "2026-03-14T09:30:00.000Z";
const LATER = "2026-04-14T09:30:00.000Z";
const A = CaseId.parse("CW-0000000001");
const B = CaseId.parse("CW-0000000002");

const then = (ring: Ring, ...transitions: RingTransition[]): Ring =>
  Ring.parse(changeRing(ring, ...transitions)?.after ?? ring);

const refusal = (
  act: () => unknown,
): { code: string; rule: string | undefined; path: string | undefined } => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem)
      return { code: error.code, rule: error.errors[0]?.rule, path: error.errors[0]?.path };
    throw error;
  }
  throw new Error("it was not refused");
};

describe("R20: one open case a ring", () => {
  it("R20: a second case is refused, at the path it was told", () => {
    const ring = then(aRing(), openOn(A));
    expect(ring.openCase).toBe(A);
    expect(refusal(() => openOn(B, "items[1].serialNumber")(ring))).toEqual({
      code: "rule-broken",
      rule: "R20",
      path: "items[1].serialNumber",
    });
  });

  it("R20: the same case again changes nothing", () => {
    const ring = then(aRing(), openOn(A));
    expect(changeRing(ring, openOn(A))).toBeUndefined();
  });

  it("R20: once closed another may open; only the case itself closes", () => {
    const ring = then(aRing(), openOn(A));
    expect(then(ring, closeOn(B)).openCase).toBe(A);
    expect(then(ring, closeOn(A), openOn(B)).openCase).toBe(B);
  });

  it("R5: nothing opens on a ring that was exchanged away", () => {
    expect(refusal(() => openOn(A)(aRing({ successor: "SN-NEW" }))).rule).toBe("R5");
  });
});

describe("R5: the complimentary right", () => {
  it("R5: reserved at approval, used up at receipt", () => {
    const reserved = then(aRing(), reserve(A, AT));
    expect(reserved.right).toEqual({ state: "reserved", by: A, at: AT });
    expect(holdsRight(reserved, A)).toBe(true);
    expect(holdsRight(reserved, B)).toBe(false);
    const used = then(reserved, use(A, LATER));
    expect(used.right).toEqual({ state: "used", by: A, at: LATER });
    expect(changeRing(used, use(A, AT), reserve(A, AT))).toBeUndefined();
  });

  it("R5: released when the case ends before receipt, and kept as used when it ends after", () => {
    expect(then(aRing(), reserve(A, AT), release(A)).right).toEqual({ state: "free" });
    expect(then(aRing(), use(A, AT), release(A)).right.state).toBe("used");
  });

  it("R5: given back when the ring is returned unworked", () => {
    expect(then(aRing(), reserve(A, AT), use(A, AT), giveBack(A)).right).toEqual({ state: "free" });
  });

  it("R5: no other case takes, frees or gives back what one holds", () => {
    for (const held of [reserve(A, AT), use(A, AT)]) {
      const ring = then(aRing(), held);
      expect(refusal(() => reserve(B, AT)(ring)).rule).toBe("R5");
      expect(refusal(() => use(B, AT)(ring)).rule).toBe("R5");
      expect(changeRing(ring, release(B), giveBack(B))).toBeUndefined();
    }
  });

  it("R5: whatever two cases do, in any order, never both have the right, and a used one is not used again", () => {
    const steps = { reserve, use, release, giveBack, openOn, closeOn } as const;
    const aStep = fc.record({
      by: fc.constantFrom(A, B),
      what: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])),
    });
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 25 }), (history) => {
        let ring = unknownRing("SN-1");
        const taken: CaseId[] = [];
        for (const { by, what } of history) {
          const before = ring;
          const step = what === "reserve" || what === "use" ? steps[what](by, AT) : steps[what](by);
          try {
            ring = then(ring, step);
          } catch (error) {
            if (error instanceof Problem) continue;
            throw error;
          }
          expect(changeRing(ring, step)).toBeUndefined();
          expect(holdsRight(ring, A) && holdsRight(ring, B)).toBe(false);
          // Nobody loses the right, or the open case, by another's doing.
          const other = by === A ? B : A;
          expect(holdsRight(ring, other)).toBe(holdsRight(before, other));
          expect(ring.openCase === other).toBe(before.openCase === other);
          if (what === "use") taken.push(by);
          expect(ring.right.state !== "used" || taken.includes(ring.right.by)).toBe(true);
        }
      }),
    );
  });
});

describe("one write a change", () => {
  it("names the version it read, and raises it once for several transitions", () => {
    expect(changeRing(unknownRing("SN-1"), openOn(A), reserve(A, AT))).toMatchObject({
      before: 0,
      after: { version: 1, openCase: A },
    });
    expect(changeRing(aRing({ version: 7 }), openOn(A))).toMatchObject({ before: 7, after: { version: 8 } });
  });
});

describe("R5, R19: an exchange", () => {
  const old = aRing({
    right: { state: "used", by: A, at: AT },
    openCase: A,
    sizeAtPurchase: 10,
    currentSize: 12,
  });
  const done = exchange(old, unknownRing("SN-NEW"), 14);

  it("R5: links both, passes the used-up right on, and keeps the case on the old ring", () => {
    expect(done.old?.after).toMatchObject({ successor: "SN-NEW", openCase: A, currentSize: 12 });
    expect(done.next?.after).toEqual({
      serialNumber: "SN-NEW",
      version: 1,
      designNumber: "R-1001",
      sizeAtPurchase: 10,
      currentSize: 14,
      deliveryDate: "2026-03-01",
      deliverySource: "carrier",
      right: { state: "used", by: A, at: AT },
      predecessor: "SN-2026-0001",
    });
    expect(Ring.safeParse(done.next?.after).success).toBe(true);
  });

  it("R5: the same exchange again changes nothing", () => {
    if (!done.old || !done.next) throw new Error("both rings change");
    expect(exchange(done.old.after, done.next.after, 14)).toEqual({ old: undefined, next: undefined });
  });

  it.each([
    ["the old ring itself", old, aRing()],
    ["an old ring exchanged before", aRing({ successor: "SN-X" }), unknownRing("SN-NEW")],
    ["a ring that came of another exchange", old, aRing({ serialNumber: "SN-NEW", predecessor: "SN-X" })],
    ["a ring exchanged away", old, aRing({ serialNumber: "SN-NEW", successor: "SN-X" })],
    ["a ring with an open case", old, aRing({ serialNumber: "SN-NEW", openCase: B })],
    [
      "a ring with a used right",
      old,
      aRing({ serialNumber: "SN-NEW", right: { state: "used", by: B, at: AT } }),
    ],
  ])("R5: refused for %s", (_, from, to) => {
    expect(refusal(() => exchange(from, to, 14))).toEqual({
      code: "rule-broken",
      rule: "R5",
      path: "newSerialNumber",
    });
  });

  it("R5, R19: however long the chain of exchanges, base size and right stay", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 5, max: 20 }), { minLength: 1, maxLength: 8 }), (wanted) => {
        let ring = old;
        wanted.forEach((size, index) => {
          const { next } = exchange(ring, unknownRing(`SN-${index}`), size);
          if (!next) throw new Error("the new ring changes");
          ring = next.after;
          expect(ring).toMatchObject({ sizeAtPurchase: 10, currentSize: size, right: old.right });
        });
      }),
    );
  });
});

describe("facts of the ledger", () => {
  it("R6: carrier > order > customer; the same source may correct itself", () => {
    const ordered = aRing({ deliveryDate: "2026-03-01", deliverySource: "order" });
    const by = (deliverySource: "carrier" | "order" | "customer") =>
      then(ordered, applyFacts({ deliveryDate: "2026-03-05", deliverySource })).deliveryDate;
    expect([by("customer"), by("order"), by("carrier")]).toEqual(["2026-03-01", "2026-03-05", "2026-03-05"]);
  });

  it("R19: a ring never resized has the size at purchase; a resized one keeps its own", () => {
    const corrected = then(
      unknownRing("SN-1"),
      applyFacts({ sizeAtPurchase: 10 }),
      applyFacts({ sizeAtPurchase: 11 }),
    );
    expect(corrected).toMatchObject({ sizeAtPurchase: 11, currentSize: 11 });
    const resized = then(corrected, resizedTo(13), applyFacts({ sizeAtPurchase: 10 }));
    expect(resized).toMatchObject({ sizeAtPurchase: 10, currentSize: 13 });
    expect(changeRing(resized, resizedTo(13))).toBeUndefined();
  });

  it("facts known already change nothing", () => {
    const ring = then(aRing(), applyFacts({ designNumber: "R-1001", sizeAtPurchase: 11 }));
    expect(changeRing(ring, applyFacts({ designNumber: "R-1001", sizeAtPurchase: 11 }))).toBeUndefined();
  });

  it("a request fills gaps of the ledger and overwrites nothing", () => {
    const request = { designNumber: "R-2", sizeAtPurchase: 15, deliveryDate: "2026-03-09" } as const;
    expect(then(unknownRing("SN-1"), learnFacts(request))).toMatchObject({
      ...request,
      currentSize: 15,
      deliverySource: "customer",
    });
    for (const deliverySource of ["carrier", "order", "customer"] as const)
      expect(changeRing(aRing({ currentSize: 11, deliverySource }), learnFacts(request))).toBeUndefined();
    expect(
      then(
        aRing({ deliverySource: "order" }),
        learnFacts({ deliveryDate: "2026-03-09", deliverySource: "carrier" }),
      ),
    ).toMatchObject({ deliveryDate: "2026-03-09", deliverySource: "carrier" });
  });
});
