/** What IAM calls a request to AWS, and what it is done to: the words of `lib/permissions.ts`. */
import type { OutgoingHttpHeaders } from "node:http";
import type { Target } from "../lib/permissions.ts";

export interface AwsRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}
export interface Call {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly target: Target;
}

/** As `lib/names.ts` has it, which would load the CDK into every function. */
const SETTLEMENT = "settlement";

type Json = Readonly<Record<string, unknown>>;
/** A transaction's part → the action IAM asks for; it knows no action of the transaction's own name. */
const PARTS: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};

const dynamodb = (operation: string, body: Json): Call[] => {
  if (operation === "TransactWriteItems")
    return (body["TransactItems"] as Json[]).flatMap((item) =>
      Object.keys(item).map((part): Call => ({ action: `dynamodb:${PARTS[part]}`, target: "table" })),
    );
  const index = body["IndexName"] as string | undefined;
  return [{ action: `dynamodb:${operation}`, target: index ? (`index:${index}` as Target) : "table" }];
};

const states = (operation: string, body: Json): Call => {
  const action = `states:${operation}`;
  if (operation === "DescribeExecution") return { action, target: "executions" };
  // An answer names a wait and no machine: the settlement waits for nobody.
  const machine = body["stateMachineArn"] as string | undefined;
  const isSettlement = machine?.endsWith(`:${SETTLEMENT}`) === true;
  return { action, target: isSettlement ? "settlement-machine" : "machines" };
};

/** Told apart by the secret's name, which holds its logical id. */
const secrets = (operation: string, body: Json): Call => ({
  action: `secretsmanager:${operation}`,
  target: (body["SecretId"] as string).includes("StripeSecret") ? "stripe-secret" : "fedex-secret",
});

/** Parts of a large upload are puts to IAM. */
const S3_METHODS: Readonly<Record<string, string>> = {
  GET: "s3:GetObject",
  HEAD: "s3:GetObject",
  PUT: "s3:PutObject",
  POST: "s3:PutObject",
  DELETE: "s3:DeleteObject",
};
const PREFIXES: readonly string[] = ["uploads", "media", "documents"] satisfies Target[];
const s3 = ({ method, path }: AwsRequest): Call[] => {
  // The bucket stands in the path or in the host's name.
  const prefix = path.split(/[/?]/).find((part) => PREFIXES.includes(part)) ?? path;
  return [{ action: S3_METHODS[method] ?? `s3:${method}`, target: prefix as Target }];
};

/** @throws Error for a request to a service that no function is meant to call. */
export const iamCalls = (request: AwsRequest): Call[] => {
  const [service, operation = ""] = String(request.headers["x-amz-target"] ?? "").split(".");
  const body = (): Json => JSON.parse(request.body) as Json;
  if (service === "DynamoDB_20120810") return dynamodb(operation, body());
  if (service === "AWSStepFunctions") return [states(operation, body())];
  if (service === "secretsmanager") return [secrets(operation, body())];
  const query = new URLSearchParams(request.body);
  if (query.has("Action")) return [{ action: `ses:${query.get("Action")}`, target: "mail-identity" }];
  if (/\/s3\/aws4_request/.test(String(request.headers["authorization"]))) return s3(request);
  throw new Error(`a call that IAM has no name for here: ${request.method} ${request.path}`);
};
