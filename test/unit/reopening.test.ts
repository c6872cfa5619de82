/** R64: until when a case is reopened, by whom, with which question, and what it takes again of its ring. */
import { describe, expect, it } from "vitest";
import type { ActionContext, Actor } from "../../lambdas/actions/action.ts";
import { reopening } from "../../lambdas/actions/reopening.ts";
import type { Case, Stage } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import { applyChange } from "../../lambdas/domain/change.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import type { Ring } from "../../lambdas/domain/ring.ts";
import type { Wait } from "../../lambdas/domain/wait.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, aDesign, aReceipt, aRing, aWait, CASE_ID } from "../builders/case-file.ts";

/** Saturday morning in New York; sixty days on it is June 30. */
const ENDED = "2026-05-01T14:00:00.000Z";
const NOW = "2026-05-20T15:00:00.000Z";
const OTHER = CaseId.parse("CW-0000000000");
const customer: Actor = { kind: "customer" };
const kei: Actor = { kind: "staff", name: "Kei", roles: ["representative"] };

const context = (actor: Actor, rings: readonly Ring[] = [aRing()], now = NOW): ActionContext => ({
  now,
  actor,
  brand,
  newCaseId: OTHER,
  rings: new Map(rings.map((ring) => [ring.serialNumber, ring])),
  designs: new Map([["R-1001", aDesign()]]),
});
const APPROVED = { decision: "approve", at: "2026-04-01T00:00:00.000Z", by: "staff:Kei" };

/** Ended while `asks` was the last question. */
function anEnded(
  asks: Wait["asks"],
  fields: Partial<Case> = {},
  stage: Stage = "expired",
  outcome = "expired",
): CaseFile {
  const file = aCaseFile({
    case: {
      stage,
      ending: { stage: "expired", code: asks },
      endedAt: ENDED,
      linksExpireAt: "2026-06-30T14:00:00.000Z",
      machine: asks === "dispatch" ? "service-order" : "complimentary-resizing",
      attempt: asks === "dispatch" ? 2 : 1,
      waitNo: 4,
      ...fields,
    },
  });
  const { dueAt: _, remindAt: _r, ...wait } = aWait({ no: 4, asks });
  return {
    ...file,
    waits: [...file.waits.slice(0, 1), { ...wait, answer: { outcome, at: ENDED, by: "clock" } }],
  };
}
const reopened = (file: CaseFile, at = context(customer), input: { reason?: string } = {}): Change => {
  const change = reopening.apply(file, input, at);
  if (!change) throw new Error("nothing was changed");
  return change;
};
const because = { reason: "She was travelling" };
const problemOf = (run: () => unknown): { code: string; rules: (string | undefined)[] } => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, rules: error.errors.map((fault) => fault.rule) };
  }
  throw new Error("it was not refused");
};

const OFFER = {
  to: "repair-and-maintenance",
  text: "A second resizing carries a fee",
  at: ENDED,
  by: "staff:Kim",
  from: "review",
} as const;

describe("the question a reopened case goes on with", () => {
  it.each([
    ["photos", {}, "Await photos", "E2#0005"],
    ["photos", { review: { ...APPROVED, decision: "more-photos" } }, "Await photos", "E3#0005"],
    ["review", {}, "Await review", undefined],
    ["shipping-details", { review: APPROVED }, "Await shipping details", "E4#0005"],
    ["export-clearance", { review: APPROVED }, "Await shipping details", "E4#0005"],
    ["dispatch", { review: APPROVED }, "Await shipping details", "E4#0005"],
    ["conversion", { conversionOffer: OFFER }, "Await conversion", "E6#0005"],
    ["conversion", {}, "Await photos", "E2#0005"],
  ] as const)("after %s", (asks, fields, resumeAt, mailId) => {
    const change = reopened(anEnded(asks, fields));
    expect(change.start).toEqual({ machine: "complimentary-resizing", resumeAt, waitNo: 4 });
    expect(change.mails?.map((mail) => mail.mailId) ?? []).toEqual(mailId === undefined ? [] : [mailId]);
  });
  it("R12: where another case has used the right meanwhile, the offer of the paid process", () => {
    const used = aRing({ right: { state: "used", by: OTHER, at: ENDED } });
    const { start, case: fields } = reopened(anEnded("photos"), context(customer, [used]));
    expect(start?.resumeAt).toBe("Await conversion");
    expect(fields).toMatchObject({
      stage: "conversion-offered",
      assessment: { result: { verdict: "paid" } },
    });
  });
  it("after a failure: the one before it", () => {
    const file = anEnded("photos", {}, "cancelled");
    const waits = [...file.waits, { ...aWait({ no: 5, asks: "attention" }), reason: "PermanentError" }];
    const change = reopened({ ...file, waits, case: { ...file.case, waitNo: 5 } }, context(kei), because);
    expect(change.start).toMatchObject({ resumeAt: "Await photos", waitNo: 5 });
  });
  it("also where the process was stuck behind the very answer that ended it", () => {
    const file = anEnded("photos", {}, "cancelled");
    const waits = [...file.waits, { ...aWait({ no: 5, asks: "attention" }), reason: "Restarts" }];
    const change = reopened({ ...file, waits, case: { ...file.case, waitNo: 5 } }, context(kei), because);
    expect(change.waits).toMatchObject([{ no: 6, asks: "photos" }]);
    expect(change.waits?.[0]).not.toHaveProperty("answer");
  });
});

