import { describe, expect, it } from "vitest";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { openWait } from "../../lambdas/domain/open-wait.ts";
import { createClockHandler } from "../../lambdas/handlers/events/clock/clock.ts";
import { brand as exampleBrand } from "../../lambdas/platform/brand.ts";
import type { Processes } from "../../lambdas/ports/processes.ts";
import { aCase, aCaseFile, aMail, aWait, CASE_ID } from "../builders/case-file.ts";
import { anInvoice } from "../builders/invoice.ts";
import { memoryStore } from "../builders/memory-store.ts";

const REMIND = "2026-03-20T22:30:00.000Z";
const DEADLINE = "2026-03-27T22:30:00.000Z";
const answer = { outcome: "submitted", at: "2026-03-14T00:00:00.000Z", by: "customer" };

function clockOn(file = aCaseFile({ waits: [aWait()], mails: [] }), running = true) {
  const store = memoryStore(file);
  const completed: string[] = [];
  const failures: unknown[] = [];
  const lost: string[] = [];
  const processes: Processes = {
    start: () => Promise.reject(new Error("the clock starts nothing itself")),
    settle: () => Promise.reject(new Error("the clock settles nothing itself")),
    complete: (token) => {
      completed.push(token);
      return Promise.resolve("completed");
    },
    isRunning: () => Promise.resolve(running),
  };
  const tick = createClockHandler({
    brand: exampleBrand,
    store,
    processes,
    attention: () => {},
    failed: (_caseId, error) => failures.push(error),
    mailLost: (_caseId, mailId) => lost.push(mailId),
  });
  return { store, tick, completed, failures, lost, file: () => store.file(CASE_ID) };
}

describe("a wait on the customer (R64)", () => {
  it("R64: reminds once, half way, by one mail", async () => {
    const { tick, file } = clockOn();
    await tick({ time: REMIND });
    await tick({ time: REMIND });
    expect(file().mails.map((mail) => mail.mailId)).toEqual(["E12#0001-reminder"]);
    expect(file().waits[0]).toMatchObject({ dueAt: DEADLINE });
    expect(file().waits[0]?.remindAt).toBeUndefined();
  });

  it("R64: expires after the last day, through the same door as an answer", async () => {
    const { tick, file } = clockOn();
    await tick({ time: DEADLINE });
    expect(file().waits[0]?.answer).toEqual({ outcome: "expired", at: DEADLINE, by: "clock" });
    expect(file().case.ending).toEqual({ stage: "expired", code: "photos" });
  });

  it("R64: the days are configuration: silence that ends before its reminder ends on its own day", async () => {
    const brand = { ...exampleBrand, days: { ...exampleBrand.days, photos: 3, remindAfter: 7 } };
    const question = { asks: "photos", machine: "complimentary-resizing", attempt: 1 } as const;
    const { waits } = openWait(aCaseFile({ mails: [] }), question, REMIND, brand);
    expect(waits?.at(-1)).toMatchObject({
      deadline: "2026-03-24T03:59:59.999Z",
      dueAt: "2026-03-24T03:59:59.999Z",
    });
  });

  it("R64: an answer given at the very moment of expiry stands", async () => {
    const { tick, file, store } = clockOn();
    const load = store.load.bind(store);
    let reads = 0;
    store.load = async (caseId) => {
      reads += 1;
      const before = await load(caseId);
      if (reads === 1 && before) {
        const answered = { ...before, case: { ...before.case, version: before.case.version + 1 } };
        store.files.set(caseId, {
          ...answered,
          waits: [aWait({ answer, dueAt: "2026-03-28T00:00:00.000Z" })],
        });
      }
      return before;
    };
    await tick({ time: DEADLINE });
    expect(file().waits[0]?.answer).toEqual(answer);
  });

  it("decides again when the case changed under it: after a restart nothing waits for the next minute", async () => {
    const { tick, store } = clockOn(undefined, false);
    store.conflicts = 1;
    await tick({ time: "2026-03-14T00:00:00.000Z", sweep: true });
    expect(store.written.at(-1)?.execution).toMatchObject({ attempt: 2 });
  });
});

describe("an answer that got the process nowhere", () => {
  const answered = aCaseFile({
    waits: [aWait({ answer, remindAt: undefined, dueAt: "2026-03-14T00:05:00.000Z" })],
    mails: [],
  });

  it("is sent once more while the execution runs", async () => {
    const { tick, completed, file } = clockOn(answered);
    await tick({ time: "2026-03-14T00:05:00.000Z" });
    expect(completed).toEqual(["task-token"]);
    expect(file().case.attempt).toBe(1);
    expect(file().waits[0]?.dueAt).toBe("2026-03-14T00:10:00.000Z");
  });

  it("starts the next attempt at that wait where no execution runs (design, idea 4)", async () => {
    const { tick, store, file } = clockOn(answered, false);
    await tick({ time: "2026-03-14T00:05:00.000Z" });
    expect(store.written.at(-1)?.execution).toMatchObject({
      attempt: 2,
      resumeAt: "Await photos",
      waitNo: 0,
    });
    expect(file().waits[0]?.answer).toEqual(answer);
  });

  it("leads to a person after five restarts, and the answer is not asked for again", async () => {
    const { tick, file } = clockOn(answered, false);
    for (let minute = 5; minute <= 30; minute += 5)
      await tick({ time: `2026-03-14T00:${String(minute).padStart(2, "0")}:00.000Z` });
    expect(file().case.stage).toBe("attention");
    expect(file().waits.at(-1)).toMatchObject({
      asks: "attention",
      resumeAt: "Await photos",
      reason: "Restarts",
    });
  });
});

