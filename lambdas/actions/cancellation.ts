/**
 * A cancellation, at any time until the work is done. It is a fact: recorded whenever it comes, also while a step
 * runs; then it takes effect at the next wait. With the ring under way or in Japan, the ring goes back unworked.
 */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import { currentWait } from "../domain/case-file.ts";
import { outOfTurn } from "../domain/problem.ts";
import { waitRow } from "../domain/wait-table.ts";
import { type Action, actorText } from "./action.ts";

const Input = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() });

export const cancellation: Action<z.infer<typeof Input>> = {
  name: "cancellation",
  customer: true,
  staff: ["representative"],
  input: Input,
  stages: Stage.options,
  apply(file, { reason }, { now, actor }) {
    const { stage, cancellation: already, endedAt, receipt, tracking } = file.case;
    if (already || stage === "cancelled") return undefined;
    const wait = currentWait(file);
    if (endedAt) throw outOfTurn(stage);
    const by = actorText(actor);
    const fact = { at: now, by, ...(reason === undefined ? {} : { reason }) };
    const event = {
      type: "CancellationRequested",
      by,
      shown: true,
      ...(reason === undefined ? {} : { data: { reason } }),
    };
    if (wait.answer) {
      // A step runs. What follows a finished inspection can no longer be stopped.
      if (wait.asks === "inspection" || wait.asks === "return-delivery") throw outOfTurn(stage);
      return { case: { cancellation: fact }, events: [event] };
    }
    const effect = waitRow(wait.asks).cancellation;
    if (effect === "too-late" || (wait.asks === "attention" && receipt)) throw outOfTurn(stage);
    if (effect === "record" || (wait.asks === "dispatch" && tracking.inbound?.firstScanAt)) {
      return { case: { cancellation: fact, returnUnworked: true }, events: [event] };
    }
    return {
      case: {
        cancellation: fact,
        ...(effect === "return"
          ? { returnUnworked: true }
          : {
              ending: {
                stage: "cancelled",
                code: actor.kind,
                ...(reason === undefined ? {} : { text: reason }),
              },
            }),
      },
      events: [event],
      answer: { outcome: "cancelled", by },
    };
  },
};
