/**
 * List prices in us-east-1, in US dollars, without any free tier. Read on 2026-11-23 in stored copies of the pages
 * named; AWS's own page unless another is named. `npm run case-cost` multiplies them by what it counts.
 */
import type { FunctionName } from "../../lambdas/contracts/env.ts";

const MILLION = 1_000_000;
const GIGABYTE = 1024 ** 3;

export interface Price {
  /** For one unit. */
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
}

export const PRICES = {
  write: {
    usd: 0.625 / MILLION,
    unit: "write request unit, on demand",
    source: "airbyte.com/data-engineering-resources/dynamodb-pricing (after the cut of November 2024)",
  },
  read: {
    usd: 0.125 / MILLION,
    unit: "read request unit, on demand",
    source: "airbyte.com/data-engineering-resources/dynamodb-pricing (after the cut of November 2024)",
  },
  transition: {
    usd: 0.025 / 1000,
    unit: "state transition, standard workflow",
    source: "aws.amazon.com/step-functions/pricing",
  },
  mail: { usd: 0.1 / 1000, unit: "mail", source: "acecloudinterviews.com/tutorials/aws/ses" },
  mailData: {
    usd: 0.12 / GIGABYTE,
    unit: "byte attached",
    source: "aws.amazon.com/ses/pricing (from memory: no stored copy states it)",
  },
  invocation: { usd: 0.2 / MILLION, unit: "invocation", source: "cloudchipr.com/blog/aws-lambda-pricing" },
  compute: {
    usd: 0.0000133334,
    unit: "GB-second, arm64",
    source: "cloudchipr.com/blog/aws-lambda-pricing",
  },
  apiRequest: {
    usd: 3.5 / MILLION,
    unit: "request, REST API",
    source: "docs.aws.amazon.com, whitepaper on private APIs, table 4",
  },
  firewall: { usd: 0.6 / MILLION, unit: "request inspected", source: "c3x.dev/blog/aws-waf-cost-explained" },
  put: { usd: 0.005 / 1000, unit: "PUT or POST, S3", source: "c3x.dev/blog/s3-request-fees-explained" },
  get: { usd: 0.0004 / 1000, unit: "GET, S3", source: "c3x.dev/blog/s3-request-fees-explained" },
  key: { usd: 0.03 / 10_000, unit: "request, KMS", source: "wring.co/blog/aws-kms-pricing-guide" },
  secret: {
    usd: 0.05 / 10_000,
    unit: "call, Secrets Manager",
    source: "aws.amazon.com/secrets-manager/pricing (from memory: no stored copy states it)",
  },
  log: { usd: 0.5 / GIGABYTE, unit: "byte logged", source: "go-cloud.io/aws-api-gateway-pricing" },
  trace: { usd: 5 / MILLION, unit: "trace recorded", source: "aws.amazon.com/xray/pricing" },
  transfer: {
    usd: 0.09 / GIGABYTE,
    unit: "byte to the internet",
    source: "awsforengineers.com/blog/aws-api-gateway-pricing-explained",
  },
} as const satisfies Record<string, Price>;
export type PriceName = keyof typeof PRICES;

/**
 * Milliseconds, nominal, since nothing here runs in the cloud: what a warm call of a function takes beside its calls of
 * AWS. `step-prepare-shipment` and `track-shipments` wait for the carrier, `step-settle-accounts` for the payment provider,
 * whose answers are taken to last a second in all.
 */
export const OWN_MS: Readonly<Record<FunctionName, number>> = {
  "api-public": 6,
  "api-customer": 6,
  "api-staff": 6,
  "api-service-order": 6,
  "api-finance": 6,
  "api-webhooks": 6,
  "api-files": 10,
  "step-ask": 6,
  "step-check-export": 6,
  "step-prepare-shipment": 1050,
  "step-hand-over": 6,
  "step-settle-accounts": 1200,
  "step-close-case": 6,
  "case-changed": 6,
  "send-mail": 20,
  "mail-feedback": 6,
  "media-uploaded": 1000,
  clock: 6,
  "track-shipments": 10,
};
/** The same for each call of AWS, by service; a transaction takes twice as long. */
export const CALL_MS = { dynamodb: 6, s3: 25, ses: 90, states: 20, secretsmanager: 20 } as const;
export const TRANSACTION_MS = 12;
/** Nominal too: START, REPORT and one line of our own an invocation; one line a request in the access log. */
export const LOG_BYTES = { invocation: 1200, request: 400 } as const;
/** Days the case's parcels are watched in the journey, both legs together: six and five. */
export const WATCHED_DAYS = 11;
/** Polls a day: every 30 minutes. */
export const POLLS = 48;
