/** A person answers what a step could not do: try again, or cancel the case. */
import * as z from "zod";
import { cancellationEffect } from "../domain/cancelling.ts";
import { ruleBroken } from "../domain/problem.ts";
import { type Action, actorText, openWaitFor } from "./action.ts";

const Input = z.strictObject({ decision: z.enum(["retry", "cancel"]) });

export const attention: Action<z.infer<typeof Input>> = {
  name: "attention",
  customer: false,
  staff: ["representative", "shipping"],
  input: Input,
  stages: ["attention"],
  apply(file, { decision }, { actor }) {
    openWaitFor(file, "attention");
    const by = actorText(actor);
    if (decision === "cancel" && cancellationEffect(file, "attention") !== "end") {
      throw ruleBroken({
        path: "decision",
        message: "the ring is in the workshop, or on its way there: it has to come back first",
        rule: "R57",
      });
    }
    return {
      case: decision === "cancel" ? { ending: { stage: "cancelled", code: "staff" } } : {},
      events: [{ type: decision === "retry" ? "StepRetried" : "CaseGivenUp", by, shown: false }],
      answer: { outcome: decision === "retry" ? "retry" : "cancelled", by },
    };
  },
};
