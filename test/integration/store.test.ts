/** The store against a real DynamoDB protocol: what is written, read back, found and paged. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import { partition } from "../../lambdas/adapters/dynamodb/read.ts";
import type { Change } from "../../lambdas/domain/case-file.ts";
import type { Mail } from "../../lambdas/domain/mail.ts";
import type { Media } from "../../lambdas/domain/media.ts";
import type { CaseStore } from "../../lambdas/ports/case-store.ts";
import { aRing } from "../builders/case-file.ts";
import { startTable, type TestTable } from "../builders/dynamodb.ts";
import { aCaseId, aStoredCase, hashOf, NOW } from "../builders/stored-case.ts";

const LATER = "2026-03-11T10:00:00.000Z";
let table: TestTable;
let store: CaseStore;
/** Every test has cases of its own. */
let n = 0;

beforeAll(async () => {
  table = await startTable();
  store = createCaseStore(table);
});
afterAll(() => table.stop());
beforeEach(() => {
  n += 1000;
});

const request = (key: string) => ({ keyHash: hashOf(key), bodyHash: hashOf("body"), caseId: aCaseId(n) });
async function filed(no = n, change: Parameters<CaseStore["create"]>[1] = {}) {
  const file = aStoredCase({ caseId: aCaseId(no) });
  await store.create(file, change, request(`key-${no}`));
  return file;
}
const filedAndLoaded = async (no = n) => {
  await filed(no);
  const file = await store.load(aCaseId(no));
  if (!file) throw new Error("not there");
  return file;
};

const aMedia = (overrides: Partial<Media> = {}): Media => ({
  mediaId: "0".repeat(32),
  slot: "top",
  fileName: "top.jpg",
  contentType: "image/jpeg",
  size: 1000,
  ticketAt: NOW,
  uploadKey: "uploads/x/y",
  status: "expected",
  ...overrides,
});

describe("a case's file", () => {
  it("is read back as it was written", async () => {
    const file = await filed();
    expect(await store.load(file.case.caseId)).toEqual(file);
  });

  it("is undefined for a case that is not there, and for one of which only a stray item is", async () => {
    expect(await store.load("CW-NOTHERE000")).toBeUndefined();
    await store.putLink(aCaseId(n), { hash: hashOf("stray"), createdAt: NOW });
    expect(await store.load(aCaseId(n))).toBeUndefined();
  });

  it("is read whole when it no longer fits one page of a Query (1 MB)", async () => {
    let file = await filedAndLoaded();
    const text = "x".repeat(4000);
    for (let round = 0; round < 4; round++)
      file = await store.commit(
        file,
        { events: [], notes: Array.from({ length: 75 }, () => ({ at: LATER, by: "staff:Kei", text })) },
        LATER,
      );
    const read = await store.load(file.case.caseId);
    expect(read?.notes).toHaveLength(300);
    expect(read?.case.version).toBe(5);
  });

  it("keeps no e-mail address in any key, and finds the case by it however it is typed", async () => {
    await filed(n, {
      lookups: [
        { kind: "email", value: `Ada${n}@Example.com ` },
        { kind: "serial", value: `SN-${n}` },
      ],
    });
    expect(await store.find("email", `ada${n}@example.COM`)).toEqual([aCaseId(n)]);
    expect(await store.find("serial", `SN-${n}`)).toEqual([aCaseId(n)]);
    expect(await store.find("order", `SN-${n}`)).toEqual([]);
    const rows = await partition(
      table.client,
      table.tableName,
      `LOOKUP#email#${hashOf(`ada${n}@example.com`)}`,
    );
    expect(JSON.stringify(rows)).not.toContain("example.com");
  });

  it("lists cases under a lookup newest first", async () => {
    const lookups = [{ kind: "order" as const, value: `ORDER-${n}` }];
    const times = ["2026-01-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"];
    for (const [index, contactAt] of times.entries())
      await store.create(
        aStoredCase({ caseId: aCaseId(n + index), contactAt }),
        { lookups },
        request(`${n}-${index}`),
      );
    expect(await store.find("order", `ORDER-${n}`)).toEqual([1, 2, 0].map((index) => aCaseId(n + index)));
  });
});

