import { describe, expect, it } from "vitest";
import { assess, objectionsTo } from "../../lambdas/domain/assess.ts";
import type { AssessmentInput, ItemFacts } from "../../lambdas/domain/assessment.ts";
import { codes, facts, input, stored, verdictOn, without } from "../builders/assessment-input.ts";
import { aDesign, aRing } from "../builders/case-file.ts";

const A = "CW-0000000001";
const B = "CW-0000000002";
const AT = "2026-03-10T00:00:00.000Z";

const judged = (item: ItemFacts, overrides: Partial<AssessmentInput> = {}) => verdictOn([item], overrides);
/** Verdict and codes in one line, as the table of a rule reads. */
const said = (item: ItemFacts, overrides: Partial<AssessmentInput> = {}) => {
  const result = judged(item, overrides);
  return [result.verdict, ...codes(result)].join(" ");
};
const design = (
  category: "resizing" | "exchange-complimentary" | "exchange-paid" | "unavailable",
  more = {},
) => aDesign({ resizing: category === "resizing" ? { category, minus: 3, plus: 3 } : { category }, ...more });

describe("a timely and complete request", () => {
  it("is complimentary, and filing it is followed by photos", () => {
    const result = judged(facts());
    expect(result).toMatchObject({
      verdict: "complimentary",
      reasons: [],
      permittedSizes: [8, 9, 10, 12, 13, 14],
      lastComplimentaryDay: "2026-03-31",
      provisional: false,
      next: "photos-requested",
    });
    expect(result.items).toMatchObject([{ item: 1, verdict: "complimentary", outcome: "resize" }]);
  });

  it("keeps every rule it looked at, with what it said", () => {
    const { trace } = stored(input());
    const rules = trace.map((entry) => entry.rule);
    for (const rule of ["R4", "R5", "R6", "R7", "R13", "R16", "R17", "R18", "R19", "R20", "R22"])
      expect(rules).toContain(rule);
    expect(trace.find((entry) => entry.rule === "R19")?.said).toBe("possible from 8 to 14, counted from 11");
    const exchanged = stored(input([facts({ design: design("exchange-complimentary") })]));
    expect(exchanged.trace.find((entry) => entry.rule === "R19")?.said).toBe("no range binds");
  });
});

describe("R6: thirty days", () => {
  it.each([
    [
      "the last minute of day 30 in New York",
      "America/New_York",
      "2026-04-01T03:59:59.999Z",
      "complimentary",
    ],
    ["the first of day 31 in New York", "America/New_York", "2026-04-01T04:00:00.000Z", "paid"],
    ["the same instant, day 30 in Honolulu", undefined, "2026-04-01T04:00:00.000Z", "complimentary"],
    [
      "a zone that is no US zone counts as Honolulu",
      "Asia/Tokyo",
      "2026-04-01T09:59:59.999Z",
      "complimentary",
    ],
    ["and ends when Honolulu's day 30 ends", "Asia/Tokyo", "2026-04-01T10:00:00.000Z", "paid"],
  ])("R6: day 30 is free, day 31 is not: %s", (_, timeZone, contactAt, verdict) => {
    expect(judged(facts(), { timeZone, contactAt }).verdict).toBe(verdict);
  });

  it("R6, R12: after it there is a fee, with its reasons and the offer to convert", () => {
    const result = judged(facts(), { contactAt: "2026-04-02T12:00:00.000Z" });
    expect(result).toMatchObject({ verdict: "paid", next: "conversion-offered" });
    expect(result.reasons.map(({ rule, code }) => `${rule} ${code}`)).toEqual([
      "R6 after-window",
      "R12 fee-applies",
    ]);
    expect(result.reasons[0]?.text).toContain("March 31, 2026");
  });

  it("R6: judged at the moment of contact, never when the verdict is made", () => {
    expect(verdictOn([facts()], {}, "2026-09-01T00:00:00.000Z").verdict).toBe("complimentary");
  });

  it("R6: a missing date is never an approval", () => {
    const result = judged(without(facts(), "deliveryDate", "deliverySource"));
    expect(result).toMatchObject({ verdict: "needs-review", lastComplimentaryDay: null });
    expect(codes(result)).toContain("delivery-date-missing");
  });

  it("R6: a date yet to come is no date to go by, but for a day's difference of zones", () => {
    expect(said(facts({ deliveryDate: "2026-03-14" }))).toBe("complimentary");
    expect(said(facts({ deliveryDate: "2026-03-15" }))).toBe("needs-review delivery-date-ahead");
  });

  it("R6: the customer's word is provisional", () => {
    for (const item of [facts({ deliverySource: "customer" }), without(facts(), "deliverySource")])
      expect(judged(item)).toMatchObject({ verdict: "complimentary", provisional: true });
    expect(judged(facts({ deliverySource: "carrier" })).provisional).toBe(false);
  });

  it("R6: the ledger's date wins over a request's, and a better source over the ledger's customer", () => {
    const onTheLedger = (ring: Parameters<typeof aRing>[0], item: Partial<ItemFacts>) =>
      judged(facts({ ring: aRing(ring), ...item })).lastComplimentaryDay;
    expect(onTheLedger({ deliveryDate: "2026-02-01" }, { deliverySource: "customer" })).toBe("2026-03-03");
    expect(
      onTheLedger({ deliveryDate: "2026-02-01", deliverySource: "customer" }, { deliverySource: "carrier" }),
    ).toBe("2026-03-31");
    expect(
      onTheLedger({ deliveryDate: "2026-02-01", deliverySource: "order" }, { deliverySource: "order" }),
    ).toBe("2026-03-03");
  });
});

