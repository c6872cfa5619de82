/** What staff can see and do, by their roles (R2). */
import { Problem } from "../../../domain/problem.ts";
import type { Operation } from "../../../platform/api.ts";
import { asStaff } from "../../../platform/callers.ts";
import type { Deps } from "../../../platform/perform.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { EnquiryStore } from "../../../ports/enquiry-store.ts";
import { caseIdOf, shownToStaff, staffOperationsOf } from "./act.ts";
import { staffActions } from "./actions.ts";
import { getRing, putDesign, putRing } from "./catalogue.ts";
import { answerEnquiry, listEnquiries } from "./enquiries.ts";
import { listCases } from "./list-cases.ts";

export interface StaffDeps extends Deps {
  readonly store: CaseStore;
  readonly enquiries: Pick<EnquiryStore, "load" | "list" | "answer">;
}

export function staffOperations(deps: StaffDeps): Record<string, Operation> {
  const { store, enquiries, brand } = deps;
  return {
    listCases: asStaff((call) => listCases(store, brand, call)),
    getCaseAsStaff: asStaff(async (call) => {
      const file = await store.load(caseIdOf(call));
      if (!file) throw new Problem("not-found");
      return shownToStaff(file, brand);
    }),
    listEnquiries: asStaff((call) => listEnquiries(enquiries, call), ["representative"]),
    answerEnquiry: asStaff((call, member) => answerEnquiry(enquiries, call, member), ["representative"]),
    putDesign: asStaff((call) => putDesign(store, call), ["manager"]),
    getRing: asStaff((call) => getRing(store, call), ["representative"]),
    putRing: asStaff((call) => putRing(store, call), ["representative"]),
    ...staffOperationsOf(deps, staffActions),
  };
}
