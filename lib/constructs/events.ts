/** Everything that happens without being asked for: changes of the table, files that arrive, mail, and time. */
import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { type EventPattern, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

/** An event waits at most this long for its function; by then the sweep of what is due has seen to it (design, idea 3). */
export const EVENT_AGE = Duration.hours(6);
/** A tick that comes late is worth nothing: the next one reads the same list. */
export const TICK_AGE = Duration.minutes(5);

/** Tries of a stream batch. With halving and the poller's pauses some minutes, then the sweep takes over. */
const STREAM_RETRIES = 10;
const STREAM_AGE = Duration.hours(6);

const failuresOf = (consumer: ServiceFunction) => {
  if (!consumer.failures) throw new Error(`${consumer.functionName} has nowhere to put its failures`);
  return consumer.failures;
};

/** `sk` begins with this word, as in `CASE#… / WAIT#0007`. */
const item = (prefix: string) => ({ Keys: { sk: { S: FilterRule.beginsWith(prefix) } } });

/** A start to be made: the one starter reads it from the stream. */
export const EXECUTION_ORDERED = FilterCriteria.filter({
  eventName: FilterRule.isEqual("INSERT"),
  dynamodb: item("EXECUTION#"),
});
/**
 * A wait with token and answer, in whichever order they came (design, idea 2). The process that has moved on takes it
 * off the list of what is due, which writes the item once more: that image says nothing new.
 */
export const WAIT_ANSWERED = FilterCriteria.filter({
  dynamodb: {
    ...item("WAIT#"),
    NewImage: {
      token: { S: FilterRule.exists() },
      answer: { M: { outcome: { S: FilterRule.exists() } } },
      dueAt: { S: FilterRule.exists() },
    },
  },
});
/** A settlement to be made, or to be made once more; one that is done has nothing due. */
export const SETTLEMENT_ORDERED = FilterCriteria.filter({
  dynamodb: { ...item("SETTLEMENT#"), NewImage: { dueAt: { S: FilterRule.exists() } } },
});
/** A mail that somebody's transaction wants. */
export const MAIL_WANTED = FilterCriteria.filter({
  dynamodb: { ...item("MAIL#"), NewImage: { status: { S: FilterRule.isEqual("wanted") } } },
});

export interface StreamConsumerProps {
  readonly table: Table;
  readonly consumer: ServiceFunction;
  /** Images that concern the consumer; others never wake it. */
  readonly filters: { readonly [key: string]: unknown }[];
}

export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, { table, consumer, filters }: StreamConsumerProps) {
    super(scope, id);
    new EventSourceMapping(this, "Mapping", {
      target: consumer.fn,
      eventSourceArn: table.tableStreamArn ?? "",
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters,
      batchSize: 25,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: STREAM_RETRIES,
      maxRecordAge: STREAM_AGE,
      onFailure: new SqsDlq(failuresOf(consumer)),
    });
  }
}

export interface EventConsumerProps {
  readonly consumer: ServiceFunction;
  readonly description: string;
  readonly on: { readonly pattern: EventPattern } | { readonly every: Duration };
}

export class EventConsumer extends Construct {
  constructor(scope: Construct, id: string, { consumer, description, on }: EventConsumerProps) {
    super(scope, id);
    new Rule(this, "Rule", {
      description,
      ...("every" in on ? { schedule: Schedule.rate(on.every) } : { eventPattern: on.pattern }),
      targets: [
        new LambdaTarget(consumer.fn, {
          deadLetterQueue: failuresOf(consumer),
          ...("every" in on
            ? { retryAttempts: 2, maxEventAge: TICK_AGE }
            : { retryAttempts: 30, maxEventAge: EVENT_AGE }),
        }),
      ],
    });
  }
}
