/**
 * One call to Stripe: key, version, time-out, and what a bad answer means. Every call may be repeated: what changes
 * something carries an idempotency key, so that a lost answer needs no story of its own.
 */
import * as z from "zod";
import { PermanentError, ThrottledError, TransientError } from "../../domain/faults.ts";
import { encodeForm, type FormFields } from "./stripe-form.ts";

/** JSON in Secrets Manager: the key we call with, and the one under which Stripe signs what it tells us. */
export const StripeCredentials = z.strictObject({
  apiKey: z.string().min(1),
  webhookSecret: z.string().min(1),
});
export type StripeCredentials = z.infer<typeof StripeCredentials>;

export interface StripeConnectionDeps {
  /** Without a slash at its end: `https://api.stripe.com`. */
  readonly baseUrl: string;
  readonly credentials: () => Promise<StripeCredentials>;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How long one call may take, milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * All may throw TransientError, ThrottledError and PermanentError. A PermanentError says that Stripe has refused, so that
 * nothing was done; an answer that cannot be read does not say so, and is a TransientError.
 */
export interface StripeConnection {
  get<T>(schema: z.ZodType<T>, path: string, query?: FormFields): Promise<T>;
  /** Every page of a list, in Stripe's order: newest first. */
  list<T extends { readonly id: string }>(
    schema: z.ZodType<T>,
    path: string,
    query: FormFields,
  ): Promise<readonly T[]>;
  /** @param key the same for the same wish: Stripe answers a repetition as it answered the first, for 24 hours at least */
  post<T>(schema: z.ZodType<T>, path: string, key: string, fields?: FormFields): Promise<T>;
}

/** What answers look like is Stripe's to change from one version to the next: the webhook endpoint is made with the same. */
export const STRIPE_VERSION = "2026-08-26.dahlia";

/** Several times what a call usually takes, and below the time-out of the function that waits for it. */
const DEFAULT_TIMEOUT_MS = 20_000;
/** The most that Stripe gives at once. */
const PAGE_SIZE = 100;

/** Of an error only its kind: its message may repeat what was sent, an address for instance. */
const word = z
  .string()
  .regex(/^[a-z0-9_]{1,60}$/)
  .optional()
  .catch(undefined);
const ErrorAnswer = z.object({ error: z.object({ type: word, code: word }) });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Sent {
  readonly method: "GET" | "POST";
  /** With its query. */
  readonly target: string;
  /** Without its query: for messages. */
  readonly path: string;
  readonly key?: string;
  readonly body?: string;
}
interface Reply {
  readonly status: number;
  readonly text: string;
  /** Stripe's own number of the call, by which its support finds it. */
  readonly requestId: string;
}

/** 409: another request is at the same object, or has the same key; 424: somebody behind Stripe failed. */
const PASSING = new Set([408, 409, 424]);
/** The key stands for a request that was worded differently: it may have been acted on. */
const KEY_TAKEN = "idempotency_error";

const faultOf = ({ status, text, requestId }: Reply, what: string): Error => {
  const { type, code } = ErrorAnswer.safeParse(parsed(text)).data?.error ?? {};
  const said = ["Stripe answered", status, "to", what, type, code, requestId].filter(Boolean).join(" ");
  if (status === 429 || type === "rate_limit_error" || code === "rate_limit") return new ThrottledError(said);
  if (PASSING.has(status) || status >= 500 || type === KEY_TAKEN) return new TransientError(said);
  return new PermanentError(said);
};

export function createStripeConnection(deps: StripeConnectionDeps): StripeConnection {
  const { baseUrl, credentials, fetch: send = fetch, timeoutMs = DEFAULT_TIMEOUT_MS } = deps;
  let remembered: Promise<string> | undefined;

  /** Read once; `rejected` is one that Stripe has just refused, because it was rotated meanwhile. */
  const apiKey = async (rejected?: string): Promise<string> => {
    const known = await remembered?.catch(() => undefined);
    if (known !== undefined && known !== rejected) return known;
    remembered = credentials().then((found) => found.apiKey);
    return remembered;
  };

  const exchange = async ({ method, target, path, key, body }: Sent, token: string): Promise<Reply> => {
    try {
      const response = await send(`${baseUrl}${target}`, {
        method,
        redirect: "manual",
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          "stripe-version": STRIPE_VERSION,
          // A connection kept through the freeze of a function is dead when it thaws.
          connection: "close",
          ...(key === undefined ? {} : { "idempotency-key": key }),
          ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const requestId = response.headers.get("request-id") ?? "";
      return { status: response.status, text: await response.text(), requestId };
    } catch {
      throw new TransientError(`Stripe did not answer: ${method} ${path}`);
    }
  };

  const call = async <T>(schema: z.ZodType<T>, sent: Sent): Promise<T> => {
    const what = `${sent.method} ${sent.path}`;
    const token = await apiKey();
    let reply = await exchange(sent, token);
    if (reply.status === 401) {
      const renewed = await apiKey(token);
      if (renewed !== token) reply = await exchange(sent, renewed);
    }
    if (reply.status < 200 || reply.status >= 300) throw faultOf(reply, what);
    const json = parsed(reply.text);
    if (json === undefined) throw new TransientError(`Stripe's answer to ${what} is no JSON`);
    const answer = schema.safeParse(json);
    if (answer.success) return answer.data;
    const where = answer.error.issues.map((issue) => issue.path.join(".")).join(", ");
    throw new TransientError(
      `Stripe's answer to ${what} has another shape: ${where} ${reply.requestId}`.trim(),
    );
  };

  const get: StripeConnection["get"] = (schema, path, query = {}) => {
    const search = encodeForm(query);
    return call(schema, { method: "GET", path, target: search === "" ? path : `${path}?${search}` });
  };

  return {
    get,
    async list(schema, path, query) {
      const Page = z.object({ data: z.array(schema), has_more: z.boolean() });
      const all: z.infer<typeof schema>[] = [];
      for (;;) {
        const last = all.at(-1);
        const page = await get(Page, path, { ...query, limit: PAGE_SIZE, starting_after: last?.id });
        all.push(...page.data);
        if (!page.has_more || page.data.length === 0) return all;
      }
    },
    post: (schema, path, key, fields = {}) =>
      call(schema, { method: "POST", path, target: path, key, body: encodeForm(fields) }),
  };
}
