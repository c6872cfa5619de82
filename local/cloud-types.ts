/** What a local cloud is given and what it offers to programs: tests, the demo, `npm start`. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { BusEvent } from "./events/event-bus.ts";
import type { FedexSimulator } from "./fedex/index.ts";
import type { ShownMail } from "./mail/present.ts";
import type { Plan } from "./plan/plan-types.ts";
import type { Execution } from "./step-functions/execution.ts";
import type { StripeSimulator } from "./stripe/index.ts";

/** One call of an AWS service, for whoever counts prices or permissions. */
export interface AwsCall {
  /** The function's name (`step-ask`), or `cloud` for what the local cloud does itself. */
  readonly caller: string;
  readonly service: "dynamodb" | "s3" | "ses" | "states" | "secretsmanager";
  /** `TransactWriteItems`. */
  readonly operation: string;
  /** Bucket and key, machine, secret; empty for DynamoDB, whose request tells. */
  readonly resource: string;
  /** DynamoDB: the request as JSON. */
  readonly request?: string;
  readonly status?: number;
}

export interface CloudOptions {
  /** Everything that outlives the process lies here. */
  readonly dataDir: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Empties the folder first. */
  readonly fresh?: boolean;
  /** A line for each part that is up. */
  readonly progress?: (line: string) => void;
  /** An assembly other than the one of the present sources. */
  readonly assembly?: string;
  /** Whether a fresh folder gets the sample catalogue; default yes. */
  readonly seed?: boolean;
  /** Starts the functions people wait for ahead of their first call. */
  readonly warm?: boolean;
  readonly onCall?: (call: AwsCall) => void;
  readonly onInvocation?: (label: string, ms: number, error: string | undefined) => void;
}

export interface Cloud {
  /** `http://localhost:3000`. */
  readonly url: string;
  readonly dataDir: string;
  readonly plan: Plan;
  /** For looking at tables. */
  readonly dynamodb: DynamoDBClient;
  readonly fedex: FedexSimulator;
  readonly stripe: StripeSimulator;
  readonly now: () => Date;
  /** As `POST /local/clock`. @throws for what is no ISO 8601 duration. */
  readonly advance: (duration: string) => Promise<Date>;
  /** Resolves when nothing runs and nothing waits to run. @throws after `timeoutMs` (60 s), saying what still does. */
  readonly quiescent: (timeoutMs?: number) => Promise<void>;
  /** Calls a function by its name in the code. */
  readonly invoke: (label: string, event: unknown) => Promise<unknown>;
  /** Puts an event on the default bus; true when every target took it. */
  readonly publish: (event: BusEvent) => Promise<boolean>;
  readonly mails: (to?: string) => Promise<ShownMail[]>;
  readonly staffToken: (name: string, groups: readonly string[]) => Promise<string>;
  /** Executions since the start of this process, with the states they entered. */
  readonly executions: () => readonly Execution[];
  /** Loses every running execution, as a restart does; their tokens are gone. */
  readonly loseExecutions: () => void;
  /** Kills the database engine, which comes back by itself. */
  readonly crashDatabase: () => void;
  /** Ends in order. */
  readonly close: () => Promise<void>;
  /** Ends as `kill -9` does: nothing is finished, nothing more is written. */
  readonly kill: () => Promise<void>;
}
