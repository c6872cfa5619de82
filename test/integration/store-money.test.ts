/** Invoices, the ledger, settlements and the lists beside the stages, against a real DynamoDB protocol. */
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { type CaseStore, Conflict } from "../../lambdas/ports/case-store.ts";
import { startTable, type TestTable } from "../builders/dynamodb.ts";
import { anInvoice, aPayment, aRefund } from "../builders/invoice.ts";
import { aCaseId, aStoredCase, hashOf } from "../builders/stored-case.ts";

const LATER = "2026-03-11T10:00:00.000Z";
let table: TestTable;
let store: CaseStore;
const unreadable: string[] = [];
let n = 0;

beforeAll(async () => {
  table = await startTable();
  store = createCaseStore({ ...table, unreadable: (caseId) => unreadable.push(caseId) });
});
afterAll(() => table.stop());
beforeEach(() => {
  n += 1;
});

async function filed(no = n, fields: Parameters<typeof aStoredCase>[0] = {}): Promise<CaseFile> {
  const file = aStoredCase({ caseId: aCaseId(no), process: "repair-and-maintenance", ...fields });
  await store.create(file, {}, { keyHash: hashOf(`key-${no}`), bodyHash: hashOf("x"), caseId: aCaseId(no) });
  return file;
}
const loaded = async (no = n): Promise<CaseFile> => {
  const file = await store.load(aCaseId(no));
  if (!file) throw new Error("not there");
  return file;
};
const anInvoiceOf = (no: number, overrides: Parameters<typeof anInvoice>[0] = {}) =>
  anInvoice({ caseId: aCaseId(no), invoiceId: `${aCaseId(no)}-1`, ...overrides });

it("invoices and ledger are written with their cause and read back as they were, each once", async () => {
  const file = await filed();
  const invoice = anInvoiceOf(n);
  const payment = aPayment({ invoiceId: invoice.invoiceId, amountCents: invoice.totalCents });
  const refund = aRefund({ invoiceId: invoice.invoiceId, amountCents: 100 });
  const after = await store.commit(
    file,
    { events: [], invoices: [invoice], payments: [payment, refund] },
    LATER,
  );
  expect(await loaded()).toEqual(after);
  expect((await loaded()).invoices).toEqual([invoice]);
  expect((await loaded()).payments).toHaveLength(2);
  const closed = { ...invoice, status: "voided", closedAt: LATER } as const;
  await store.commit(after, { events: [], invoices: [closed] }, LATER);
  expect((await loaded()).invoices).toEqual([closed]);
});

it("an entry of the ledger that another writer has made is not made again", async () => {
  const file = await filed();
  const payment = aPayment({ invoiceId: `${aCaseId(n)}-1` });
  await store.commit(file, { events: [], payments: [payment] }, LATER);
  await expect(store.commit(file, { events: [], payments: [payment] }, LATER)).rejects.toThrow(Conflict);
  expect((await loaded()).payments).toHaveLength(1);
});

it("R37: a case enters finance's list with the change that leaves money over, and leaves it with the refund", async () => {
  const invoiceId = `${aCaseId(n)}-1`;
  const paid = await store.commit(
    await filed(),
    { events: [], payments: [aPayment({ invoiceId, amountCents: 500 })] },
    LATER,
  );
  const listed = async () => (await store.marked("refund-due", undefined, 10)).caseIds;
  expect(await listed()).toContain(aCaseId(n));
  await store.commit(
    paid,
    { events: [], payments: [aRefund({ invoiceId, amountCents: 500 })] },
    "2026-03-12T10:00:00.000Z",
  );
  expect(await listed()).not.toContain(aCaseId(n));
  expect((await store.marked("unanswered", undefined, 10)).caseIds).toEqual([]);
});

it("a settlement is ordered with its change, due until it is done, and taken by one only", async () => {
  const after = await store.commit(await filed(), { events: [], settles: true }, LATER);
  expect(after.case.settlementNo).toBe(1);
  const settlement = await store.settlement(aCaseId(n), 1);
  expect(settlement).toMatchObject({ no: 1, round: 1, late: 0, orderedAt: LATER });
  if (!settlement) throw new Error("not there");
  const due = await store.due("2026-03-11T11:00:00.000Z", 10);
  expect(due.rows).toContainEqual({
    caseId: aCaseId(n),
    kind: "settlement",
    no: 1,
    dueAt: settlement.dueAt,
  });
  const { dueAt: _, ...done } = settlement;
  await store.putSettlement(1, { ...done, round: 2 });
  await expect(store.putSettlement(1, done)).rejects.toThrow(Conflict);
  const rows = (await store.due("2026-03-11T11:00:00.000Z", 10)).rows;
  expect(rows.filter(({ kind }) => kind === "settlement")).toEqual([]);
});

it("what is due pages on from a settlement", async () => {
  await store.commit(await filed(), { events: [], settles: true }, "2020-01-01T00:00:00.000Z");
  const first = await store.due("2020-01-02T00:00:00.000Z", 1);
  expect(first.rows[0]?.kind).toBe("settlement");
  expect((await store.due("2020-01-02T00:00:00.000Z", 1, first.cursor)).rows).toEqual([]);
});

it("the provider's numbers lead to the case", async () => {
  await store.commit(await filed(), { events: [], lookups: [{ kind: "payment", value: "in_1" }] }, LATER);
  expect(await store.find("payment", "in_1")).toEqual([aCaseId(n)]);
});

it("one row that cannot be read leaves a list readable, and somebody is told", async () => {
  await filed(n, { stage: "quarantined", since: "2026-02-01T00:00:00.000Z" });
  await filed(n + 500, { stage: "quarantined", since: "2026-02-02T00:00:00.000Z" });
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: { pk: { S: `CASE#${aCaseId(n)}` }, sk: { S: "CASE" } },
      UpdateExpression: "SET #version = :version",
      ExpressionAttributeNames: { "#version": "schemaVersion" },
      ExpressionAttributeValues: { ":version": { N: "99" } },
    }),
  );
  const { rows } = await store.queue("quarantined", undefined, 10);
  expect(rows.map((row) => row.caseId)).toEqual([aCaseId(n + 500)]);
  expect(unreadable).toEqual([aCaseId(n)]);
});
