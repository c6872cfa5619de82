/** API Gateway: routes, authorizer, required parameters, limits and time-outs; everything else is the function's. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, send, TooLarge } from "../http.ts";
import { FunctionError, TIMED_OUT } from "../lambda/functions.ts";
import type { ApiPlan, RoutePlan } from "../plan/api-plan.ts";
import type { TokenCheck } from "../staff-tokens.ts";
import { sendAnswer, toEvent } from "./event.ts";
import { answerAsGateway, type ResponseType } from "./problems.ts";
import { createRouter } from "./routes.ts";

/** API Gateway's limit of a payload. */
const LARGEST_BODY = 10 * 1024 * 1024;

export interface GatewayOptions {
  readonly api: ApiPlan;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly checkToken: (token: string, userPoolIds: readonly string[]) => Promise<TokenCheck>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

export type Gateway = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const timeOut = (ms: number): { readonly promise: Promise<"late">; readonly clear: () => void } => {
  const { promise, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => resolve("late"), ms);
  return { promise, clear: () => clearTimeout(timer) };
};

export const createGateway = ({ api, invoke, checkToken, now, log }: GatewayOptions): Gateway => {
  const find = createRouter(api.routes);

  const missing = (route: RoutePlan, request: IncomingMessage, url: URL): string[] => [
    ...route.requiredHeaders.filter((name) => !request.headers[name.toLowerCase()]),
    ...route.requiredQuery.filter((name) => !url.searchParams.get(name)),
  ];

  return async (request, response) => {
    // The moment of the request is when it reached the gateway, not when its body had arrived (R6).
    const arrivedAt = now();
    const url = new URL(request.url ?? "/", "http://local");
    const refuse = (type: ResponseType, detail?: string, status?: number): void =>
      answerAsGateway(response, api.responses, type, detail, status);

    let body: Buffer;
    try {
      body = await readBody(request, LARGEST_BODY);
    } catch (error) {
      if (error instanceof TooLarge) return refuse("REQUEST_TOO_LARGE");
      return void response.destroy();
    }
    const match = find(request.method ?? "GET", url.pathname);
    if (!match) return refuse("MISSING_AUTHENTICATION_TOKEN");
    const { route } = match;
    if (route.mock) return send(response, route.mock.status, route.mock.headers);

    let claims: Readonly<Record<string, string>> | undefined;
    if (route.authorizer) {
      const given = String(request.headers[route.authorizer.header.toLowerCase()] ?? "");
      const token = given.replace(/^Bearer\s+/i, "").trim();
      if (token === "") return refuse("UNAUTHORIZED");
      const check = await checkToken(token, route.authorizer.userPoolIds);
      if (check.outcome === "expired") return refuse("UNAUTHORIZED", "The incoming token has expired");
      if (check.outcome === "refused") return refuse("UNAUTHORIZED");
      claims = check.claims;
    }
    const absent = missing(route, request, url);
    if (absent.length > 0) {
      return refuse("BAD_REQUEST_PARAMETERS", `Missing required request parameters: [${absent.join(", ")}]`);
    }
    if (!route.functionName) return refuse("API_CONFIGURATION_ERROR");

    const event = toEvent({
      request,
      url,
      body,
      match,
      claims,
      apiId: api.id,
      stage: api.stage,
      now: arrivedAt,
    });
    const limit = timeOut(route.timeoutMs);
    try {
      const result = await Promise.race([invoke(route.functionName, event), limit.promise]);
      if (result === "late") return refuse("INTEGRATION_TIMEOUT");
      if (!sendAnswer(response, result)) refuse("DEFAULT_5XX", undefined, 502);
    } catch (error) {
      log(`${request.method} ${route.path}: ${(error as Error).message}`);
      if (error instanceof FunctionError && error.name === TIMED_OUT) return refuse("INTEGRATION_TIMEOUT");
      refuse("DEFAULT_5XX", undefined, 502);
    } finally {
      limit.clear();
    }
  };
};
