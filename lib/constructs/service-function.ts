/** One function with all that belongs to it: role, log group, failure queue, alarms. */
import { Duration } from "aws-cdk-lib";
import type { IRole } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Environment, FunctionName } from "../../lambdas/contracts/env.ts";
import { bundleFolder } from "../../scripts/bundle.ts";
import { acknowledge } from "../acknowledge.ts";
import { FUNCTIONS, type FunctionSpec } from "../functions.ts";
import { PERMISSIONS } from "../permissions.ts";
import { failureQueue, type Operations } from "./operations.ts";
import { functionRole, type Resources } from "./policy.ts";

/** How a function is invoked, which decides where its failures go. */
export type Invocation =
  /** By whoever waits for the answer: API Gateway, Step Functions. The caller sees the failure. */
  | { readonly by: "caller" }
  /** By the poller of the table's stream. */
  | { readonly by: "stream" }
  /** By EventBridge, which hands the event over and goes. */
  | { readonly by: "event"; readonly retries: 0 | 1 | 2; readonly maxAge: Duration };

export interface ServiceFunctionProps<N extends FunctionName> {
  readonly name: N;
  /** Typed by the contract: a variable the handler reads and nobody passes does not compile. */
  readonly environment: Environment<N>;
  readonly invocation: Invocation;
  readonly resources: Resources;
  readonly operations: Operations;
}

/** `step-ask` → `StepAsk`: the construct's id, and what the state machines call it by. */
export const pascalCase = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());

export class ServiceFunction<N extends FunctionName = FunctionName> extends Construct {
  readonly functionName: N;
  readonly spec: FunctionSpec;
  readonly fn: LambdaFunction;
  readonly role: IRole;
  readonly logGroup: LogGroup;
  /** Where events end that failed for good; absent where the caller sees the failure. */
  readonly failures: Queue | undefined;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<N>) {
    super(scope, id);
    const { name, invocation, operations } = props;
    this.functionName = name;
    this.spec = FUNCTIONS[name];
    this.failures = invocation.by === "caller" ? undefined : failureQueue(this, "Failures");
    this.logGroup = operations.logGroup(this, "Logs", `/after-sales/${name}`);
    this.role = functionRole(this, "Function", {
      permissions: PERMISSIONS[name],
      resources: props.resources,
      logGroupArn: this.logGroup.logGroupArn,
      streams: invocation.by === "stream",
      failuresArn: this.failures?.queueArn,
    });
    this.fn = new LambdaFunction(this, "Function", {
      functionName: `after-sales-${name}`,
      description: `After-sales service: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(bundleFolder(name)),
      memorySize: this.spec.memory,
      timeout: Duration.seconds(this.spec.timeout),
      role: this.role,
      environment: { ...props.environment },
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      tracing: Tracing.ACTIVE,
      ...(invocation.by === "event" && this.failures
        ? {
            onFailure: new SqsDestination(this.failures),
            retryAttempts: invocation.retries,
            maxEventAge: invocation.maxAge,
          }
        : {}),
    });
    acknowledge(
      this.fn,
      {
        caller:
          "Its caller waits for the answer and sees the failure; a dead-letter queue would never get anything.",
        stream:
          "Its event source mapping has an on-failure destination; a dead-letter queue takes only asynchronous events.",
        event:
          "It has an on-failure destination, which keeps the error beside the event, unlike a dead-letter queue.",
      }[invocation.by],
      "Serverless-LambdaDLQ",
      "NIST.800.53.R5-LambdaDLQ",
    );
    acknowledge(
      this.fn,
      "It calls AWS with IAM, the carrier and the payment provider, all over TLS, and has nothing inside a network of ours to reach.",
      "NIST.800.53.R5-LambdaInsideVPC",
    );
    acknowledge(
      this.fn,
      "New accounts have too little concurrency to set any aside; the API's throttling and the firewall hold the load.",
      "NIST.800.53.R5-LambdaConcurrency",
    );
  }
}
