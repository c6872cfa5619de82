/** Her yes or no to the paid process (R12). A yes is recorded; a no ends the case. */
import * as z from "zod";
import { type Action, actorText, openWaitFor } from "./action.ts";

const Input = z.strictObject({ accept: z.boolean() });

export const conversion: Action<z.infer<typeof Input>> = {
  name: "conversion",
  customer: true,
  staff: [],
  input: Input,
  stages: ["conversion-offered"],
  apply(file, { accept }, { now, actor }) {
    openWaitFor(file, "conversion");
    const by = actorText(actor);
    return accept
      ? {
          case: { conversionAcceptedAt: now },
          events: [{ type: "ConversionAccepted", by, shown: true }],
          answer: { outcome: "accepted", by },
        }
      : {
          case: { ending: { stage: "declined", code: "conversion-refused" } },
          events: [{ type: "ConversionRefused", by, shown: true }],
          answer: { outcome: "refused", by },
        };
  },
};
