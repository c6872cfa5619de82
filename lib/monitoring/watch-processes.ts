/** Executions that end as none should: expected outcomes are values, so every failure is one of ours. */
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { type Board, graph, FIVE_MINUTES as period } from "./board.ts";

const SUFFERING =
  "A case stands still until the clock's sweep restarts it; after some tries only a person can.";

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
        article: "process-ended",
        metric,
        threshold: 1,
        suffering: SUFFERING,
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
