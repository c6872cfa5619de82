/**
 * One call to FedEx: token, time-out, and what a bad answer means. A reply that was lost is told apart from a request
 * that never left, because only the second may simply be sent again.
 */
import * as z from "zod";
import { PermanentError, ThrottledError, TransientError } from "../../domain/faults.ts";

/** JSON in Secrets Manager: Ship and Track are two projects at FedEx, each with keys of its own. */
export const FedexCredentials = z.strictObject({
  shipKey: z.string().min(1),
  shipSecret: z.string().min(1),
  trackKey: z.string().min(1),
  trackSecret: z.string().min(1),
});
export type FedexCredentials = z.infer<typeof FedexCredentials>;

export interface ConnectionDeps {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly credentials: () => Promise<FedexCredentials>;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How long one call may take, milliseconds. */
  readonly timeoutMs?: number;
  /** Real time for the life of tokens, milliseconds; business time has no say in it. */
  readonly realNow?: () => number;
}

/** The request may have been acted on, and nobody knows: time-out, cut connection, 5xx, an answer that is no JSON. */
export class LostAnswer extends TransientError {}

/** FedEx's own errors without their parameters, which may repeat personal data. */
const Errors = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().default("") })).min(1),
});
export type CallResult =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly errors: readonly { readonly code: string; readonly message: string }[] };

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type KeyPair = "ship" | "track";
interface Token {
  readonly value: string;
  readonly expiresAt: number;
}
const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** A token is renewed a minute early, so that it does not expire on its way. */
const TOKEN_MARGIN_MS = 60_000;
/** Twice what a label usually takes, and below the time-out of the function that waits for it. */
const DEFAULT_TIMEOUT_MS = 20_000;

const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const neverSent = (error: unknown): boolean => {
  const cause = (error as { cause?: { code?: unknown; syscall?: unknown } } | undefined)?.cause;
  const code = String(cause?.code);
  return NEVER_SENT.has(code) || code === "UND_ERR_CONNECT_TIMEOUT" || cause?.syscall === "connect";
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const errorsOf = (json: unknown) => Errors.safeParse(json).data?.errors ?? [];

export const createConnection = (deps: ConnectionDeps) => {
  const { baseUrl, credentials, fetch: send = fetch, realNow = Date.now } = deps;
  const timeoutMs = deps.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const tokens = new Map<KeyPair, Promise<Token>>();

  /** @throws TransientError when it never left, LostAnswer when it may have arrived. */
  const exchange = async (path: string, init: Sent): Promise<{ status: number; text: string }> => {
    const what = `${init.method} ${path}`;
    try {
      const response = await send(`${baseUrl}${path}`, {
        ...init,
        redirect: "manual",
        // A connection kept through the freeze of a function is dead when it thaws, and a label request cut off on it
        // would count as lost: every call opens its own.
        headers: { ...init.headers, connection: "close" },
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      if (neverSent(error)) throw new TransientError(`FedEx could not be reached: ${what}`);
      throw new LostAnswer(`FedEx did not answer: ${what}`);
    }
  };

  const newToken = async (pair: KeyPair): Promise<Token> => {
    const keys = await credentials();
    const { status, text } = await exchange("/oauth/token", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: pair === "ship" ? keys.shipKey : keys.trackKey,
        client_secret: pair === "ship" ? keys.shipSecret : keys.trackSecret,
      }).toString(),
    }).catch((error: unknown) => {
      // No label is asked for yet: whatever happened to this call, the next may simply try again.
      throw error instanceof LostAnswer ? new TransientError(error.message) : error;
    });
    // The token endpoint answers 403 for ten minutes to an address that asks too often.
    if (status === 429 || status === 403) throw new ThrottledError(`FedEx gives no token now (${status})`);
    const answer = TokenAnswer.safeParse(parsed(text));
    if (status === 200 && answer.success) {
      const { access_token, expires_in } = answer.data;
      return { value: access_token, expiresAt: realNow() + expires_in * 1000 - TOKEN_MARGIN_MS };
    }
    if (status >= 400 && status < 500) throw new PermanentError(`FedEx refuses the ${pair} keys (${status})`);
    throw new TransientError(`FedEx gave no token (${status})`);
  };

  /** The cached token, shared by the calls under way; `rejected` is one that FedEx has just refused. */
  const tokenFor = async (pair: KeyPair, rejected?: string): Promise<string> => {
    const cached = tokens.get(pair);
    const known = await cached?.catch(() => undefined);
    if (known && known.value !== rejected && known.expiresAt > realNow()) return known.value;
    // While this call waited, another may have asked for a new one.
    if (tokens.get(pair) !== cached) return tokenFor(pair, rejected);
    const asked = newToken(pair);
    tokens.set(pair, asked);
    try {
      return (await asked).value;
    } catch (error) {
      if (tokens.get(pair) === asked) tokens.delete(pair);
      throw error;
    }
  };

  /**
   * Expected refusals (400, 404, 422) are values.
   * @throws TransientError, LostAnswer (a TransientError too), ThrottledError for 429, PermanentError for keys and rights
   */
  return async (
    pair: KeyPair,
    method: "POST" | "PUT",
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<CallResult> => {
    const request = (token: string) =>
      exchange(path, {
        method,
        headers: {
          ...headers,
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          accept: "application/json",
          "x-locale": "en_US",
        },
        body: JSON.stringify(body),
      });

    const token = await tokenFor(pair);
    let reply = await request(token);
    // An expired token and bad keys look the same: renewed once, then it is the keys. A 401 was not acted on.
    if (reply.status === 401) reply = await request(await tokenFor(pair, token));

    const { status, text } = reply;
    const json = parsed(text);
    const errors = errorsOf(json);
    const said =
      `FedEx answered ${status} to ${method} ${path} ${errors.map((one) => one.code).join(" ")}`.trim();
    if (status === 429) throw new ThrottledError(said);
    if (status === 401 || status === 403) throw new PermanentError(said);
    if (status === 408 || status >= 500 || json === undefined) throw new LostAnswer(said);
    if (status >= 200 && status < 300) return { ok: true, json };
    if (errors.length > 0 && [400, 404, 422].includes(status)) return { ok: false, errors };
    throw new PermanentError(said);
  };
};
