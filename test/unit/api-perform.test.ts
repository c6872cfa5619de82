/** Actions are carried out once, in turn, by the case as it is when it is written. */

import { describe, expect, it } from "vitest";
import * as z from "zod";
import exampleBrand from "../../config/brand.example.json" with { type: "json" };
import { type Action, type Actor, openWaitFor } from "../../lambdas/actions/action.ts";
import { Brand } from "../../lambdas/domain/brand.ts";
import { Stage } from "../../lambdas/domain/case.ts";
import { type CaseFile, type Change, currentWait } from "../../lambdas/domain/case-file.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import type { Asks, Wait } from "../../lambdas/domain/wait.ts";
import { WAITS } from "../../lambdas/domain/wait-table.ts";
import { type Asked, perform } from "../../lambdas/platform/perform.ts";
import { aCaseFile, aDesign, aRing, aWait, CASE_ID } from "../builders/case-file.ts";
import { type MemoryStore, memoryStore } from "../builders/memory-store.ts";

const NOW = "2026-03-14T12:00:00.000Z";
const brand = Brand.parse(exampleBrand);
const Input = z.strictObject({ text: z.string().min(1) });
type Input = z.infer<typeof Input>;

/** Answers the wait it is asked for. */
const answering = (name: Asks, stages: readonly Stage[]): Action<Input> => ({
  name,
  customer: true,
  staff: ["representative"],
  input: Input,
  stages,
  apply(file, { text }) {
    openWaitFor(file, name);
    return {
      events: [{ type: "TestAnswered", by: "test", shown: false, data: { text } }],
      answer: { outcome: "submitted", by: "test" },
    };
  },
});
const photos = answering("photos", ["photos-requested"]);
const review = answering("review", ["in-review"]);
const work = answering("work", ["in-work"]);
const attention = answering("attention", ["attention"]);
/** A fact for any time, which answers nothing. */
const note: Action<Input> = {
  name: "notes",
  customer: false,
  staff: ["representative"],
  input: Input,
  stages: Stage.options,
  apply: (_file, { text }) => ({ events: [], notes: [{ at: NOW, by: "staff:Kei", text }] }),
};

/** What the process does when it goes on: the next wait, and the stage that belongs to it. */
function goOn(store: MemoryStore, asks: Asks): void {
  const file = store.file(CASE_ID);
  const { dueAt: _, ...former } = currentWait(file);
  const no = file.case.waitNo + 1;
  const next: Wait = { ...aWait({ no, asks }), token: `token-${no}` };
  const stage = WAITS[asks]?.stage;
  const change: Change = { case: { waitNo: no, stage }, events: [], waits: [former, next] };
  void store.commit(file, change, NOW);
}

function setUp(file: CaseFile = aCaseFile(), onPause: (store: MemoryStore, nth: number) => void = () => {}) {
  const store = memoryStore(file);
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    onPause(store, pauses.length);
  };
  const send = <T>(action: Action<T>, body: unknown, more: Partial<Asked> = {}) =>
    perform({ store, brand, pause }, action, {
      caseId: CASE_ID,
      actor: { kind: "customer" },
      body,
      now: NOW,
      ...more,
    }).then(
      (after) => ({ version: after.case.version, stage: after.case.stage }),
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        return { code: error.code, ...error.extensions };
      },
    );
  return { store, pauses, send };
}

