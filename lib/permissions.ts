/**
 * What every function may call, as data: a test holds it against the calls really made.
 * Actions are always written out; CDK's own `grant…` would add wildcards such as `s3:GetObject*`.
 */
import type { FunctionName } from "../lambdas/contracts/env.ts";

/** What an action may be done to; `lib/constructs/policy.ts` knows the ARNs. */
export type Target =
  | "table"
  | "index:queue"
  | "index:due"
  | "uploads"
  | "media"
  | "documents"
  /** The machines that move cases: they wait, and are answered. */
  | "machines"
  /** The one that settles accounts: it waits for nobody. */
  | "settlement-machine"
  /** Of the machines that move cases. */
  | "executions"
  | "fedex-secret"
  | "stripe-secret"
  | "mail-identity";

export type Permissions = Readonly<Partial<Record<Target, readonly string[]>>>;

const READ = ["dynamodb:Query"] as const;
/** A transaction is puts, updates and deletes to IAM; it knows no other name for them. */
const READ_AND_PUT = [...READ, "dynamodb:PutItem"] as const;
/** A change of a case: the snapshot is put, waits and shipments are updated. */
const CHANGE = [...READ_AND_PUT, "dynamodb:UpdateItem"] as const;
/** The same, judged by rings and designs. */
const JUDGE = [...CHANGE, "dynamodb:BatchGetItem"] as const;

export const PERMISSIONS: Readonly<Record<FunctionName, Permissions>> = {
  "api-public": { table: [...READ_AND_PUT, "dynamodb:BatchGetItem", "dynamodb:GetItem"] },
  "api-customer": { table: JUDGE },
  "api-staff": { table: JUDGE, "index:queue": READ },
  "api-service-order": { table: JUDGE },
  "api-finance": { table: CHANGE },
  "api-webhooks": { table: CHANGE, "stripe-secret": ["secretsmanager:GetSecretValue"] },
  "api-files": {
    table: READ,
    // The signer of a ticket or a link lends its own permission to whoever holds it.
    uploads: ["s3:PutObject"],
    media: ["s3:GetObject"],
    documents: ["s3:GetObject"],
  },
  "step-ask": { table: CHANGE },
  "step-check-export": { table: [...READ_AND_PUT, "dynamodb:DeleteItem"] },
  "step-prepare-shipment": {
    table: CHANGE,
    documents: ["s3:PutObject"],
    "fedex-secret": ["secretsmanager:GetSecretValue"],
  },
  "step-hand-over": { table: READ_AND_PUT },
  "step-settle-accounts": {
    table: CHANGE,
    documents: ["s3:PutObject"],
    "stripe-secret": ["secretsmanager:GetSecretValue"],
  },
  "step-close-case": {
    table: [...JUDGE, "dynamodb:DeleteItem"],
    "fedex-secret": ["secretsmanager:GetSecretValue"],
  },
  "case-changed": {
    machines: ["states:StartExecution", "states:SendTaskSuccess"],
    "settlement-machine": ["states:StartExecution"],
  },
  "send-mail": {
    table: READ_AND_PUT,
    documents: ["s3:GetObject"],
    "mail-identity": ["ses:SendRawEmail"],
  },
  "mail-feedback": { table: READ_AND_PUT },
  "media-uploaded": {
    table: READ_AND_PUT,
    uploads: ["s3:GetObject", "s3:DeleteObject"],
    media: ["s3:PutObject"],
  },
  clock: {
    table: CHANGE,
    "index:due": READ,
    machines: ["states:SendTaskSuccess"],
    executions: ["states:DescribeExecution"],
  },
  "track-shipments": {
    table: CHANGE,
    "index:queue": READ,
    "fedex-secret": ["secretsmanager:GetSecretValue"],
  },
};

/**
 * What no code calls and yet must be allowed: what AWS does in the function's name. By what brings it about.
 * The documentation of each service names these; DynamoDB's asks for all five of its key actions at once.
 */
export const IMPLIED = {
  /** Every function: its own log group. */
  logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
  /** Every function, and every machine: active tracing. */
  tracing: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  /** A machine also asks for its sampling rules. */
  sampling: ["xray:GetSamplingRules", "xray:GetSamplingTargets"],
  /** A table with a key of one's own: DynamoDB uses the key in the caller's name. */
  tableKey: [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ],
  /** Reading an object, and reading a stream or a secret. */
  readKey: ["kms:Decrypt"],
  /** Writing an object; a signed POST writes in its signer's name. */
  writeKey: ["kms:GenerateDataKey", "kms:Decrypt"],
  /** S3 says that an object is not there only to whoever may list; to others it says that they may not read it. */
  absence: ["s3:ListBucket"],
  /** The poller of an event source mapping. */
  stream: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
  /** The same; knows no resource. */
  streams: ["dynamodb:ListStreams"],
  /** Where failed events go. */
  failures: ["sqs:SendMessage"],
  /** Step Functions hands its logs over; knows no resource. */
  logDelivery: [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
  ],
} as const;
