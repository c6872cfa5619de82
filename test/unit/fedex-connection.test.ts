import { describe, expect, it, vi } from "vitest";
import { createConnection, LostAnswer } from "../../lambdas/adapters/fedex/connection.ts";
import { PermanentError, ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";

const KEYS = {
  shipKey: "ship-key",
  shipSecret: "ship-secret",
  trackKey: "track-key",
  trackSecret: "track-secret",
};
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const fedexErrors = (status: number, code: string) => json({ errors: [{ code, message: "no" }] }, status);
const failed = (code: string, syscall?: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code, syscall }) });

/** A FedEx of two replies: one for tokens, one for all else. Throws what it is given as an error. */
const connect = (
  reply: (token: string, call: number) => Response | Error,
  tokenReply: (n: number) => Response | Error = (n) => json({ access_token: `t${n}`, expires_in: 3600 }),
) => {
  const clock = { ms: 1_000_000 };
  const tokenForms: URLSearchParams[] = [];
  const calls: { token: string; init: RequestInit }[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const isToken = url.endsWith("/oauth/token");
    if (isToken) tokenForms.push(new URLSearchParams(init.body as string));
    const token = new Headers(init.headers).get("authorization")?.slice(7) ?? "";
    if (!isToken) calls.push({ token, init });
    const result = isToken ? tokenReply(tokenForms.length) : reply(token, calls.length);
    if (result instanceof Error) throw result;
    return result;
  };
  const credentials = vi.fn<() => Promise<typeof KEYS>>(async () => KEYS);
  const call = createConnection({
    baseUrl: "https://apis.example",
    credentials,
    fetch,
    realNow: () => clock.ms,
  });
  return { call, clock, calls, tokenForms, credentials };
};

describe("FedEx's token", () => {
  it("is asked for once and shared by later calls, and by calls at the same time", async () => {
    const { call, calls, tokenForms, credentials } = connect(() => json({}));
    await Promise.all([call("ship", "POST", "/a", {}), call("ship", "POST", "/b", {})]);
    await call("ship", "POST", "/c", {});
    expect(calls.map((one) => one.token)).toStrictEqual(["t1", "t1", "t1"]);
    expect(credentials).toHaveBeenCalledOnce();
    expect(Object.fromEntries(tokenForms[0] ?? [])).toStrictEqual({
      grant_type: "client_credentials",
      client_id: "ship-key",
      client_secret: "ship-secret",
    });
  });

  it("Ship and Track have keys and tokens of their own", async () => {
    const { call, calls, tokenForms } = connect(() => json({}));
    await call("ship", "POST", "/a", {});
    await call("track", "POST", "/b", {});
    expect(tokenForms.map((form) => form.get("client_id"))).toStrictEqual(["ship-key", "track-key"]);
    expect(calls.map((one) => one.token)).toStrictEqual(["t1", "t2"]);
  });

  it("is renewed a minute before it expires", async () => {
    const { call, clock, calls } = connect(() => json({}));
    await call("ship", "POST", "/a", {});
    clock.ms += 3539_000;
    await call("ship", "POST", "/b", {});
    clock.ms += 1000;
    await call("ship", "POST", "/c", {});
    expect(calls.map((one) => one.token)).toStrictEqual(["t1", "t1", "t2"]);
  });

  it("refused by a 401 is renewed once, and the call repeated", async () => {
    const { call, calls } = connect((token) =>
      token === "t1" ? fedexErrors(401, "NOT.AUTHORIZED.ERROR") : json({ fine: true }),
    );
    expect(await call("ship", "POST", "/a", { x: 1 })).toStrictEqual({ ok: true, json: { fine: true } });
    expect(calls.map((one) => one.token)).toStrictEqual(["t1", "t2"]);
    expect(calls[1]?.init.body).toBe('{"x":1}');
  });

  it("expired under several calls at once is renewed once for all", async () => {
    let expired = false;
    const { call, tokenForms } = connect((token) =>
      expired && token === "t1" ? fedexErrors(401, "NOT.AUTHORIZED.ERROR") : json({}),
    );
    await call("ship", "POST", "/before", {});
    expired = true;
    const results = await Promise.all(["/a", "/b", "/c"].map((path) => call("ship", "POST", path, {})));
    expect(results.map((one) => one.ok)).toStrictEqual([true, true, true]);
    expect(tokenForms).toHaveLength(2);
  });

  it("refused twice is for a person: the keys are wrong", async () => {
    const { call, calls } = connect(() => fedexErrors(401, "NOT.AUTHORIZED.ERROR"));
    const error = await call("ship", "POST", "/a", {}).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PermanentError);
    expect(calls).toHaveLength(2);
  });

  it.each<[string, Response | Error, new (message: string) => Error]>([
    ["401", fedexErrors(401, "NOT.AUTHORIZED.ERROR"), PermanentError],
    ["400", fedexErrors(400, "BAD.REQUEST.ERROR"), PermanentError],
    [
      "403, which it answers to an address that asks too often",
      fedexErrors(403, "FORBIDDEN.ERROR"),
      ThrottledError,
    ],
    ["429", fedexErrors(429, "TOO.MANY"), ThrottledError],
    ["500", new Response("<html>", { status: 500 }), TransientError],
    ["no JSON", new Response("<html>"), TransientError],
    ["no connection", failed("ECONNREFUSED"), TransientError],
    ["a time-out", new DOMException("late", "TimeoutError"), TransientError],
  ])("not given (%s): nothing was asked for yet, so the answer is not lost", async (_, reply, kind) => {
    const { call, calls } = connect(
      () => json({}),
      () => reply,
    );
    const error = await call("ship", "POST", "/a", {}).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(kind);
    expect(error).not.toBeInstanceOf(LostAnswer);
    expect(calls).toHaveLength(0);
  });

  it("not given once is asked for again by the next call", async () => {
    const { call } = connect(
      () => json({}),
      (n) => (n === 1 ? failed("ECONNREFUSED") : json({ access_token: "t", expires_in: 3600 })),
    );
    await expect(call("ship", "POST", "/a", {})).rejects.toBeInstanceOf(TransientError);
    expect(await call("ship", "POST", "/a", {})).toMatchObject({ ok: true });
  });
});

