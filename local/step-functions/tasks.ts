/** Task states: calls of functions, and tokens that wait for an answer from outside. */
import { randomBytes } from "node:crypto";
import type { FunctionError } from "../lambda/functions.ts";
import { INVOKE_AND_WAIT } from "./definition.ts";
import { ServiceError } from "./execution.ts";

/** Stand in a state's input for what differs at every entry; swapped when the task begins. */
const TOKEN = "\u0000task-token\u0000";
const ENTERED = "\u0000entered-time\u0000";
/** For the context object of an execution. */
export const PLACEHOLDERS = { State: { EnteredTime: ENTERED }, Task: { Token: TOKEN } };

const swap = (value: unknown, token: string, entered: string): unknown => {
  if (value === TOKEN) return token;
  if (value === ENTERED) return entered;
  if (Array.isArray(value)) return value.map((part) => swap(part, token, entered));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, swap(part, token, entered)]));
};

/** What a Catch sees: the error's name and its cause. */
export class TaskError extends Error {
  override readonly name: string;
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

interface TaskPlan {
  readonly state: string;
  readonly resource: string;
  readonly timeoutSeconds: number;
}

/** The tasks of one execution. */
export interface TaskList {
  /** The task in hand: when its state was entered, whether it failed (a repeat is then a retry), whether it waits. */
  current: { readonly state: string; readonly entered: string; failed: boolean; waits: boolean } | undefined;
  readonly tokens: Set<string>;
}

export interface Tasks {
  /** One entry of a task state. @throws TaskError */
  readonly run: (list: TaskList, plan: TaskPlan, input: unknown) => Promise<unknown>;
  /** Takes an open token for settling. @throws ServiceError TaskTimedOut, TaskDoesNotExist */
  readonly take: (token: string) => OpenTask;
  /** Its execution has ended: nobody can answer any more. */
  readonly close: (list: TaskList) => void;
}
interface OpenTask {
  readonly list: TaskList;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The last part of an ARN; a bare name is itself. */
const lastPart = (arn: string): string => arn.split(":").at(-1) ?? arn;

export const createTasks = (
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  now: () => Date,
): Tasks => {
  const open = new Map<string, OpenTask>();
  /** Tokens that were settled or whose execution ended: they "timed out", others never existed. */
  const spent = new Set<string>();
  const forget = (token: string, list: TaskList): void => {
    open.delete(token);
    list.tokens.delete(token);
    spent.add(token);
  };

  const awaitAnswer = async (
    list: TaskList,
    { timeoutSeconds }: TaskPlan,
    token: string,
    call: Promise<unknown>,
  ): Promise<unknown> => {
    const task = list.current;
    const expiry = setTimeout(() => {
      if (task) task.failed = true;
      forget(token, list);
    }, timeoutSeconds * 1000);
    expiry.unref();
    const { promise: settled, resolve, reject } = Promise.withResolvers<unknown>();
    open.set(token, { list, resolve, reject });
    list.tokens.add(token);
    const asked = async (): Promise<unknown> => {
      await call;
      if (task) task.waits = open.has(token);
      return settled;
    };
    try {
      // The answer may come while the function that asks is still running.
      return await Promise.race([settled, asked()]);
    } finally {
      clearTimeout(expiry);
      if (task) task.waits = false;
      forget(token, list);
    }
  };

  return {
    run: async (list, plan, input) => {
      const { current } = list;
      const retried = current?.state === plan.state && current.failed ? current : undefined;
      // A retry does not enter the state anew.
      const entered = retried?.entered ?? now().toISOString();
      const task = { state: plan.state, entered, failed: false, waits: false };
      list.current = task;
      const token = randomBytes(48).toString("base64url");
      const { FunctionName, Payload } = swap(input, token, entered) as {
        FunctionName: string;
        Payload: unknown;
      };
      const call = invoke(lastPart(FunctionName), Payload).catch((error: FunctionError) => {
        throw new TaskError(error.name, error.report ?? error.message);
      });
      try {
        if (plan.resource === INVOKE_AND_WAIT) return await awaitAnswer(list, plan, token, call);
        return { ExecutedVersion: "$LATEST", Payload: await call, StatusCode: 200 };
      } catch (error) {
        task.failed = true;
        throw error;
      }
    },
    take: (token) => {
      const task = open.get(token);
      if (!task) {
        if (spent.has(token))
          throw new ServiceError("TaskTimedOut", "Task Timed Out: the task is no longer open");
        throw new ServiceError("TaskDoesNotExist", "Task does not exist");
      }
      forget(token, task.list);
      return task;
    },
    close: (list) => {
      for (const token of list.tokens) forget(token, list);
    },
  };
};
