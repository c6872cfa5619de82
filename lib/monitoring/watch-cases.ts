/** Single cases that stand still while all else runs. */
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import { type Board, graph } from "./board.ts";
import { LOGGED } from "./logged.ts";

export interface CaseLogs {
  readonly ask: LogGroup;
  readonly clock: LogGroup;
}

export const watchCases = (board: Board, { ask, clock }: CaseLogs): void => {
  const attention = board.logged("attention", [ask, clock], LOGGED.attention);
  const notDone = board.logged("due-failed", [clock], LOGGED.notDone);
  board.alarm({
    name: "attention",
    article: "attention",
    metric: attention,
    threshold: 1,
    suffering:
      "A step could not be done: the case stands still, and its customer waits, until a person decides.",
  });
  board.alarm({
    name: "due-failed",
    article: "due-failed",
    metric: notDone,
    threshold: 1,
    suffering:
      "What was due for a case was not done: its reminder or deadline, or an invoice or a refund that the payment provider does not take.",
  });
  board.row(graph("Cases that stand still", [attention, notDone]));
};
