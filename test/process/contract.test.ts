/** The contract, told by somebody who knows nothing else: what anybody may ask, and filing a request. */
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { aCloud } from "./cloud.ts";
import { anItem, aRequest, dayFromNow, filed } from "./requests.ts";
import { refusalOf, send } from "./wire.ts";

const { client, cloud } = aCloud();
const DATE = /^\d{4}-\d\d-\d\d$/;

let manager = "";
beforeAll(async () => {
  manager = await cloud().staffToken("Contract", ["manager"]);
});
const post = (path: string, json: unknown, headers: Readonly<Record<string, string>> = {}) =>
  send(cloud().url, "POST", path, { json, headers });
const assess = async (...items: readonly object[]) => (await post("/v1/assessments", { items })).body;
const file = (request: unknown, key: string) => post("/v1/cases", request, { "Idempotency-Key": key });
const casesOf = async (email: string): Promise<{ caseId: string }[]> =>
  (await send(cloud().url, "GET", `/v1/cases?email=${email}`, { token: manager })).body.items;
const reasons = (assessment: { reasons: readonly { rule: string; code: string }[] }) =>
  assessment.reasons.map(({ rule }) => rule);

describe("GET /brand", () => {
  it("links, package limits, topics, and the ship dates possible now", async () => {
    const { status, body } = await send(cloud().url, "GET", "/v1/brand");
    expect(status).toBe(200);
    expect(Object.values(body.links)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("/contact"),
        expect.stringContaining("/ring-sizing-kit"),
        expect.stringContaining("/packing-video"),
        expect.stringContaining("electronic-export-information"),
      ]),
    );
    expect(body.packageLimits).toEqual({ lengthIn: 8, widthIn: 8, heightIn: 8, weightLb: 3 });
    expect(body.topics).toEqual([
      "resizing",
      "repair-and-maintenance",
      "export-filing",
      "ring-size",
      "other",
    ]);
    expect(body.shipDates.length).toBeGreaterThan(10);
    for (const date of body.shipDates) {
      expect(date).toMatch(DATE);
      expect([0, 6]).not.toContain(new Date(`${date}T00:00:00Z`).getUTCDay());
    }
  });
});

describe("GET /designs/{designNumber}", () => {
  it("a design, or 404", async () => {
    expect((await send(cloud().url, "GET", "/v1/designs/R-1001")).body).toMatchObject({
      kind: "ring",
      resizing: { category: "resizing", minus: 3, plus: 3 },
    });
    expect(refusalOf(await send(cloud().url, "GET", "/v1/designs/R-0000"))).toBe("not-found");
  });
});

