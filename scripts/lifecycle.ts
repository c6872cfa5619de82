/**
 * Draws the life of a case from the state machines into docs/case-lifecycle.md (Mermaid); `--check` only compares.
 * Retries, catches and the notes before `attention` are left out: they are the same everywhere (docs/error-handling.md).
 */
import { readFileSync, writeFileSync } from "node:fs";

interface State {
  Type: "Task" | "Choice" | "Pass" | "Succeed" | "Fail";
  Comment?: string;
  Resource?: string;
  Next?: string;
  End?: boolean;
  Default?: string;
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
}
interface Definition {
  Comment: string;
  StartAt: string;
  States: Record<string, State>;
}

const MACHINES = ["complimentary-resizing", "repair-and-maintenance", "service-order", "settlement"] as const;
/** The case goes on in another execution: the other process, or at another question. */
const ELSEWHERE = "Left to another execution";
const TARGET = new URL("../docs/case-lifecycle.md", import.meta.url);

const read = (machine: string): Definition =>
  JSON.parse(
    readFileSync(new URL(`../statemachines/${machine}.asl.json`, import.meta.url), "utf8"),
  ) as Definition;

const hidden = (name: string): boolean =>
  name.startsWith("Note: ") || name === ELSEWHERE || name === "Take up again";
const idOf = (name: string): string => name.replace(/[^A-Za-z]+/g, "_");

/** Edges, with a Choice folded into the state it follows: `Await photos --submitted--> Await review`. */
function edges(definition: Definition, name: string): { to: string; label: string }[] {
  const state = definition.States[name];
  if (!state) throw new Error(`no state ${name}`);
  const next = state.Next === undefined ? undefined : definition.States[state.Next];
  if (state.Next !== undefined && next?.Type === "Choice") {
    const named = (next.Choices ?? []).map((choice) => ({ to: choice.Next, label: choice.StringEquals }));
    return next.Default === undefined ? named : [...named, { to: next.Default, label: "otherwise" }];
  }
  return state.Next === undefined ? [] : [{ to: state.Next, label: "" }];
}

function diagram(definition: Definition): string {
  const lines = ["```mermaid", "stateDiagram-v2"];
  const names = Object.keys(definition.States).filter(
    (name) => !hidden(name) && definition.States[name]?.Type !== "Choice",
  );
  for (const name of names) lines.push(`  ${idOf(name)}: ${name}`);
  const begin = definition.States[definition.StartAt];
  const starts = (begin?.Choices ?? []).filter((choice) => choice.Variable !== "$.resumeAt");
  for (const start of starts) lines.push(`  [*] --> ${idOf(start.Next)}: ${start.StringEquals}`);
  if (begin?.Default !== undefined) lines.push(`  [*] --> ${idOf(begin.Default)}`);
  for (const name of names) {
    for (const { to, label } of edges(definition, name)) {
      if (to === "Take up again") lines.push(`  ${idOf(name)} --> [*]: retry, at the state it was for`);
      else if (to === ELSEWHERE) lines.push(`  ${idOf(name)} --> [*]: ${label}, in another execution`);
      else if (!hidden(to)) lines.push(`  ${idOf(name)} --> ${idOf(to)}${label === "" ? "" : `: ${label}`}`);
    }
    if (definition.States[name]?.End) lines.push(`  ${idOf(name)} --> [*]`);
  }
  return [...lines, "```"].join("\n");
}

function table(definition: Definition): string {
  const rows = Object.entries(definition.States)
    .filter(([name, state]) => !hidden(name) && state.Type === "Task")
    .map(([name, state]) => {
      const kind = state.Resource?.endsWith("waitForTaskToken") ? "waits for somebody" : "step";
      return `| ${name} | ${kind} | ${state.Comment ?? ""} |`;
    });
  return ["| state | kind | what for |", "|---|---|---|", ...rows].join("\n");
}

const text = [
  "# The life of a case",
  "",
  "Generated from `statemachines/*.asl.json` by `npm run lifecycle`; do not edit.",
  "Any step that cannot be done leads to *Await attention*, where a person answers retry or cancel.",
  ...MACHINES.flatMap((machine) => {
    const definition = read(machine);
    return ["", `## ${machine}`, "", definition.Comment, "", diagram(definition), "", table(definition)];
  }),
  "",
].join("\n");

if (process.argv.includes("--check")) {
  if (readFileSync(TARGET, "utf8") !== text) {
    console.error("docs/case-lifecycle.md is not what the state machines say: run npm run lifecycle");
    process.exit(1);
  }
} else writeFileSync(TARGET, text);