describe("FedEx's answers", () => {
  it.each([400, 404, 422])("%i in its form is a refusal, without its parameters", async (status) => {
    const errors = [
      { code: "CITY.REQUIRED", message: "City.", parameterList: [{ key: "city", value: "Jane" }] },
    ];
    const { call } = connect(() => json({ transactionId: "1", errors }, status));
    expect(await call("ship", "POST", "/a", {})).toStrictEqual({
      ok: false,
      errors: [{ code: "CITY.REQUIRED", message: "City." }],
    });
  });

  it.each<[string, "lost" | "transient" | "throttled" | "permanent", () => Response | Error]>([
    ["a time-out", "lost", () => new DOMException("late", "TimeoutError")],
    ["a cut connection", "lost", () => failed("UND_ERR_SOCKET")],
    ["a reset", "lost", () => failed("ECONNRESET", "read")],
    ["500", "lost", () => fedexErrors(500, "INTERNAL.SERVER.ERROR")],
    ["503", "lost", () => fedexErrors(503, "SERVICE.UNAVAILABLE.ERROR")],
    ["408", "lost", () => new Response("", { status: 408 })],
    ["200 without JSON", "lost", () => new Response("<html>")],
    ["400 without JSON", "lost", () => new Response("<html>", { status: 400 })],
    ["a refused connection", "transient", () => failed("ECONNREFUSED", "connect")],
    ["an unknown host", "transient", () => failed("ENOTFOUND", "getaddrinfo")],
    ["a connection that never came", "transient", () => failed("UND_ERR_CONNECT_TIMEOUT")],
    ["429 without JSON", "throttled", () => new Response("slow down", { status: 429 })],
    ["403", "permanent", () => fedexErrors(403, "FORBIDDEN.ERROR")],
    ["400 in another form", "permanent", () => json({ oh: "no" }, 400)],
    ["a redirect", "permanent", () => json({}, 302)],
  ])("%s is %s", async (_, kind, reply) => {
    const { call } = connect(reply);
    const error = await call("ship", "POST", "/a", {}).catch((one: unknown) => one);
    const kinds = {
      lost: error instanceof LostAnswer,
      transient: error instanceof TransientError && !(error instanceof LostAnswer),
      throttled: error instanceof ThrottledError,
      permanent: error instanceof PermanentError,
    };
    expect(Object.entries(kinds).filter(([, is]) => is)).toStrictEqual([[kind, true]]);
  });

  it("a lost answer bears the name that lets a state machine retry it", () => {
    expect(new LostAnswer("").name).toBe("TransientError");
  });

  it("errors tell codes, never what was sent, what was said or a secret", async () => {
    for (const status of [401, 403, 429, 500]) {
      const { call } = connect(() =>
        json({ errors: [{ code: "SOME.CODE", message: "Jane Example of 500 Market Street" }] }, status),
      );
      const error = await call("ship", "POST", "/ship/v1/shipments", { person: "Jane Example" }).catch(
        String,
      );
      expect(error).toContain("SOME.CODE");
      expect(error).not.toMatch(/Jane|Market|secret|t1/);
    }
  });
});
