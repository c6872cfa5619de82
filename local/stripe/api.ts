/** The simulated Stripe's front door: key, version, parameters, idempotency; then the route, in one change of the data. */
import type { IncomingHttpHeaders } from "node:http";
import { fingerprintOf, parseForm } from "./form.ts";
import type { Json } from "./invoice-shapes.ts";
import type { Journal, KeptAnswer } from "./journal.ts";
import { isSameKey } from "./keys.ts";
import { errorBody, invalid, Refusal } from "./refusal.ts";
import { createRoutes, type RouteRules } from "./routes.ts";
import { API_VERSION } from "./shapes.ts";
import { beginWork, newId } from "./work.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

export interface ApiOptions extends RouteRules {
  readonly journal: Journal;
  readonly apiKey: string;
  readonly payUrl: string;
  /** Real time, milliseconds. */
  readonly realNow: () => number;
}

/** Keys are forgotten after so long: whoever repeats a request later makes everything twice. */
const KEYS_KEPT_MS = 24 * 60 * 60 * 1000;
/** Invoices have had payments of their own since then; older shapes are not simulated. */
const OLDEST_VERSION = "2025-03-31";

const unauthorized = (message: string): Refusal =>
  new Refusal(401, { type: "invalid_request_error", message });

const keyOf = (authorization: string): string => {
  const [scheme = "", given = ""] = authorization.split(" ");
  if (scheme.toLowerCase() === "bearer") return given;
  if (scheme.toLowerCase() === "basic") return Buffer.from(given, "base64").toString().split(":")[0] ?? "";
  return "";
};

const checkKey = (authorization: string, apiKey: string): void => {
  const given = keyOf(authorization);
  if (given === "") {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (!isSameKey(given, apiKey))
    throw unauthorized(`Invalid API Key provided: ${given.slice(0, 8)}****${given.slice(-4)}`);
};

const checkVersion = (version: string | undefined): void => {
  if (version === undefined) return;
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version))
    throw invalid(`Invalid Stripe API version: ${version}`);
  if (version < OLDEST_VERSION)
    throw invalid(`Invalid Stripe API version: ${version} (simulated from ${OLDEST_VERSION} on)`);
};

const checkContent = ({ method, headers, body }: Call): void => {
  const type = headers["content-type"] ?? "";
  if (method !== "POST" || body === "" || type.startsWith("application/x-www-form-urlencoded")) return;
  throw invalid("Invalid request (check that your POST content type is application/x-www-form-urlencoded).");
};

export const createApi = (options: ApiOptions): ((call: Call) => Answer) => {
  const { journal, apiKey, payUrl, realNow } = options;
  const findRoute = createRoutes(options);

  /** The answer kept under a key. @throws Refusal where the request is another one */
  const keptAnswer = (key: string, fingerprint: string): KeptAnswer | undefined => {
    const kept = journal.answer(key);
    if (!kept || realNow() - kept.at > KEYS_KEPT_MS) return undefined;
    if (kept.fingerprint === fingerprint) return kept;
    throw new Refusal(400, {
      type: "idempotency_error",
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  };

  const act = (call: Call, requestId: string): Answer => {
    const { method, path, query, headers, body } = call;
    checkKey(headers.authorization ?? "", apiKey);
    checkVersion(headers["stripe-version"]?.toString());
    const found = findRoute(method, path);
    if (!found) {
      throw new Refusal(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${method}: ${path}).`,
      });
    }
    checkContent(call);
    const text = method === "POST" ? [query, body].filter(Boolean).join("&") : query;
    const run = found.route.read(parseForm(text));

    const key = method === "POST" ? headers["idempotency-key"]?.toString() : undefined;
    if (key !== undefined && (key === "" || key.length > 255))
      throw invalid("Idempotency keys are of 1 to 255 characters.");
    const fingerprint = fingerprintOf(method, path, text);
    const kept = key === undefined ? undefined : keptAnswer(key, fingerprint);
    if (kept) return { status: kept.status, headers: { "idempotent-replayed": "true" }, body: kept.body };

    const cause = { id: requestId, idempotency_key: key ?? null };
    const at = realNow();
    const keep = (status: number, shape: Json) =>
      key === undefined ? {} : { answer: { key, fingerprint, at, status, body: { ...shape } } };
    const work = beginWork(journal, payUrl, Math.floor(at / 1000), cause);
    try {
      const shape = run(work, found.id);
      // Reading changes nothing, and leaves no line.
      if (method !== "GET") journal.commit({ ...work.change(), ...keep(200, shape) });
      return { status: 200, headers: {}, body: shape };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A refusal of a request that was well formed is kept under its key, as its success would have been.
      const shape = errorBody(error.error);
      if (key !== undefined) journal.commit(keep(error.status, shape));
      return { status: error.status, headers: {}, body: shape };
    }
  };

  return (call) => {
    const requestId = newId("req");
    const version = call.headers["stripe-version"]?.toString() ?? API_VERSION;
    const common = { "request-id": requestId, "stripe-version": version };
    try {
      const answer = act(call, requestId);
      return { ...answer, headers: { ...common, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, headers: common, body: errorBody(error.error) };
    }
  };
};
