/** Functions that fail, are held back, run late, leave events behind, or do not run at all. */
import type { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern } from "aws-cdk-lib/aws-logs";
import type { ServiceFunction } from "../constructs/service-function.ts";
import { type Board, graph, FIVE_MINUTES as period } from "./board.ts";

/** Milliseconds behind: a customer begins to notice. */
const LATE = 60_000;

/** Errors thrown, and errors a function logs while it goes on with the rest: a stream record, a case that is due. */
const errorsOf = (board: Board, { functionName: label, fn, logGroup }: ServiceFunction): IMetric => {
  const logged = board.counted(
    `${label}-logged`,
    [logGroup],
    FilterPattern.stringValue("$.level", "=", "ERROR"),
  );
  // The names of both are unique in a graph, not only in their sum.
  const name = label.replaceAll("-", "_");
  return new MathExpression({
    expression: `FILL(${name}_thrown, 0) + FILL(${name}_logged, 0)`,
    usingMetrics: { [`${name}_thrown`]: fn.metricErrors({ period }), [`${name}_logged`]: logged },
    label,
    period,
  });
};

export const watchFunctions = (board: Board, functions: readonly ServiceFunction[]): void => {
  const errors = functions.map((made) => {
    const { functionName, spec, fn } = made;
    const metric = errorsOf(board, made);
    board.alarm({
      name: `${functionName}-errors`,
      article: "function-errors",
      metric,
      threshold: spec.errors ?? 1,
      suffering: spec.suffering,
    });
    board.alarm({
      name: `${functionName}-throttles`,
      article: "function-throttles",
      metric: fn.metricThrottles({ period }),
      threshold: 1,
      suffering: `Too many run at once. ${spec.suffering}`,
    });
    return metric;
  });
  const slowest = functions.map(({ fn, functionName: label }) =>
    fn.metricDuration({ period, statistic: Stats.percentile(95), label }),
  );
  board.row(graph("Errors of functions", errors), graph("Duration of functions (p95)", slowest));
};

export const watchStreamConsumers = (board: Board, consumers: readonly ServiceFunction[]): void => {
  const ages = consumers.map(({ fn, functionName: label, spec }) => {
    const metric = fn.metric("IteratorAge", { period, statistic: Stats.MAXIMUM, label });
    board.alarm({
      name: `${label}-late`,
      article: "stream-late",
      metric,
      threshold: LATE,
      periods: 2,
      suffering: `It runs behind by a minute or more. ${spec.suffering}`,
    });
    return metric;
  });
  board.row(graph("Age of what the stream's readers read", ages));
};

export const watchFailures = (board: Board, functions: readonly ServiceFunction[]): void => {
  const depths = functions.flatMap(({ failures, functionName: label, spec }) => {
    if (!failures) return [];
    const metric = failures.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: Stats.MAXIMUM,
      label,
    });
    board.alarm({
      name: `${label}-failures`,
      article: "event-failures",
      metric,
      threshold: 1,
      suffering: `An event failed for good and waits in a queue. ${spec.suffering}`,
    });
    return [metric];
  });
  board.row(graph("Events that failed for good", depths));
};

/** A function that time calls, and how long it may stay silent. */
export interface Timed {
  readonly fn: ServiceFunction;
  readonly silence: Duration;
}

export const watchSilence = (board: Board, timed: readonly Timed[]): void => {
  for (const { fn: made, silence } of timed)
    board.alarm({
      name: `${made.functionName}-silent`,
      article: "function-silent",
      metric: made.fn.metricInvocations({ period: silence }),
      threshold: 1,
      onSilence: true,
      suffering: `It has not run for ${silence.toHumanString()}. ${made.spec.suffering}`,
    });
};
