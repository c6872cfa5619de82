/** A request as a REST API hands it to a function (payload version 1.0), and the function's answer back as HTTP. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../http.ts";
import { ACCOUNT } from "../plan/intrinsics.ts";
import type { Match } from "./routes.ts";

export interface RequestParts {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
  readonly match: Match;
  readonly claims: Readonly<Record<string, string>> | undefined;
  readonly apiId: string;
  readonly stage: string;
  /** Business time. */
  readonly now: Date;
}

const multi = (pairs: Iterable<readonly [string, string]>): Record<string, string[]> | null => {
  const all: Record<string, string[]> = {};
  for (const [name, value] of pairs) all[name] = [...(all[name] ?? []), value];
  return Object.keys(all).length > 0 ? all : null;
};
/** The last value of each, as API Gateway gives it beside the lists. */
const single = (all: Record<string, string[]> | null): Record<string, string> | null =>
  all && Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1) ?? ""]));

/** `23/Nov/2026:16:14:11 +0000`. */
const logTime = (now: Date): string => {
  const [, day, month, year, time] = now.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
};

function* headerPairs(raw: readonly string[]): Iterable<readonly [string, string]> {
  for (let at = 0; at < raw.length; at += 2) yield [raw[at] ?? "", raw[at + 1] ?? ""];
}

/** Bodies are text; bytes that are not UTF-8 cannot reach a REST API without a binary media type either. */
export const toEvent = ({ request, url, body, match, claims, apiId, stage, now }: RequestParts): object => {
  const headers = multi(headerPairs(request.rawHeaders));
  const query = multi(url.searchParams);
  const { method, path } = match.route;
  return {
    resource: path,
    path: url.pathname,
    httpMethod: request.method,
    headers: single(headers),
    multiValueHeaders: headers,
    queryStringParameters: single(query),
    multiValueQueryStringParameters: query,
    pathParameters: match.pathParameters,
    stageVariables: null,
    requestContext: {
      resourceId: "local",
      resourcePath: path,
      httpMethod: method === "ANY" ? request.method : method,
      extendedRequestId: randomUUID(),
      requestId: randomUUID(),
      requestTime: logTime(now),
      requestTimeEpoch: now.getTime(),
      path: `/${stage}${url.pathname}`,
      accountId: ACCOUNT,
      protocol: "HTTP/1.1",
      stage,
      domainName: request.headers.host ?? "localhost",
      apiId,
      identity: {
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: request.headers["user-agent"] ?? null,
      },
      ...(claims ? { authorizer: { claims } } : {}),
    },
    body: body.length > 0 ? body.toString("utf8") : null,
    isBase64Encoded: false,
  };
};

interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

const isAnswer = (result: unknown): result is FunctionAnswer => {
  if (typeof result !== "object" || result === null) return false;
  const { statusCode, body, headers } = result as Record<string, unknown>;
  return (
    typeof statusCode === "number" &&
    Number.isInteger(statusCode) &&
    statusCode >= 100 &&
    statusCode <= 599 &&
    (body === undefined || body === null || typeof body === "string") &&
    (headers === undefined || headers === null || typeof headers === "object")
  );
};

/** @returns false for what API Gateway calls a malformed proxy response: the caller answers 502. */
export const sendAnswer = (response: ServerResponse, result: unknown): boolean => {
  if (!isAnswer(result)) return false;
  const headers: Record<string, string | readonly string[]> = { "content-type": "application/json" };
  for (const [name, value] of Object.entries(result.headers ?? {}))
    headers[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {}))
    headers[name.toLowerCase()] = values;
  send(
    response,
    result.statusCode,
    headers,
    Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8"),
  );
  return true;
};
