/** Step: opens the next wait, or gives the present one a fresh token (design, idea 2). */
import * as z from "zod";
import type { Brand } from "../../../domain/brand.ts";
import { Superseded } from "../../../domain/faults.ts";
import { Instant } from "../../../domain/identifiers.ts";
import { openWait } from "../../../domain/open-wait.ts";
import { Asks, Machine } from "../../../domain/wait.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { AttentionNeeded } from "../../attention-needed.ts";
import { changeCase } from "../change-case.ts";

export const AskInput = z.object({
  caseId: z.string(),
  attempt: z.int(),
  machine: Machine,
  asks: Asks,
  /** Number of the last wait this execution knows. */
  after: z.int(),
  resumeAt: z.string(),
  error: z.string(),
  token: z.string(),
  at: Instant,
});

/** @throws Superseded when a newer execution has the case. */
export const createAskHandler =
  (deps: { store: CaseStore; brand: Brand; attention: AttentionNeeded }) =>
  async (event: unknown): Promise<void> => {
    const input = AskInput.parse(event);
    const no = input.after + 1;
    let asked = false;
    const file = await changeCase(deps.store, input, (present) => {
      const known = present.waits.find((wait) => wait.no === no);
      if (known) {
        // A retry or a resume: the question stands, and perhaps its answer; only the token is new.
        if (known.asks !== input.asks) {
          throw new Superseded(`wait ${no} asks for ${known.asks}, not ${input.asks}`);
        }
        asked = true;
        return undefined;
      }
      if (present.case.waitNo !== input.after) {
        throw new Superseded(`the case is at wait ${present.case.waitNo}`);
      }
      return openWait(present, input, input.at, deps.brand);
    });
    if (!asked) {
      const { caseId, asks, resumeAt: state, error } = input;
      if (asks === "attention") deps.attention({ caseId, state, error });
      return;
    }
    const wait = file.waits.find((one) => one.no === no);
    if (wait)
      await deps.store.putWaitToken(
        input.caseId,
        { ...wait, token: input.token, machine: input.machine },
        input.attempt,
      );
  };
