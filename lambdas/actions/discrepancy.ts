/** What arrived is not what was declared (R56): a person decides whether the work goes on. */
import * as z from "zod";
import { type Action, actorText, openWaitFor } from "./action.ts";
import { referenceOf } from "./judge.ts";
import { arrival } from "./receipt.ts";

const Input = z.strictObject({
  resolution: z.enum(["continue", "return-unworked", "cancel"]),
  text: z.string().trim().min(1).max(1000),
});

export const discrepancy: Action<z.infer<typeof Input>> = {
  name: "discrepancy",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: ["discrepancy"],
  needs: (file) => ({ serials: referenceOf(file.case.items).serials, designs: [] }),
  apply(file, { resolution, text }, context) {
    openWaitFor(file, "discrepancy");
    const by = actorText(context.actor);
    const event = { type: "DiscrepancyResolved", by, shown: true, data: { resolution, text } };
    if (resolution === "continue") {
      return {
        ...arrival(file, file.case.receipt?.at ?? context.now, context),
        events: [event],
        answer: { outcome: "continue", by },
      };
    }
    return {
      case: {
        returnUnworked: true,
        ...(resolution === "cancel" && !file.case.cancellation
          ? { cancellation: { at: context.now, by, reason: text } }
          : {}),
      },
      events: [event],
      answer: { outcome: resolution === "cancel" ? "cancelled" : "return-unworked", by },
    };
  },
};
