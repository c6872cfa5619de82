/** Enquiries over the real store: taken down once, listed, answered once, and their mail an order like any other. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import { createEnquiryStore } from "../../lambdas/adapters/dynamodb/enquiry-store.ts";
import type { ApiFunction } from "../../lambdas/contracts/routes.ts";
import { publicOperations } from "../../lambdas/handlers/api/public/public.ts";
import { staffOperations } from "../../lambdas/handlers/api/staff/staff.ts";
import { createApi } from "../../lambdas/platform/api.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import type { CaseStore } from "../../lambdas/ports/case-store.ts";
import type { EnquiryStore } from "../../lambdas/ports/enquiry-store.ts";
import { answerOf, apiCall, type CallOptions } from "../builders/api-call.ts";
import { startTable, type TestTable } from "../builders/dynamodb.ts";

const AT = "2026-03-14T12:00:00.000Z";
const later = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();
let table: TestTable;
let store: CaseStore;
let enquiries: EnquiryStore;
let functions: Record<
  Exclude<ApiFunction, "files" | "customer" | "service-order" | "finance" | "webhooks">,
  ReturnType<typeof createApi>
>;

beforeAll(async () => {
  table = await startTable();
  const client = new DynamoDBClient({
    endpoint: table.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const where = { client, tableName: table.tableName };
  store = createCaseStore(where);
  enquiries = createEnquiryStore(where);
  const log = {
    error: (message: string, details: Record<string, unknown>) => {
      throw new Error(`${message}: ${JSON.stringify(details)}`);
    },
  };
  const deps = { store, enquiries, brand };
  const { site } = brand;
  functions = {
    public: createApi({ function: "public", operations: publicOperations(deps), site, log }),
    staff: createApi({ function: "staff", operations: staffOperations(deps), site, log }),
  };
});
afterAll(() => table.stop());

const call = async (fn: keyof typeof functions, options: CallOptions) =>
  answerOf(await functions[fn](apiCall({ at: AT, ...options })));
const customer = { name: "Jane Doe", email: "jane.doe@example.com", timeZone: "America/New_York" };
const question = { topic: "ring-size", customer, text: "Which size am I?" };
const ask = (body: object, minutes = 0) =>
  call("public", { method: "POST", resource: "/v1/enquiries", body, at: later(minutes) });
const groups = ["representative"];
const answer = (enquiryId: string, text: string, who: readonly string[] = groups) =>
  call("staff", {
    method: "POST",
    resource: "/v1/enquiries/{enquiryId}/answer",
    path: { enquiryId },
    body: { text },
    groups: who,
  });
const list = (query?: Record<string, string>, who: readonly string[] = groups) =>
  call("staff", { resource: "/v1/enquiries", ...(query ? { query } : {}), groups: who });

describe("taken down", () => {
  it("once, however often it is sent within some minutes; later it is another", async () => {
    const body = { ...question, text: "Asked twice" };
    const first = await ask(body, 9.9);
    expect(first).toMatchObject({ status: 201, body: { enquiryId: expect.stringMatching(/^EQ-\w{16}$/) } });
    // The next span of ten minutes has begun meanwhile.
    const { body: again } = await ask(body, 10.1);
    expect(again).toEqual(first.body);
    expect((await ask(body, 60)).body).not.toEqual(first.body);
    expect((await ask({ ...body, text: "Asked otherwise" }, 9.9)).body).not.toEqual(first.body);
  });
  it("whatever number of a case it names: the answer is the same", async () => {
    expect((await ask({ ...question, caseId: "CW-0000000000" })).status).toBe(201);
  });
  it.each([
    ["an unknown topic", { ...question, topic: "resizing" }, "topic"],
    ["no words", { ...question, text: " " }, "text"],
    ["too many words", { ...question, text: "x".repeat(4001) }, "text"],
    ["no address", { ...question, customer: { name: "Jane" } }, "customer.email"],
    ["what is no case number", { ...question, caseId: "17" }, "caseId"],
    ["another field", { ...question, colour: "red" }, "colour"],
  ])("not with %s", async (_name, body, path) => {
    const { status, body: problem } = await ask(body);
    expect(status).toBe(400);
    expect(problem.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  });
});

describe("answered", () => {
  it("once: the same words again are the same answer, others contradict it", async () => {
    const { body } = await ask({ ...question, text: "To be answered" });
    const first = await answer(body.enquiryId, "Size 11.");
    expect(first).toMatchObject({
      status: 200,
      body: { topic: "ring-size", customer, answer: { text: "Size 11.", by: "staff:Kei Sato" } },
    });
    expect(await answer(body.enquiryId, "Size 11.")).toMatchObject({ status: 200, body: first.body });
    expect(await answer(body.enquiryId, "Size 12.")).toMatchObject({
      status: 409,
      body: { code: "already-answered" },
    });
    expect((await enquiries.load(body.enquiryId))?.mails).toMatchObject([
      { mailId: "E18#answer", email: "E18", status: "wanted" },
    ]);
  });
  it("by one of two at once", async () => {
    const { body } = await ask({ ...question, text: "Answered by two" });
    const answers = await Promise.all([answer(body.enquiryId, "One."), answer(body.enquiryId, "Two.")]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });
  it("by representatives and managers, if there is one", async () => {
    expect((await answer("EQ-0000000000000000", "Hello")).status).toBe(404);
    expect((await answer("nonsense", "Hello")).status).toBe(404);
    const { body } = await ask({ ...question, text: "Not for the workshop" });
    expect((await answer(body.enquiryId, "Hello", ["workshop"])).status).toBe(403);
    expect((await list({}, ["finance"])).status).toBe(403);
    expect((await answer(body.enquiryId, "Hello", ["manager"])).status).toBe(200);
  });
  it("the order for its mail is due, and written under the sender's conditions", async () => {
    const { body } = await ask({ ...question, text: "A mail like any other" });
    await answer(body.enquiryId, "Hello");
    const owner = body.enquiryId;
    const mail = await store.mail(owner, "E18#answer");
    if (!mail) throw new Error("no mail");
    const { rows } = await store.due("9999-01-01T00:00:00.000Z", 100);
    expect(rows).toContainEqual({ owner, kind: "mail", mailId: "E18#answer", dueAt: mail.dueAt });
    await store.putMail(owner, "wanted", 0, { ...mail, status: "sending", tries: 1 });
    await expect(store.putMail(owner, "wanted", 0, mail)).rejects.toMatchObject({ name: "Conflict" });
    expect((await enquiries.load(owner))?.enquiry.answer?.text).toBe("Hello");
  });
});

it("listed a page at a time: the open ones first, then those answered", async () => {
  const found: { enquiryId: string; answer?: object }[] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await list({ limit: "2", ...(cursor === undefined ? {} : { cursor }) });
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(2);
    found.push(...body.items);
    cursor = body.cursor;
  } while (cursor !== undefined);
  const open = found.findIndex((one) => one.answer);
  expect(found.slice(open).every((one) => one.answer)).toBe(true);
  expect(found.slice(open)).toHaveLength(4);
  expect(open).toBeGreaterThan(2);
  expect(new Set(found.map((one) => one.enquiryId)).size).toBe(found.length);
  const only = await list({ status: "answered" });
  expect(only.body.items).toHaveLength(4);
  expect((await list({ cursor: "nonsense" })).status).toBe(400);
  expect((await list({ status: "lost" })).status).toBe(400);
});