describe("R7, R8: the desired size", () => {
  it.each([
    ["unknown", facts({ desiredSize: "unknown" })],
    ["not named", without(facts(), "desiredSize")],
  ])("R8: %s is no refusal, and the reason says by when it must come", (_, item) => {
    const result = judged(item);
    expect(result).toMatchObject({ verdict: "needs-review", next: "photos-requested" });
    expect(result.reasons).toMatchObject([{ rule: "R7", code: "size-missing" }]);
    expect(result.reasons[0]?.text).toContain("March 31, 2026");
  });

  it("R7: the size must also arrive by the last day", () => {
    expect(said(facts({ sizeAt: "2026-04-01T03:59:59.000Z" }))).toBe("complimentary");
    expect(said(facts({ sizeAt: "2026-04-01T04:00:00.000Z" }))).toBe("paid size-late fee-applies");
  });

  it("R7: a size still missing after the last day can no longer be in time", () => {
    const item = facts({ desiredSize: "unknown" });
    expect(verdictOn([item], {}, "2026-03-31T12:00:00.000Z").verdict).toBe("needs-review");
    expect(verdictOn([item], {}, "2026-04-02T12:00:00.000Z").verdict).toBe("paid");
  });

  it("R7: a request already late is not told twice", () => {
    expect(said(facts({ desiredSize: "unknown" }), { contactAt: "2026-05-01T00:00:00.000Z" })).toBe(
      "paid after-window fee-applies size-missing",
    );
  });
});

describe("R5: one time a ring", () => {
  const held = (state: "reserved" | "used", by = A) =>
    facts({ ring: aRing({ right: { state, by, at: AT } }) });

  it("R5, R12: a second request carries a fee, whatever else is missing", () => {
    expect(said(held("used"))).toBe("paid right-used fee-applies");
    expect(said(held("reserved"))).toBe("paid right-reserved fee-applies");
    expect(said(without(held("used"), "deliveryDate", "deliverySource", "sizeAtPurchase"))).toBe(
      "paid right-used fee-applies",
    );
  });

  it("R5: the case's own right counts for it", () => {
    expect(judged(held("reserved"), { caseId: A }).verdict).toBe("complimentary");
    expect(judged(held("used"), { caseId: A }).verdict).toBe("complimentary");
    expect(judged(held("used"), { caseId: B }).verdict).toBe("paid");
  });

  it("R5: a ring exchanged away is refused", () => {
    expect(said(facts({ ring: aRing({ successor: "SN-NEW" }) }))).toBe("refused exchanged-away");
  });

  it("R5, R22: without a serial number the right cannot be seen", () => {
    expect(said(without(facts(), "serialNumber"))).toBe("needs-review serial-number-missing");
  });
});

