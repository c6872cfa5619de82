/** Actions of staff as operations of the API: rights checked, done once, answered with the case as staff see it. */
import type { Action } from "../../../actions/action.ts";
import type { CaseFile } from "../../../domain/case-file.ts";
import { CaseId } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Operation } from "../../../platform/api.ts";
import { asStaff } from "../../../platform/callers.ts";
import { type Call, etag, ifMatch, ok, type Reply } from "../../../platform/http.ts";
import { type Deps, perform } from "../../../platform/perform.ts";
import { staffView } from "./view.ts";

// An action's input type is its own: `perform` parses the body with the action's schema first.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyAction = Action<any>;

/** @throws Problem not-found for what cannot be a case number */
export function caseIdOf(call: Call): string {
  const id = CaseId.safeParse(call.path.caseId);
  if (!id.success) throw new Problem("not-found");
  return id.data;
}

export const shownToStaff = (file: CaseFile, brand: Deps["brand"]): Reply =>
  ok(staffView(file, brand), etag(file.case.version));

/** @param bodyOf what the action is given; by default what was sent */
export const staffOperation = (
  deps: Deps,
  action: AnyAction,
  bodyOf: (call: Call) => unknown = (call) => call.body(),
): Operation =>
  asStaff(
    async (call, member) =>
      shownToStaff(
        await perform(deps, action, {
          caseId: caseIdOf(call),
          actor: member,
          body: bodyOf(call),
          now: call.now,
          version: ifMatch(call),
        }),
        deps.brand,
      ),
    action.staff,
  );

export const staffOperationsOf = (
  deps: Deps,
  actions: Readonly<Record<string, AnyAction>>,
): Record<string, Operation> =>
  Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, staffOperation(deps, action)]));
