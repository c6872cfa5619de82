/** Who is called when, and one page to look at. Every alarm says what the customer suffers. */
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Api } from "../constructs/api.ts";
import type { Operations } from "../constructs/operations.ts";
import type { ServiceFunction } from "../constructs/service-function.ts";
import { Board } from "./board.ts";
import { watchApi } from "./watch-api.ts";
import { type CaseLogs, watchCases } from "./watch-cases.ts";
import {
  type Timed,
  watchFailures,
  watchFunctions,
  watchSilence,
  watchStreamConsumers,
} from "./watch-functions.ts";
import { type MailLogs, watchMail } from "./watch-mail.ts";
import { watchProcesses } from "./watch-processes.ts";

export interface MonitoringProps {
  readonly functions: readonly ServiceFunction[];
  readonly streamConsumers: readonly ServiceFunction[];
  readonly timed: readonly Timed[];
  readonly machines: Readonly<Record<string, StateMachine>>;
  /** Logs in which single lines say that somebody must be called. */
  readonly logs: CaseLogs & MailLogs;
  readonly api: Api;
  readonly operations: Operations;
}

export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const board = new Board(this, "Board", props.operations.topic);
    watchApi(board, props.api);
    watchFunctions(board, props.functions);
    watchProcesses(board, props.machines);
    watchCases(board, props.logs);
    watchStreamConsumers(board, props.streamConsumers);
    watchFailures(board, props.functions);
    watchSilence(board, props.timed);
    watchMail(board, props.logs);
  }
}
