/** What runs: functions, API, processes, events, mail, and whoever watches them. It holds nothing that lasts. */
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import type { Brand } from "../lambdas/contracts/brand.ts";
import type { Environment, FunctionName } from "../lambdas/contracts/env.ts";
import { acknowledge } from "./acknowledge.ts";
import { Api } from "./constructs/api.ts";
import {
  EVENT_AGE,
  EventConsumer,
  EXECUTION_ORDERED,
  MAIL_WANTED,
  SETTLEMENT_ORDERED,
  StreamConsumer,
  TICK_AGE,
  WAIT_ANSWERED,
} from "./constructs/events.ts";
import { Firewall } from "./constructs/firewall.ts";
import { MAIL_EVENTS, Mail } from "./constructs/mail.ts";
import { Operations } from "./constructs/operations.ts";
import { machineArn, type Resources } from "./constructs/policy.ts";
import { Processes } from "./constructs/processes.ts";
import { type Invocation, pascalCase, ServiceFunction } from "./constructs/service-function.ts";
import type { DataStack } from "./data-stack.ts";
import { Monitoring } from "./monitoring/monitoring.ts";
import {
  COMPLIMENTARY_RESIZING,
  CONFIGURATION_SET,
  REPAIR_AND_MAINTENANCE,
  SERVICE_ORDER,
  SETTLEMENT,
  UPLOADS,
} from "./names.ts";

export interface ServiceStackProps extends StackProps {
  readonly brand: Brand;
  readonly data: DataStack;
  readonly fedexBaseUrl: string;
  readonly stripeBaseUrl: string;
}

const CALLER: Invocation = { by: "caller" };
const STREAM: Invocation = { by: "stream" };
const EVENT: Invocation = { by: "event", retries: 2, maxAge: EVENT_AGE };
const TICK: Invocation = { by: "event", retries: 0, maxAge: TICK_AGE };

export class ServiceStack extends Stack {
  private readonly resources: Resources;
  private readonly operations: Operations;
  private readonly functions: ServiceFunction[] = [];

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { brand, data } = props;
    const { table, key } = data;
    const { bucket } = data.files;

    this.operations = new Operations(this, "Operations", { email: brand.operationsEmail });
    const mail = new Mail(this, "Mail", { sender: brand.sender.email });
    const fedexSecret = this.secret(
      "FedexSecret",
      "FedEx: {shipKey, shipSecret, trackKey, trackSecret}",
      "FedEx hands keys out in its portal to a person; there is nothing that could rotate them by itself.",
    );
    const stripeSecret = this.secret(
      "StripeSecret",
      "Stripe: {apiKey, webhookSecret}",
      "Stripe hands keys out on its dashboard to a person; there is nothing that could rotate them by itself.",
    );
    this.resources = {
      table,
      dataKey: key,
      operationsKey: this.operations.key,
      fedexSecretArn: fedexSecret.ref,
      stripeSecretArn: stripeSecret.ref,
      mailIdentityArns: mail.identityArns,
    };

    const onTable = { TABLE_NAME: table.tableName };
    const onFiles = { BUCKET_NAME: bucket.bucketName };
    const carrier = { FEDEX_BASE_URL: props.fedexBaseUrl, FEDEX_SECRET_ID: fedexSecret.ref };
    const payments = { STRIPE_SECRET_ID: stripeSecret.ref };
    const machines = {
      COMPLIMENTARY_RESIZING_ARN: machineArn(COMPLIMENTARY_RESIZING),
      REPAIR_AND_MAINTENANCE_ARN: machineArn(REPAIR_AND_MAINTENANCE),
      SERVICE_ORDER_ARN: machineArn(SERVICE_ORDER),
      SETTLEMENT_ARN: machineArn(SETTLEMENT),
    };

    const api = new Api(this, "Api", {
      functions: {
        public: this.fn("api-public", CALLER, onTable),
        customer: this.fn("api-customer", CALLER, onTable),
        staff: this.fn("api-staff", CALLER, onTable),
        "service-order": this.fn("api-service-order", CALLER, onTable),
        finance: this.fn("api-finance", CALLER, onTable),
        files: this.fn("api-files", CALLER, { ...onTable, ...onFiles }),
        webhooks: this.fn("api-webhooks", CALLER, { ...onTable, ...payments }),
      },
      staff: data.staff.pool,
      site: brand.site,
      operations: this.operations,
    });
    new Firewall(this, "Firewall", { stageArn: api.stageArn, site: brand.site, operations: this.operations });