describe("POST /assessments", () => {
  it("has every field the contract names", async () => {
    const today = await dayFromNow(client(), 0);
    const item = await anItem(client(), { deliveryDate: today });
    expect(await assess(item)).toEqual({
      verdict: "complimentary",
      reasons: expect.any(Array),
      permittedSizes: [8, 9, 10, 12, 13, 14],
      lastComplimentaryDay: await dayFromNow(client(), 30),
      provisional: true,
      items: [
        expect.objectContaining({
          item: 1,
          verdict: "complimentary",
          reasons: expect.any(Array),
          permittedSizes: [8, 9, 10, 12, 13, 14],
          lastComplimentaryDay: await dayFromNow(client(), 30),
        }),
      ],
      next: expect.any(String),
    });
  });

  it("a design's name, a serial number, sizes and dates may be left out", async () => {
    const body = await assess({ designNumber: "R-1001" });
    expect(body).toMatchObject({ verdict: "needs-review", lastComplimentaryDay: null, provisional: false });
    expect(body.reasons.map((one: { code: string }) => one.code)).toContain("size-missing");
  });

  it.each([
    ["R19", "refused", { desiredSize: 15 }],
    ["R19", "refused", { desiredSize: 7 }],
    ["R18", "refused", { designNumber: "R-2002", desiredSize: 12 }],
    ["R20", "refused", { desiredSize: 11 }],
    ["R20", "refused", { designNumber: "N-5001" }],
    ["R17", "refused", { designNumber: "R-4001" }],
    ["R13", "paid", { designNumber: "R-1003" }],
    ["R16", "paid", { designNumber: "R-3001" }],
    ["R6", "paid", { deliveryDate: "2025-01-02" }],
    ["R12", "paid", { deliveryDate: "2025-01-02" }],
    ["R4", "needs-review", { designNumber: "R-0000" }],
    ["R6", "needs-review", { deliveryDate: undefined }],
    ["R7", "needs-review", { desiredSize: "unknown" }],
    ["R22", "needs-review", { serialNumber: undefined }],
  ])("%s: %s for %j", async (rule, verdict, more) => {
    const body = await assess(await anItem(client(), more));
    expect(body.verdict).toBe(verdict);
    expect(reasons(body)).toContain(rule);
  });

  it.each([["unknown"], [undefined]])(
    "a size %s is no refusal: size-missing, and sizes to choose from",
    async (desiredSize) => {
      const body = await assess(await anItem(client(), { desiredSize }));
      expect(body.verdict).toBe("needs-review");
      expect(body.reasons).toContainEqual(expect.objectContaining({ code: "size-missing", rule: "R7" }));
      expect(body.permittedSizes).toEqual([8, 9, 10, 12, 13, 14]);
    },
  );

  it("R19: the range is the design's: minus and plus differ, half sizes too", async () => {
    const body = await assess(await anItem(client(), { designNumber: "R-1002", desiredSize: 12.5 }));
    expect(body.permittedSizes).toEqual([10, 10.5, 11.5, 12, 12.5, 13]);
    expect(body.verdict).toBe("complimentary");
  });

  it("R15, R19: an exchange is bound by the available sizes only", async () => {
    const body = await assess(await anItem(client(), { designNumber: "R-2001", desiredSize: 16 }));
    expect(body.verdict).toBe("complimentary");
    expect(body.permittedSizes).toEqual([7, 8, 9, 10, 12, 13, 14, 15, 16]);
  });

  it("the verdict of several is the strictest of theirs", async () => {
    const fine = await anItem(client());
    const late = await anItem(client(), { deliveryDate: "2025-01-02" });
    const never = await anItem(client(), { designNumber: "R-4001" });
    expect((await assess(fine, late)).verdict).toBe("paid");
    const all = await assess(fine, late, never);
    expect(all.verdict).toBe("refused");
    expect(all.items.map((one: { item: number; verdict: string }) => [one.item, one.verdict])).toEqual([
      [1, "complimentary"],
      [2, "paid"],
      [3, "refused"],
    ]);
    expect((await assess(fine, fine)).verdict).toBe("refused");
  });

  it("the ledger of the ring wins over the body", async () => {
    const item = await anItem(client(), { sizeAtPurchase: 5, desiredSize: 7 });
    const put = await send(cloud().url, "PUT", `/v1/rings/${item.serialNumber}`, {
      token: manager,
      json: {
        designNumber: "R-1001",
        sizeAtPurchase: 11,
        deliveryDate: await dayFromNow(client(), -3),
        deliverySource: "carrier",
      },
    });
    expect(put.status).toBe(200);
    const body = await assess(item);
    expect(body).toMatchObject({
      verdict: "refused",
      permittedSizes: [8, 9, 10, 12, 13, 14],
      lastComplimentaryDay: await dayFromNow(client(), 27),
    });
    expect(reasons(body)).toContain("R19");
    expect(await assess({ ...item, desiredSize: 12 })).toMatchObject({
      verdict: "complimentary",
      provisional: false,
    });
  });

  it("is exactly what filing it now gives, whatever is asked", async () => {
    const today = await dayFromNow(client(), 0);
    const lately = await dayFromNow(client(), -5);
    let no = 0;
    const verdicts = new Set<string>();
    const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const anyItem = fc.record({
      designNumber: fc.constantFrom(
        "R-1001",
        "R-1002",
        "R-1003",
        "R-2001",
        "R-3001",
        "R-4001",
        "N-5001",
        "R-0",
      ),
      sizeAtPurchase: optional(fc.integer({ min: 5, max: 16 })),
      desiredSize: optional(fc.oneof(fc.integer({ min: 5, max: 16 }), fc.constant("unknown" as const))),
      deliveryDate: optional(fc.constantFrom("2024-02-29", lately, today, "2099-12-31")),
      named: fc.constantFrom(true, true, false),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyItem, { minLength: 1, maxLength: 2 }),
        fc.constantFrom("America/New_York", "Asia/Tokyo", "Nowhere/Land", undefined),
        async (asked, timeZone) => {
          no += 1;
          const items = asked.map(({ named, ...item }, at) => ({
            design: "Any",
            ...item,
            ...(named ? { serialNumber: `SN-SAME-${no}-${at}` } : {}),
          }));
          const judged = (await post("/v1/assessments", { timeZone, items })).body;
          verdicts.add(judged.verdict);
          const customer = { email: `same-${no}@example.com`, timeZone };
          const answer = await file(aRequest(items, { customer }), `same-${no}`);
          expect(answer.status).toBe(judged.verdict === "refused" ? 422 : 201);
          expect(answer.body.assessment).toEqual(judged);
        },
      ),
      { seed: 7, numRuns: 40 },
    );
    expect([...verdicts].sort()).toEqual(["complimentary", "needs-review", "paid", "refused"]);
  });
});

