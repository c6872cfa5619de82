/** The AWS JSON 1.0 protocol of Step Functions over `machines.ts`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { callerOf } from "../dynamodb/holding-proxy.ts";
import { readBody, send } from "../http.ts";
import { type Execution, ServiceError } from "./execution.ts";
import type { Machines } from "./machines.ts";

type Input = Record<string, string | undefined>;

/** AWS sends instants as seconds. */
const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

const summary = (execution: Execution) => ({
  executionArn: execution.executionArn,
  stateMachineArn: execution.machineArn,
  name: execution.name,
  status: execution.status,
  startDate: seconds(execution.startedAt),
  stopDate: seconds(execution.stoppedAt),
});

const wanted = (input: Input, field: string): string => {
  const value = input[field];
  if (typeof value !== "string" || value === "") {
    throw new ServiceError("ValidationException", `1 validation error detected: '${field}' must not be null`);
  }
  return value;
};

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/;

const operations: Record<string, (machines: Machines, input: Input) => object> = {
  StartExecution: (machines, input) => {
    const { name, input: payload = "{}" } = input;
    if (name !== undefined && !NAME.test(name))
      throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
    try {
      JSON.parse(payload);
    } catch {
      throw new ServiceError("InvalidExecutionInput", "the input is not JSON");
    }
    const execution = machines.start(wanted(input, "stateMachineArn"), name, payload);
    return { executionArn: execution.executionArn, startDate: seconds(execution.startedAt) };
  },
  DescribeExecution: (machines, input) => {
    const execution = machines.describe(wanted(input, "executionArn"));
    const { output, error, cause } = execution;
    return { ...summary(execution), input: execution.input, output, error, cause };
  },
  ListExecutions: (machines, input) => ({
    executions: machines
      .list(wanted(input, "stateMachineArn"))
      .filter((one) => input["statusFilter"] === undefined || one.status === input["statusFilter"])
      .slice(0, Number(input["maxResults"] ?? 100))
      .map(summary),
  }),
  StopExecution: (machines, input) => {
    const execution = machines.stop(wanted(input, "executionArn"), input["error"], input["cause"]);
    return { stopDate: seconds(execution.stoppedAt) };
  },
  SendTaskSuccess: (machines, input) => {
    machines.succeed(wanted(input, "taskToken"), wanted(input, "output"));
    return {};
  },
  SendTaskFailure: (machines, input) => {
    machines.fail(wanted(input, "taskToken"), input["error"] ?? "", input["cause"] ?? "");
    return {};
  },
};

/** Answers one request. `onCall` tells who (by access key) asked what. */
export const answerStepFunctions = async (
  machines: Machines,
  request: IncomingMessage,
  response: ServerResponse,
  onCall: (caller: string, operation: string, resource: string) => void,
): Promise<void> => {
  const operation = String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
  const headers = { "content-type": "application/x-amz-json-1.0" };
  const refuse = (type: string, message: string): void =>
    send(response, 400, headers, JSON.stringify({ __type: type, message }));
  try {
    const run = operations[operation];
    if (!run) return refuse("UnknownOperationException", `${operation} is not provided locally`);
    const input = JSON.parse((await readBody(request)).toString()) as Input;
    onCall(callerOf(request.headers), operation, input["stateMachineArn"] ?? input["executionArn"] ?? "");
    send(response, 200, headers, JSON.stringify(run(machines, input)));
  } catch (error) {
    if (error instanceof ServiceError) refuse(error.name, error.message);
    else refuse("SerializationException", (error as Error).message);
  }
};
