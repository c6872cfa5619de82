/** Executions that end as none should: expected outcomes are values, so every failure is one of ours. */
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { SETTLEMENT } from "../names.ts";
import { type AlarmSpec, type Board, graph, FIVE_MINUTES as period } from "./board.ts";

interface Ended {
  readonly article: AlarmSpec["article"];
  readonly suffering: string;
}
const CASE: Ended = {
  article: "process-ended",
  suffering: "A case stands still until the clock's sweep restarts it; after some tries only a person can.",
};
const MONEY: Ended = {
  article: "settlement-failed",
  suffering:
    "The payment provider was not told of an invoice, or of a refund; the clock orders it again, and after five starts only a person can.",
};

/** @param machines by their names */
export const watchProcesses = (board: Board, machines: Readonly<Record<string, StateMachine>>): void => {
  for (const [name, machine] of Object.entries(machines)) {
    const ends = {
      failed: machine.metricFailed({ period }),
      "timed-out": machine.metricTimedOut({ period }),
      aborted: machine.metricAborted({ period }),
    };
    for (const [end, metric] of Object.entries(ends))
      board.alarm({
        name: `${name}-${end}`,
        metric,
        threshold: 1,
        ...(name === SETTLEMENT ? MONEY : CASE),
      });
    board.row(
      graph(
        `Process ${name}`,
        [machine.metricStarted({ period }), machine.metricSucceeded({ period })],
        Object.values(ends),
      ),
    );
  }
};
