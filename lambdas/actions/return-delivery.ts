/** The ring is back with the customer: the carrier's scan `DL` says so, or shipping does. */
import * as z from "zod";
import type { Case } from "../domain/case.ts";
import { type Action, actorText, openWaitFor } from "./action.ts";

const Input = z.strictObject({});

/** Closed, unless the customer had cancelled: then the ring came back unworked and the case counts as cancelled. */
export const endingOnDelivery = (theCase: Case): NonNullable<Case["ending"]> =>
  theCase.ending ??
  (theCase.cancellation
    ? { stage: "cancelled", code: "returned-unworked" }
    : { stage: "closed", code: theCase.returnUnworked ? "returned-unworked" : "delivered" });

export const returnDelivery: Action<z.infer<typeof Input>> = {
  name: "return-delivery",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: ["returning", "closed"],
  apply(file, _input, { actor }) {
    if (file.case.stage === "closed") return undefined;
    openWaitFor(file, "return-delivery");
    const by = actorText(actor);
    return {
      case: { ending: endingOnDelivery(file.case) },
      events: [{ type: "ReturnDelivered", by, shown: true }],
      answer: { outcome: "delivered", by },
    };
  },
};
