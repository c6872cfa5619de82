/**
 * `npm run case-cost`: one whole case of each process on a local cloud, counted and priced. With `--check` it ends in an
 * error when a count is above the design's targets, or the price of the complimentary one, for which they name one;
 * times never count, they are this machine's. The payment provider's own fee is no part of it.
 */
import { FUNCTIONS } from "../lib/functions.ts";
import {
  besideBill,
  caseBill,
  historyEvents,
  type Line,
  mediaBill,
  monthlyBill,
  nominalMs,
  priced,
  total,
} from "./measure/bill.ts";
import { PRICES } from "./measure/prices.ts";
import { type CaseRun, runCase } from "./measure/run-case.ts";

/** design.md, "Numbers to reach". */
const TARGETS = { usd: 0.0018, transitions: 30, events: 400 } as const;
/** AWS calls a request may make. Where a ring's ledger decides, its ring and design are read as well, in one call. */
const CALLS: readonly (readonly [string, readonly string[], number])[] = [
  ["status view", ["getCase"], 1],
  ["upload ticket", ["requestUpload"], 1],
  ["queue page", ["listCases"], 1],
  ["opening a case", ["openCase"], 2],
  ["an action", ["photos", "shipping-details", "ship-date", "dispatch", "work"], 2],
  ["an action on a ring's ledger", ["review", "receipt", "inspection"], 3],
];

const out = (text = ""): void => {
  process.stdout.write(`${text}\n`);
};
const dollars = (usd: number): string => `$${usd.toFixed(7)}`;
const cell = (value: number | string, width: number): string => String(value).padStart(width);

const bill = (title: string, lines: readonly Line[]): void => {
  out(`\n${title}`);
  for (const { text, price, units, usd } of lines.filter((one) => one.units > 0)) {
    const amount = Number.isInteger(units) ? String(units) : units.toFixed(2);
    out(`  ${text.padEnd(32)}${cell(amount, 10)} ${PRICES[price].unit.padEnd(38)}${dollars(usd)}`);
  }
  out(`  ${"".padEnd(32)}${cell("", 10)} ${"".padEnd(38)}${dollars(total(lines))}`);
};

const byFunction = (run: CaseRun): void => {
  out(
    "\nBy function                   calls  nominal ms  measured ms  AWS calls (DynamoDB units written, read)",
  );
  const names = [...new Set(run.invocations.map(({ name }) => name))].toSorted();
  for (const name of names) {
    const ran = run.invocations.filter((one) => one.name === name);
    const calls = run.calls.filter((one) => one.caller === name);
    const kinds = [...new Set(calls.map(({ operation }) => operation))].map((operation) => {
      const of = calls.filter((one) => one.operation === operation);
      const written = of.reduce((sum, one) => sum + one.writes, 0);
      const read = of.reduce((sum, one) => sum + one.reads, 0);
      return `${of.length} ${operation}${written + read > 0 ? ` (${written}, ${read})` : ""}`;
    });
    const median = ran.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(ran.length / 2)] ?? 0;
    const size = `${name} (${FUNCTIONS[name].memory} MB)`;
    out(
      `  ${size.padEnd(32)}${cell(ran.length, 2)}${cell(Math.round(nominalMs(name, ran.length, calls) / ran.length), 12)}${cell(Math.round(median), 13)}  ${kinds.join(", ")}`,
    );
  }
};

const perRequest = (run: CaseRun): string[] => {
  out("\nAWS calls per request");
  return CALLS.flatMap(([what, operations, most]) => {
    const requests = run.requests.filter(({ operation }) => operations.includes(operation));
    if (requests.length === 0) throw new Error(`no ${what} was asked for`);
    const worst = requests.toSorted((a, b) => b.calls.length - a.calls.length)[0];
    const count = worst?.calls.length ?? 0;
    out(
      `  ${what.padEnd(32)}${cell(count, 10)} (target ${most})  ${worst?.operation}: ${worst?.calls.join(", ")}`,
    );
    return count > most ? [`${what}: ${count} calls, target ${most}`] : [];
  });
};

const processes = (run: CaseRun): string[] => {
  const transitions = run.machines.reduce((sum, { states }) => sum + states.length, 0);
  const events = run.machines.reduce((sum, machine) => sum + historyEvents(machine), 0);
  out("\nProcesses");
  for (const machine of run.machines)
    out(
      `  ${machine.machine.padEnd(32)}${cell(machine.states.length, 10)} transitions, ${historyEvents(machine)} history events`,
    );
  out(
    `  ${"".padEnd(32)}${cell(transitions, 10)} (target ${TARGETS.transitions}), ${events} (target ${TARGETS.events})`,
  );
  return [
    ...(transitions > TARGETS.transitions
      ? [`${transitions} state transitions, target ${TARGETS.transitions}`]
      : []),
    ...(events > TARGETS.events ? [`${events} history events, target ${TARGETS.events}`] : []),
  ];
};

const started = performance.now();
const above: string[] = [];
for (const kind of ["complimentary", "paid"] as const) {
  out(`\n${kind === "paid" ? "A paid repair" : "A complimentary resizing"}`);
  const all = await runCase(kind, (text) => out(`  ${text}`));
  const run = priced(all);
  byFunction(run);
  above.push(...perRequest(all), ...processes(run));
  const { snapshot, row, partition } = run.sizes;
  out(
    `\nAt its end the case's snapshot has ${snapshot} bytes, its row in the queue ${row}, all of it ${partition}`,
  );
  const lines = caseBill(run);
  const target = kind === "complimentary" ? ` (target $${TARGETS.usd})` : "";
  bill(`One ${kind} case without media${target}`, lines);
  bill("Its photos", mediaBill(run));
  bill("Beside it: what AWS adds by itself", besideBill(run));
  // To a thousandth of a cent: how often the mails' events meet the mails' own writes differs from run to run.
  if (kind === "complimentary" && Number(total(lines).toFixed(5)) > TARGETS.usd)
    above.push(`${dollars(total(lines))} a case, target $${TARGETS.usd}`);
}
bill("The clock and the tracking, a month, whether there are cases or not", monthlyBill());
out(`\nmeasured in ${Math.round((performance.now() - started) / 1000)} s`);
for (const one of above) out(`above target: ${one}`);
if (above.length > 0 && process.argv.includes("--check")) process.exitCode = 1;
