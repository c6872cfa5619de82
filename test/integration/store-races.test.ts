/** What must hold when two write at once, and when an answer of DynamoDB gets lost. */
import { type DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import type { Change } from "../../lambdas/domain/case-file.ts";
import { type CaseStore, Conflict } from "../../lambdas/ports/case-store.ts";
import { aRing } from "../builders/case-file.ts";
import { startTable, type TestTable } from "../builders/dynamodb.ts";
import { aCaseId, aStoredCase, hashOf, NOW } from "../builders/stored-case.ts";

const LATER = "2026-03-11T10:00:00.000Z";
let table: TestTable;
let store: CaseStore;
let n = 5_000_000;

beforeAll(async () => {
  table = await startTable();
  store = createCaseStore(table);
});
afterAll(() => table.stop());
beforeEach(() => {
  n += 1000;
});

const request = (key: string) => ({ keyHash: hashOf(key), bodyHash: hashOf("body"), caseId: aCaseId(n) });
async function filed() {
  await store.create(aStoredCase({ caseId: aCaseId(n) }), {}, request(`key-${n}`));
  return loaded();
}
async function loaded() {
  const file = await store.load(aCaseId(n));
  if (!file) throw new Error("not there");
  return file;
}
const answering = (outcome: string): Change => ({
  events: [{ type: "PhotosSubmitted", by: "customer", shown: true, data: { outcome } }],
  answer: { outcome, by: "customer" },
});
const outcomes = (results: readonly PromiseSettledResult<unknown>[]) => ({
  won: results.filter((one) => one.status === "fulfilled").length,
  lost: results.flatMap((one) =>
    one.status === "rejected" ? [one.reason instanceof Conflict ? one.reason.what : one.reason] : [],
  ),
});

/** The client of a store whose calls pass through `around`. */
const through = (
  around: (send: () => Promise<unknown>, command: { input: object }) => Promise<unknown>,
): DynamoDBClient =>
  ({
    send: (command: { input: object }) => around(() => table.client.send(command as never), command),
  }) as unknown as DynamoDBClient;

describe("two at once", () => {
  it("two answers to one wait: exactly one is written", async () => {
    const file = await filed();
    const results = await Promise.allSettled(
      ["submitted", "expired", "cancelled", "submitted"].map((outcome) =>
        store.commit(file, answering(outcome), LATER),
      ),
    );
    expect(outcomes(results)).toEqual({ won: 1, lost: ["case", "case", "case"] });
    const after = await loaded();
    expect(after.case.version).toBe(2);
    expect(after.events).toHaveLength(2);
    expect(after.waits[1]?.answer?.outcome).toBe(after.events[1]?.data?.outcome);
  });

  it("a fresh task token and an answer: both stay, whichever comes first", async () => {
    const file = await filed();
    const wait = file.waits[1];
    if (!wait) throw new Error("no wait");
    // The answer is made from a copy that knows only the former token.
    await store.putWaitToken(file.case.caseId, { ...wait, token: "fresh" }, 1);
    const answered = await store.commit(file, answering("submitted"), LATER);
    expect(answered.waits[1]?.token).toBe("first-task-token");
    expect((await loaded()).waits[1]).toMatchObject({ token: "fresh", answer: { outcome: "submitted" } });
    // And a token from a copy that knows no answer.
    await store.putWaitToken(file.case.caseId, { ...wait, token: "fresher" }, 2);
    expect((await loaded()).waits[1]).toMatchObject({
      token: "fresher",
      attempt: 2,
      answer: { outcome: "submitted" },
    });
  });

  it("a fresh task token and a reminder: both stay", async () => {
    const file = await filed();
    const wait = file.waits[1];
    if (!wait) throw new Error("no wait");
    const { remindAt: _, ...reminded } = { ...wait, dueAt: wait.deadline ?? "" };
    await store.putWaitToken(file.case.caseId, { ...wait, token: "fresh" }, 1);
    await store.commit(file, { events: [], waits: [reminded] }, LATER);
    const after = (await loaded()).waits[1];
    expect(after).toMatchObject({ token: "fresh", dueAt: wait.deadline });
    expect(after).not.toHaveProperty("remindAt");
  });

  it("an inspection finished meanwhile is not undone by a change that carries the photo", async () => {
    const media = {
      mediaId: "1".repeat(32),
      slot: "top",
      fileName: "top.jpg",
      contentType: "image/jpeg",
      size: 1,
      ticketAt: NOW,
      uploadKey: "uploads/a/b",
      status: "expected",
    } as const;
    const file = aStoredCase({ caseId: aCaseId(n) }, { media: [media] });
    await store.create(file, {}, request(`key-${n}`));
    await store.putMedia(file.case.caseId, "expected", { ...media, status: "accepted", inspectedAt: LATER });
    await store.commit(file, { events: [], media: [{ ...media, slot: "side" }] }, LATER);
    expect((await loaded()).media).toMatchObject([{ slot: "side", status: "accepted", inspectedAt: LATER }]);
  });

  it("R5: the right of one ring is reserved once, however many cases reach for it", async () => {
    const ring = aRing({ serialNumber: `SN-${n}` });
    await store.putRing(0, ring);
    const files = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const file = aStoredCase({ caseId: aCaseId(n + index) });
        await store.create(file, {}, request(`ring-${n}-${index}`));
        return file;
      }),
    );
    const results = await Promise.allSettled(
      files.map((file) =>
        store.commit(
          file,
          {
            ...answering("approved"),
            rings: [
              {
                before: 1,
                after: { ...ring, right: { state: "reserved", by: file.case.caseId, at: LATER } },
              },
            ],
          },
          LATER,
        ),
      ),
    );
    expect(outcomes(results)).toEqual({ won: 1, lost: Array(7).fill("ring") });
    const { rings } = await store.reference({ serials: [`SN-${n}`], designs: [] });
    const winner = results.findIndex((one) => one.status === "fulfilled");
    expect(rings.get(`SN-${n}`)?.right).toMatchObject({ by: aCaseId(n + winner) });
    // Who lost the ring wrote nothing else either.
    const answered = await Promise.all(files.map((file) => store.load(file.case.caseId)));
    expect(answered.filter((file) => file?.waits[1]?.answer)).toHaveLength(1);
  });

  it("R20: two requests for one ring make one case", async () => {
    const results = await Promise.allSettled(
      [1, 2, 3].map((index) =>
        store.create(
          aStoredCase({ caseId: aCaseId(n + index) }),
          {
            rings: [{ before: 0, after: aRing({ serialNumber: `SN-${n}`, openCase: aCaseId(n + index) }) }],
          },
          request(`open-${n}-${index}`),
        ),
      ),
    );
    expect(outcomes(results)).toEqual({ won: 1, lost: ["ring", "ring"] });
  });

  it("one Idempotency-Key makes one case, and says which", async () => {
    const results = await Promise.allSettled(
      [1, 2, 3].map((index) =>
        store.create(
          aStoredCase({ caseId: aCaseId(n + index) }),
          {},
          { ...request(`same-${n}`), caseId: aCaseId(n + index) },
        ),
      ),
    );
    expect(outcomes(results)).toEqual({ won: 1, lost: ["exists", "exists"] });
    const winner = results.findIndex((one) => one.status === "fulfilled") + 1;
    expect(await store.rememberedRequest(hashOf(`same-${n}`))).toEqual({
      keyHash: hashOf(`same-${n}`),
      bodyHash: hashOf("body"),
      caseId: aCaseId(n + winner),
    });
  });

  it("an Idempotency-Key past its 30 days is free again though its item is still there", async () => {
    const in31Days = createCaseStore({ ...table, realNow: () => Date.now() + 31 * 86_400_000 });
    await filed();
    expect(await in31Days.rememberedRequest(hashOf(`key-${n}`))).toBeUndefined();
    await in31Days.create(aStoredCase({ caseId: aCaseId(n + 1) }), {}, request(`key-${n}`));
  });
});

