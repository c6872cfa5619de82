/** One run of a step reads its case once: what it has just read or written need not be read again. */
import type { CaseFile } from "../../domain/case-file.ts";
import type { CaseStore } from "../../ports/case-store.ts";

/**
 * The store for a single run. `load` answers with what the run has read or written last; where somebody else wrote
 * meanwhile the commit fails on the version, and the next `load` reads again.
 */
export function forOneRun(store: CaseStore): CaseStore {
  let known: CaseFile | undefined;
  return {
    ...store,
    async load(caseId) {
      if (known?.case.caseId !== caseId) known = await store.load(caseId);
      return known;
    },
    async commit(file, change, now) {
      known = undefined;
      const written = await store.commit(file, change, now);
      known = written;
      return written;
    },
  };
}
