/** A cancellation at any time: what it does is decided by what is asked, and by where the ring is (R5, R53). */
import { describe, expect, it } from "vitest";
import type { ActionContext, Actor } from "../../lambdas/actions/action.ts";
import { attention } from "../../lambdas/actions/attention.ts";
import { cancellation } from "../../lambdas/actions/cancellation.ts";
import { expire } from "../../lambdas/actions/expire.ts";
import type { Case } from "../../lambdas/domain/case.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { openWait } from "../../lambdas/domain/open-wait.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import type { Wait } from "../../lambdas/domain/wait.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, aReceipt, aWait } from "../builders/case-file.ts";
import { anHonestWorld, CUSTOMER, goesOn, STAFF } from "../builders/honest.ts";

const NOW = "2026-04-20T15:00:00.000Z";
const PARCEL = { attempt: 1, number: "794644790138", shipDate: "2026-03-30", scans: [] };
const context = (actor: Actor): ActionContext => ({
  now: NOW,
  actor,
  brand,
  newCaseId: CaseId.parse("CW-N3WN3WN3WN"),
  rings: new Map(),
  designs: new Map(),
});
const answer = (outcome: string) => ({ outcome, at: NOW, by: "customer" });
/** A case whose waits were these, the last of them the present one. */
const after = (waits: readonly Partial<Wait>[], fields: Partial<Case> = {}): CaseFile =>
  aCaseFile({
    case: { waitNo: waits.length, ...fields },
    waits: waits.map((wait, index) => aWait({ no: index + 1, ...wait })),
  });
const cancel = (file: CaseFile, actor: Actor = CUSTOMER) => cancellation.apply(file, {}, context(actor));
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  throw new Error("it was not refused");
};
const UNDER_WAY = [
  ["the carrier has it", { tracking: { inbound: { ...PARCEL, firstScanAt: "2026-03-30T18:00:00" } } }],
  ["she said it was sent", { tracking: { inbound: PARCEL }, reportedSentAt: NOW }],
] as const satisfies readonly (readonly [string, Partial<Case>])[];

describe("while a person looks after what a step could not do", () => {
  const stopped = { asks: "attention" as const, resumeAt: "Await receipt", reason: "TransientError" };

  it.each(UNDER_WAY)(
    "R5: %s: recorded, the ring comes back unworked; nobody ends the case over it",
    (_name, fields) => {
      const file = after([stopped], { stage: "attention", ...fields });
      const change = cancel(file);
      expect(change?.answer).toBeUndefined();
      expect(change?.case).toMatchObject({ returnUnworked: true, cancellation: { by: "customer" } });
      expect(codeOf(() => attention.apply(file, { decision: "cancel" }, context(STAFF)))).toBe("rule-broken");
      expect(attention.apply(file, { decision: "retry" }, context(STAFF))?.answer?.outcome).toBe("retry");
    },
  );

  it("R5: with the ring in Japan it is recorded, and takes effect when the work is asked for", () => {
    const file = after(
      [
        { asks: "receipt", answer: answer("received") },
        { ...stopped, resumeAt: "Await work" },
      ],
      {
        stage: "attention",
        receipt: aReceipt(),
      },
    );
    const change = cancel(file);
    expect(change?.answer).toBeUndefined();
    const cancelled: CaseFile = {
      ...file,
      case: { ...file.case, cancellation: { at: NOW, by: "customer" } },
    };
    const work = openWait(cancelled, { asks: "work", machine: "service-order", attempt: 1 }, NOW, brand);
    expect(work.waits?.at(-1)?.answer?.outcome).toBe("cancelled");
    expect(work.case).toMatchObject({ returnUnworked: true });
    expect(work.case?.ending).toBeUndefined();
  });

  it("after the inspection it comes too late", () => {
    const file = after(
      [
        { asks: "inspection", answer: answer("passed") },
        { ...stopped, resumeAt: "Prepare return" },
      ],
      {
        stage: "attention",
        receipt: aReceipt(),
      },
    );
    expect(codeOf(() => cancel(file))).toBe("out-of-turn");
  });

  it("with nothing sent the case ends", () => {
    const file = after([stopped], { stage: "attention", tracking: { inbound: PARCEL } });
    expect(cancel(file)?.answer?.outcome).toBe("cancelled");
    expect(attention.apply(file, { decision: "cancel" }, context(STAFF))?.answer?.outcome).toBe("cancelled");
  });
});

