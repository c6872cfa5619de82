/** The definitions as files: what Step Functions would refuse, and what no tool checks (design, toolchain). */
import { readdirSync, readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { describe, expect, it } from "vitest";
import { WAITS } from "../../lambdas/domain/wait-table.ts";

interface State {
  Type: string;
  Resource?: string;
  Next?: string;
  End?: boolean;
  Default?: string;
  Parameters?: { Payload?: Record<string, unknown> };
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Retry?: { ErrorEquals: string[] }[];
}
interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

const folder = new URL("../../statemachines/", import.meta.url);
const machines = readdirSync(folder).map((file) => ({
  file,
  definition: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Definition,
}));
const waiting = (state: State): boolean => state.Resource?.endsWith(".waitForTaskToken") === true;

/** Every key and string of a JSON value, with its path. */
function* walk(value: unknown, path = ""): Generator<{ path: string; key: string; value: unknown }> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield { path: `${path}/${key}`, key, value: member };
    yield* walk(member, `${path}/${key}`);
  }
}

/** A settlement has no case's course to be resumed: left undone, the clock orders it again (`settlement.ts`). */
const ofCases = machines.filter(({ file }) => file !== "settlement.asl.json");

describe.each(ofCases)("the course of a case: $file", ({ definition }) => {
  it("can be resumed at every wait, and at every step a person may retry (design, idea 4)", () => {
    const begin = definition.States[definition.StartAt];
    const resumable = (begin?.Choices ?? []).filter((choice) => choice.Variable === "$.resumeAt");
    // Papers made later than was thought are checked for the day they are made for (R34, R46).
    const first: Record<string, string> = { "Prepare shipment": "Check export" };
    for (const { StringEquals, Next } of resumable) expect(Next).toBe(first[StringEquals] ?? StringEquals);
    const names = resumable.map((choice) => choice.StringEquals);
    const tasks = Object.entries(definition.States).filter(([, state]) => state.Type === "Task");
    expect(names).toEqual(expect.arrayContaining(tasks.map(([name]) => name)));
  });

  it("leads whatever a step cannot do to a person, except where a person is being asked already", () => {
    for (const [name, state] of Object.entries(definition.States)) {
      if (state.Type !== "Task" || name === "Await attention") continue;
      const note = state.Catch?.at(-1)?.Next ?? "";
      expect(definition.States[note]).toMatchObject({ Type: "Pass", Result: name, Next: "Await attention" });
    }
  });
});

describe.each(machines)("$file", ({ definition }) => {
  it("is what Step Functions accepts", () => {
    // Substitutions of the deployment stand where ARNs are wanted.
    const text = JSON.stringify(definition).replace(
      /\$\{\w+\}/g,
      "arn:aws:lambda:us-east-1:123456789012:function:any",
    );
    const { isValid, errors } = aslValidator(JSON.parse(text));
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  });

  it("has a value that is a path only under a key that ends in .$", () => {
    const stray = [...walk(definition.States)].filter(
      ({ key, value, path }) =>
        typeof value === "string" &&
        value.startsWith("$.") &&
        !key.endsWith(".$") &&
        path.includes("/Payload/"),
    );
    expect(stray).toEqual([]);
  });

  it("catches States.ALL last, and alone", () => {
    for (const state of Object.values(definition.States)) {
      for (const rules of [state.Catch ?? [], state.Retry ?? []]) {
        const all = rules.flatMap((rule, index) =>
          rule.ErrorEquals.includes("States.ALL") ? [{ rule, index }] : [],
        );
        expect(all.map(({ index }) => index)).toEqual(all.length === 0 ? [] : [rules.length - 1]);
        expect(all.flatMap(({ rule }) => rule.ErrorEquals)).toEqual(all.map(() => "States.ALL"));
      }
    }
  });

  it("hands the task token to every wait", () => {
    for (const state of Object.values(definition.States).filter(waiting)) {
      expect(state.Parameters?.Payload?.["token.$"]).toBe("$$.Task.Token");
    }
  });

  it("carries ids, numbers and outcomes only: no personal data", () => {
    const allowed = [
      "caseId.$",
      "attempt.$",
      "at.$",
      "after.$",
      "resumeAt.$",
      "error.$",
      "token.$",
      "machine",
      "asks",
      "leg",
      "task",
      "no.$",
    ];
    for (const state of Object.values(definition.States)) {
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(state.Parameters?.Payload ?? {})));
    }
  });

  it("asks in the state that the table of waits names", () => {
    for (const [name, state] of Object.entries(definition.States).filter(([, state]) => waiting(state))) {
      const asks = state.Parameters?.Payload?.asks as keyof typeof WAITS;
      expect(WAITS[asks]?.state).toBe(name);
    }
  });

  it("reaches every state", () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const state = definition.States[name];
      if (!state) throw new Error(`no state ${name}`);
      for (const next of [
        state.Next,
        state.Default,
        ...(state.Choices ?? []).map((choice) => choice.Next),
        ...(state.Catch ?? []).map((one) => one.Next),
      ]) {
        if (next !== undefined) visit(next);
      }
    };
    visit(definition.StartAt);
    expect(Object.keys(definition.States).filter((name) => !seen.has(name))).toEqual([]);
  });
});
