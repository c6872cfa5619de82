/** The ring is back with the customer: the carrier's scan `DL` says so, or shipping does. */
import * as z from "zod";
import { endingOnDelivery } from "../domain/ending.ts";
import { outOfTurn } from "../domain/problem.ts";
import { type Action, actorText, openWaitFor } from "./action.ts";

const Input = z.strictObject({});

export const returnDelivery: Action<z.infer<typeof Input>> = {
  name: "return-delivery",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: ["returning", "closed", "cancelled"],
  apply(file, _input, { actor }) {
    const { stage, manifest } = file.case;
    // What ended with a return has been delivered already.
    if (stage !== "returning") {
      if (manifest) return undefined;
      throw outOfTurn(stage);
    }
    openWaitFor(file, "return-delivery");
    const by = actorText(actor);
    return {
      case: { ending: endingOnDelivery(file.case) },
      events: [{ type: "ReturnDelivered", by, shown: true }],
      answer: { outcome: "delivered", by },
    };
  },
};