describe("the sweep", () => {
  it("takes up an open wait whose execution is gone, without asking anybody again", async () => {
    const { tick, store, file } = clockOn(undefined, false);
    await tick({ time: "2026-03-14T00:00:00.000Z", sweep: true });
    expect(store.written.at(-1)?.execution).toMatchObject({
      attempt: 2,
      resumeAt: "Await photos",
      waitNo: 0,
    });
    expect(file().mails).toEqual([]);
  });

  it("may do so as often as the machine is restarted: an open wait is no failure", async () => {
    const { tick, file } = clockOn(undefined, false);
    for (let day = 14; day < 20; day += 1) await tick({ time: `2026-03-${day}T00:00:00.000Z`, sweep: true });
    expect(file().case.stage).toBe("photos-requested");
  });

  it("leaves a running execution alone", async () => {
    const { tick, store } = clockOn();
    await tick({ time: "2026-03-14T00:00:00.000Z", sweep: true });
    expect(store.written).toEqual([]);
  });
});

describe("an unconfirmed mail", () => {
  const sent = aMail({ status: "sent", tries: 1 });

  it("is wanted once more", async () => {
    const { tick, file } = clockOn(aCaseFile({ waits: [aWait()], mails: [sent] }));
    await tick({ time: "2026-03-13T22:45:00.000Z" });
    expect(file().mails[0]).toMatchObject({ status: "wanted", tries: 1 });
  });

  it("is given up after the second time, and operations hears of it", async () => {
    const { tick, file, lost } = clockOn(aCaseFile({ waits: [aWait()], mails: [{ ...sent, tries: 2 }] }));
    await tick({ time: "2026-03-13T22:45:00.000Z" });
    expect(file().mails[0]).toMatchObject({ status: "failed" });
    expect(file().mails[0]?.dueAt).toBeUndefined();
    expect(lost).toEqual(["E2#0001"]);
  });
});

it("goes on with the other rows when one fails", async () => {
  const broken = aCase({ caseId: "CW-0000000000" });
  const { store, tick, failures, file } = clockOn();
  store.files.set(broken.caseId, {
    ...aCaseFile({ waits: [aWait({ dueAt: "2026-03-01T00:00:00.000Z", answer })] }),
    case: broken,
  });
  const load = store.load.bind(store);
  store.load = (caseId) =>
    caseId === broken.caseId ? Promise.reject(new Error("unreadable")) : load(caseId);
  await tick({ time: REMIND });
  expect(failures).toHaveLength(1);
  expect(file().mails).toHaveLength(1);
});

describe("a settlement that was not done", () => {
  const ordered = (late: number, dueAt: string) => ({
    caseId: CaseId.parse(CASE_ID),
    no: 1,
    round: late + 1,
    late,
    orderedAt: "2026-03-14T00:00:00.000Z",
    dueAt,
  });
  const draft = anInvoice({ status: "draft" });
  const withSettlement = (late: number, dueAt: string, outstanding = true) => {
    const clock = clockOn(aCaseFile({ waits: [], mails: [], invoices: outstanding ? [draft] : [] }));
    clock.store.settlements.set(`${CASE_ID} 1`, ordered(late, dueAt));
    return clock;
  };
  const settlementOf = (clock: ReturnType<typeof clockOn>) => clock.store.settlements.get(`${CASE_ID} 1`);
  const DUE = "2026-03-14T01:00:00.000Z";

  it("is started once more under another name, and then later and later", async () => {
    const clock = withSettlement(0, DUE);
    await clock.tick({ time: DUE });
    expect(settlementOf(clock)).toMatchObject({ round: 2, late: 1, dueAt: "2026-03-14T01:10:00.000Z" });
    await clock.tick({ time: "2026-03-14T01:10:00.000Z" });
    expect(settlementOf(clock)).toMatchObject({ round: 3, late: 2, dueAt: "2026-03-14T01:30:00.000Z" });
    expect(clock.failures).toEqual([]);
  });
  it("is tried once a day in the end, and a person is told each time", async () => {
    const clock = withSettlement(4, DUE);
    await clock.tick({ time: DUE });
    expect(settlementOf(clock)).toMatchObject({ round: 6, late: 5, dueAt: "2026-03-15T01:00:00.000Z" });
    expect(clock.failures.map(String)).toEqual(["PermanentError: settlement 1 does not succeed"]);
  });
  it("is taken up by a sweep before its time, as often as one sweeps, and nothing counts against it", async () => {
    const clock = withSettlement(0, "2026-03-15T00:00:00.000Z");
    for (let sweep = 0; sweep < 8; sweep += 1) await clock.tick({ time: DUE, sweep: true });
    expect(settlementOf(clock)).toMatchObject({ round: 9, late: 0 });
    expect(clock.failures).toEqual([]);
  });
  it("is off the list once nothing is outstanding", async () => {
    const clock = withSettlement(0, DUE, false);
    await clock.tick({ time: DUE });
    expect(settlementOf(clock)?.dueAt).toBeUndefined();
    expect(clock.failures).toEqual([]);
  });
});