describe("R4, R13–R17: the design", () => {
  it("R4: an unknown design goes to a person, even where there would be a fee", () => {
    expect(said(facts({ design: null }))).toBe("needs-review design-unknown");
    expect(judged(facts({ design: null }), { contactAt: "2026-05-01T00:00:00.000Z" }).verdict).toBe(
      "needs-review",
    );
    expect(judged(facts({ design: null })).permittedSizes).toEqual([]);
  });

  it.each([
    ["R14", "resizing", "complimentary"],
    ["R15", "exchange-complimentary", "complimentary"],
    ["R16", "exchange-paid", "paid exchange-paid"],
    ["R17", "unavailable", "refused size-change-unavailable"],
  ] as const)("%s: %s", (_, category, expected) => {
    expect(said(facts({ design: design(category) }))).toBe(expected);
  });

  it("R13: some designs carry a fee always", () => {
    expect(said(facts({ design: design("resizing", { feeRequired: true }) }))).toBe("paid fee-always");
  });

  it("R15: an exchange has the same window and the same one time", () => {
    const item = facts({ design: design("exchange-complimentary") });
    expect(judged(item, { contactAt: "2026-04-02T12:00:00.000Z" }).verdict).toBe("paid");
    expect(judged({ ...item, ring: aRing({ right: { state: "used", by: A, at: AT } }) }).verdict).toBe(
      "paid",
    );
    expect(judged(item).items[0]?.outcome).toBe("exchange");
  });

  it("the ledger's design wins over the request's, and the reason says so", () => {
    const ring = aRing({ designNumber: "R-2" });
    const ledgers = design("unavailable", { designNumber: "R-2", name: "Borealis" });
    const result = judged(facts({ ring, design: ledgers }));
    expect(codes(result)).toEqual(["size-change-unavailable", "design-corrected"]);
    expect(result.reasons[1]?.text).toContain("Borealis");
    // The catalogue entry of the design asked for says nothing about another ring.
    expect(judged(facts({ ring, design: aDesign() })).verdict).toBe("needs-review");
  });
});

describe("R18–R20: the desired size against the ring", () => {
  it.each([
    [
      "R18: not among the available sizes",
      facts({ desiredSize: 7.5 }),
      "refused size-not-available size-out-of-range",
    ],
    ["R19: three up from 11 is possible", facts({ desiredSize: 14 }), "complimentary"],
    ["R19: four up is not", facts({ desiredSize: 15 }), "refused size-out-of-range"],
    [
      "R18, R19: an exchange is bound by the available sizes only",
      facts({ desiredSize: 15, design: design("exchange-complimentary") }),
      "complimentary",
    ],
    ["R20: the size it has", facts({ desiredSize: 11 }), "refused same-size"],
    [
      "R20: no ring",
      facts({ design: aDesign({ kind: "necklace", resizing: { category: "unavailable" } }) }),
      "refused not-a-ring",
    ],
    [
      "R19: size at purchase missing",
      without(facts(), "sizeAtPurchase"),
      "needs-review size-at-purchase-missing",
    ],
    [
      "R18: missing too, but not available anyway",
      without(facts({ desiredSize: 7.5 }), "sizeAtPurchase"),
      "refused size-not-available",
    ],
  ])("%s", (_, item, expected) => {
    expect(said(item)).toBe(expected);
  });

  it("R19, R20: counted from the ledger's size at purchase, compared with its current size", () => {
    const ring = aRing({ sizeAtPurchase: 10, currentSize: 12 });
    expect(judged(facts({ ring, sizeAtPurchase: 14, desiredSize: 13 })).verdict).toBe("complimentary");
    expect(said(facts({ ring, desiredSize: 14 }))).toBe("refused size-out-of-range");
    expect(said(facts({ ring, desiredSize: 12 }))).toBe("refused same-size");
    expect(judged(facts({ ring, desiredSize: 10 })).verdict).toBe("complimentary");
    expect(judged(facts({ ring })).permittedSizes).toEqual([7, 8, 9, 10, 11, 13]);
  });

  it("R18, R19: refused stays refused where there would be a fee as well, and both are told", () => {
    expect(said(facts({ desiredSize: 15 }), { contactAt: "2026-05-01T00:00:00.000Z" })).toBe(
      "refused size-out-of-range after-window",
    );
  });

  it("R20: a second open case on one serial number", () => {
    const item = facts({ ring: aRing({ openCase: A }) });
    expect(said(item)).toBe("refused open-case");
    expect(judged(item, { caseId: A }).verdict).toBe("complimentary");
  });
});