describe("between two waits", () => {
  it("the work is finished: too late, though its inspection is not asked for yet", () => {
    expect(
      codeOf(() => cancel(after([{ asks: "work", answer: answer("finished") }], { stage: "in-work" }))),
    ).toBe("out-of-turn");
  });
  it("the work takes longer: recorded, and the ring comes home unworked", () => {
    const file = after([{ asks: "work", answer: answer("extended") }], {
      stage: "in-work",
      receipt: aReceipt(),
    });
    expect(cancel(file)?.case?.cancellation).toBeDefined();
  });
  it("R53: the carrier has the parcel before its wait is opened: it is on its way all the same", () => {
    const fields = { cancellation: { at: NOW, by: "customer" }, ...UNDER_WAY[0][1] };
    const file = after([{ asks: "export-clearance", answer: answer("reissue") }], fields);
    const next = openWait(file, { asks: "dispatch", machine: "service-order", attempt: 1 }, NOW, brand);
    expect(next.waits?.at(-1)?.answer?.outcome).toBe("dispatched");
  });
  it("her words are kept as the ending's", () => {
    const file = after([{ asks: "photos", answer: answer("submitted") }], {
      cancellation: { at: NOW, by: "customer", reason: "I sold it" },
    });
    const next = openWait(
      file,
      { asks: "review", machine: "complimentary-resizing", attempt: 1 },
      NOW,
      brand,
    );
    expect(next.case?.ending).toEqual({ stage: "cancelled", code: "customer", text: "I sold it" });
  });
});

describe("said to be sent, and never seen by the carrier", () => {
  const cancelled = { cancellation: { at: "2026-04-01T00:00:00.000Z", by: "customer" } };
  const waits = (remindAt?: string) => [
    { asks: "receipt" as const, deadline: undefined, remindAt, dueAt: NOW },
  ];
  const sent = { stage: "dispatched" as const, ...UNDER_WAY[1][1] };

  it("before somebody should look after it: a cancellation waits for the parcel", () => {
    expect(cancel(after(waits("2026-04-21T00:00:00.000Z"), sent))?.answer).toBeUndefined();
    expect(
      expire(after(waits("2026-04-21T00:00:00.000Z"), { ...sent, ...cancelled }), NOW, brand),
    ).toBeUndefined();
  });
  it("then the recorded one takes effect: nobody waits for ever", () => {
    const change = expire(after(waits(NOW), { ...sent, ...cancelled }), NOW, brand);
    expect(change).toMatchObject({
      answer: { outcome: "cancelled" },
      case: { ending: { stage: "cancelled" } },
    });
  });
  it("and staff or the customer may still end it", () => {
    expect(cancel(after(waits(), sent), STAFF)?.answer?.outcome).toBe("cancelled");
    expect(cancel(after(waits(), { ...sent, ...cancelled }))?.case?.cancellation).toEqual(
      cancelled.cancellation,
    );
  });
  it("what the carrier has had in hand is waited for", () => {
    const scanned = { ...sent, ...cancelled, ...UNDER_WAY[0][1] };
    expect(expire(after(waits(NOW), scanned), NOW, brand)).toBeUndefined();
    expect(cancel(after(waits(), scanned))).toBeUndefined();
  });

  it("played: cancelled after she said so, the case ends by itself and may be reopened for another ship date", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "dispatch" });
    await world.act(CUSTOMER, "dispatch", {});
    await world.settle();
    await world.act(CUSTOMER, "cancellation", {});
    expect(world.file().case.stage).toBe("dispatched");
    await world.pass(35 * 24 * 60);
    expect(world.file().case.stage).toBe("cancelled");
    expect(world.labels.map((label) => label.cancelled)).toEqual([true]);
    expect(await world.act(STAFF, "reopening", { reason: "she found it" })).toBe("done");
    expect(world.file().case.stage).toBe("shipping-details-requested");
    await goesOn(world);
    expect(world.file().case.stage).toBe("closed");
  });
});
