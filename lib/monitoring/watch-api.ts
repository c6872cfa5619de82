/** What callers of the API notice: errors, slowness, nothing at all. */
import { Duration } from "aws-cdk-lib";
import { Stats, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { Api } from "../constructs/api.ts";
import { type Board, graph, FIVE_MINUTES as period } from "./board.ts";

/** Milliseconds of the 95th percentile, for a quarter of an hour. */
const SLOW = 3000;

export const watchApi = (board: Board, { rest }: Api): void => {
  const errors = rest.metricServerError({ period, statistic: Stats.SUM });
  const p95 = rest.metricLatency({ period, statistic: Stats.percentile(95) });
  board.alarm({
    name: "api-errors",
    article: "api-errors",
    metric: errors,
    threshold: 1,
    suffering: "Customers or staff get an error instead of an answer; nothing of theirs is recorded.",
  });
  board.alarm({
    name: "api-slow",
    article: "api-slow",
    metric: p95,
    threshold: SLOW,
    periods: 3,
    suffering: "Pages take more than three seconds; customers give up.",
  });
  board.alarm({
    name: "api-silent",
    article: "api-silent",
    metric: rest.metricCount({ period: Duration.days(1), statistic: Stats.SUM }),
    threshold: 1,
    onSilence: true,
    suffering: "Nobody has reached the service for a day: the site's link or the domain may be broken.",
  });
  board.row(new TextWidget({ markdown: "# After-sales service", width: 24, height: 1 }));
  board.row(
    graph(
      "Requests and refusals",
      [rest.metricCount({ period }), rest.metricClientError({ period })],
      [errors],
    ),
    graph("Latency", [rest.metricLatency({ period, statistic: Stats.percentile(50) }), p95]),
  );
};