describe("the paid process", () => {
  const paid = (item: Partial<ItemFacts>, overrides: Partial<AssessmentInput> = {}) =>
    said(facts(item), { process: "repair-and-maintenance", ...overrides });

  it("R26: has no time limit, and asks for photos next", () => {
    const result = judged(facts({ services: ["polishing"] }), {
      process: "repair-and-maintenance",
      contactAt: "2031-01-01T00:00:00.000Z",
    });
    expect(result).toMatchObject({
      verdict: "paid",
      reasons: [],
      next: "photos-requested",
      lastComplimentaryDay: null,
      provisional: false,
    });
    expect(result.items[0]?.outcome).toBeNull();
  });

  it("R5: the right does not matter, an open case does", () => {
    expect(paid({ services: ["polishing"], ring: aRing({ right: { state: "used", by: A, at: AT } }) })).toBe(
      "paid",
    );
    expect(paid({ services: ["polishing"], ring: aRing({ openCase: A }) })).toBe("refused open-case");
  });

  it("R23: a size only for a size change", () => {
    const bare = without(facts({ services: ["polishing"] }), "desiredSize", "sizeAtPurchase", "serialNumber");
    expect(said(bare, { process: "repair-and-maintenance" })).toBe("paid");
    expect(paid({ services: ["paid-resizing"], desiredSize: "unknown" })).toBe("needs-review size-missing");
    expect(said(without(facts(), "desiredSize"), { process: "repair-and-maintenance" })).toBe(
      "needs-review service-missing",
    );
  });

  it("R25: a service the design does not list is for a person", () => {
    expect(paid({ services: ["engraving-erasure"] })).toBe("needs-review service-unlisted");
    expect(paid({ services: ["polishing"], design: null })).toBe("needs-review design-unknown");
  });

  it.each([
    ["R18", { desiredSize: 7.5 }, "refused size-not-available size-out-of-range"],
    ["R19", { desiredSize: 15 }, "refused size-out-of-range"],
    ["R20", { desiredSize: 11 }, "refused same-size"],
    ["R21", { desiredSize: 13 }, "paid"],
  ])("%s holds for a paid resizing", (_, item, expected) => {
    expect(paid({ services: ["paid-resizing"], ...item })).toBe(expected);
  });

  it("R17: no size change at all; other services stay possible", () => {
    expect(paid({ services: ["paid-resizing"], design: design("unavailable") })).toBe(
      "refused size-change-unavailable",
    );
    expect(paid({ services: ["polishing"], design: design("unavailable") })).toBe("paid");
  });

  it("R20: no ring is resized; it may be polished", () => {
    const necklace = aDesign({ kind: "necklace", resizing: { category: "unavailable" } });
    expect(paid({ services: ["paid-resizing"], design: necklace })).toBe("refused not-a-ring");
    expect(paid({ services: ["polishing"], design: necklace })).toBe("paid");
  });

  it("R16, R18, R21: a paid exchange is bound by the available sizes only", () => {
    const both = design("resizing", { services: ["paid-resizing", "paid-exchange"] });
    expect(paid({ services: ["paid-exchange"], desiredSize: 15, design: both })).toBe("paid");
    expect(paid({ services: ["paid-resizing"], desiredSize: 15, design: both })).toBe(
      "refused size-out-of-range",
    );
    // Who names both gets what the design says (R11).
    expect(paid({ services: ["paid-resizing", "paid-exchange"], desiredSize: 15, design: both })).toBe(
      "refused size-out-of-range",
    );
    const exchanged = judged(facts({ services: ["paid-resizing"], design: design("exchange-paid") }), {
      process: "repair-and-maintenance",
    });
    expect(exchanged.items[0]).toMatchObject({ verdict: "paid", outcome: "exchange" });
  });

  it("R1: a converted request keeps its desired size and needs no name for the service", () => {
    expect(paid({ desiredSize: 13 })).toBe("paid");
    expect(paid({ desiredSize: 15 })).toBe("refused size-out-of-range");
  });
});

