/** How a step changes a case: read, decide purely, write under conditions, and again when somebody else wrote first. */
import type { CaseFile, Change } from "../../domain/case-file.ts";
import { PermanentError, Superseded, TransientError } from "../../domain/faults.ts";
import type { Instant } from "../../domain/identifiers.ts";
import { type CaseStore, Conflict } from "../../ports/case-store.ts";

/** A step meets only the API and the clock on its case; five rounds are plenty, after which Step Functions retries. */
const ROUNDS = 5;

/**
 * @param attempt of the execution that asks; undefined for what belongs to none (a settlement)
 * @throws Superseded when the case is in another attempt's hands; PermanentError when it does not exist
 */
export async function loadAttempt(
  store: CaseStore,
  caseId: string,
  attempt: number | undefined,
): Promise<CaseFile> {
  const file = await store.load(caseId);
  if (!file) throw new PermanentError(`no case ${caseId}`);
  if (attempt !== undefined && file.case.attempt !== attempt)
    throw new Superseded(`case ${caseId} is at attempt ${file.case.attempt}`);
  return file;
}

/** `decide` returns undefined when there is nothing (more) to write. Returns the file as it then stands. */
export async function changeCase(
  store: CaseStore,
  step: { readonly caseId: string; readonly attempt?: number | undefined; readonly at: Instant },
  decide: (file: CaseFile) => Change | undefined | Promise<Change | undefined>,
): Promise<CaseFile> {
  for (let round = 1; ; round += 1) {
    const file = await loadAttempt(store, step.caseId, step.attempt);
    const change = await decide(file);
    if (!change) return file;
    try {
      return await store.commit(file, change, step.at);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (round === ROUNDS) throw new TransientError(`case ${step.caseId} kept changing`);
    }
  }
}
