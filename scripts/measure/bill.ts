/** What was counted, as units of each price. */

import type { FunctionName } from "../../lambdas/contracts/env.ts";
import { FUNCTIONS } from "../../lib/functions.ts";
import {
  CALL_MS,
  LOG_BYTES,
  OWN_MS,
  POLLS,
  PRICES,
  type PriceName,
  TRANSACTION_MS,
  WATCHED_DAYS,
} from "./prices.ts";
import { ASIDE, type CaseRun, type CountedCall, type Invocation, type MachineRun } from "./run-case.ts";

export interface Line {
  readonly text: string;
  readonly price: PriceName;
  readonly units: number;
  readonly usd: number;
}
const line = (text: string, price: PriceName, units: number): Line => ({
  text,
  price,
  units,
  usd: units * PRICES[price].usd,
});
export const total = (lines: readonly Line[]): number => lines.reduce((sum, one) => sum + one.usd, 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** They run by the clock, whether there is a case or not: their price is a month's. */
const TIMED: readonly string[] = ["clock", "track-shipments"];
const isTimed = (name: string): boolean => TIMED.includes(name);
/** Photos: tickets, files, inspection. */
const isMedia = (name: string): boolean => name === "api-files" || name === "media-uploaded";

/** A tick's own look at the index, and its key to the carrier; what it then does for a case is the case's. */
const isTick = ({ caller, service, resource }: CountedCall): boolean =>
  isTimed(caller) && (service === "secretsmanager" || resource.startsWith("index:"));

/** Nominal milliseconds of all calls of a function together. */
export const nominalMs = (name: FunctionName, invocations: number, calls: readonly CountedCall[]): number =>
  invocations * OWN_MS[name] +
  sum(
    calls.map(({ service, operation }) =>
      operation === "TransactWriteItems" ? TRANSACTION_MS : CALL_MS[service],
    ),
  );

const gigabyteSeconds = (
  invocations: readonly Pick<Invocation, "name">[],
  calls: readonly CountedCall[],
): number =>
  sum(
    [...new Set(invocations.map(({ name }) => name))].map((name) => {
      const ran = invocations.filter((one) => one.name === name).length;
      const made = calls.filter(({ caller }) => caller === name);
      return ((FUNCTIONS[name].memory / 1024) * nominalMs(name, ran, made)) / 1000;
    }),
  );

/** KMS, at most: DynamoDB and S3 keep a caller's key some minutes, so one request a caller, service and step. */
const keyRequests = (calls: readonly CountedCall[]): number =>
  new Set(
    calls
      .filter(({ service }) => ["dynamodb", "s3", "secretsmanager"].includes(service))
      .map(({ caller, service, step }) => `${caller} ${service} ${step}`),
  ).size;

/** Without what is counted and not priced. */
export const priced = ({ calls, invocations, requests, ...rest }: CaseRun): CaseRun => ({
  ...rest,
  calls: calls.filter(({ step }) => step !== ASIDE),
  invocations: invocations.filter(({ step }) => step !== ASIDE),
  requests: requests.filter(({ step }) => step !== ASIDE),
});

const billOf = (run: CaseRun, isOfIt: (name: string) => boolean): readonly Line[] => {
  const calls = run.calls.filter((call) => isOfIt(call.caller) && !isTick(call));
  const invocations = run.invocations.filter(({ name }) => isOfIt(name) && !isTimed(name));
  const requests = run.requests.filter((request) => isOfIt(`api-${request.function}`));
  const of = (service: CountedCall["service"], ...operations: string[]) =>
    calls.filter((call) => call.service === service && operations.includes(call.operation)).length;
  // The signer's own PUT is the file going up, made in its name.
  return [
    line("DynamoDB writes", "write", sum(calls.map((call) => call.writes))),
    line("DynamoDB reads", "read", sum(calls.map((call) => call.reads))),
    line("Lambda invocations", "invocation", invocations.length),
    line("Lambda compute", "compute", gigabyteSeconds(invocations, calls)),
    line("API requests", "apiRequest", requests.length),
    line("S3 writes", "put", of("s3", "PutObject", "PostObject")),
    line("S3 reads", "get", of("s3", "GetObject", "HeadObject")),
    line("Secrets Manager", "secret", of("secretsmanager", "GetSecretValue")),
  ];
};

/** A whole case without its photos: what the target is set for. */
export const caseBill = (run: CaseRun): readonly Line[] => [
  ...billOf(run, (name) => !isMedia(name)),
  line("Tracking, its row in the index", "read", (WATCHED_DAYS * POLLS * run.sizes.row) / 4096 / 2),
  line("State transitions", "transition", sum(run.machines.map(({ states }) => states.length))),
  line("Mails", "mail", run.mails.length),
  line("Attachments", "mailData", sum(run.mails.map(({ attached }) => attached))),
];
export const mediaBill = (run: CaseRun): readonly Line[] => billOf(run, isMedia);

/**
 * What AWS adds by itself: no call of ours, hence not part of the target. Keys and traces are the most it can be, of a
 * case that is alone; among others it shares the one and is sampled in the other.
 */
export const besideBill = (run: CaseRun): readonly Line[] => {
  const invocations = run.invocations.filter(({ name }) => !isMedia(name) && !isTimed(name));
  const calls = run.calls.filter((call) => !isMedia(call.caller) && !isTick(call));
  const requests = run.requests.filter((request) => request.function !== "files");
  const ofItsOwn = invocations.filter(({ name }) => !/^(api|step)-/.test(name)).length;
  return [
    line("KMS, at most", "key", keyRequests(calls)),
    line("Firewall", "firewall", requests.length),
    line("Logs", "log", invocations.length * LOG_BYTES.invocation + requests.length * LOG_BYTES.request),
    // A quiet service traces everything: one a request, an execution, an event.
    line("Traces, at most", "trace", requests.length + run.machines.length + ofItsOwn),
    line("Answers to the internet", "transfer", sum(requests.map(({ bytes }) => bytes))),
  ];
};

const MONTH = 30 * 24 * 60;
/** The clock every minute and the tracking every half hour, for thirty days, with nothing to do. */
export const monthlyBill = (): readonly Line[] => {
  const ticks = [
    ...Array.from({ length: MONTH }, () => ({ name: "clock" as const })),
    ...Array.from({ length: 30 * POLLS }, () => ({ name: "track-shipments" as const })),
  ];
  const look = {
    service: "dynamodb",
    operation: "Query",
    step: "",
    resource: "",
    writes: 0,
    reads: 0,
  } as const;
  const looks = [
    ...Array.from({ length: MONTH }, () => ({ ...look, caller: "clock" })),
    ...Array.from({ length: 30 * POLLS * 3 }, () => ({ ...look, caller: "track-shipments" })),
  ];
  return [
    line("Lambda invocations", "invocation", ticks.length),
    line("Lambda compute", "compute", gigabyteSeconds(ticks, looks)),
    // The index of what is due once a tick; three lists of the queue a poll.
    line("DynamoDB reads", "read", MONTH * 0.5 + 30 * POLLS * 3 * 0.5),
    line("Secrets Manager, at most", "secret", 30 * POLLS),
    // The callers' and the two stream pollers' keys, every five minutes at most.
    line("KMS, at most", "key", (MONTH / 5) * 3 + 30 * POLLS),
    line("Logs", "log", ticks.length * LOG_BYTES.invocation),
    line("Traces, at most", "trace", ticks.length),
  ];
};

/** Events of an execution's history: a state entered and left, and what a task tells in between. */
export const historyEvents = ({ states, definition }: MachineRun): number =>
  2 +
  sum(
    states.map((name) => {
      const state = definition[name];
      if (state?.Type !== "Task") return 2;
      return state.Resource?.endsWith(".waitForTaskToken") ? 6 : 5;
    }),
  );
