/**
 * Runs state machines: executions by name, task tokens that the outside settles, nothing of it durable
 * (design, idea 4: what an ended process leaves behind, the clock takes up again).
 */
import { randomBytes, randomUUID } from "node:crypto";
import { StateMachine } from "aws-local-stepfunctions";
import type { FunctionError } from "../lambda/functions.ts";
import type { MachinePlan } from "../plan/plan.ts";
import { INVOKE_AND_WAIT, loadDefinition } from "./definition.ts";

/** An error of the service, by the name the SDK knows it by. */
export class ServiceError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
export interface Execution {
  readonly executionArn: string;
  readonly machineArn: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  /** Business time, milliseconds since the epoch. */
  readonly startedAt: number;
  status: ExecutionStatus;
  stoppedAt: number | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** States entered, in order: their number is what the cloud charges for. */
  readonly states: string[];
}

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

/** Stand in a state's input for what differs at every entry; swapped when the task begins. */
const TOKEN = "\u0000task-token\u0000";
const ENTERED = "\u0000entered-time\u0000";

const swap = (value: unknown, token: string, entered: string): unknown => {
  if (value === TOKEN) return token;
  if (value === ENTERED) return entered;
  if (Array.isArray(value)) return value.map((part) => swap(part, token, entered));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, swap(part, token, entered)]));
};

class TaskError extends Error {
  override readonly name: string;
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

interface TaskPlan {
  readonly resource: string;
  readonly timeoutSeconds: number;
}
interface OpenTask {
  readonly execution: Execution;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}
interface Running {
  readonly abort: () => void;
  /** The task in hand: when its state was entered, whether it failed (a repeat is then a retry), whether it waits. */
  task: { readonly state: string; readonly entered: string; failed: boolean; waits: boolean } | undefined;
  readonly tokens: Set<string>;
}

/** The last part of an ARN; a bare name is itself. */
const lastPart = (arn: string): string => arn.split(":").at(-1) ?? arn;

export const createMachines = (options: MachinesOptions): Machines => {
  const machines = new Map(
    options.plans.map((plan) => {
      const definition = loadDefinition(plan.name, plan.definition);
      const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
      return [plan.arn, { plan, definition, machine }] as const;
    }),
  );
  const executions = new Map<string, Execution>();
  const running = new Map<string, Running>();
  const open = new Map<string, OpenTask>();
  /** Tokens that were settled or whose execution ended: they "timed out", others never existed. */
  const spent = new Set<string>();

  const forget = (token: string, of: Running): void => {
    open.delete(token);
    of.tokens.delete(token);
    spent.add(token);
  };

  /** One entry of a task state. */
  const runTask = async (
    execution: Execution,
    of: Running,
    state: string,
    plan: TaskPlan,
    input: unknown,
  ) => {
    const retried = of.task?.state === state && of.task.failed ? of.task : undefined;
    const task = {
      state,
      entered: retried?.entered ?? options.now().toISOString(),
      failed: false,
      waits: false,
    };
    of.task = task;
    const token = randomBytes(48).toString("base64url");
    const { FunctionName, Payload } = swap(input, token, task.entered) as {
      FunctionName: string;
      Payload: unknown;
    };
    const call = options.invoke(lastPart(FunctionName), Payload).catch((error: FunctionError) => {
      throw new TaskError(error.name, error.report ?? error.message);
    });
    if (plan.resource !== INVOKE_AND_WAIT) {
      try {
        return { ExecutedVersion: "$LATEST", Payload: await call, StatusCode: 200 };
      } catch (error) {
        task.failed = true;
        throw error;
      }
    }
    const expiry = setTimeout(() => {
      task.failed = true;
      forget(token, of);
    }, plan.timeoutSeconds * 1000);
    expiry.unref();
    try {
      const settled = new Promise<unknown>((resolve, reject) => {
        open.set(token, { execution, resolve, reject });
        of.tokens.add(token);
      });
      settled.catch(() => undefined);
      // The answer may come while the function that asks is still running.
      const asked = async (): Promise<unknown> => {
        await call;
        task.waits = open.has(token);
        return settled;
      };
      return await Promise.race([settled, asked()]);
    } catch (error) {
      task.failed = true;
      throw error;
    } finally {
      clearTimeout(expiry);
      task.waits = false;
      forget(token, of);
    }
  };

  const finish = (execution: Execution, status: ExecutionStatus, end: Partial<Execution> = {}): void => {
    const of = running.get(execution.executionArn);
    running.delete(execution.executionArn);
    for (const token of of?.tokens ?? []) forget(token, of as Running);
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
    const tasks = Object.entries(found.definition.States).flatMap(([name, state]) =>
      state.Type === "Task"
        ? [[name, { resource: state.Resource, timeoutSeconds: state.TimeoutSeconds ?? 0 }] as const]
        : [],
    );
    const of: Running = { abort: () => handle.abort(), task: undefined, tokens: new Set() };
    running.set(execution.executionArn, of);
    const handle = found.machine.run(JSON.parse(execution.input), {
      noThrowOnAbort: true,
      context: {
        Execution: {
          Id: execution.executionArn,
          Name: execution.name,
          StartTime: new Date(execution.startedAt).toISOString(),
        },
        StateMachine: { Id: execution.machineArn, Name: found.plan.name },
        State: { EnteredTime: ENTERED },
        Task: { Token: TOKEN },
      },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(
          tasks.map(([name, task]) => [
            name,
            (input) => runTask(execution, of, name, task, input) as Promise<never>,
          ]),
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

  const take = (token: string): OpenTask => {
    const task = open.get(token);
    if (!task) {
      if (spent.has(token))
        throw new ServiceError("TaskTimedOut", "Task Timed Out: the task is no longer open");
      throw new ServiceError("TaskDoesNotExist", "Task does not exist");
    }
    const of = running.get(task.execution.executionArn);
    if (of) forget(token, of);
    return task;
  };

  return {
    start: (machineArn, givenName, input) => {
      const machine = machines.get(machineArn);
      if (!machine)
        throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${machineArn}'`);
      const name = givenName ?? randomUUID();
      const executionArn = `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
      const existing = executions.get(executionArn);
      if (existing) {
        // AWS: the same name and input while it runs is the same execution; otherwise the name is taken for 90 days.
        if (existing.status === "RUNNING" && existing.input === input) return existing;
        throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${executionArn}'`);
      }
      const execution: Execution = {
        executionArn,
        machineArn,
        name,
        input,
        startedAt: options.now().getTime(),
        status: "RUNNING",
        stoppedAt: undefined,
        output: undefined,
        error: undefined,
        cause: undefined,
        states: [],
      };
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
      take(token).resolve(value);
    },
    fail: (token, error, cause) => take(token).reject(new TaskError(error, cause)),
    busy: () => [...running.values()].filter((of) => !of.task?.waits).length,
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
