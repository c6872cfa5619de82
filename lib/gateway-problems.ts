/**
 * What the gateway itself refuses, said in the words of the service: `application/problem+json` with a stable code.
 * Every response type of API Gateway is here, so that none is left to the gateway's own format.
 */
import { ResponseType } from "aws-cdk-lib/aws-apigateway";
import { PROBLEM_STATUS, type ProblemCode } from "../lambdas/contracts/problem-codes.ts";

interface GatewayProblem {
  readonly type: ResponseType;
  readonly code: ProblemCode;
  readonly title: string;
  /** Where the gateway knows the fault, it becomes the one entry of `errors`. */
  readonly withMessage?: boolean;
}

const BROKEN = "Something went wrong on our side; please try again in a moment";
const DENIED = "This is not allowed";
const SIGN_IN = "Please open the link in your latest e-mail, or sign in again";

const PROBLEMS: readonly GatewayProblem[] = [
  { type: ResponseType.ACCESS_DENIED, code: "forbidden", title: DENIED },
  { type: ResponseType.API_CONFIGURATION_ERROR, code: "internal-error", title: BROKEN },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, code: "internal-error", title: BROKEN },
  { type: ResponseType.AUTHORIZER_FAILURE, code: "internal-error", title: BROKEN },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    code: "invalid-request",
    title: "Some of the information is missing or not in the right form",
    withMessage: true,
  },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: "invalid-request",
    title: "Some of the information is missing or not in the right form",
    withMessage: true,
  },
  { type: ResponseType.DEFAULT_4XX, code: "invalid-request", title: "The request cannot be understood" },
  { type: ResponseType.DEFAULT_5XX, code: "internal-error", title: BROKEN },
  { type: ResponseType.EXPIRED_TOKEN, code: "unauthenticated", title: SIGN_IN },
  { type: ResponseType.INTEGRATION_FAILURE, code: "unavailable", title: BROKEN },
  { type: ResponseType.INTEGRATION_TIMEOUT, code: "unavailable", title: BROKEN },
  { type: ResponseType.INVALID_API_KEY, code: "forbidden", title: DENIED },
  { type: ResponseType.INVALID_SIGNATURE, code: "unauthenticated", title: SIGN_IN },
  // What API Gateway says of a path it does not know.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: "not-found", title: "There is nothing here" },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    code: "too-many-requests",
    title: "Too many requests; please try again later",
  },
  { type: ResponseType.REQUEST_TOO_LARGE, code: "too-large", title: "The request is too large" },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: "not-found", title: "There is nothing here" },
  {
    type: ResponseType.THROTTLED,
    code: "too-many-requests",
    title: "Too many requests; please try again in a moment",
  },
  { type: ResponseType.UNAUTHORIZED, code: "unauthenticated", title: SIGN_IN },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    code: "invalid-request",
    title: "The request cannot be understood",
  },
  // Also what a request blocked by the firewall is answered with.
  { type: ResponseType.WAF_FILTERED, code: "forbidden", title: DENIED },
];

/** The body of a problem; RFC 9457 members, `code` stable. */
export const problemBody = (code: ProblemCode, title: string): string =>
  JSON.stringify({ type: `urn:after-sales:problem:${code}`, title, status: PROBLEM_STATUS[code], code });

export interface GatewayResponseSpec {
  readonly type: ResponseType;
  readonly statusCode: string;
  readonly template: string;
}

/** One entry for every response type of API Gateway. */
export const GATEWAY_RESPONSES: readonly GatewayResponseSpec[] = PROBLEMS.map(
  ({ type, code, title, withMessage }) => {
    const body = problemBody(code, title);
    return {
      type,
      statusCode: String(PROBLEM_STATUS[code]),
      // `messageString` comes with its own quotes.
      template: withMessage
        ? `${body.slice(0, -1)},"errors":[{"path":"","message":$context.error.messageString}]}`
        : body,
    };
  },
);
