/** Requests as the gateway hands them over, replies as it wants them back. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import * as z from "zod";
import type { Instant } from "../domain/identifiers.ts";
import { type Fault, invalidRequest, Problem } from "../domain/problem.ts";
import { parsedJson } from "./json.ts";

/** Bytes of a body; photos go to S3 and not through here. WAF's own limit of 8 KB only counts. */
const MAX_BODY_BYTES = 64 * 1024;

export interface Call {
  /** When the request reached the gateway: the only clock of a request (R6). */
  readonly now: Instant;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the gateway's authorizer found in a staff token; undefined without one. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** The body as JSON; `{}` when there is none. @throws Problem invalid-json, invalid-request, too-large */
  body(): unknown;
  /** The body as it came, over which a signature goes. @throws Problem too-large */
  raw(): Uint8Array;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 200,
  body,
  headers,
});

function rawBody(event: APIGatewayProxyEvent): Buffer {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > MAX_BODY_BYTES) throw new Problem("too-large");
  return bytes;
}

function bodyOf(event: APIGatewayProxyEvent): unknown {
  const bytes = rawBody(event);
  return bytes.length === 0 ? {} : parsedJson(bytes);
}

const present = (fields: Record<string, string | undefined> | null): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

export const callOf = (event: APIGatewayProxyEvent): Call => ({
  now: new Date(event.requestContext.requestTimeEpoch).toISOString(),
  path: present(event.pathParameters),
  query: present(event.queryStringParameters),
  headers: Object.fromEntries(
    Object.entries(present(event.headers)).map(([name, value]) => [name.toLowerCase(), value]),
  ),
  claims: event.requestContext.authorizer?.claims ?? undefined,
  body: () => bodyOf(event),
  raw: () => rawBody(event),
});

/**
 * Where a body may have one of several forms, the faults of the form it comes nearest to: "invalid input" alone would
 * not tell anybody what to mend.
 */
const ofNearestForm = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] =>
  issues.flatMap((issue) => {
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
    const faults = (form: readonly z.core.$ZodIssue[]) =>
      form.reduce((sum, one) => sum + (one.code === "unrecognized_keys" ? one.keys.length : 1), 0);
    const [nearest = []] = [...issue.errors].sort((a, b) => faults(a) - faults(b));
    return ofNearestForm(nearest.map((one) => ({ ...one, path: [...issue.path, ...one.path] })));
  });

/** What the schema makes of it. @throws Problem invalid-request with the path of every fault */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(new z.ZodError(ofNearestForm(result.error.issues)));
  return result.data;
}

/** Nothing of a case may lie in a cache, be framed, or be read as anything but JSON. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
};

/** @param site the brand's site, whose pages alone may read answers in a browser */
export const renderer = (site: string) => {
  const headers = {
    ...SECURITY_HEADERS,
    "access-control-allow-origin": new URL(site).origin,
    "access-control-expose-headers": "ETag, Retry-After",
    vary: "Origin",
  };
  const rendered = (
    status: number,
    type: string,
    body: unknown,
    more: Readonly<Record<string, string>> = {},
  ): APIGatewayProxyResult => ({
    statusCode: status,
    headers: { ...headers, "content-type": type, ...more },
    body: JSON.stringify(body),
  });
  return {
    reply: ({ status, body, headers: more }: Reply) => rendered(status, "application/json", body, more),
    /** RFC 9457. */
    problem: (problem: Problem) =>
      rendered(
        problem.status,
        "application/problem+json",
        problemBody(problem),
        problem.status === 429 || problem.status === 503 ? { "retry-after": "1" } : {},
      ),
  };
};

export const problemBody = (
  problem: Problem,
): Record<string, unknown> & { readonly code: string; readonly errors?: readonly Fault[] } => ({
  ...problem.extensions,
  type: `urn:after-sales:problem:${problem.code}`,
  title: problem.message,
  status: problem.status,
  code: problem.code,
  ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
});

/** The version a caller names as the one it has seen; undefined when it names none. @throws Problem for anything else */
export function ifMatch(call: Call): number | undefined {
  const given = call.headers["if-match"]?.trim();
  if (given === undefined || given === "" || given === "*") return undefined;
  const [, version] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given) ?? [];
  if (version === undefined)
    throw new Problem("invalid-request", [
      { path: "If-Match", message: "the version of the case, a whole number" },
    ]);
  return Number(version);
}

/** The header by which `If-Match` can name this version. */
export const etag = (version: number): Readonly<Record<string, string>> => ({ etag: `"${version}"` });
