/** A request as API Gateway's REST API hands it to a function (payload 1.0). */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

export interface CallOptions {
  readonly method?: string;
  /** As in the template: `/v1/cases/{caseId}`. */
  readonly resource: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is, bytes in base64. */
  readonly body?: unknown;
  readonly base64?: boolean;
  /** Groups of a staff token; without them there is none. */
  readonly groups?: string | readonly string[];
  readonly at?: string;
}

export function apiCall(options: CallOptions): APIGatewayProxyEvent {
  const { method = "GET", resource, path, query, headers = {}, body, base64 = false, groups, at } = options;
  const inBase64 = base64 || body instanceof Uint8Array;
  const content =
    body === undefined || typeof body === "string" || body instanceof Uint8Array
      ? body
      : JSON.stringify(body);
  return {
    httpMethod: method,
    resource,
    path: resource,
    pathParameters: path ?? null,
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: null,
    headers,
    multiValueHeaders: {},
    stageVariables: null,
    body: content === undefined ? null : Buffer.from(content).toString(inBase64 ? "base64" : "utf8"),
    isBase64Encoded: inBase64,
    requestContext: {
      requestId: "request-1",
      requestTimeEpoch: Date.parse(at ?? "2026-03-14T12:00:00.000Z"),
      ...(groups === undefined
        ? {}
        : { authorizer: { claims: { name: "Kei Sato", "cognito:groups": groups } } }),
    } as unknown as APIGatewayProxyEvent["requestContext"],
  };
}

export interface Answer {
  readonly status: number;
  // Tests look into any answer.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Record<string, string>;
}

export const answerOf = (result: APIGatewayProxyResult): Answer => ({
  status: result.statusCode,
  body: JSON.parse(result.body),
  headers: Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
  ),
});
