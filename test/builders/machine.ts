/**
 * State machines run in memory: what the definitions use of Step Functions, and nothing else. Waiting times of a retry
 * are left out. Whatever the definitions do not use throws.
 */
import { readFileSync } from "node:fs";
import type { Machine } from "../../lambdas/domain/wait.ts";

type Data = Readonly<Record<string, unknown>>;
interface State {
  readonly Type: "Task" | "Choice" | "Pass" | "Succeed";
  readonly Resource?: string;
  readonly Parameters?: { readonly FunctionName: string; readonly Payload: Data };
  readonly ResultSelector?: Data;
  readonly ResultPath?: string;
  readonly InputPath?: string;
  readonly Result?: unknown;
  readonly Choices?: readonly {
    readonly Variable: string;
    readonly StringEquals: string;
    readonly Next: string;
  }[];
  readonly Default?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly ResultPath: string;
    readonly Next: string;
  }[];
  readonly Next?: string;
}
interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const definitionOf = (machine: Machine | "settlement"): Definition =>
  JSON.parse(
    readFileSync(new URL(`../../statemachines/${machine}.asl.json`, import.meta.url), "utf8"),
  ) as Definition;
const definitions = new Map<Machine | "settlement", Definition>();
const known = (machine: Machine | "settlement"): Definition => {
  const definition = definitions.get(machine) ?? definitionOf(machine);
  definitions.set(machine, definition);
  return definition;
};

/** @throws Error where the path leads nowhere: in JSONPath that is a runtime error no catch mends */
const at = (data: Data, path: string): unknown =>
  path
    .split(".")
    .slice(1)
    .reduce((value: unknown, key) => {
      const member = (value as Data | undefined)?.[key];
      if (member === undefined) throw new Error(`States.Runtime: no ${path}`);
      return member;
    }, data);
const put = (data: Data, path: string | undefined, value: unknown): Data =>
  path === undefined ? (value as Data) : { ...data, [path.slice(2)]: value };

export interface Surroundings {
  /** Runs a function, named as the definition names it: `StepAskArn`. */
  readonly invoke: (name: string, payload: Data) => Promise<unknown>;
  readonly now: () => string;
  readonly newToken: () => string;
}

/** One execution. It runs until it ends or waits for its token. */
export class Run {
  readonly attempt: number;
  readonly machine: Machine | "settlement";
  /** States gone through, for whoever asks why. */
  readonly path: string[] = [];
  token: string | undefined;
  #state: string | undefined;
  #data: Data;
  readonly #around: Surroundings;

  constructor(
    machine: Machine | "settlement",
    input: Data & { readonly attempt?: number },
    around: Surroundings,
  ) {
    this.machine = machine;
    this.attempt = input.attempt ?? 0;
    this.#state = known(machine).StartAt;
    this.#data = input;
    this.#around = around;
  }

  get ended(): boolean {
    return this.#state === undefined;
  }
  get waits(): boolean {
    return this.token !== undefined;
  }

  async advance(): Promise<void> {
    while (this.#state !== undefined && !this.waits) {
      this.path.push(this.#state);
      const state = known(this.machine).States[this.#state];
      if (!state) throw new Error(`no state ${this.#state}`);
      this.#state = await this.#enter(state);
    }
  }

  /** Deleted, or lost in a crash: it never goes on. */
  lose(): void {
    this.token = undefined;
    this.#state = undefined;
  }

  complete(output: unknown): void {
    const state = known(this.machine).States[this.path.at(-1) ?? ""];
    this.token = undefined;
    this.#data = put(this.#data, state?.ResultPath, output);
    this.#state = state?.Next;
  }

  async #enter(state: State): Promise<string | undefined> {
    switch (state.Type) {
      case "Succeed":
        return undefined;
      case "Pass":
        this.#data = put(
          this.#data,
          state.ResultPath,
          state.InputPath === undefined ? state.Result : at(this.#data, state.InputPath),
        );
        return state.Next;
      case "Choice":
        return (
          state.Choices?.find((one) => at(this.#data, one.Variable) === one.StringEquals)?.Next ??
          state.Default
        );
      case "Task":
        return this.#task(state);
    }
  }

  async #task(state: State): Promise<string | undefined> {
    const enteredAt = this.#around.now();
    const tries = new Map<unknown, number>();
    for (;;) {
      const token = state.Resource?.endsWith(".waitForTaskToken") ? this.#around.newToken() : undefined;
      try {
        const name = /\w+/.exec(state.Parameters?.FunctionName ?? "")?.[0] ?? "";
        const result = await this.#around.invoke(name, this.#payload(state, enteredAt, token));
        if (token !== undefined) {
          this.token = token;
          return this.#state;
        }
        const selected = Object.fromEntries(
          Object.entries(state.ResultSelector ?? {}).map(([key, path]) => [
            key.slice(0, -2),
            at({ Payload: result }, String(path)),
          ]),
        );
        this.#data = put(this.#data, state.ResultPath, selected);
        return state.Next;
      } catch (error) {
        const { name } = error as Error;
        const retry = state.Retry?.find((one) => one.ErrorEquals.includes(name));
        const tried = (tries.get(retry) ?? 0) + 1;
        tries.set(retry, tried);
        if (retry && tried <= retry.MaxAttempts) continue;
        const caught = state.Catch?.find(
          (one) => one.ErrorEquals.includes(name) || one.ErrorEquals.includes("States.ALL"),
        );
        if (!caught) throw error;
        this.#data = put(this.#data, caught.ResultPath, { Error: name });
        return caught.Next;
      }
    }
  }

  #payload(state: State, enteredAt: string, token: string | undefined): Data {
    const context = { Task: { Token: token }, State: { EnteredTime: enteredAt } };
    return Object.fromEntries(
      Object.entries(state.Parameters?.Payload ?? {}).map(([key, value]) => {
        if (!key.endsWith(".$")) return [key, value];
        const path = String(value);
        const found = path.startsWith("$$.") ? at(context, path.slice(1)) : at(this.#data, path);
        return [key.slice(0, -2), found];
      }),
    );
  }
}