describe("a change", () => {
  it("writes the case, its event, its answer, mails and the next execution at once", async () => {
    const file = await filedAndLoaded();
    const change: Change = {
      case: { stage: "in-review", assignee: "Kei" },
      events: [{ type: "PhotosSubmitted", by: "customer", shown: true }],
      answer: { outcome: "submitted", by: "customer" },
      mails: [{ mailId: "E1#filing", email: "E1", params: {} }],
      notes: [{ at: LATER, by: "staff:Kei", text: "first" }],
      messages: [{ no: 1, at: LATER, from: "customer", by: "customer", text: "hello" }],
      media: [aMedia()],
      start: { machine: "service-order", waitNo: 1 },
      lookups: [{ kind: "tracking", value: `T${n}` }],
    };
    const after = await store.commit(file, change, LATER);
    const read = await store.load(file.case.caseId);
    expect(read).toEqual(after);
    expect(read?.case).toMatchObject({
      version: 2,
      eventNo: 2,
      attempt: 2,
      stage: "in-review",
      since: LATER,
    });
    expect(read?.waits[1]).toMatchObject({
      token: "first-task-token",
      answer: { outcome: "submitted", at: LATER },
      dueAt: "2026-03-11T10:05:00.000Z",
    });
    expect(read?.waits[1]).not.toHaveProperty("remindAt");
    expect(read?.mails).toMatchObject([{ mailId: "E1#filing", status: "wanted", tries: 0 }]);
    expect(await store.find("tracking", `T${n}`)).toEqual([file.case.caseId]);
  });

  it("removes a field set to undefined", async () => {
    const file = await filedAndLoaded();
    const assigned = await store.commit(file, { case: { assignee: "Kei" }, events: [] }, LATER);
    await store.commit(assigned, { case: { assignee: undefined }, events: [] }, LATER);
    expect((await store.load(file.case.caseId))?.case).not.toHaveProperty("assignee");
  });

  it("opens the next wait and clears the former one from what is due, in one transaction", async () => {
    const file = await filedAndLoaded();
    const answered = await store.commit(
      file,
      { events: [], answer: { outcome: "submitted", by: "customer" } },
      LATER,
    );
    const wait = answered.waits[1];
    if (!wait) throw new Error("no wait");
    const { dueAt: _, ...former } = wait;
    const next = {
      no: 2,
      asks: "review" as const,
      machine: wait.machine,
      attempt: 1,
      openedAt: LATER,
      dueAt: "2999-01-01T00:00:00.000Z",
      token: "second",
    };
    await store.commit(answered, { case: { waitNo: 2 }, events: [], waits: [former, next] }, LATER);
    const read = await store.load(file.case.caseId);
    expect(read?.waits[1]).toEqual(former);
    expect(read?.waits[2]).toEqual(next);
    const { rows } = await store.due("9999-01-01T00:00:00.000Z", 1000);
    expect(rows.filter((row) => row.kind === "wait" && row.caseId === file.case.caseId)).toEqual([
      { caseId: file.case.caseId, kind: "wait", no: 2, dueAt: "2999-01-01T00:00:00.000Z" },
    ]);
  });

  it("orders one mail only under one id", async () => {
    const file = await filedAndLoaded();
    const change: Change = { events: [], mails: [{ mailId: "E2#0001", email: "E2", params: {} }] };
    const once = await store.commit(file, change, LATER);
    await store.commit(once, change, "2026-03-12T10:00:00.000Z");
    expect((await store.load(file.case.caseId))?.mails).toMatchObject([
      { mailId: "E2#0001", orderedAt: LATER },
    ]);
  });
});

