/** The paid process in unit tests: who acts, what they know, and a case at each of its questions. */
import type { ActionContext, Actor, Role } from "../../lambdas/actions/action.ts";
import type { Process } from "../../lambdas/domain/assessment.ts";
import type { Case, CaseItem } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import { applyChange } from "../../lambdas/domain/change.ts";
import type { Design } from "../../lambdas/domain/design.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { outOfTurn, Problem } from "../../lambdas/domain/problem.ts";
import type { Ring } from "../../lambdas/domain/ring.ts";
import type { Asks, Wait } from "../../lambdas/domain/wait.ts";
import { waitRow } from "../../lambdas/domain/wait-table.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { permit } from "../../lambdas/platform/callers.ts";
import { parsed } from "../../lambdas/platform/http.ts";
import { actionNamed } from "./actions.ts";
import { aCaseFile, aDesign, anItem, aWait } from "./case-file.ts";

/** Monday, eleven in the morning in New York; already Tuesday in Japan. */
export const NOW = "2026-03-16T15:00:00.000Z";

export const CUSTOMER: Actor = { kind: "customer" };
export const staff = (...roles: Role[]): Actor => ({ kind: "staff", name: "Kim", roles });

interface Known {
  readonly rings?: readonly Ring[];
  readonly designs?: readonly Design[];
  readonly now?: string;
}

/** Carries an action out as `perform` does, but for writing it. @throws Problem as the caller would hear it */
export function act(
  actor: Actor,
  name: string,
  file: CaseFile,
  body: unknown,
  { rings = [], designs = [aDesign()], now = NOW }: Known = {},
): Change {
  const action = actionNamed(name, actor.kind);
  if (actor.kind === "staff") permit(actor, action.staff);
  const input = parsed(action.input, body);
  if (!action.stages.includes(file.case.stage)) throw outOfTurn(file.case.stage);
  const context: ActionContext = {
    now,
    actor,
    brand,
    newCaseId: CaseId.parse("CW-N3WN3WN3WN"),
    rings: new Map(rings.map((ring) => [ring.serialNumber, ring])),
    designs: new Map(designs.map((design) => [design.designNumber, design])),
  };
  const change = action.apply(file, input, context);
  if (!change) throw new Error("nothing was changed");
  return change;
}

/** The case once the change is written. */
export const after = (file: CaseFile, change: Change, now = NOW): CaseFile =>
  applyChange(file, change, now).file;

export function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it was not refused");
}
/** The faults a refused action names, as `path rule`. */
export const faultsOf = (run: () => unknown): string[] =>
  problemOf(run).errors.map(({ path, rule }) => [path, rule ?? ""].join(" ").trim());
export const messagesOf = (run: () => unknown): string[] =>
  problemOf(run).errors.map((fault) => fault.message);

/** How a question is answered when all goes well. */
const GOES_ON: Partial<Record<Asks, string>> = {
  photos: "submitted",
  review: "approved",
  "shipping-details": "submitted",
  payment: "paid",
  "ship-date": "submitted",
  "export-clearance": "cleared",
  dispatch: "dispatched",
  receipt: "received",
  work: "finished",
  inspection: "passed",
};

export const CONTACT = {
  name: "Jane Doe",
  address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
  telephone: "6175550132",
};

/** An item of the paid process: a resizing, unless said otherwise. */
export const aPaidItem = (overrides: Partial<CaseItem> = {}): CaseItem =>
  anItem({ services: ["paid-resizing"], description: "One size up, please", ...overrides });
/** A piece that is polished: no size is known of it, and none is wanted. */
export const aPolishedItem = (overrides: Partial<CaseItem> = {}): CaseItem =>
  anItem({
    services: ["polishing"],
    description: "Please make it shine again",
    sizeAtPurchase: undefined,
    desiredSize: undefined,
    deliveryDate: undefined,
    deliverySource: undefined,
    ...overrides,
  });

interface Parts extends Partial<Omit<CaseFile, "case" | "waits">> {
  readonly case?: Partial<Case>;
}

/** A case that has answered every question but the last one. */
export function aFileAt(process: Process, questions: readonly Asks[], parts: Parts = {}): CaseFile {
  const [filing] = aCaseFile().waits;
  const waits = questions.map((asks, index): Wait => {
    const no = index + 1;
    const { dueAt: _, remindAt: _r, token: _t, ...answered } = aWait({ no, asks, machine: process });
    return no === questions.length
      ? aWait({ no, asks, machine: process })
      : { ...answered, answer: { outcome: GOES_ON[asks] ?? "", at: NOW, by: "customer" } };
  });
  const asks = questions.at(-1) ?? "photos";
  return aCaseFile({
    ...parts,
    case: {
      process,
      machine: process,
      stage: waitRow(asks).stage,
      waitNo: questions.length,
      shipping: { ...CONTACT, at: NOW },
      ...parts.case,
    },
    waits: [...(filing ? [{ ...filing, machine: process }] : []), ...waits],
  });
}

/** A case of the paid process; its item is resized unless others are given. */
export const aPaidFile = (questions: readonly Asks[], parts: Parts = {}): CaseFile =>
  aFileAt("repair-and-maintenance", questions, { ...parts, case: { items: [aPaidItem()], ...parts.case } });
export const aFreeFile = (questions: readonly Asks[], parts: Parts = {}): CaseFile =>
  aFileAt("complimentary-resizing", questions, parts);
