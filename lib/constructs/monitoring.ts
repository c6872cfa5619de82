/** Who is called when, and one page to look at. Every alarm says what the customer suffers. */
import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { FilterPattern, type IFilterPattern, type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Api } from "./api.ts";
import type { Operations } from "./operations.ts";
import { pascalCase, type ServiceFunction } from "./service-function.ts";

export interface MonitoringProps {
  readonly functions: readonly ServiceFunction[];
  /** Those that read the stream. */
  readonly streamConsumers: readonly ServiceFunction[];
  /** Those that time calls, and how long they may be silent. */
  readonly clocks: readonly { readonly fn: ServiceFunction; readonly silence: Duration }[];
  readonly machines: readonly StateMachine[];
  readonly api: Api;
  readonly operations: Operations;
}

interface AlarmSpec {
  /** Its name: what is wrong, in kebab-case; the runbook has an article of that name. */
  readonly name: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** What the customer suffers. */
  readonly suffering: string;
  /** It also alarms when nothing is reported at all. */
  readonly onSilence?: boolean;
  readonly periods?: number;
}

const FIVE = Duration.minutes(5);
/** What the clock logs when it gives a mail up; a test holds the two together. */
export const MAIL_UNCONFIRMED = "mail unconfirmed";

export class Monitoring extends Construct {
  readonly alarms: Alarm[] = [];
  readonly dashboard: Dashboard;
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.action = new SnsAction(props.operations.topic);
    this.dashboard = new Dashboard(this, "Dashboard", { dashboardName: "after-sales" });
    this.api(props.api);
    this.functions(props.functions);
    this.processes(props.machines);
    this.streams(props.streamConsumers);
    this.failures(props.functions);
    this.silence(props.clocks);
    this.mail();
  }

  private alarm(spec: AlarmSpec): void {
    const { name, metric, threshold, suffering, onSilence = false, periods = 1 } = spec;
    const alarm = new Alarm(this, pascalCase(name), {
      alarmName: `after-sales-${name}`,
      alarmDescription: `${suffering} Runbook: docs/runbooks/alarms.md#${name}`,
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
    this.alarms.push(alarm);
  }

  private graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
    return new GraphWidget({ title, left, right, width: 12, height: 6 });
  }

  private api({ rest }: Api): void {
    const errors = rest.metricServerError({ period: FIVE, statistic: Stats.SUM });
    const slow = rest.metricLatency({ period: FIVE, statistic: Stats.percentile(95) });
    this.alarm({
      name: "api-errors",
      metric: errors,
      threshold: 1,
      suffering: "Customers or staff get an error instead of an answer; nothing of theirs is recorded.",
    });
    this.alarm({
      name: "api-slow",
      metric: slow,
      threshold: 3000,
      periods: 3,
      suffering: "Pages take more than three seconds; customers give up.",
    });
    this.alarm({
      name: "api-silent",
      metric: rest.metricCount({ period: Duration.days(1), statistic: Stats.SUM }),
      threshold: 1,
      onSilence: true,
      suffering: "Nobody has reached the service for a day: the site's link or the domain may be broken.",
    });
    this.dashboard.addWidgets(
      new TextWidget({ markdown: "# After-sales service", width: 24, height: 1 }),
      this.graph(
        "Requests and refusals",
        [rest.metricCount({ period: FIVE }), rest.metricClientError({ period: FIVE })],
        [errors],
      ),
      this.graph("Latency", [rest.metricLatency({ period: FIVE, statistic: Stats.percentile(50) }), slow]),
    );
  }

  /** Errors thrown, and errors a function logs while it goes on with the rest: a stream record, a case that is due. */
  private errors({ functionName, fn, logGroup }: ServiceFunction): IMetric {
    const logged = this.logged(
      `${functionName}-logged`,
      logGroup,
      FilterPattern.stringValue("$.level", "=", "ERROR"),
    );
    return new MathExpression({
      expression: "FILL(thrown, 0) + FILL(logged, 0)",
      usingMetrics: { thrown: fn.metricErrors({ period: FIVE }), logged },
      label: functionName,
      period: FIVE,
    });
  }

  private logged(metricName: string, logGroup: LogGroup, filterPattern: IFilterPattern): Metric {
    new MetricFilter(this, `${pascalCase(metricName)}Filter`, {
      logGroup,
      metricNamespace: "AfterSales",
      metricName,
      filterPattern,
      metricValue: "1",
    });
    return new Metric({ namespace: "AfterSales", metricName, statistic: Stats.SUM, period: FIVE });
  }

  private functions(functions: readonly ServiceFunction[]): void {
    for (const made of functions) {
      const { functionName, spec, fn } = made;
      this.alarm({
        name: `${functionName}-errors`,
        metric: this.errors(made),
        threshold: spec.errors ?? 1,
        suffering: spec.suffering,
      });
      this.alarm({
        name: `${functionName}-throttles`,
        metric: fn.metricThrottles({ period: FIVE }),
        threshold: 1,
        suffering: `Too many run at once. ${spec.suffering}`,
      });
    }
    const clock = functions.find(({ functionName }) => functionName === "clock");
    if (clock)
      this.alarm({
        name: "mail-unconfirmed",
        metric: this.logged(
          "mail-unconfirmed",
          clock.logGroup,
          FilterPattern.stringValue("$.message", "=", MAIL_UNCONFIRMED),
        ),
        threshold: 1,
        suffering:
          "A mail was given to SES twice and never confirmed: the customer does not know what we ask of her.",
      });
    this.dashboard.addWidgets(
      this.graph(
        "Errors of functions",
        functions.map(({ fn, functionName }) => fn.metricErrors({ period: FIVE, label: functionName })),
        functions.map(
          ({ functionName }) =>
            new Metric({
              namespace: "AfterSales",
              metricName: `${functionName}-logged`,
              statistic: Stats.SUM,
              period: FIVE,
            }),
        ),
      ),
      this.graph(
        "Duration of functions (p95)",
        functions.map(({ fn, functionName }) =>
          fn.metricDuration({ period: FIVE, statistic: Stats.percentile(95), label: functionName }),
        ),
      ),
    );
  }

  private processes(machines: readonly StateMachine[]): void {
    for (const machine of machines) {
      const name = machine.node.id.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
      const stands =
        "A case stands still until the clock's sweep restarts it, and after some tries a person must.";
      this.alarm({
        name: `${name}-failed`,
        metric: machine.metricFailed({ period: FIVE }),
        threshold: 1,
        suffering: stands,
      });
      this.alarm({
        name: `${name}-timed-out`,
        metric: machine.metricTimedOut({ period: FIVE }),
        threshold: 1,
        suffering: stands,
      });
      this.alarm({
        name: `${name}-aborted`,
        metric: machine.metricAborted({ period: FIVE }),
        threshold: 1,
        suffering: `Somebody stopped executions. ${stands}`,
      });
    }
    this.dashboard.addWidgets(
      this.graph(
        "Processes",
        machines.flatMap((machine) => [
          machine.metricStarted({ period: FIVE }),
          machine.metricSucceeded({ period: FIVE }),
        ]),
        machines.map((machine) => machine.metricFailed({ period: FIVE })),
      ),
    );
  }

  private streams(consumers: readonly ServiceFunction[]): void {
    const ages = consumers.map(({ fn, functionName }) =>
      fn.metric("IteratorAge", { period: FIVE, statistic: Stats.MAXIMUM, label: functionName }),
    );
    for (const [index, { functionName, spec }] of consumers.entries())
      this.alarm({
        name: `${functionName}-late`,
        metric: ages[index] as Metric,
        // Milliseconds: a minute behind is what a customer begins to notice.
        threshold: 60_000,
        periods: 2,
        suffering: `It runs behind by a minute or more. ${spec.suffering}`,
      });
    this.dashboard.addWidgets(this.graph("Age of what the stream's readers read", ages));
  }

  private failures(functions: readonly ServiceFunction[]): void {
    const queues = functions.flatMap(({ failures, functionName, spec }) =>
      failures ? [{ failures, functionName, spec }] : [],
    );
    const depth = (queue: (typeof queues)[number]) =>
      queue.failures.metricApproximateNumberOfMessagesVisible({
        period: FIVE,
        statistic: Stats.MAXIMUM,
        label: queue.functionName,
      });
    for (const queue of queues)
      this.alarm({
        name: `${queue.functionName}-failures`,
        metric: depth(queue),
        threshold: 1,
        suffering: `An event failed for good and waits in a queue. ${queue.spec.suffering}`,
      });
    this.dashboard.addWidgets(this.graph("Events that failed for good", queues.map(depth)));
  }

  private silence(clocks: MonitoringProps["clocks"]): void {
    for (const { fn, silence } of clocks)
      this.alarm({
        name: `${fn.functionName}-silent`,
        metric: fn.fn.metricInvocations({ period: silence }),
        threshold: 1,
        onSilence: true,
        suffering: `It has not run for ${silence.toHumanString()}. ${fn.spec.suffering}`,
      });
  }

  private mail(): void {
    const rate = (metricName: string) =>
      new Metric({
        namespace: "AWS/SES",
        metricName,
        period: Duration.hours(1),
        statistic: Stats.AVERAGE,
        region: Stack.of(this).region,
      });
    const bounces = rate("Reputation.BounceRate");
    const complaints = rate("Reputation.ComplaintRate");
    // SES puts an account under review at 5 % and 0.1 %.
    this.alarm({
      name: "mail-bounces",
      metric: bounces,
      threshold: 0.04,
      suffering: "Many mails bounce; SES may stop sending, and then no customer hears anything.",
    });
    this.alarm({
      name: "mail-complaints",
      metric: complaints,
      threshold: 0.0008,
      suffering: "Mails are reported as spam; SES may stop sending, and then no customer hears anything.",
    });
    this.dashboard.addWidgets(this.graph("Mail", [bounces], [complaints]));
  }
}
