/**
 * A cancellation, at any time until the work is done. It is a fact: recorded whenever it comes, also while a step
 * runs; then it takes effect at the next wait. With the ring under way or in Japan, the ring goes back unworked.
 */
import * as z from "zod";
import { cancellationEffect, isWorkDone } from "../domain/cancelling.ts";
import { Stage } from "../domain/case.ts";
import { type CaseFile, currentWait } from "../domain/case-file.ts";
import { endingByCancellation } from "../domain/ending.ts";
import { outOfTurn } from "../domain/problem.ts";
import { type Action, actorText } from "./action.ts";

const Input = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() });

/** While a step runs it is only recorded; the next wait sees to it. */
function effectNow(file: CaseFile) {
  const wait = currentWait(file);
  if (wait.answer) return isWorkDone(file) ? "too-late" : "next-wait";
  return cancellationEffect(file, wait.asks);
}

export const cancellation: Action<z.infer<typeof Input>> = {
  name: "cancellation",
  customer: true,
  staff: ["representative"],
  input: Input,
  stages: Stage.options,
  apply(file, { reason }, { now, actor }) {
    const { stage, cancellation: already, endedAt } = file.case;
    if (stage === "cancelled" || (already && endedAt)) return undefined;
    if (endedAt) throw outOfTurn(stage);
    const effect = effectNow(file);
    // Recorded before: only where it now ends the case there is more to do.
    if (already && effect !== "end") return undefined;
    if (effect === "too-late") throw outOfTurn(stage);
    const by = actorText(actor);
    const fact = already ?? { at: now, by, ...(reason === undefined ? {} : { reason }) };
    const event = {
      type: "CancellationRequested",
      by,
      shown: true,
      ...(reason === undefined ? {} : { data: { reason } }),
    };
    switch (effect) {
      case "next-wait":
        return { case: { cancellation: fact }, events: [event] };
      case "record":
        return { case: { cancellation: fact, returnUnworked: true }, events: [event] };
      case "return":
        return {
          case: { cancellation: fact, returnUnworked: true },
          events: [event],
          answer: { outcome: "cancelled", by },
        };
      case "end":
        return {
          case: { cancellation: fact, ending: endingByCancellation(fact) },
          events: [event],
          answer: { outcome: "cancelled", by },
        };
    }
  },
};
