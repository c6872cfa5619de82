/** The state machines, from their files, with the functions they call. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { FunctionName } from "../../lambdas/contracts/env.ts";
import { acknowledge } from "../acknowledge.ts";
import { COMPLIMENTARY_RESIZING, REPAIR_AND_MAINTENANCE, SERVICE_ORDER, SETTLEMENT } from "../names.ts";
import { IMPLIED } from "../permissions.ts";
import type { Operations } from "./operations.ts";
import { roleOf } from "./policy.ts";
import { pascalCase, type ServiceFunction } from "./service-function.ts";

type StepName = Extract<FunctionName, `step-${string}`>;

/** Which functions each machine calls: its permissions, and the names its file may use. */
const CALLS = {
  [COMPLIMENTARY_RESIZING]: ["step-ask", "step-hand-over", "step-close-case"],
  [REPAIR_AND_MAINTENANCE]: ["step-ask", "step-settle-accounts", "step-hand-over", "step-close-case"],
  [SERVICE_ORDER]: ["step-ask", "step-check-export", "step-prepare-shipment", "step-close-case"],
  [SETTLEMENT]: ["step-settle-accounts"],
} as const satisfies Record<string, readonly StepName[]>;
type MachineName = keyof typeof CALLS;

export interface ProcessesProps {
  readonly steps: Readonly<Record<StepName, ServiceFunction>>;
  readonly operations: Operations;
}

export class Processes extends Construct {
  readonly machines: Readonly<Record<MachineName, StateMachine>>;

  constructor(scope: Construct, id: string, props: ProcessesProps) {
    super(scope, id);
    this.machines = {
      [COMPLIMENTARY_RESIZING]: this.machine(COMPLIMENTARY_RESIZING, props),
      [REPAIR_AND_MAINTENANCE]: this.machine(REPAIR_AND_MAINTENANCE, props),
      [SERVICE_ORDER]: this.machine(SERVICE_ORDER, props),
      [SETTLEMENT]: this.machine(SETTLEMENT, props),
    };
  }

  private machine(name: MachineName, { steps, operations }: ProcessesProps): StateMachine {
    const called = CALLS[name].map((step) => steps[step]);
    const logGroup = operations.logGroup(
      this,
      `${pascalCase(name)}Logs`,
      // The prefix keeps CloudWatch's one resource policy from growing with every group.
      `/aws/vendedlogs/states/after-sales-${name}`,
    );
    const role = roleOf(this, pascalCase(name), "states.amazonaws.com", [
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: called.map(({ fn }) => fn.functionArn),
      }),
      new PolicyStatement({
        sid: "Tracing",
        actions: [...IMPLIED.tracing, ...IMPLIED.sampling],
        resources: ["*"],
      }),
      new PolicyStatement({ sid: "LogDelivery", actions: [...IMPLIED.logDelivery], resources: ["*"] }),
    ]);
    const machine = new StateMachine(this, pascalCase(name), {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(
        join(fileURLToPath(new URL("../../statemachines", import.meta.url)), `${name}.asl.json`),
      ),
      definitionSubstitutions: Object.fromEntries(
        called.map(({ functionName, fn }) => [`${pascalCase(functionName)}Arn`, fn.functionArn]),
      ),
      role,
      // Errors only, and never what the states were given.
      logs: { destination: logGroup, level: LogLevel.ERROR, includeExecutionData: false },
      tracingEnabled: true,
      // Executions run for months; a machine that goes takes them along.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      machine,
      "Each case's history is in the table; logging every event would only repeat it, at a price per transition.",
      "AwsSolutions-SF1",
    );
    return machine;
  }
}
