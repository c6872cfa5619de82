import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import {
  createStripeConnection,
  STRIPE_VERSION,
  StripeCredentials,
} from "../../lambdas/adapters/payments/stripe-connection.ts";
import { secretJson } from "../../lambdas/adapters/secrets-manager/secret-json.ts";
import { PermanentError, ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";

const KEYS = { apiKey: "sk_test_1", webhookSecret: "whsec_1" };
const Thing = z.object({ id: z.string() });
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "request-id": "req_1" } });
const refused = (status: number, error: Record<string, string>) => json({ error }, status);

/** A Stripe of prepared replies. Throws what it is given as an error. */
const connect = (
  reply: (call: number, token: string | null) => Response | Error,
  credentials: () => Promise<StripeCredentials> = async () => KEYS,
) => {
  const calls: { url: string; init: RequestInit; headers: Headers }[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    calls.push({ url, init, headers });
    const result = reply(calls.length, headers.get("authorization"));
    if (result instanceof Error) throw result;
    return result;
  };
  const stripe = createStripeConnection({ baseUrl: "https://api.example", credentials, fetch });
  return { stripe, calls };
};
const failure = (reply: Response | Error) => {
  const { stripe } = connect(() => reply);
  return stripe.post(Thing, "/v1/refunds", "key", { amount: 1 }).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
};

describe("a call to Stripe", () => {
  it("sends a form with key, version and idempotency key", async () => {
    const { stripe, calls } = connect(() => json({ id: "cus_1", object: "customer" }));
    expect(
      await stripe.post(Thing, "/v1/customers", "CW-1:customer", { name: "Jane Doe", metadata: { a: "b" } }),
    ).toStrictEqual({ id: "cus_1" });
    const [call] = calls;
    expect(call?.url).toBe("https://api.example/v1/customers");
    expect(call?.init.method).toBe("POST");
    expect(call?.init.body).toBe("name=Jane+Doe&metadata%5Ba%5D=b");
    expect(Object.fromEntries(call?.headers ?? [])).toMatchObject({
      authorization: "Bearer sk_test_1",
      "content-type": "application/x-www-form-urlencoded",
      "idempotency-key": "CW-1:customer",
      "stripe-version": STRIPE_VERSION,
    });
  });

  it("reads with a query and without an idempotency key", async () => {
    const { stripe, calls } = connect(() => json({ id: "in_1" }));
    await stripe.get(Thing, "/v1/invoices/in_1");
    await stripe.get(Thing, "/v1/things", { expand: ["a"], no: undefined });
    expect(calls.map(({ url }) => url)).toStrictEqual([
      "https://api.example/v1/invoices/in_1",
      "https://api.example/v1/things?expand%5B0%5D=a",
    ]);
    expect(
      calls.map(({ init, headers }) => [init.method, init.body, headers.get("idempotency-key")]),
    ).toStrictEqual([
      ["GET", undefined, null],
      ["GET", undefined, null],
    ]);
  });

  it("reads every page of a list", async () => {
    const { stripe, calls } = connect((call) =>
      call === 1
        ? json({ data: [{ id: "re_2" }, { id: "re_1" }], has_more: true })
        : json({ data: [{ id: "re_0" }], has_more: false }),
    );
    expect(await stripe.list(Thing, "/v1/refunds", { charge: "ch_1" })).toStrictEqual([
      { id: "re_2" },
      { id: "re_1" },
      { id: "re_0" },
    ]);
    expect(calls.map(({ url }) => new URL(url).search)).toStrictEqual([
      "?charge=ch_1&limit=100",
      "?charge=ch_1&limit=100&starting_after=re_1",
    ]);
  });

  it("ends a list that says there is more and gives nothing", async () => {
    const { stripe, calls } = connect(() => json({ data: [], has_more: true }));
    expect(await stripe.list(Thing, "/v1/refunds", {})).toStrictEqual([]);
    expect(calls).toHaveLength(1);
  });
});

