/** What staff can see and do, by their roles (R2). */
import type { CaseFile } from "../../../domain/case-file.ts";
import { CaseId } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Operation } from "../../../platform/api.ts";
import { asStaff } from "../../../platform/callers.ts";
import { type Call, etag, ifMatch, ok } from "../../../platform/http.ts";
import { type Deps, perform } from "../../../platform/perform.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { EnquiryStore } from "../../../ports/enquiry-store.ts";
import { staffActions } from "./actions.ts";
import { getRing, putDesign, putRing } from "./catalogue.ts";
import { answerEnquiry, listEnquiries } from "./enquiries.ts";
import { listCases } from "./list-cases.ts";
import { staffView } from "./view.ts";

export interface StaffDeps extends Deps {
  readonly store: CaseStore;
  readonly enquiries: Pick<EnquiryStore, "load" | "list" | "answer">;
}

/** @throws Problem not-found for what cannot be a case number */
function caseIdOf(call: Call): string {
  const id = CaseId.safeParse(call.path.caseId);
  if (!id.success) throw new Problem("not-found");
  return id.data;
}

export function staffOperations(deps: StaffDeps): Record<string, Operation> {
  const { store, enquiries, brand } = deps;
  const shown = (file: CaseFile) => ok(staffView(file, brand), etag(file.case.version));
  const actions = Object.entries(staffActions).map(([name, action]) => {
    const operation = asStaff(
      async (call, member) =>
        shown(
          await perform(deps, action, {
            caseId: caseIdOf(call),
            actor: member,
            body: call.body(),
            now: call.now,
            version: ifMatch(call),
          }),
        ),
      action.staff,
    );
    return [name, operation] as const;
  });
  return {
    listCases: asStaff((call) => listCases(store, brand, call)),
    getCaseAsStaff: asStaff(async (call) => {
      const file = await store.load(caseIdOf(call));
      if (!file) throw new Problem("not-found");
      return shown(file);
    }),
    listEnquiries: asStaff((call) => listEnquiries(enquiries, call), ["representative"]),
    answerEnquiry: asStaff((call, member) => answerEnquiry(enquiries, call, member), ["representative"]),
    putDesign: asStaff((call) => putDesign(store, call), ["manager"]),
    getRing: asStaff((call) => getRing(store, call), ["representative"]),
    putRing: asStaff((call) => putRing(store, call), ["representative"]),
    ...Object.fromEntries(actions),
  };
}
