/** Step: ready to ship; the shared service order begins as the case's next execution. */
import { isPaidInFull } from "../../../domain/accounts.ts";
import { PermanentError } from "../../../domain/faults.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import { changeCase } from "../change-case.ts";
import { StepInput } from "../step-input.ts";

export const createHandOverHandler =
  (deps: { store: CaseStore }) =>
  async (event: unknown): Promise<{ outcome: "handed-over" }> => {
    const input = StepInput.parse(event);
    const present = await deps.store.load(input.caseId);
    if (!present) throw new PermanentError(`no case ${input.caseId}`);
    // Done already by a call whose answer was lost: the attempt has moved on to the service order.
    if (present.case.machine === "service-order" && present.case.attempt > input.attempt) {
      return { outcome: "handed-over" };
    }
    await changeCase(deps.store, input, (file) => {
      // Paid a moment ago, and taken back since (R37).
      if (!isPaidInFull(file)) throw new PermanentError("not everything is paid");
      return {
        case: { stage: "preparing-documents" },
        events: [{ type: "ReadyToShip", by: "system", shown: false }],
        start: { machine: "service-order", waitNo: file.case.waitNo },
      };
    });
    return { outcome: "handed-over" };
  };