    const stepAsk = this.fn("step-ask", CALLER, onTable);
    const processes = new Processes(this, "Processes", {
      steps: {
        "step-ask": stepAsk,
        "step-check-export": this.fn("step-check-export", CALLER, onTable),
        "step-prepare-shipment": this.fn("step-prepare-shipment", CALLER, {
          ...onTable,
          ...onFiles,
          ...carrier,
        }),
        "step-hand-over": this.fn("step-hand-over", CALLER, onTable),
        "step-settle-accounts": this.fn("step-settle-accounts", CALLER, {
          ...onTable,
          ...onFiles,
          ...payments,
          STRIPE_BASE_URL: props.stripeBaseUrl,
        }),
        "step-close-case": this.fn("step-close-case", CALLER, { ...onTable, ...carrier }),
      },
      operations: this.operations,
    });

    const caseChanged = this.fn("case-changed", STREAM, machines);
    const sendMail = this.fn("send-mail", STREAM, { ...onTable, ...onFiles, CONFIGURATION_SET });
    new StreamConsumer(this, "OnCaseChange", {
      table,
      consumer: caseChanged,
      filters: [EXECUTION_ORDERED, WAIT_ANSWERED, SETTLEMENT_ORDERED],
    });
    new StreamConsumer(this, "OnMailWanted", { table, consumer: sendMail, filters: [MAIL_WANTED] });

    const clock = this.fn("clock", TICK, { ...onTable, ...machines });
    const mailFeedback = this.fn("mail-feedback", EVENT, onTable);
    const trackShipments = this.fn("track-shipments", TICK, { ...onTable, ...carrier });
    new EventConsumer(this, "OnMediaUpload", {
      description: "A file has arrived and is to be inspected",
      consumer: this.fn("media-uploaded", EVENT, { ...onTable, ...onFiles }),
      on: {
        pattern: {
          source: ["aws.s3"],
          detailType: ["Object Created"],
          detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: UPLOADS }] } },
        },
      },
    });
    new EventConsumer(this, "OnMailEvent", {
      description: "SES says what became of a mail",
      consumer: mailFeedback,
      on: {
        pattern: {
          source: ["aws.ses"],
          detailType: MAIL_EVENTS,
          detail: { mail: { tags: { "ses:configuration-set": [CONFIGURATION_SET] } } },
        },
      },
    });
    new EventConsumer(this, "EveryMinute", {
      description: "What is due",
      consumer: clock,
      on: { every: Duration.minutes(1) },
    });
    new EventConsumer(this, "EveryHalfHour", {
      description: "Where the parcels are",
      consumer: trackShipments,
      on: { every: Duration.minutes(30) },
    });

    new Monitoring(this, "Monitoring", {
      functions: this.functions,
      streamConsumers: [caseChanged, sendMail],
      timed: [
        { fn: clock, silence: Duration.minutes(10) },
        { fn: trackShipments, silence: Duration.hours(2) },
      ],
      machines: processes.machines,
      logs: { ask: stepAsk.logGroup, clock: clock.logGroup, mailFeedback: mailFeedback.logGroup },
      api,
      operations: this.operations,
    });
    new CfnOutput(this, "ApiUrl", { value: api.rest.url });
    new CfnOutput(this, "FedexSecretArn", { value: fedexSecret.ref });
    new CfnOutput(this, "StripeSecretArn", { value: stripeSecret.ref });
    new CfnOutput(this, "AlarmTopicArn", { value: this.operations.topic.topicArn });
  }

  private fn<N extends FunctionName>(
    name: N,
    invocation: Invocation,
    environment: Environment<N>,
  ): ServiceFunction {
    const made = new ServiceFunction(this, pascalCase(name), {
      name,
      invocation,
      environment,
      resources: this.resources,
      operations: this.operations,
    });
    this.functions.push(made);
    return made;
  }

  /** Made empty: keys are put in by hand and never stand in a template (`deploy-check` says how). */
  private secret(id: string, description: string, unrotated: string): CfnSecret {
    const secret = new CfnSecret(this, id, { description, kmsKeyId: this.operations.key.keyArn });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(secret, unrotated, "AwsSolutions-SMG4", "NIST.800.53.R5-SecretsManagerRotationEnabled");
    return secret;
  }
}