describe("an action", () => {
  it("is written with what it answers, and what was said is remembered as a hash only", async () => {
    const { store, send } = setUp();
    expect(await send(photos, { text: "my words" })).toMatchObject({ version: 3 });
    const file = store.file(CASE_ID);
    expect(file.waits[1]?.answer).toMatchObject({ outcome: "submitted", at: NOW });
    expect(file.case.answers.photos).toMatch(/^[\w-]{22}@1$/);
  });

  it("needs a body of its schema, a case that is there, and the role", async () => {
    const { send, store } = setUp();
    expect(await send(photos, { text: "" })).toMatchObject({ code: "invalid-request" });
    expect(await send(photos, { text: "x" }, { caseId: "CW-0000000000" })).toMatchObject({
      code: "not-found",
    });
    const actor: Actor = { kind: "staff", name: "Kei", roles: ["workshop"] };
    expect(await send(photos, { text: "x" }, { actor })).toMatchObject({ code: "forbidden" });
    expect(store.written).toHaveLength(0);
  });

  it("out of turn is refused with the stage, and nothing is recorded", async () => {
    const { send, store } = setUp();
    expect(await send(work, { text: "x" })).toEqual({ code: "out-of-turn", stage: "photos-requested" });
    expect(store.written).toHaveLength(0);
  });

  it("that finds everything so already writes nothing", async () => {
    const { send, store } = setUp();
    expect(await send({ ...note, apply: () => undefined }, { text: "x" })).toMatchObject({ version: 2 });
    expect(store.written).toHaveLength(0);
  });

  it("is given the rings and designs it needs, the ledger's design among them", async () => {
    const { store, send } = setUp();
    store.rings.set("SN-1", aRing({ serialNumber: "SN-1", designNumber: "R-OTHER" }));
    store.designs.set("R-OTHER", aDesign({ designNumber: "R-OTHER" }));
    const seen: string[] = [];
    const needing: Action<Input> = {
      ...note,
      needs: () => ({ serials: ["SN-1"], designs: ["R-1001"] }),
      apply: (_file, _input, { rings, designs }) => {
        seen.push(...rings.keys(), ...designs.keys());
        return undefined;
      },
    };
    await send(needing, { text: "x" });
    expect(seen).toEqual(["SN-1", "R-OTHER"]);
  });

  it("uses the case its link has just read, without reading it again", async () => {
    const { store, send } = setUp();
    const file = store.file(CASE_ID);
    store.load = () => Promise.reject(new Error("read twice"));
    expect(await send(photos, { text: "x" }, { file })).toMatchObject({ version: 3 });
  });
});

describe("the same answer twice", () => {
  it("gets the same result and is written once", async () => {
    const { store, send } = setUp();
    const first = await send(photos, { text: "x" });
    expect(await send(photos, { text: "x" })).toEqual(first);
    expect(store.written).toHaveLength(1);
  });

  it("also after the process has gone on, and with the version the first try was sent with", async () => {
    const { store, send } = setUp();
    await send(photos, { text: "x" }, { version: 2 });
    goOn(store, "review");
    expect(await send(photos, { text: "x" }, { version: 2 })).toMatchObject({ stage: "in-review" });
    expect(store.file(CASE_ID).events.filter((event) => event.type === "TestAnswered")).toHaveLength(1);
  });

  it("another answer is a contradiction: 409 with the stage", async () => {
    const { store, send } = setUp();
    await send(photos, { text: "x" });
    goOn(store, "review");
    expect(await send(photos, { text: "y" })).toEqual({ code: "already-answered", stage: "in-review" });
  });

  it("asked in a second round, the same words are a new answer", async () => {
    const { store, send } = setUp();
    await send(photos, { text: "x" });
    goOn(store, "review");
    await send(review, { text: "again, please" });
    goOn(store, "photos");
    await send(photos, { text: "x" });
    goOn(store, "review");
    await send(review, { text: "again, please" });
    expect(store.file(CASE_ID).waits.map((wait) => wait.answer?.outcome)).toEqual([
      "filed",
      "submitted",
      "submitted",
      "submitted",
      "submitted",
    ]);
  });

  it("sent while the second round is just being opened, they wait for it", async () => {
    const { store, send } = setUp(undefined, (inStore) => goOn(inStore, "photos"));
    await send(photos, { text: "x" });
    goOn(store, "review");
    await send(review, { text: "again, please" });
    await send(photos, { text: "x" });
    expect(currentWait(store.file(CASE_ID))).toMatchObject({ no: 3, asks: "photos", answer: {} });
  });

  it("R60: the same extension again right away is a repeat, though the work is awaited anew", async () => {
    const { store, send } = setUp(
      aCaseFile({ case: { stage: "in-work" }, waits: [aWait({ asks: "work" })] }),
    );
    await send(work, { text: "7 days" });
    goOn(store, "work");
    await send(work, { text: "7 days" });
    expect(store.file(CASE_ID).events.filter((event) => event.type === "TestAnswered")).toHaveLength(1);
    expect(await send(work, { text: "finished" })).toHaveProperty("version");
    expect(store.file(CASE_ID).events.filter((event) => event.type === "TestAnswered")).toHaveLength(2);
  });

  it("a step that failed once more can be tried once more", async () => {
    const { store, send } = setUp(
      aCaseFile({ case: { stage: "attention" }, waits: [aWait({ asks: "attention" })] }),
    );
    await send(attention, { text: "retry" });
    await send(attention, { text: "retry" });
    expect(store.written).toHaveLength(1);
    goOn(store, "attention");
    await send(attention, { text: "retry" });
    expect(currentWait(store.file(CASE_ID)).answer).toBeDefined();
  });

  it("the order of its fields does not matter, other words do", async () => {
    const Two = z.strictObject({ a: z.int(), b: z.array(z.int()) });
    const two: Action<z.infer<typeof Two>> = {
      name: "notes",
      customer: true,
      staff: [],
      input: Two,
      stages: Stage.options,
      apply: () => ({ events: [] }),
    };
    const { store, send } = setUp();
    await send(two, { a: 1, b: [1, 2] });
    await send(two, { b: [1, 2], a: 1 });
    expect(store.written).toHaveLength(1);
    await send(two, { a: 1, b: [2, 1] });
    expect(store.written).toHaveLength(2);
  });
});

