/** Silence ends a wait (R64): the clock answers it through the same door and condition as a person. */
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";

/** Undefined when the wait is answered already or its deadline has not passed. */
export function expire(file: CaseFile, now: Instant): Change | undefined {
  const wait = currentWait(file);
  if (wait.answer || !wait.deadline || wait.deadline > now) return undefined;
  return {
    case: { ending: { stage: "expired", code: wait.asks } },
    events: [{ type: "WaitExpired", by: "clock", shown: true, data: { asks: wait.asks } }],
    answer: { outcome: "expired", by: "clock" },
  };
}