describe("POST /cases", () => {
  it("201 with caseId, stage, process and assessment; E1 to the customer with a link that opens the case", async () => {
    const request = aRequest([await anItem(client())], { order: { number: "US-1", date: "2026-01-02" } });
    const one = await filed(client(), request);
    expect(one.answer.body).toEqual({
      caseId: one.caseId,
      stage: "photos-requested",
      process: "complimentary-resizing",
      assessment: expect.objectContaining({ verdict: "complimentary" }),
    });
    expect(one.token).toMatch(new RegExp(`^${one.caseId}\\.[A-Za-z0-9_-]{43}$`));
    expect((await one.customer.get()).caseId).toBe(one.caseId);
  });

  it("the same key and body: the same 201; another body: 409, and no second case", async () => {
    const request = aRequest([await anItem(client())]);
    const key = `${"k".repeat(250)} ~!"`;
    const first = await file(request, key);
    expect(first.status).toBe(201);
    const { items, ...rest } = request;
    for (const again of [request, { items, ...rest }]) {
      const second = await file(again, key);
      expect(second.status).toBe(201);
      expect(second.body).toEqual(first.body);
    }
    const other = await file({ ...request, order: { number: "US-2" } }, key);
    expect(refusalOf(other)).toBe("key-reused");
    expect(other.status).toBe(409);
    expect(await casesOf(request.customer.email)).toHaveLength(1);
  });

  it("the same key and body still answers so once the case has ended", async () => {
    const request = aRequest([await anItem(client())]);
    const one = await filed(client(), request);
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
    const first = await file(request, "ended-key");
    expect(first.status).toBe(201);
    expect(first.body.caseId).not.toBe(one.caseId);
    await client().staff("manager").act(first.body.caseId, "cancellation", { reason: "test" });
    await cloud().quiescent();
    expect((await file(request, "ended-key")).body).toEqual(first.body);
  });

  it("refused: 422 with the assessment and the paths, and there is no case; the key is free again", async () => {
    const item = await anItem(client(), { desiredSize: 20 });
    const request = aRequest([item]);
    const answer = await file(request, "refused-key");
    expect(refusalOf(answer)).toBe("rule-broken");
    expect(answer.status).toBe(422);
    expect(answer.body.assessment).toMatchObject({ verdict: "refused" });
    expect(answer.body.errors[0]).toMatchObject({ path: expect.stringMatching(/^items\[0\]/), rule: "R19" });
    expect(await casesOf(request.customer.email)).toEqual([]);
    const better = await file({ ...request, items: [{ ...item, desiredSize: 12 }] }, "refused-key");
    expect(better.status).toBe(201);
  });

  it("R20: a second request for a ring with an open case is refused", async () => {
    const item = await anItem(client());
    await filed(client(), aRequest([item]));
    const second = await file(aRequest([item]), "second");
    expect(refusalOf(second)).toBe("rule-broken");
    expect(reasons(second.body.assessment)).toContain("R20");
  });

  it("R12: verdict paid begins with the offer by E6; yes keeps case and link, and asks only what is missing", async () => {
    const request = aRequest([await anItem(client(), { designNumber: "R-1003" })]);
    const one = await filed(client(), request, "E6");
    expect(one.answer.body).toMatchObject({ stage: "conversion-offered", process: "complimentary-resizing" });
    const offered = await one.customer.reaches("conversion-offered");
    expect(offered.awaiting).toMatchObject({ action: "conversion", by: "customer" });
    expect(offered.conversion).toMatchObject({ changes: expect.any(Array) });
    expect(offered.conversion?.reasons).toContainEqual(expect.objectContaining({ rule: "R13" }));
    expect((await one.customer.act("conversion", { accept: true })).status).toBe(200);
    const asked = await one.customer.reaches("photos-requested");
    expect(asked).toMatchObject({
      caseId: one.caseId,
      process: "repair-and-maintenance",
      awaiting: { action: "photos", by: "customer" },
      conversion: null,
      invoices: [],
    });
  });

  it("R23: the paid process: 201 with its own stage, and what is missing is 422 with its path", async () => {
    const item = await anItem(client(), { desiredSize: undefined });
    const paid = (more: object) => aRequest([{ ...item, ...more }], { process: "repair-and-maintenance" });
    const missing = await file(paid({}), "nothing-wished");
    expect(refusalOf(missing)).toBe("rule-broken");
    expect(missing.body.errors.map((one: { path: string }) => one.path)).toEqual([
      "items[0].services",
      "items[0].description",
    ]);
    const contradicting: readonly (readonly [object, string, string])[] = [
      [{ services: ["engraving"] }, "items[0].engraving", "R23"],
      [{ services: ["engraving"], engraving: "永遠" }, "items[0].engraving", "R23"],
      [{ services: ["engraving"], engraving: "x".repeat(21) }, "items[0].engraving", "R23"],
      [{ services: ["polishing"], engraving: "A & M" }, "items[0].engraving", "R23"],
      [{ services: ["polishing"], desiredSize: 13 }, "items[0].desiredSize", "R23"],
      [{ services: ["polishing", "polishing"] }, "items[0].services[1]", "R24"],
      [{ services: ["engraving", "re-engraving"], engraving: "A" }, "items[0].services", "R24"],
      [{ services: ["paid-resizing", "paid-exchange"], desiredSize: 13 }, "items[0].services", "R24"],
    ];
    for (const [more, path, rule] of contradicting) {
      const answer = await file(paid({ description: "as told", ...more }), "contradiction");
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, rule }));
    }
    const taken = await file(paid({ services: ["polishing"], description: "dull" }), "contradiction");
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject({
      stage: "photos-requested",
      process: "repair-and-maintenance",
      assessment: { verdict: "paid" },
    });
  });

  it("one to ten items", async () => {
    const ten = await Promise.all(Array.from({ length: 10 }, () => anItem(client())));
    expect((await file(aRequest(ten), "ten")).status).toBe(201);
    const eleven = await Promise.all(Array.from({ length: 11 }, () => anItem(client())));
    expect(refusalOf(await file(aRequest(eleven), "eleven"))).toBe("invalid-request");
    expect(refusalOf(await file(aRequest([]), "none"))).toBe("invalid-request");
  });

  it("writes in the customer's language", async () => {
    const one = await filed(
      client(),
      aRequest([await anItem(client())], { customer: { locale: "ja", name: "山田 花子" } }),
    );
    expect((await client().mail(one.email, "E1")).text).toMatch(/[ぁ-ん]/);
    const english = await filed(client(), aRequest([await anItem(client())]));
    expect((await client().mail(english.email, "E1")).text).not.toMatch(/[ぁ-ん]/);
  });
});

describe("POST /cases/{caseId}/links", () => {
  it("202 whatever is true; the address on file gets a link, and the older one goes on working", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    await cloud().quiescent();
    const before = (await client().mails(one.email)).length;
    const wanted = [
      ["CW-0000000000", one.email],
      ["nonsense", one.email],
      [one.caseId, "else@example.com"],
      [one.caseId, one.email],
    ] as const;
    for (const [caseId, email] of wanted) {
      const answer = await post(`/v1/cases/${caseId}/links`, { email });
      expect([answer.status, answer.body]).toEqual([202, {}]);
    }
    await cloud().quiescent();
    const mails = await client().mails(one.email);
    expect(mails.length).toBe(before + 1);
    expect(await client().mails("else@example.com")).toEqual([]);
    const newest = mails.at(-1);
    const token = newest && client().tokenIn(newest);
    expect(token).not.toBe(one.token);
    expect(
      (
        await client()
          .customer(token ?? "")
          .get()
      ).caseId,
    ).toBe(one.caseId);
    expect((await one.customer.get()).caseId).toBe(one.caseId);
  });
});
