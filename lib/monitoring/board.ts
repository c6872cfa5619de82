/** Where everything that watches is put up: the alarms, who hears them, and the one dashboard. */
import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { FilterPattern, type IFilterPattern, type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { pascalCase } from "../constructs/service-function.ts";

export const FIVE_MINUTES = Duration.minutes(5);
const NAMESPACE = "AfterSales";

/** Headings of `docs/runbooks/alarms.md`; a test holds the two together. */
export const ARTICLES = [
  "api-errors",
  "api-slow",
  "api-silent",
  "function-errors",
  "function-throttles",
  "stream-late",
  "event-failures",
  "function-silent",
  "process-ended",
  "settlement-failed",
  "attention",
  "due-failed",
  "mail-unconfirmed",
  "mail-undelivered",
  "mail-reputation",
] as const;
type Article = (typeof ARTICLES)[number];

export interface AlarmSpec {
  /** What is wrong, in kebab-case. */
  readonly name: string;
  /** The article of the runbook that says what it means, how to look and how to mend. */
  readonly article: Article;
  readonly metric: IMetric;
  /** Alarms from this value on; with `onSilence`, below it. */
  readonly threshold: number;
  /** What the customer suffers, in a sentence. */
  readonly suffering: string;
  /** It also alarms when nothing is reported at all. */
  readonly onSilence?: boolean;
  /** How many periods in a row; default 1. */
  readonly periods?: number;
}

export class Board extends Construct {
  private readonly dashboard: Dashboard;
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, topic: Topic) {
    super(scope, id);
    this.action = new SnsAction(topic);
    this.dashboard = new Dashboard(this, "Dashboard", { dashboardName: "after-sales" });
  }

  /** Calls somebody, and tells when it is over. */
  alarm({ name, article, metric, threshold, suffering, onSilence = false, periods = 1 }: AlarmSpec): void {
    const alarm = new Alarm(this, pascalCase(name), {
      alarmName: `after-sales-${name}`,
      alarmDescription: `${suffering} Runbook: docs/runbooks/alarms.md#${article}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: onSilence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: onSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
  }

  /** Counts the lines of some logs with this message. */
  logged(metricName: string, logGroups: readonly LogGroup[], message: string): Metric {
    return this.counted(metricName, logGroups, FilterPattern.stringValue("$.message", "=", message));
  }

  /** Counts the lines of some logs that match. */
  counted(metricName: string, logGroups: readonly LogGroup[], filterPattern: IFilterPattern): Metric {
    for (const [index, logGroup] of logGroups.entries())
      new MetricFilter(this, `${pascalCase(metricName)}Filter${index === 0 ? "" : index + 1}`, {
        logGroup,
        metricNamespace: NAMESPACE,
        metricName,
        filterPattern,
        metricValue: "1",
      });
    return new Metric({ namespace: NAMESPACE, metricName, statistic: Stats.SUM, period: FIVE_MINUTES });
  }

  /** One row of the dashboard. */
  row(...widgets: IWidget[]): void {
    this.dashboard.addWidgets(...widgets);
  }
}

export const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 12, height: 6 });
