/**
 * Runs state machines: executions by name, task tokens that the outside settles, nothing of it durable
 * (design, idea 4: what an ended process leaves behind, the clock takes up again).
 */
import { randomUUID } from "node:crypto";
import { StateMachine } from "aws-local-stepfunctions";
import type { MachinePlan } from "../plan/plan-types.ts";
import { loadDefinition } from "./definition.ts";
import {
  type Execution,
  type ExecutionStatus,
  executionArnOf,
  newExecution,
  ServiceError,
} from "./execution.ts";
import { createTasks, PLACEHOLDERS, TaskError, type TaskList } from "./tasks.ts";

export interface Machines {
  /** @throws ServiceError ExecutionAlreadyExists, StateMachineDoesNotExist */
  readonly start: (machineArn: string, name: string | undefined, input: string) => Execution;
  /** @throws ServiceError ExecutionDoesNotExist */
  readonly stop: (executionArn: string, error?: string, cause?: string) => Execution;
  readonly describe: (executionArn: string) => Execution;
  readonly list: (machineArn: string) => readonly Execution[];
  readonly all: () => readonly Execution[];
  /** @throws ServiceError TaskDoesNotExist, TaskTimedOut, InvalidOutput */
  readonly succeed: (token: string, output: string) => void;
  readonly fail: (token: string, error: string, cause: string) => void;
  /** Executions that are doing something, rather than waiting for a token. */
  readonly busy: () => number;
  /** Forgets every execution, as a restart does. */
  readonly loseAll: () => void;
  readonly close: () => void;
}

export interface MachinesOptions {
  readonly plans: readonly MachinePlan[];
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

export const createMachines = (options: MachinesOptions): Machines => {
  const machines = new Map(
    options.plans.map((plan) => {
      const definition = loadDefinition(plan.name, plan.definition);
      const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
      return [plan.arn, { plan, definition, machine }] as const;
    }),
  );
  const executions = new Map<string, Execution>();
  const running = new Map<string, { readonly abort: () => void; readonly tasks: TaskList }>();
  const tasks = createTasks(options.invoke, options.now);

  const finish = (execution: Execution, status: ExecutionStatus, end: Partial<Execution> = {}): void => {
    const of = running.get(execution.executionArn);
    running.delete(execution.executionArn);
    if (of) tasks.close(of.tasks);
    if (execution.status !== "RUNNING") return;
    Object.assign(execution, { ...end, status, stoppedAt: options.now().getTime() });
    if (status === "FAILED" || status === "TIMED_OUT") {
      options.log(
        `execution ${execution.name} ${status.toLowerCase()}: ${execution.error} ${execution.cause ?? ""}`,
      );
    }
  };

  const execute = (execution: Execution): void => {
    const found = machines.get(execution.machineArn);
    if (!found) throw new ServiceError("StateMachineDoesNotExist", execution.machineArn);
    const list: TaskList = { current: undefined, tokens: new Set() };
    const plans = Object.entries(found.definition.States).flatMap(([name, state]) =>
      state.Type === "Task"
        ? [{ state: name, resource: state.Resource, timeoutSeconds: state.TimeoutSeconds ?? 0 }]
        : [],
    );
    running.set(execution.executionArn, { abort: () => handle.abort(), tasks: list });
    const handle = found.machine.run(JSON.parse(execution.input), {
      noThrowOnAbort: true,
      context: {
        Execution: {
          Id: execution.executionArn,
          Name: execution.name,
          StartTime: new Date(execution.startedAt).toISOString(),
        },
        StateMachine: { Id: execution.machineArn, Name: found.plan.name },
        ...PLACEHOLDERS,
      },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(
          plans.map((plan) => [plan.state, (input) => tasks.run(list, plan, input) as Promise<never>]),
        ),
      },
    });
    void (async () => {
      for await (const event of handle.eventLogs) {
        if (event.type === "StateEntered") execution.states.push(event.state.name);
      }
    })();
    handle.result.then(
      (output) => finish(execution, "SUCCEEDED", { output: JSON.stringify(output) }),
      (error: Error) => {
        const cause = (error.cause ?? error) as Error;
        if (error.name === "ExecutionTimeoutError")
          finish(execution, "TIMED_OUT", { error: "States.Timeout" });
        else finish(execution, "FAILED", { error: cause.name, cause: cause.message });
      },
    );
  };

  const find = (executionArn: string): Execution => {
    const execution = executions.get(executionArn);
    if (!execution)
      throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${executionArn}'`);
    return execution;
  };

  return {
    start: (machineArn, givenName, input) => {
      const machine = machines.get(machineArn);
      if (!machine)
        throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${machineArn}'`);
      const name = givenName ?? randomUUID();
      const executionArn = executionArnOf(machineArn, name);
      const existing = executions.get(executionArn);
      if (existing) {
        // AWS: the same name and input while it runs is the same execution; otherwise the name is taken for 90 days.
        if (existing.status === "RUNNING" && existing.input === input) return existing;
        throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${executionArn}'`);
      }
      const execution = newExecution(machineArn, name, input, options.now().getTime());
      executions.set(executionArn, execution);
      execute(execution);
      return execution;
    },
    stop: (executionArn, error, cause) => {
      const execution = find(executionArn);
      const of = running.get(executionArn);
      finish(execution, "ABORTED", { error, cause });
      of?.abort();
      return execution;
    },
    describe: find,
    list: (machineArn) =>
      [...executions.values()].filter((one) => one.machineArn === machineArn).toReversed(),
    all: () => [...executions.values()],
    succeed: (token, output) => {
      let value: unknown;
      try {
        value = JSON.parse(output);
      } catch {
        throw new ServiceError("InvalidOutput", "the output is not JSON");
      }
      tasks.take(token).resolve(value);
    },
    fail: (token, error, cause) => tasks.take(token).reject(new TaskError(error, cause)),
    busy: () => [...running.values()].filter((of) => !of.tasks.current?.waits).length,
    loseAll: () => {
      for (const [executionArn, of] of running) {
        const execution = executions.get(executionArn);
        if (execution) finish(execution, "ABORTED");
        of.abort();
      }
      executions.clear();
    },
    close: () => {
      for (const of of running.values()) of.abort();
      running.clear();
    },
  };
};
