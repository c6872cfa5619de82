/** The API's functions over the real store: from the gateway's event to the table and back, with its calls counted. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import exampleBrand from "../../config/brand.example.json" with { type: "json" };
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import { createEnquiryStore } from "../../lambdas/adapters/dynamodb/enquiry-store.ts";
import { OpenedCase } from "../../lambdas/contracts/api.ts";
import { CaseList, CaseView, StaffCaseView } from "../../lambdas/contracts/case-view.ts";
import type { ApiFunction } from "../../lambdas/contracts/routes.ts";
import { Brand } from "../../lambdas/domain/brand.ts";
import { customerOperations } from "../../lambdas/handlers/api/customer/customer.ts";
import { publicOperations } from "../../lambdas/handlers/api/public/public.ts";
import { staffOperations } from "../../lambdas/handlers/api/staff/staff.ts";
import { createApi, type Operation } from "../../lambdas/platform/api.ts";
import type { CaseStore } from "../../lambdas/ports/case-store.ts";
import { answerOf, apiCall, type CallOptions } from "../builders/api-call.ts";
import { aDesign, aRing } from "../builders/case-file.ts";
import { startTable, type TestTable } from "../builders/dynamodb.ts";
import { aCaseId, aStoredCase, hashOf, SECRET } from "../builders/stored-case.ts";

const brand = Brand.parse(exampleBrand);
const AT = "2026-03-14T12:00:00.000Z";
let table: TestTable;
let store: CaseStore;
let calls: string[] = [];
let functions: Record<
  Exclude<ApiFunction, "files" | "service-order" | "finance" | "webhooks">,
  ReturnType<typeof createApi>
>;
let n = 9_000_000;

beforeAll(async () => {
  table = await startTable();
  const counted = new DynamoDBClient({
    endpoint: table.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  counted.middlewareStack.add(
    (next, context) => (args) => {
      calls.push(String(context.commandName).replace("Command", ""));
      return next(args);
    },
    { step: "initialize" },
  );
  store = createCaseStore({ client: counted, tableName: table.tableName });
  const enquiries = createEnquiryStore({ client: counted, tableName: table.tableName });
  const api = (fn: ApiFunction, operations: Record<string, Operation>) =>
    createApi({
      function: fn,
      operations,
      site: brand.site,
      log: {
        error: (message, details) => {
          throw new Error(`${message}: ${JSON.stringify(details)}`);
        },
      },
    });
  functions = {
    public: api("public", publicOperations({ store, enquiries, brand })),
    customer: api("customer", customerOperations({ store, brand })),
    staff: api("staff", staffOperations({ store, enquiries, brand })),
  };
  await store.putDesign(aDesign());
});
afterAll(() => table.stop());
beforeEach(() => {
  n += 1000;
  calls = [];
});

async function send(fn: keyof typeof functions, options: CallOptions) {
  calls = [];
  return answerOf(await functions[fn](apiCall({ at: AT, ...options })));
}
const aRequest = (serialNumber: string, more: object = {}) => ({
  process: "complimentary-resizing",
  customer: { name: "Jane Doe", email: `jane${n}@example.com`, timeZone: "America/New_York" },
  items: [
    {
      design: "Aurora",
      designNumber: "R-1001",
      serialNumber,
      sizeAtPurchase: 11,
      desiredSize: 13,
      deliveryDate: "2026-03-01",
    },
  ],
  order: { number: `US-${n}` },
  ...more,
});
const file = (body: unknown, key: string | undefined, at = AT) =>
  send("public", {
    method: "POST",
    resource: "/v1/cases",
    body,
    at,
    headers: key === undefined ? {} : { "Idempotency-Key": key },
  });
const asCustomer = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  send("customer", {
    method,
    resource: `/v1/case${path}`,
    body,
    headers: { Authorization: `Bearer ${aCaseId(n)}.${SECRET}`, ...headers },
  });
const asStaff = (groups: string, method: string, resource: string, more: Partial<CallOptions> = {}) =>
  send("staff", { method, resource: `/v1${resource}`, groups, ...more });

describe("POST /cases", () => {
  it("opens a case in two calls, with its first mail ordered, the ring named and the process started", async () => {
    const answer = await file(aRequest(`SN-${n}`), `key-${n}`);
    expect(answer.status).toBe(201);
    const opened = OpenedCase.parse(answer.body);
    expect(opened).toMatchObject({ stage: "photos-requested", process: "complimentary-resizing" });
    expect(opened.caseId).toMatch(/^CW-[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(calls).toEqual(["BatchGetItem", "TransactWriteItems"]);
    const stored = await store.load(opened.caseId);
    expect(stored?.mails.map((mail) => mail.email)).toEqual(["E1"]);
    expect(stored?.case).toMatchObject({ contactAt: AT, customer: { locale: "en" } });
    const { rings } = await store.reference({ serials: [`SN-${n}`], designs: [] });
    expect(rings.get(`SN-${n}`)?.openCase).toBe(opened.caseId);
    expect(await store.find("email", `jane${n}@example.com`)).toEqual([opened.caseId]);
  });

  it("the same key and body again: the same 201, one case, though the ring now has an open one (R20)", async () => {
    const first = await file(aRequest(`SN-${n}`), `key-${n}`);
    const again = await file(aRequest(`SN-${n}`), `key-${n}`, "2026-03-14T12:00:09.000Z");
    expect(again).toMatchObject({ status: 201, body: first.body });
    // The order of fields is no difference.
    const { items, customer, order, process } = aRequest(`SN-${n}`);
    expect((await file({ order, items, customer, process }, `key-${n}`)).body).toEqual(first.body);
    expect(await store.find("order", `US-${n}`)).toHaveLength(1);
  });

  it("the same key with another body is 409", async () => {
    await file(aRequest(`SN-${n}`), `key-${n}`);
    const other = await file(aRequest(`SN-${n}-2`), `key-${n}`);
    expect(other).toMatchObject({ status: 409, body: { code: "key-reused" } });
    expect(await store.find("serial", `SN-${n}-2`)).toEqual([]);
  });

  it("one key sent five times at once makes one case and five equal answers", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => file(aRequest(`SN-${n}`), `key-${n}`)));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.caseId)).size).toBe(1);
    expect(await store.find("order", `US-${n}`)).toHaveLength(1);
  });

  it("R20: two customers at once for one ring: one case, the other refused with the assessment", async () => {
    const answers = await Promise.all(["a", "b"].map((key) => file(aRequest(`SN-${n}`), `key-${n}-${key}`)));
    const refused = answers.find((answer) => answer.status !== 201);
    expect(answers.map((answer) => answer.status)).toEqual(expect.arrayContaining([201, 422]));
    expect(refused?.body).toMatchObject({
      code: "rule-broken",
      assessment: { verdict: "refused", next: null },
      errors: expect.arrayContaining([expect.objectContaining({ rule: "R20" })]),
    });
    expect(await store.find("serial", `SN-${n}`)).toHaveLength(1);
  });

  it("a refused request leaves nothing behind, its key can be used again", async () => {
    const body = aRequest(`SN-${n}`);
    const wrong = { ...body, items: [{ ...body.items[0], desiredSize: 11 }] };
    expect(await file(wrong, `key-${n}`)).toMatchObject({ status: 422, body: { code: "rule-broken" } });
    expect((await file(body, `key-${n}`)).status).toBe(201);
  });

  it.each([undefined, "", "x".repeat(256), "schlüssel", "tab\there"])(
    "Idempotency-Key %s is 400",
    async (key) => {
      expect(await file(aRequest(`SN-${n}`), key)).toMatchObject({
        status: 400,
        body: { errors: [{ path: "Idempotency-Key" }] },
      });
    },
  );

  it("faults are named by their paths, unknown fields too", async () => {
    const body = aRequest(`SN-${n}`);
    const [item] = body.items;
    const cases: [unknown, string][] = [
      [{ ...body, items: [] }, "items"],
      [{ ...body, items: Array(11).fill(item) }, "items"],
      [{ ...body, items: [{ ...item, serialNumber: "SN 1" }] }, "items[0].serialNumber"],
      [{ ...body, items: [{ ...item, desiredSize: 12.3 }] }, "items[0].desiredSize"],
      [{ ...body, items: [{ ...item, deliveryDate: "2026-02-30" }] }, "items[0].deliveryDate"],
      [{ ...body, items: [{ ...item, colour: "red" }] }, "items[0].colour"],
      [{ ...body, customer: { name: "", email: "jane@example.com" } }, "customer.name"],
      [{ ...body, customer: { name: "Jane", email: "jane" } }, "customer.email"],
      [{ ...body, process: "free" }, "process"],
      [[], ""],
    ];
    for (const [index, [wrong, path]] of cases.entries())
      expect(await file(wrong, `key-${n}-${index}`)).toMatchObject({
        status: 400,
        body: {
          code: "invalid-request",
          errors: expect.arrayContaining([expect.objectContaining({ path })]),
        },
      });
  });
});

describe("POST /assessments", () => {
  it("gives exactly what filing it now gives, and writes nothing", async () => {
    const { process, items, customer } = aRequest(`SN-${n}`);
    const asked = await send("public", {
      method: "POST",
      resource: "/v1/assessments",
      body: {
        process,
        items: items.map(({ design: _design, ...item }) => item),
        timeZone: customer.timeZone,
      },
    });
    expect(asked.status).toBe(200);
    expect(calls).toEqual(["BatchGetItem"]);
    expect((await file(aRequest(`SN-${n}`), `key-${n}`)).body.assessment).toEqual(asked.body);
  });

  it("the facts of the ring's ledger win over the body's, its design among them", async () => {
    await store.putDesign(aDesign({ designNumber: `D-${n}`, availableSizes: [9, 11] }));
    await store.putRing(0, aRing({ serialNumber: `SN-${n}`, designNumber: `D-${n}`, sizeAtPurchase: 11 }));
    const { body } = await send("public", {
      method: "POST",
      resource: "/v1/assessments",
      body: {
        items: [{ designNumber: "R-1001", serialNumber: `SN-${n}`, sizeAtPurchase: 13, desiredSize: 9 }],
      },
    });
    expect(body).toMatchObject({ verdict: "complimentary", permittedSizes: [9] });
  });
});

describe("other public routes", () => {
  it("GET /brand: links, limits, topics, and ship dates that are possible now", async () => {
    const { status, body } = await send("public", { resource: "/v1/brand" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      links: {
        sizingKit: brand.links.sizingKit,
        packingVideo: brand.links.packingVideo,
        eei: brand.links.eei,
      },
      packageLimits: { lengthIn: 8, weightLb: 3 },
      topics: brand.topics,
    });
    // Saturday noon in UTC: Monday and Tuesday are the two business days ahead.
    expect(body.shipDates[0]).toBe("2026-03-17");
    expect(calls).toEqual([]);
  });

  it("GET /designs/{designNumber}, or 404", async () => {
    const get = (designNumber: string) =>
      send("public", { resource: "/v1/designs/{designNumber}", path: { designNumber } });
    expect(await get("R-1001")).toMatchObject({ status: 200, body: aDesign() });
    expect((await get("R-none")).status).toBe(404);
    expect((await get("not a number")).status).toBe(404);
  });

  it("POST /cases/{caseId}/links: 202 whatever is true; a mail to the address on file alone, one in ten minutes", async () => {
    await store.create(aStoredCase({ caseId: aCaseId(n) }), {}, request());
    const ask = (email: string, caseId: string = aCaseId(n), at = AT) =>
      send("public", {
        method: "POST",
        resource: "/v1/cases/{caseId}/links",
        path: { caseId },
        body: { email },
        at,
      });
    const mails = async () => (await store.load(aCaseId(n)))?.mails ?? [];
    for (const answer of [
      await ask("stranger@example.com"),
      await ask("jane.doe@example.com", aCaseId(n + 1)),
      await ask("jane.doe@example.com", "nonsense"),
    ])
      expect(answer).toMatchObject({ status: 202, body: {} });
    expect(await mails()).toEqual([]);
    const answers = await Promise.all([1, 2, 3].map(() => ask("Jane.Doe@Example.com")));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
    expect(await mails()).toMatchObject([{ email: "E18", params: { variant: "link" }, status: "wanted" }]);
    await ask("jane.doe@example.com", aCaseId(n), "2026-03-14T12:10:00.000Z");
    expect(await mails()).toHaveLength(2);
    expect((await ask("no address")).status).toBe(400);
  });

  it("a case whose links have expired sends none", async () => {
    const linksExpireAt = AT;
    await store.create(aStoredCase({ caseId: aCaseId(n), stage: "closed", linksExpireAt }), {}, request());
    await send("public", {
      method: "POST",
      resource: "/v1/cases/{caseId}/links",
      path: { caseId: aCaseId(n) },
      body: { email: "jane.doe@example.com" },
    });
    expect((await store.load(aCaseId(n)))?.mails).toEqual([]);
  });
});

const request = () => ({ keyHash: hashOf(`request-${n}`), bodyHash: hashOf("body"), caseId: aCaseId(n) });

describe("the customer", () => {
  beforeEach(() => store.create(aStoredCase({ caseId: aCaseId(n) }), {}, request()));

  it("GET /case is one call", async () => {
    const answer = await asCustomer("GET", "");
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(CaseView.parse(answer.body).caseId).toBe(aCaseId(n));
    expect(calls).toEqual(["Query"]);
  });

  it("an action is two calls, and answers with the case", async () => {
    const answer = await asCustomer("POST", "/cancellation");
    expect(calls).toEqual(["Query", "TransactWriteItems"]);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { awaiting: null } });
    expect((await asCustomer("POST", "/cancellation", {})).status).toBe(200);
    expect((await store.load(aCaseId(n)))?.case.version).toBe(2);
  });

  it("an action out of turn is 409 with the stage and records nothing", async () => {
    expect(await asCustomer("POST", "/ship-date", { shipDate: "2026-03-20" })).toMatchObject({
      status: 409,
      body: { code: "out-of-turn", stage: "photos-requested" },
    });
    expect((await store.load(aCaseId(n)))?.case.version).toBe(1);
  });

  it("If-Match stops an action on a case that has changed since", async () => {
    expect(await asCustomer("POST", "/cancellation", {}, { "if-match": '"7"' })).toMatchObject({
      status: 409,
      body: { code: "case-changed", version: 1 },
    });
  });

  it("without a valid link there is nothing to see, whatever the route", async () => {
    for (const path of ["", "/photos", "/cancellation"])
      expect(
        await send("customer", {
          method: path === "" ? "GET" : "POST",
          resource: `/v1/case${path}`,
          headers: { Authorization: `Bearer ${aCaseId(n)}.${"x".repeat(43)}` },
        }),
      ).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  });
});

describe("staff", () => {
  beforeEach(async () => {
    await store.create(
      aStoredCase({ caseId: aCaseId(n), stage: "attention" }),
      { lookups: [{ kind: "email", value: "jane.doe@example.com" }] },
      request(),
    );
  });
  const one = (more: Partial<CallOptions> = {}) => ({ path: { caseId: aCaseId(n) }, ...more });

  it("see the whole case", async () => {
    const answer = await asStaff("finance", "GET", "/cases/{caseId}", one());
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(StaffCaseView.parse(answer.body).customer.email).toBe("jane.doe@example.com");
    expect(calls).toEqual(["Query"]);
    for (const caseId of [aCaseId(n + 1), "nonsense"])
      expect((await asStaff("finance", "GET", "/cases/{caseId}", { path: { caseId } })).status).toBe(404);
  });

  it("page through a stage, one call a page, with cursors that mean nothing elsewhere", async () => {
    for (const more of [1, 2])
      await store.create(
        aStoredCase({ caseId: aCaseId(n + more), stage: "attention" }),
        {},
        { ...request(), keyHash: hashOf(`${n}-${more}`) },
      );
    const query = { stage: "attention", limit: "2" };
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await asStaff("workshop", "GET", "/cases", {
        query: cursor === undefined ? query : { ...query, cursor },
      });
      expect(calls).toEqual(["Query"]);
      const page = CaseList.parse(answer.body);
      ids.push(...page.items.map((row) => row.caseId));
      cursor = page.cursor;
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    for (const more of [0, 1, 2]) expect(ids).toContain(aCaseId(n + more));
  });

  it("without a filter they page through all that is open", async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await asStaff("workshop", "GET", "/cases", {
        query: cursor === undefined ? { limit: "3" } : { limit: "3", cursor },
      });
      const page = CaseList.parse(answer.body);
      expect(page.items.length).toBeLessThanOrEqual(3);
      ids.push(...page.items.map((row) => row.caseId));
      cursor = page.cursor;
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(aCaseId(n));
  });

  it("find cases by address and numbers, a page at a time", async () => {
    const answer = await asStaff("shipping", "GET", "/cases", {
      query: { email: "JANE.DOE@example.com", limit: "1" },
    });
    const page = CaseList.parse(answer.body);
    expect(page.items).toHaveLength(1);
    expect(page.items[0]).toMatchObject({ customer: { name: "Jane Doe" }, verdict: "complimentary" });
    const rest = await asStaff("shipping", "GET", "/cases", {
      query: { email: "jane.doe@example.com", cursor: page.cursor ?? "" },
    });
    expect(rest.body.items.map((row: { caseId: string }) => row.caseId)).not.toContain(page.items[0]?.caseId);
    expect((await asStaff("shipping", "GET", "/cases", { query: { tracking: "1" } })).body).toEqual({
      items: [],
    });
  });

  it.each<Record<string, string>>([
    { stage: "nonsense" },
    { stage: "attention", limit: "0" },
    { stage: "attention", limit: "101" },
    { stage: "attention", limit: "ten" },
    { stage: "attention", cursor: "nonsense" },
    { email: "a@example.com", cursor: "nonsense" },
    { cursor: "nonsense" },
    { cursor: "in-review~nonsense" },
    { stage: "attention", email: "a@example.com" },
    { colour: "red" },
  ])("GET /cases?%o is 400", async (query) => {
    expect(await asStaff("manager", "GET", "/cases", { query })).toMatchObject({
      status: 400,
      body: { code: "invalid-request" },
    });
  });

  it("write notes that the customer never sees", async () => {
    const answer = await asStaff(
      "workshop",
      "POST",
      "/cases/{caseId}/notes",
      one({ method: "POST", body: { text: "hm" } }),
    );
    expect(answer.body.notes).toMatchObject([{ by: "staff:Kei Sato", text: "hm" }]);
    expect(JSON.stringify((await asCustomer("GET", "")).body)).not.toContain("Kei Sato");
  });

  it("R2: roles: the action is refused before its body is looked at", async () => {
    const review = (groups: string) => asStaff(groups, "POST", "/cases/{caseId}/review", one({ body: "{" }));
    for (const groups of ["workshop", "shipping", "finance"]) expect((await review(groups)).status).toBe(403);
    expect((await review("representative")).status).toBe(400);
    expect((await review("manager")).status).toBe(400);
    expect((await send("staff", { resource: "/v1/cases" })).status).toBe(401);
  });
});

describe("catalogue and ledger", () => {
  const { designNumber: _, ...facts } = aDesign();
  const putDesign = (groups: string, body: unknown, designNumber = `D-${n}`) =>
    asStaff(groups, "PUT", "/designs/{designNumber}", { path: { designNumber }, body });
  const ring = (method: string, body?: unknown, groups = "representative", headers = {}) =>
    asStaff(groups, method, "/rings/{serialNumber}", { path: { serialNumber: `SN-${n}` }, body, headers });

  it("designs are a manager's", async () => {
    expect((await putDesign("representative", facts)).status).toBe(403);
    expect(await putDesign("manager", facts)).toMatchObject({
      status: 200,
      body: { designNumber: `D-${n}` },
    });
    const { designs } = await store.reference({ serials: [], designs: [`D-${n}`] });
    expect(designs.get(`D-${n}`)).toMatchObject(facts);
  });

  it("R14: a category has its range, or has none", async () => {
    const wrong = [
      { category: "resizing" },
      { category: "resizing", minus: 3 },
      { category: "unavailable", minus: 0, plus: 0 },
      { category: "exchange-paid", plus: 1 },
    ];
    for (const resizing of wrong)
      expect(await putDesign("manager", { ...facts, resizing })).toMatchObject({
        status: 422,
        body: { errors: expect.arrayContaining([expect.objectContaining({ rule: "R14" })]) },
      });
    expect(await putDesign("manager", { ...facts, availableSizes: [9, 9] })).toMatchObject({ status: 422 });
    expect(await putDesign("manager", { ...facts, harmonizedCode: "71" })).toMatchObject({ status: 400 });
    expect((await putDesign("manager", facts, "not a number")).status).toBe(400);
  });

  it("a ring's facts are a representative's; its right and its case stay the process's", async () => {
    expect((await ring("GET")).status).toBe(404);
    const known = { designNumber: "R-1001", sizeAtPurchase: 11, deliveryDate: "2026-03-01" };
    expect(await ring("PUT", known)).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
      body: { ...known, deliverySource: "order", right: { state: "free" } },
    });
    const { rings } = await store.reference({ serials: [`SN-${n}`], designs: [] });
    const stored = rings.get(`SN-${n}`);
    if (!stored) throw new Error("not stored");
    const right = { state: "used", by: aCaseId(n), at: AT } as const;
    await store.putRing(1, { ...stored, right, currentSize: 13 });
    expect(await ring("PUT", { ...known, sizeAtPurchase: 10, deliverySource: "carrier" })).toMatchObject({
      status: 200,
      body: { sizeAtPurchase: 10, deliverySource: "carrier", right, currentSize: 13, version: 3 },
    });
    expect((await ring("GET")).body).toMatchObject({ sizeAtPurchase: 10, right });
    for (const groups of ["workshop", "shipping", "finance"])
      expect((await ring("GET", undefined, groups)).status).toBe(403);
  });

  it("a ring that has changed since is not overwritten", async () => {
    const known = { designNumber: "R-1001", sizeAtPurchase: 11 };
    await ring("PUT", known);
    expect(await ring("PUT", known, "manager", { "if-match": '"2"' })).toMatchObject({
      status: 409,
      body: { version: 1 },
    });
    const both = await Promise.all([ring("PUT", known), ring("PUT", { ...known, sizeAtPurchase: 12 })]);
    expect(both.map((answer) => answer.status)).toEqual([200, 200]);
    expect((await ring("GET")).body.version).toBe(3);
  });
});