describe("what it becomes", () => {
  it("an open wait that needs no execution, the contact date kept, every trace of the end gone", () => {
    const file = anEnded("dispatch", {
      review: APPROVED,
      answers: { dispatch: "x@4" },
      tracking: { inbound: { attempt: 1, number: "794644790138", shipDate: "2026-04-10", scans: [] } },
      exportStatement: { basis: "exempt-30.37(a)" },
      shipping: {
        name: "Jane Doe",
        address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
        telephone: "4155550132",
        shipDate: "2026-04-10",
        at: ENDED,
      },
    });
    const { file: after, writes } = applyChange(file, reopened(file), NOW);
    expect(after.case).toMatchObject({
      stage: "shipping-details-requested",
      machine: "complimentary-resizing",
      attempt: 3,
      waitNo: 5,
      contactAt: file.case.contactAt,
      reopenedAt: NOW,
      answers: {},
      tracking: {},
    });
    for (const gone of ["ending", "endedAt", "linksExpireAt", "exportStatement", "cancellation"])
      expect(after.case).not.toHaveProperty(gone);
    expect(after.case.shipping).toMatchObject({ name: "Jane Doe" });
    expect(after.case.shipping).not.toHaveProperty("shipDate");
    expect(writes.waits).toMatchObject([{ no: 5, asks: "shipping-details", attempt: 3 }]);
    expect(writes.waits[0]?.dueAt).toBeDefined();
    expect(writes.execution).toMatchObject({ attempt: 3, waitNo: 4, resumeAt: "Await shipping details" });
  });
  it("R5: the right is set aside again; used by another meanwhile: refused", () => {
    const file = anEnded("shipping-details", { review: APPROVED });
    expect(reopened(file).rings?.[0]?.after).toMatchObject({
      openCase: CASE_ID,
      right: { state: "reserved", by: CASE_ID },
    });
    const used = aRing({ right: { state: "used", by: OTHER, at: ENDED } });
    const problem = problemOf(() => reopened(file, context(customer, [used])));
    expect(problem.code).toBe("rule-broken");
    expect(problem.rules).toContain("R5");
  });
  it("R20: refused while another case is open on the ring", () => {
    const taken = aRing({ openCase: OTHER });
    expect(problemOf(() => reopened(anEnded("photos"), context(customer, [taken])))).toEqual({
      code: "rule-broken",
      rules: ["R20"],
    });
  });
});

describe("by whom and until when", () => {
  const by = (actor: Actor) => (stage: Stage) =>
    reopened(anEnded("photos", {}, stage), context(actor), because);
  it("the customer: what silence has ended", () => {
    expect(by(customer)("expired").start).toBeDefined();
  });
  it.each(["expired", "cancelled", "declined"] as const)("staff: %s", (stage) => {
    expect(by(kei)(stage).start).toBeDefined();
  });
  it.each([
    [customer, "cancelled"],
    [customer, "declined"],
    [kei, "closed"],
    [kei, "lost"],
  ] as const)("not by %o: %s", (actor, stage) => {
    expect(problemOf(() => by(actor)(stage)).code).toBe("out-of-turn");
  });
  it("not once the ring was received", () => {
    const file = anEnded("photos", { receipt: aReceipt() }, "cancelled");
    expect(problemOf(() => reopened(file, context(kei), because)).code).toBe("out-of-turn");
  });
  it("R64: the whole sixtieth day is hers, on her calendar; the next is too late", () => {
    const file = anEnded("photos");
    expect(reopened(file, context(kei, [aRing()], "2026-07-01T03:59:59.999Z"), because).start).toBeDefined();
    const late = () => reopened(file, context(kei, [aRing()], "2026-07-01T04:00:00.000Z"), because);
    expect(problemOf(late)).toEqual({ code: "rule-broken", rules: ["R64"] });
  });
  it("staff say why", () => {
    expect(problemOf(() => reopened(anEnded("photos"), context(kei))).code).toBe("invalid-request");
  });
  it("a repeat changes nothing; a case that never ended is out of turn", () => {
    const open = aCaseFile({ case: { reopenedAt: NOW } });
    expect(reopening.apply(open, {}, context(customer))).toBeUndefined();
    expect(problemOf(() => reopening.apply(aCaseFile(), {}, context(customer))).code).toBe("out-of-turn");
  });
});
