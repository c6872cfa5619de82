/** What the gateway itself answers: the responses of the template, with API Gateway's own where it has none. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { send } from "../http.ts";
import type { GatewayResponsePlan } from "../plan/api-plan.ts";

/** Types used here with API Gateway's own status and message. */
const DEFAULTS = {
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: "Missing Authentication Token" },
  UNAUTHORIZED: { status: 401, message: "Unauthorized" },
  EXPIRED_TOKEN: { status: 403, message: "The security token included in the request is expired" },
  ACCESS_DENIED: { status: 403, message: "User is not authorized to access this resource" },
  BAD_REQUEST_PARAMETERS: { status: 400, message: "Missing required request parameters" },
  REQUEST_TOO_LARGE: { status: 413, message: "Request Too Large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: "Unsupported Media Type" },
  INTEGRATION_FAILURE: { status: 504, message: "Internal server error" },
  INTEGRATION_TIMEOUT: { status: 504, message: "Endpoint request timed out" },
  API_CONFIGURATION_ERROR: { status: 500, message: "Internal server error" },
  DEFAULT_5XX: { status: 500, message: "Internal server error" },
} as const;
export type ResponseType = keyof typeof DEFAULTS;

/** @param detail replaces API Gateway's message: which parameter is missing. */
export const answerAsGateway = (
  response: ServerResponse,
  responses: readonly GatewayResponsePlan[],
  type: ResponseType,
  detail?: string,
  defaultStatus?: number,
): void => {
  const fallback = DEFAULTS[type];
  const status = defaultStatus ?? fallback.status;
  const message = detail ?? fallback.message;
  const requestId = randomUUID();
  const own =
    responses.find((one) => one.type === type) ??
    responses.find((one) => one.type === (status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"));
  const body = (own?.body ?? '{"message":$context.error.messageString}')
    .replaceAll("$context.error.messageString", JSON.stringify(message))
    .replaceAll("$context.error.message", message)
    .replaceAll("$context.error.responseType", type)
    .replaceAll("$context.requestId", requestId);
  send(
    response,
    own?.status ?? status,
    {
      "content-type": "application/json",
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": type,
      ...lowerKeys(own?.headers ?? {}),
    },
    body,
  );
};

const lowerKeys = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
