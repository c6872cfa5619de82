/**
 * Makes a definition fit for `aws-local-stepfunctions`, and refuses loudly what that would run wrongly:
 * it ignores JSONata and Assign in silence, and heartbeats altogether.
 */
import type { StateMachineDefinition } from "aws-local-stepfunctions";

type Json = unknown;
type State = Record<string, Json> & { readonly Type: string };

const INVOKE = "arn:aws:states:::lambda:invoke";
export const INVOKE_AND_WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken";
/** Longer than this a Node timer fires at once (2³¹ − 1 ms are 24.8 days). */
const LONGEST_TIMER_SECONDS = 2_147_483;
const STATE_TYPES = new Set(["Task", "Choice", "Pass", "Succeed", "Fail"]);
const REFUSED_FIELDS = [
  "Assign",
  "Arguments",
  "Output",
  "HeartbeatSeconds",
  "HeartbeatSecondsPath",
  "Credentials",
];

class NotRunHere extends Error {
  override readonly name = "NotRunHere";
}

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `$$.State.Name` is not in its context object, but is known when the definition is loaded. */
const withStateName = (value: Json, name: string): Json => {
  if (Array.isArray(value)) return value.map((part) => withStateName(part, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) =>
      key.endsWith(".$") && part === "$$.State.Name"
        ? [key.slice(0, -2), name]
        : [key, withStateName(part, name)],
    ),
  );
};

const TYPE_TESTS = ["IsPresent", "IsNull", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"];

/** It takes `IsPresent: false` for never true: said as "not present" instead. */
const withoutFalseTests = (rule: Json): Json => {
  if (!isObject(rule)) return rule;
  const { Next, ...rest } = rule;
  const next = Next === undefined ? {} : { Next };
  for (const key of ["And", "Or"]) {
    if (Array.isArray(rest[key])) return { ...next, [key]: (rest[key] as Json[]).map(withoutFalseTests) };
  }
  if (isObject(rest["Not"])) return { ...next, Not: withoutFalseTests(rest["Not"]) };
  const test = TYPE_TESTS.find((name) => rest[name] === false);
  return test ? { ...next, Not: { ...rest, [test]: true } } : rule;
};

const checkTask = (where: string, state: State): void => {
  const resource = state["Resource"];
  if (resource !== INVOKE && resource !== INVOKE_AND_WAIT) {
    throw new NotRunHere(`${where}: resource ${String(resource)} is not run locally`);
  }
  const parameters = state["Parameters"];
  if (!isObject(parameters) || typeof parameters["FunctionName"] !== "string") {
    throw new NotRunHere(`${where}: Parameters must name the function`);
  }
  if (resource === INVOKE_AND_WAIT && !JSON.stringify(parameters).includes("$$.Task.Token")) {
    throw new NotRunHere(`${where}: waits for a token that its payload does not carry`);
  }
};

const loadState = (where: string, name: string, given: Json): State => {
  if (!isObject(given) || typeof given["Type"] !== "string") throw new NotRunHere(`${where}: no state`);
  const state = given as State;
  if (!STATE_TYPES.has(state.Type))
    throw new NotRunHere(`${where}: ${state.Type} states are not run locally`);
  if (state["QueryLanguage"] !== undefined && state["QueryLanguage"] !== "JSONPath") {
    throw new NotRunHere(`${where}: JSONata is not run locally`);
  }
  const refused = REFUSED_FIELDS.find((field) => field in state);
  if (refused) throw new NotRunHere(`${where}: ${refused} is not run locally`);
  const loaded: Record<string, Json> = { ...state };
  // The default, which it would take for a field named "$".
  if (loaded["ResultPath"] === "$") delete loaded["ResultPath"];
  if (Array.isArray(loaded["Catch"])) {
    loaded["Catch"] = (loaded["Catch"] as Record<string, Json>[]).map((catcher) => {
      if ("Assign" in catcher || "Output" in catcher)
        throw new NotRunHere(`${where}: Assign is not run locally`);
      const { ResultPath, ...rest } = catcher;
      return ResultPath === undefined || ResultPath === "$" ? rest : catcher;
    });
  }
  for (const field of ["Parameters", "ResultSelector"]) {
    if (field in loaded) loaded[field] = withStateName(loaded[field], name);
  }
  if (state.Type === "Task") {
    checkTask(where, state);
    // Without a number it would stop after 60 seconds; Step Functions' own default is three years.
    const seconds = Number(loaded["TimeoutSeconds"] ?? LONGEST_TIMER_SECONDS);
    loaded["TimeoutSeconds"] = Math.min(seconds, LONGEST_TIMER_SECONDS);
  }
  if (state.Type === "Choice") {
    const choices = state["Choices"] as Json[];
    if (JSON.stringify(choices).includes('"Condition"'))
      throw new NotRunHere(`${where}: JSONata is not run locally`);
    loaded["Choices"] = choices.map(withoutFalseTests);
  }
  return loaded as State;
};

/** @throws NotRunHere naming machine and state. */
export const loadDefinition = (machine: string, definition: unknown): StateMachineDefinition => {
  if (!isObject(definition) || !isObject(definition["States"]))
    throw new NotRunHere(`${machine}: no definition`);
  if (definition["QueryLanguage"] !== undefined && definition["QueryLanguage"] !== "JSONPath") {
    throw new NotRunHere(`${machine}: JSONata is not run locally`);
  }
  const { TimeoutSeconds, ...rest } = definition;
  const states = Object.entries(definition["States"]).map(([name, state]) => [
    name,
    loadState(`${machine}, "${name}"`, name, state),
  ]);
  const limited = Number(TimeoutSeconds ?? Number.POSITIVE_INFINITY) <= LONGEST_TIMER_SECONDS;
  return {
    ...rest,
    ...(limited ? { TimeoutSeconds } : {}),
    States: Object.fromEntries(states),
  } as unknown as StateMachineDefinition;
};
