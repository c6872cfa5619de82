/** What every function of the API does alike: routes, bodies, problems, headers. */
import { describe, expect, it } from "vitest";
import { receipt } from "../../lambdas/actions/receipt.ts";
import { LinkRequest } from "../../lambdas/contracts/requests.ts";
import { ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";
import { Problem, ruleBroken } from "../../lambdas/domain/problem.ts";
import { createApi, type Operation, open } from "../../lambdas/platform/api.ts";
import { type Call, ifMatch, ok, parsed } from "../../lambdas/platform/http.ts";
import { answerOf, apiCall, type CallOptions } from "../builders/api-call.ts";

const SITE = "https://service.example/pages";

/** The public function with `assess` doing what the test wants. */
function api(run: (call: Call) => unknown) {
  const logged: { message: string; details: Record<string, unknown> }[] = [];
  const operation: Operation = open(async (call) => ok(await run(call)));
  const handler = createApi({
    function: "public",
    operations: Object.fromEntries(
      ["getBrand", "getDesign", "assess", "openCase", "resendLink", "enquire"].map((name) => [
        name,
        operation,
      ]),
    ),
    site: SITE,
    log: { error: (message, details) => logged.push({ message, details }) },
  });
  const send = async (options: Partial<CallOptions> = {}) =>
    answerOf(await handler(apiCall({ method: "POST", resource: "/v1/assessments", ...options })));
  return { send, logged };
}

describe("routes", () => {
  it("what is in no route, or in another function's, is not found", async () => {
    const { send } = api(() => "never");
    for (const wrong of [
      { resource: "/v1/nothing" },
      { resource: "/v1/case", method: "GET" },
      { method: "PUT" },
    ])
      expect(await send(wrong)).toMatchObject({ status: 404, body: { code: "not-found" } });
  });

  it("a route without its operation, or with one for other callers, does not start", () => {
    const log = { error: () => {} };
    expect(() => createApi({ function: "public", operations: {}, site: SITE, log })).toThrow(/getBrand/);
    const everybody = open(async () => ok({}));
    const operations = Object.fromEntries(
      ["requestUpload", "getDocument", "requestUploadAsStaff", "getDocumentAsStaff"].map((name) => [
        name,
        everybody,
      ]),
    );
    expect(() => createApi({ function: "files", operations, site: SITE, log })).toThrow(
      /requestUpload .* link/,
    );
  });

  it("the time of a request is when it reached the gateway", async () => {
    const { send } = api((call) => call.now);
    expect((await send({ at: "2026-03-31T23:59:59.999Z" })).body).toBe("2026-03-31T23:59:59.999Z");
  });
});

describe("bodies", () => {
  const echo = api((call) => call.body());

  it("nothing at all is {}", async () => {
    expect((await echo.send()).body).toEqual({});
    expect((await echo.send({ body: "" })).body).toEqual({});
  });

  it("base64 is decoded, as UTF-8", async () => {
    expect((await echo.send({ body: { name: "田中" }, base64: true })).body).toEqual({ name: "田中" });
  });

  it.each(["{", "nonsense", '{"a":}', "[".repeat(60_000)])("%.20s is 400 invalid-json", async (body) => {
    expect(await echo.send({ body })).toMatchObject({
      status: 400,
      body: { code: "invalid-json", status: 400 },
    });
  });

  it("bytes that are no text are 400 too", async () => {
    const body = new Uint8Array([0x22, 0xff, 0x22]);
    expect(await echo.send({ body })).toMatchObject({ status: 400, body: { code: "invalid-json" } });
  });

  it("half a character is 400 with its path, a whole one is taken, however either is written", async () => {
    expect(
      await echo.send({ body: String.raw`{"items":[{"design":"a\ud83d"}],"name":"\udc8d"}` }),
    ).toMatchObject({
      status: 400,
      body: {
        code: "invalid-request",
        errors: expect.arrayContaining([
          { path: "items[0].design", message: expect.any(String) },
          { path: "name", message: expect.any(String) },
        ]),
      },
    });
    expect((await echo.send({ body: String.raw`{"name":"\ud83d\udc8d"}` })).body).toEqual({ name: "💍" });
    expect((await echo.send({ body: String.raw`{"name":"\\ud83d"}` })).body).toEqual({
      name: String.raw`\ud83d`,
    });
  });

  it("64 KB are taken, one byte more is 413, counted in bytes", async () => {
    const ofBytes = (n: number) => `"${"x".repeat(n - 2)}"`;
    expect((await echo.send({ body: ofBytes(65_536) })).status).toBe(200);
    expect(await echo.send({ body: ofBytes(65_537) })).toMatchObject({
      status: 413,
      body: { code: "too-large" },
    });
    expect((await echo.send({ body: `"${"田".repeat(21_845)}"` })).status).toBe(413);
    expect((await echo.send({ body: ofBytes(65_537), base64: true })).status).toBe(413);
  });
});

describe("problems", () => {
  it("a body that breaks its schema: 400 with the path of every fault", async () => {
    const { send } = api((call) => parsed(LinkRequest, call.body()));
    expect(await send({ body: { email: "no", extra: 1 } })).toMatchObject({
      status: 400,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: "urn:after-sales:problem:invalid-request",
        title: expect.any(String),
        status: 400,
        code: "invalid-request",
        errors: expect.arrayContaining([
          { path: "email", message: expect.any(String) },
          { path: "extra", message: "unknown field" },
        ]),
      },
    });
  });

  it("where a body may have several forms, the faults of the nearest one are named", async () => {
    const { send } = api((call) => parsed(receipt.input, call.body()));
    const finding = { serialNumber: "SN-1", condition: "as-photographed" };
    const parcel = { lengthIn: 1, widthIn: 1, heightIn: 1, weightLb: 1, contents: ["jewelry"] };
    const paths = async (body: object) =>
      (await send({ body })).body.errors.map((error: { path: string }) => error.path);
    expect(await paths({ ...finding, ...parcel })).toEqual(["certificate"]);
    expect(await paths({ items: [{ item: 1, ...finding }], ...parcel })).toEqual(["items[0].certificate"]);
    expect(await paths({ ...parcel, items: [] })).toEqual(["items"]);
  });

  it("a body that breaks a rule: 422 with the rule, and what else the problem says", async () => {
    const { send } = api(() => {
      throw ruleBroken({ path: "items[0].desiredSize", message: "too far", rule: "R19" });
    });
    expect(await send()).toMatchObject({
      status: 422,
      body: { code: "rule-broken", errors: [{ path: "items[0].desiredSize", rule: "R19" }] },
    });
    const other = api(() => {
      throw new Problem("out-of-turn", [], { stage: "in-review", status: 999 });
    });
    expect((await other.send()).body).toMatchObject({ status: 409, stage: "in-review" });
  });

  it("anything else is 500, tells the caller nothing, and logs no words of others", async () => {
    const { send, logged } = api(() => {
      throw new TypeError("cannot read jane.doe@example.com");
    });
    const answer = await send();
    expect(answer).toMatchObject({ status: 500, body: { code: "internal-error" } });
    expect(JSON.stringify(answer)).not.toContain("jane.doe");
    expect(logged).toMatchObject([
      { message: "request failed", details: { requestId: "request-1", error: "TypeError" } },
    ]);
    expect(logged[0]?.details.frames).not.toHaveLength(0);
    expect(JSON.stringify(logged)).not.toContain("jane.doe");
  });

  it("a busy table is 429, a broken one 503; both say when to come again", async () => {
    for (const [error, status] of [
      [new ThrottledError("busy"), 429],
      [new TransientError("away"), 503],
    ] as const) {
      const { send } = api(() => {
        throw error;
      });
      expect(await send()).toMatchObject({ status, headers: { "retry-after": "1" } });
    }
  });
});

describe("headers", () => {
  it("no answer is cached, framed or sniffed; only the brand's own pages may read it", async () => {
    for (const run of [() => ({}), () => Promise.reject(new Problem("forbidden"))]) {
      const { headers } = await api(run).send();
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "access-control-allow-origin": "https://service.example",
        vary: "Origin",
      });
      expect(headers["strict-transport-security"]).toMatch(/max-age=\d{7,}/);
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    }
  });

  it.each([
    ["3", 3],
    ['"3"', 3],
    ['W/"12"', 12],
    ["*", undefined],
    ["", undefined],
  ])("If-Match %s names version %s", async (header, version) => {
    const { send } = api((call) => ifMatch(call) ?? null);
    expect((await send({ headers: { "if-match": header } })).body).toBe(version ?? null);
    expect((await send({ headers: { "If-Match": header } })).body).toBe(version ?? null);
  });

  it("any other If-Match is 400", async () => {
    const { send } = api((call) => ifMatch(call));
    for (const header of ["three", "-1", "1.5", "9999999999"])
      expect(await send({ headers: { "if-match": header } })).toMatchObject({ status: 400 });
  });
});