describe("DynamoDB's own troubles", () => {
  const cancelled = (code: string) =>
    new TransactionCanceledException({
      message: "cancelled",
      $metadata: {},
      CancellationReasons: [{ Code: "None" }, { Code: code }],
    });

  it.each(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])(
    "%s is tried again with the same token and passes",
    async (code) => {
      const file = await filed();
      const tokens: unknown[] = [];
      const client = through(async (send, command) => {
        if ("ClientRequestToken" in command.input) tokens.push(command.input.ClientRequestToken);
        if (tokens.length < 3) throw cancelled(code);
        return send();
      });
      await createCaseStore({ client, tableName: table.tableName }).commit(
        file,
        answering("submitted"),
        LATER,
      );
      expect(tokens).toHaveLength(3);
      expect(new Set(tokens).size).toBe(1);
      expect((await loaded()).case.version).toBe(2);
    },
  );

  it("a collision without end is given up as ThrottledError, nothing written", async () => {
    const file = await filed();
    let tries = 0;
    const client = through(async () => {
      tries += 1;
      throw cancelled("TransactionConflict");
    });
    await expect(
      createCaseStore({ client, tableName: table.tableName }).commit(file, answering("submitted"), LATER),
    ).rejects.toMatchObject({ name: "ThrottledError" });
    expect(tries).toBe(6);
    expect((await loaded()).case.version).toBe(1);
  });

  it("a cancellation of another kind is not retried", async () => {
    const file = await filed();
    const client = through(async () => {
      throw cancelled("ItemCollectionSizeLimitExceeded");
    });
    await expect(
      createCaseStore({ client, tableName: table.tableName }).commit(file, answering("submitted"), LATER),
    ).rejects.toMatchObject({ name: "TransactionCanceledException" });
  });

  it.each([
    [{ name: "ThrottlingException" }, "ThrottledError"],
    [{ name: "InternalServerError", $fault: "server" }, "TransientError"],
    [{ name: "Error", code: "ECONNREFUSED" }, "TransientError"],
    [{ name: "ValidationException", $fault: "client" }, "ValidationException"],
  ])("%o is thrown on as %s", async (like, name) => {
    const client = through(async () => {
      throw Object.assign(new Error("from below"), like);
    });
    await expect(
      createCaseStore({ client, tableName: table.tableName }).load(aCaseId(n)),
    ).rejects.toMatchObject({ name });
  });

  /** Commits, loses the answer and sends once more to a server that has forgotten the token, as after its restart. */
  const losingAnswers = (between: () => Promise<unknown> = async () => {}): DynamoDBClient =>
    through(async (send, command) => {
      await send();
      await between();
      if ("ClientRequestToken" in command.input) command.input.ClientRequestToken = undefined;
      return send();
    });

  it("a committed change whose answer was lost is no conflict", async () => {
    const file = await filed();
    const flaky = createCaseStore({ client: losingAnswers(), tableName: table.tableName });
    const after = await flaky.commit(file, answering("submitted"), LATER);
    expect(after).toEqual(await loaded());
    expect(after.events).toHaveLength(2);
  });

  it("nor when somebody else changed the case before it was sent again", async () => {
    const file = await filed();
    const client = losingAnswers(async () => {
      await store.commit(await loaded(), { case: { assignee: "Kei" }, events: [] }, LATER);
    });
    await createCaseStore({ client, tableName: table.tableName }).commit(file, answering("submitted"), LATER);
    expect((await loaded()).case).toMatchObject({ version: 3, assignee: "Kei" });
  });

  it("a filed case and a claimed mail whose answers were lost count once", async () => {
    const flaky = createCaseStore({ client: losingAnswers(), tableName: table.tableName });
    const mail = {
      mailId: "E2#0001",
      email: "E2",
      params: {},
      orderedAt: NOW,
      status: "wanted",
      tries: 0,
    } as const;
    await flaky.create(aStoredCase({ caseId: aCaseId(n) }, { mails: [mail] }), {}, request(`key-${n}`));
    await flaky.putMail(aCaseId(n), "wanted", 0, { ...mail, status: "sending", tries: 1 });
    expect((await loaded()).mails).toMatchObject([{ status: "sending", tries: 1 }]);
  });

  it("another's commit of the very same content is not taken for our own", async () => {
    const file = await filed();
    await store.commit(file, answering("submitted"), LATER);
    await expect(store.commit(file, answering("submitted"), LATER)).rejects.toMatchObject({ what: "case" });
  });
});