describe("several items", () => {
  const two = (second: Partial<ItemFacts>) => [facts(), facts({ item: 2, serialNumber: "SN-2", ...second })];

  it.each([
    ["refused over all", { desiredSize: 15 }, "refused"],
    ["paid over needs-review", { design: design("exchange-paid") }, "paid"],
    ["needs-review over complimentary", { desiredSize: "unknown" as const }, "needs-review"],
    ["complimentary when all are", {}, "complimentary"],
  ])("the verdict is the strictest: %s", (_, second, verdict) => {
    expect(verdictOn(two(second)).verdict).toBe(verdict);
  });

  it("one fee makes the request paid, though another item still misses a fact", () => {
    const result = verdictOn([
      without(facts(), "deliveryDate", "deliverySource"),
      facts({ item: 2, serialNumber: "SN-2", design: design("exchange-paid") }),
    ]);
    expect(result.verdict).toBe("paid");
    expect(result.items.map((item) => item.verdict)).toEqual(["needs-review", "paid"]);
  });

  it("R20: one serial number on two items is refused", () => {
    const result = verdictOn(two({ serialNumber: "SN-2026-0001" }));
    expect(result.items.map((item) => item.reasons.map((reason) => reason.code))).toEqual([
      ["serial-twice"],
      ["serial-twice"],
    ]);
    // The text is the same for both, and is told once.
    expect(codes(result)).toEqual(["serial-twice"]);
  });

  it("sizes are those of any item, the last day is the earliest", () => {
    const result = verdictOn(two({ sizeAtPurchase: 8, desiredSize: 9, deliveryDate: "2026-02-20" }));
    expect(result.permittedSizes).toEqual([7, 8, 9, 10, 11, 12, 13, 14]);
    expect(result.lastComplimentaryDay).toBe("2026-03-22");
  });

  it("no item, no verdict: a strictest of nothing is for a person", () => {
    expect(assess({ ...input(), items: [] }, "2026-11", AT).result.verdict).toBe("needs-review");
  });
});

describe("approval", () => {
  const objections = (item: ItemFacts, waived: string[] = [], contactAt = "2026-03-13T22:30:00.000Z") =>
    judged(item, { contactAt }).items.flatMap((one) =>
      objectionsTo(one, "complimentary-resizing", new Set(waived)).map(({ code }) => code),
    );
  const late = "2026-05-01T00:00:00.000Z";

  it("explanations bar nothing", () => {
    expect(objections(facts({ deliverySource: "customer" }))).toEqual([]);
    expect(objections(facts(), [], late)).toEqual(["after-window"]);
  });

  it("a manager sets a rule aside by its number, or the fee as a whole by R12", () => {
    expect(objections(facts(), ["R6"], late)).toEqual([]);
    expect(objections(facts(), ["R12"], late)).toEqual([]);
    expect(objections(facts({ desiredSize: 15 }), ["R12"], late)).toEqual(["size-out-of-range"]);
    expect(objections(facts({ design: design("exchange-paid") }), ["R12"])).toEqual(["exchange-paid"]);
  });
});
