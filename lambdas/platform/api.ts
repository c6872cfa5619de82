/** One function of the API: finds the operation of a route, lets in who may, and turns what is thrown into a problem. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { type ApiFunction, ROUTES, type Route } from "../contracts/routes.ts";
import { ThrottledError, TransientError } from "../domain/faults.ts";
import { Problem } from "../domain/problem.ts";
import { type Call, callOf, type Reply, renderer } from "./http.ts";
import { described } from "./logger.ts";

/** An operation knows by whom it may be called; made by `open`, `asCustomer`, `asStaff`. */
export interface Operation {
  readonly auth: Route["auth"];
  run(call: Call): Promise<Reply>;
}

/** For everybody. */
export const open = (run: (call: Call) => Promise<Reply>): Operation => ({ auth: "none", run });

export interface ApiOptions {
  readonly function: ApiFunction;
  /** By the operation's name in `ROUTES`. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** The brand's site. */
  readonly site: string;
  readonly log: { error(message: string, details: Record<string, unknown>): void };
}

/** @throws Error at start-up when a route has no operation, or one for other callers than the route's */
export function createApi(
  options: ApiOptions,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  const routes = new Map(
    ROUTES.filter((route) => route.function === options.function).map((route) => {
      const operation = options.operations[route.operation];
      if (operation?.auth !== route.auth)
        throw new Error(`no operation ${route.operation} for callers by ${route.auth}`);
      return [`${route.method} ${route.path}`, operation];
    }),
  );
  const render = renderer(options.site);
  return async (event) => {
    try {
      const operation = routes.get(`${event.httpMethod} ${event.resource}`);
      if (!operation) throw new Problem("not-found");
      return render.reply(await operation.run(callOf(event)));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500)
        options.log.error("request failed", {
          requestId: event.requestContext.requestId,
          route: `${event.httpMethod} ${event.resource}`,
          ...described(error),
        });
      return render.problem(problem);
    }
  };
}

const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof ThrottledError) return new Problem("too-many-requests");
  if (error instanceof TransientError) return new Problem("unavailable");
  return new Problem("internal-error");
};
