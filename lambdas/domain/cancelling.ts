/** What becomes of a cancellation: by what is asked at the moment, and by where the ring is. */
import { type CaseFile, currentWait } from "./case-file.ts";
import type { Asks } from "./wait.ts";
import { type CancellationEffect, waitRow } from "./wait-table.ts";

/** What follows can no longer be stopped: the ring is worked on, and on its way home. */
export function isWorkDone({ waits }: CaseFile): boolean {
  const last = waits.findLast((wait) => wait.asks !== "attention");
  return (
    last?.asks === "inspection" ||
    last?.asks === "surcharge" ||
    last?.asks === "return-delivery" ||
    (last?.asks === "work" && last.answer?.outcome === "finished")
  );
}

/** On its way to Japan: the carrier has had it in hand, or she said so (R53). */
const isUnderWay = ({ case: { tracking, reportedSentAt } }: CaseFile): boolean =>
  tracking.inbound?.firstScanAt !== undefined || reportedSentAt !== undefined;

/** She said it was sent, the day to look after it has passed, and the carrier never had it in hand. */
function wasNeverSent(file: CaseFile): boolean {
  const { asks, answer, remindAt } = currentWait(file);
  const overdue = asks === "receipt" && !answer && remindAt === undefined;
  return overdue && file.case.tracking.inbound?.firstScanAt === undefined;
}

/** The effect while `asks` is, or is about to be, awaited. A wait between others says nothing of where the ring is. */
export function cancellationEffect(file: CaseFile, asks: Asks): CancellationEffect {
  if (isWorkDone(file)) return "too-late";
  const effect = waitRow(asks).cancellation;
  if (effect === "end" && (file.case.receipt || isUnderWay(file))) return "record";
  return effect === "record" && wasNeverSent(file) ? "end" : effect;
}