describe("between two waits", () => {
  const answeredAt = (at: string) =>
    aCaseFile({ waits: [aWait({ answer: { outcome: "submitted", at, by: "customer" } })] });

  it("an action for the next wait waits until it is open", async () => {
    const { send, pauses } = setUp(answeredAt("2026-03-14T11:59:59.000Z"), (store, nth) => {
      if (nth === 3) goOn(store, "review");
    });
    expect(await send(review, { text: "x" })).toMatchObject({ stage: "in-review" });
    expect(pauses).toEqual([150, 150, 150]);
  });

  it("after 3 s it is out of turn", async () => {
    const { send, pauses } = setUp(answeredAt("2026-03-14T11:59:59.000Z"));
    expect(await send(review, { text: "x" })).toEqual({ code: "out-of-turn", stage: "photos-requested" });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(3000);
  });

  it("where nothing has moved for 15 s nobody waits", async () => {
    const { send, pauses } = setUp(answeredAt("2026-03-14T11:59:45.000Z"));
    expect(await send(photos, { text: "x" })).toMatchObject({ code: "out-of-turn" });
    expect(pauses).toEqual([]);
  });

  it("nor at the end of a case", async () => {
    const { send, pauses } = setUp(
      aCaseFile({ ...answeredAt(NOW), case: { stage: "cancelled", endedAt: NOW } }),
    );
    expect(await send(photos, { text: "x" })).toEqual({ code: "out-of-turn", stage: "cancelled" });
    expect(pauses).toEqual([]);
  });

  it("a fact needs no open wait", async () => {
    const { send, store, pauses } = setUp(answeredAt(NOW));
    const actor: Actor = { kind: "staff", name: "Kei", roles: ["manager"] };
    expect(await send(note, { text: "x" }, { actor })).toHaveProperty("version");
    expect(store.file(CASE_ID).notes).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it("what breaks a rule is refused at once", async () => {
    const { send, pauses } = setUp(answeredAt(NOW));
    const wrong = {
      ...note,
      apply: () => {
        throw new Problem("rule-broken");
      },
    };
    expect(await send(wrong, { text: "x" })).toMatchObject({ code: "rule-broken" });
    expect(pauses).toEqual([]);
  });
});

describe("two at once", () => {
  it("who loses reads again and decides again", async () => {
    const { send, store, pauses } = setUp();
    store.conflicts = 2;
    expect(await send(photos, { text: "x" })).toMatchObject({ version: 3 });
    expect(pauses).toHaveLength(2);
    expect(pauses.every((ms) => ms <= 80)).toBe(true);
  });

  it("who keeps losing hears that the case has changed", async () => {
    const { send, store } = setUp();
    store.conflicts = 5;
    expect(await send(photos, { text: "x" })).toEqual({ code: "case-changed" });
  });

  it("the same answer sent twice at once is one answer", async () => {
    const { send, store } = setUp();
    const results = await Promise.all([send(photos, { text: "x" }), send(photos, { text: "x" })]);
    expect(results.map((one) => "version" in one)).toEqual([true, true]);
    expect(store.written).toHaveLength(1);
  });

  it("two different answers at once: one is written, the other told so", async () => {
    const { send, store } = setUp();
    const results = await Promise.all([send(photos, { text: "x" }), send(photos, { text: "y" })]);
    expect(results).toEqual([
      expect.objectContaining({ version: 3 }),
      { code: "already-answered", stage: "photos-requested" },
    ]);
    expect(store.written).toHaveLength(1);
  });

  it("If-Match stops an action on a case that has changed since, and says the version it has", async () => {
    const { send, store } = setUp();
    expect(await send(photos, { text: "x" }, { version: 1 })).toEqual({ code: "case-changed", version: 2 });
    expect(await send(photos, { text: "x" }, { version: 2 })).toMatchObject({ version: 3 });
    expect(store.written).toHaveLength(1);
  });
});
