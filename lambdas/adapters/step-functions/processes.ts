/** Step Functions behind the port: names of executions are the idempotency (design, idea 4). */
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { settlementName } from "../../domain/settlement.ts";
import type { Machine } from "../../domain/wait.ts";
import type { Processes } from "../../ports/processes.ts";

export interface StepFunctionsConfig {
  readonly client: SFNClient;
  readonly machineArns: Readonly<Record<Machine | "settlement", string>>;
}

const executionName = (caseId: string, attempt: number): string => `${caseId}-${attempt}`;

/** @throws the SDK's errors, for the caller's own retry. */
export function createProcesses({ client, machineArns }: StepFunctionsConfig): Processes {
  /** Its name is the idempotency: started already is fine. */
  async function begin(stateMachineArn: string, name: string, input: object): Promise<void> {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }
  return {
    start(execution) {
      const { caseId, attempt, machine, resumeAt, waitNo, verdict } = execution;
      // Every field a Choice looks at is there, since a missing one is a runtime error in JSONPath.
      const input = {
        caseId,
        attempt,
        resumeAt: resumeAt ?? "",
        verdict,
        wait: { no: waitNo, outcome: "" },
        error: { Error: "" },
      };
      return begin(machineArns[machine], executionName(caseId, attempt), input);
    },
    settle(settlement) {
      const { caseId, no } = settlement;
      return begin(machineArns.settlement, settlementName(settlement), { caseId, no });
    },
    async complete(token, wait) {
      const output = {
        no: wait.no,
        outcome: wait.answer?.outcome,
        ...(wait.resumeAt === undefined ? {} : { resumeAt: wait.resumeAt }),
      };
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
        return "completed";
      } catch (error) {
        if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist) return "gone";
        throw error;
      }
    },
    async isRunning(machine, caseId, attempt) {
      const executionArn = `${machineArns[machine].replace(":stateMachine:", ":execution:")}:${executionName(caseId, attempt)}`;
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        return status === "RUNNING";
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return false;
        throw error;
      }
    },
  };
}
