/** Taking a process up again where it was left (design, idea 4). */
import { type CaseFile, type Change, currentWait } from "./case-file.ts";
import { ANSWER_GRACE_MS, later } from "./change.ts";
import type { Instant } from "./identifiers.ts";
import { RESTARTS } from "./open-wait.ts";
import type { Wait } from "./wait.ts";
import { WAITS, waitRow } from "./wait-table.ts";

/** After this many restarts at one wait a person has to look. */
export const MAX_RESTARTS = 5;

/**
 * Starts the next execution at the current wait, or at the machine's beginning where the wait belongs to an earlier
 * machine (or is the filing itself). After too many restarts it opens `attention` instead: an open wait that needs
 * no execution until it is answered.
 */
export function resume(file: CaseFile, now: Instant): Change {
  const wait = currentWait(file);
  // Only an answer that does not get the process on counts: an open wait may lose its execution as often as it likes.
  const restarts = (file.case.restarts ?? 0) + (wait.answer ? 1 : 0);
  const beginning = wait.machine !== file.case.machine || !WAITS[wait.asks];
  const resumeAt = beginning ? "" : waitRow(wait.asks).state;
  const { dueAt: _, ...rest } = wait;
  if (restarts > MAX_RESTARTS && wait.asks !== "attention") {
    const no = wait.no + 1;
    const attention: Wait = {
      no,
      asks: "attention",
      machine: file.case.machine,
      attempt: file.case.attempt,
      openedAt: now,
      dueAt: later(now, 86_400_000),
      resumeAt,
      reason: RESTARTS,
    };
    return {
      case: {
        stage: "attention",
        waitNo: no,
        restarts: undefined,
        attention: { resumeAt, error: RESTARTS, text: "the process stopped again and again at this place" },
      },
      waits: [rest, attention],
      events: [{ type: "AttentionNeeded", by: "clock", shown: false, data: { restarts: MAX_RESTARTS } }],
    };
  }
  return {
    case: { restarts },
    // Looked at again in the grace of an answer, should this execution be lost as well.
    waits: [
      {
        ...wait,
        dueAt: wait.answer ? later(now, ANSWER_GRACE_MS) : (wait.dueAt ?? later(now, ANSWER_GRACE_MS)),
      },
    ],
    events: [{ type: "ProcessResumed", by: "clock", shown: false, data: { restarts } }],
    start: { machine: file.case.machine, resumeAt, waitNo: beginning ? wait.no : wait.no - 1 },
  };
}