describe("single items", () => {
  const mail: Mail = {
    mailId: "E2#0001",
    email: "E2",
    params: { deadline: "2026-03-24" },
    orderedAt: NOW,
    status: "wanted",
    tries: 0,
    dueAt: "2026-03-10T09:15:00.000Z",
  };

  it("a mail is claimed by one sender only", async () => {
    const file = aStoredCase({ caseId: aCaseId(n) }, { mails: [mail] });
    await store.create(file, {}, request(`mail-${n}`));
    const claim = () => store.putMail(aCaseId(n), "wanted", 0, { ...mail, status: "sending", tries: 1 });
    const results = await Promise.allSettled([claim(), claim(), claim()]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await expect(claim()).rejects.toMatchObject({ name: "Conflict", what: "exists" });
  });

  it("a media item is created once and inspected once", async () => {
    await filed();
    const id = aCaseId(n);
    await store.putMedia(id, undefined, aMedia());
    await expect(store.putMedia(id, undefined, aMedia())).rejects.toMatchObject({ name: "Conflict" });
    await store.putMedia(id, "expected", aMedia({ status: "accepted", inspectedAt: LATER }));
    await expect(store.putMedia(id, "expected", aMedia({ status: "rejected" }))).rejects.toMatchObject({
      name: "Conflict",
    });
    expect((await store.load(id))?.media).toMatchObject([{ status: "accepted" }]);
  });

  it("a superseded execution does not take a wait back", async () => {
    const file = await filedAndLoaded();
    const wait = file.waits[1];
    if (!wait) throw new Error("no wait");
    await store.putWaitToken(file.case.caseId, { ...wait, token: "of attempt 2" }, 2);
    await expect(
      store.putWaitToken(file.case.caseId, { ...wait, token: "of attempt 1" }, 1),
    ).rejects.toMatchObject({ name: "Conflict" });
    await expect(
      store.putWaitToken(file.case.caseId, { ...wait, no: 9, token: "of no wait" }, 2),
    ).rejects.toMatchObject({ name: "Conflict" });
    const read = await store.load(file.case.caseId);
    expect(read?.waits.map((one) => one.token)).toEqual([undefined, "of attempt 2"]);
  });
});

describe("rings and designs", () => {
  it("are read together, missing ones absent", async () => {
    const ring = aRing({ serialNumber: `SN-${n}` });
    await store.putRing(0, ring);
    const found = await store.reference({ serials: [`SN-${n}`, `SN-${n}`, "SN-none"], designs: ["D-none"] });
    expect([...found.rings]).toEqual([[`SN-${n}`, ring]]);
    expect(found.designs.size).toBe(0);
    expect((await store.reference({ serials: [], designs: [] })).rings.size).toBe(0);
  });

  it("a ring is written only over the version that was read", async () => {
    const serialNumber = `SN-${n}`;
    await store.putRing(0, aRing({ serialNumber }));
    await expect(store.putRing(0, aRing({ serialNumber }))).rejects.toMatchObject({ what: "ring" });
    await store.putRing(1, aRing({ serialNumber, sizeAtPurchase: 9 }));
    await expect(store.putRing(1, aRing({ serialNumber }))).rejects.toMatchObject({ what: "ring" });
    const { rings } = await store.reference({ serials: [serialNumber], designs: [] });
    expect(rings.get(serialNumber)).toMatchObject({ version: 2, sizeAtPurchase: 9 });
  });
});

describe("lists", () => {
  it("page through a stage, the longest waiting first, each case once", async () => {
    const since = (day: number) => `2026-02-${String(day).padStart(2, "0")}T00:00:00.000Z`;
    for (const day of [5, 1, 4, 2, 3])
      await store.create(
        aStoredCase({ caseId: aCaseId(n + day), stage: "quarantined", since: since(day) }),
        {},
        request(`${n}-${day}`),
      );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.queue("quarantined", cursor, 2);
      expect(page.rows.length).toBeLessThanOrEqual(2);
      seen.push(...page.rows.map((row) => row.caseId));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual([1, 2, 3, 4, 5].map((day) => aCaseId(n + day)));
  });

  it("refuse a cursor they have not given out", async () => {
    for (const cursor of ["x", "e30", Buffer.from('{"since":"now","caseId":"CW-1"}').toString("base64url")]) {
      await expect(store.queue("in-review", cursor, 10)).rejects.toMatchObject({ code: "invalid-request" });
      await expect(store.due(NOW, 10, cursor)).rejects.toMatchObject({ code: "invalid-request" });
    }
  });

  it("what is due comes in the order it fell due, waits and mails alike, and pages on", async () => {
    const at = (minute: number) => `2020-01-01T00:0${minute}:00.000Z`;
    const mail: Mail = {
      mailId: "E2#0001",
      email: "E2",
      params: {},
      orderedAt: NOW,
      status: "wanted",
      tries: 0,
      dueAt: at(2),
    };
    for (const minute of [3, 1]) {
      const file = aStoredCase({ caseId: aCaseId(n + minute) });
      const waits = file.waits.map((wait) => (wait.no === 1 ? { ...wait, dueAt: at(minute) } : wait));
      await store.create(
        { ...file, waits, mails: minute === 1 ? [mail] : [] },
        {},
        request(`due-${n}-${minute}`),
      );
    }
    const first = await store.due(at(3), 2);
    expect(first.rows).toEqual([
      { caseId: aCaseId(n + 1), kind: "wait", no: 1, dueAt: at(1) },
      { owner: aCaseId(n + 1), kind: "mail", mailId: "E2#0001", dueAt: at(2) },
    ]);
    const second = await store.due(at(3), 2, first.cursor);
    expect(second.rows).toEqual([{ caseId: aCaseId(n + 3), kind: "wait", no: 1, dueAt: at(3) }]);
    expect((await store.due("2019-12-31T00:00:00.000Z", 10)).rows).toEqual([]);
  });
});

describe("R46: shipments of one sender on one day", () => {
  const entry = (no: number, more: object = {}) => ({
    caseId: aCaseId(n + no),
    shipDate: "2026-03-20",
    senderHashes: [hashOf(`mail-${n}`), hashOf(`name-${n}`)],
    cents: 150_000,
    ...more,
  });

  it("add up across cases, each case once however many senders it shares", async () => {
    expect(await store.registerExport(entry(1))).toEqual({ othersCents: 0, others: [] });
    expect(await store.registerExport(entry(2))).toEqual({ othersCents: 150_000, others: [aCaseId(n + 1)] });
    // The same name and address under another e-mail address is the same sender.
    const byName = entry(3, { senderHashes: [hashOf(`other-${n}`), hashOf(`name-${n}`)] });
    expect((await store.registerExport(byName)).othersCents).toBe(300_000);
  });

  it("follow a case to its new day and leave with it", async () => {
    await store.registerExport(entry(1));
    const moved = entry(1, { shipDate: "2026-03-23", cents: 90_000 });
    await store.registerExport(moved, entry(1));
    expect((await store.registerExport(entry(2))).othersCents).toBe(0);
    expect((await store.registerExport(entry(3, { shipDate: "2026-03-23" }))).othersCents).toBe(90_000);
    await store.withdrawExport(moved);
    expect((await store.registerExport(entry(4, { shipDate: "2026-03-23" }))).othersCents).toBe(150_000);
  });

  it("of two at once, at least one sees the other", async () => {
    const sums = await Promise.all([store.registerExport(entry(1)), store.registerExport(entry(2))]);
    expect(Math.max(...sums.map((sum) => sum.othersCents))).toBe(150_000);
  });
});