describe("Stripe's key", () => {
  it("is read once for many calls", async () => {
    const credentials = vi.fn<() => Promise<StripeCredentials>>(async () => KEYS);
    const { stripe } = connect(() => json({ id: "in_1" }), credentials);
    await stripe.get(Thing, "/v1/invoices/in_1");
    await stripe.get(Thing, "/v1/invoices/in_1");
    expect(credentials).toHaveBeenCalledOnce();
  });

  it("that was rotated is read anew at a 401, and the same call is made again", async () => {
    const keys = ["sk_old", "sk_new"];
    const { stripe, calls } = connect(
      (_, token) =>
        token === "Bearer sk_new" ? json({ id: "in_1" }) : refused(401, { type: "invalid_request_error" }),
      async () => ({ ...KEYS, apiKey: keys.shift() ?? "" }),
    );
    await stripe.post(Thing, "/v1/invoices", "k");
    expect(
      calls.map(({ headers }) => [headers.get("authorization"), headers.get("idempotency-key")]),
    ).toStrictEqual([
      ["Bearer sk_old", "k"],
      ["Bearer sk_new", "k"],
    ]);
  });

  it("that is wrong is tried once", async () => {
    const { stripe, calls } = connect(() => refused(401, { type: "invalid_request_error" }));
    await expect(stripe.get(Thing, "/v1/invoices/in_1")).rejects.toThrow(PermanentError);
    expect(calls).toHaveLength(1);
  });

  it("whose reading failed is read again by the next call", async () => {
    const credentials = vi
      .fn<() => Promise<StripeCredentials>>()
      .mockRejectedValueOnce(new TransientError("no secret now"))
      .mockResolvedValue(KEYS);
    const { stripe } = connect(() => json({ id: "in_1" }), credentials);
    await expect(stripe.get(Thing, "/v1/invoices/in_1")).rejects.toThrow("no secret now");
    expect(await stripe.get(Thing, "/v1/invoices/in_1")).toStrictEqual({ id: "in_1" });
  });

  it("comes as JSON from the secret store, with the webhook's secret", async () => {
    const read = (SecretString: string) =>
      secretJson({ send: async () => ({ SecretString }) } as never, "stripe", StripeCredentials)();
    expect(await read(JSON.stringify(KEYS))).toStrictEqual(KEYS);
    await expect(read('{"apiKey":"sk"}')).rejects.toThrow(PermanentError);
  });
});

describe("what a bad answer of Stripe means", () => {
  it.each([
    ["429", refused(429, { type: "invalid_request_error", code: "lock_timeout" })],
    ["a rate limit by its code", refused(400, { type: "invalid_request_error", code: "rate_limit" })],
    ["a rate limit by its type", refused(400, { type: "rate_limit_error" })],
    ["429 that is no JSON", new Response("slow down", { status: 429 })],
  ])("%s: later", async (_, reply) => {
    expect(await failure(reply)).toBeInstanceOf(ThrottledError);
  });

  it.each([
    ["a cut connection", new TypeError("fetch failed")],
    ["a time-out", new DOMException("timed out", "TimeoutError")],
    ["500", refused(500, { type: "api_error" })],
    ["503 that is no JSON", new Response("<html>", { status: 503 })],
    [
      "a request under way with the same key",
      refused(409, { type: "idempotency_error", code: "idempotency_key_in_use" }),
    ],
    ["a conflict with another request", refused(409, { type: "invalid_request_error" })],
    ["a key that stands for other words", refused(400, { type: "idempotency_error" })],
    ["somebody behind Stripe", refused(424, { type: "api_error" })],
    ["success that is no JSON", new Response("<html>", { status: 200 })],
    ["success of another shape", json({ object: "refund" })],
  ])("%s: once more, because it may have been acted on", async (_, reply) => {
    expect(await failure(reply)).toBeInstanceOf(TransientError);
  });

  it("a body that is cut off: once more", async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
    expect(await failure(new Response(body))).toBeInstanceOf(TransientError);
  });

  it.each([
    ["400", refused(400, { type: "invalid_request_error", code: "parameter_missing" })],
    ["401", refused(401, { type: "invalid_request_error" })],
    ["402", refused(402, { type: "card_error", code: "card_declined" })],
    ["403", refused(403, { type: "invalid_request_error" })],
    ["404", refused(404, { type: "invalid_request_error", code: "resource_missing" })],
    ["404 that is no JSON", new Response("", { status: 404 })],
    ["a redirect", new Response(null, { status: 302, headers: { location: "https://elsewhere.example" } })],
  ])("%s: refused", async (_, reply) => {
    expect(await failure(reply)).toBeInstanceOf(PermanentError);
  });

  it("is told by type, code and Stripe's number of the call, never by words that may repeat an address", async () => {
    const error = await failure(
      refused(400, {
        type: "invalid_request_error",
        code: "email_invalid",
        message: "Invalid email address: jane.doe@example.com",
        param: "email",
      }),
    );
    expect(error?.message).toBe(
      "Stripe answered 400 to POST /v1/refunds invalid_request_error email_invalid req_1",
    );
  });

  it("does not repeat a code that is none", async () => {
    const error = await failure(refused(400, { type: "Jane Doe", code: "jane.doe@example.com" }));
    expect(error?.message).toBe("Stripe answered 400 to POST /v1/refunds req_1");
  });

  it("of another shape is told by its place", async () => {
    const error = await failure(json({ id: 7, name: "Jane Doe" }));
    expect(error?.message).toBe("Stripe's answer to POST /v1/refunds has another shape: id req_1");
  });

  it("gives up waiting", async () => {
    const stripe = createStripeConnection({
      baseUrl: "https://api.example",
      credentials: async () => KEYS,
      timeoutMs: 1,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        }),
    });
    await expect(stripe.get(Thing, "/v1/invoices/in_1")).rejects.toThrow(
      new TransientError("Stripe did not answer: GET /v1/invoices/in_1"),
    );
  });
});
