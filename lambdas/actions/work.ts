/** The workshop: finished, or longer by a recorded cause (R60). Only a person's extension moves the window. */
import * as z from "zod";
import { PlainDate } from "../domain/identifiers.ts";
import { ruleBroken } from "../domain/problem.ts";
import { dateInJapan } from "../domain/time-zones.ts";
import { extendWindow } from "../domain/window.ts";
import { type Action, actorText, openWaitFor } from "./action.ts";

const Finished = z.strictObject({ finishedOn: PlainDate });
const Extended = z.strictObject({
  extension: z.strictObject({
    days: z.int().min(1).max(180),
    /** `design`, `condition`, `holidays`, or words of one's own (R60). */
    cause: z.string().trim().min(1).max(40),
    text: z.string().trim().min(1).max(1000),
  }),
});
const Input = z.union([Finished, Extended]);

export const work: Action<z.infer<typeof Input>> = {
  name: "work",
  customer: false,
  staff: ["workshop"],
  input: Input,
  stages: ["in-work"],
  apply(file, input, { now, actor }) {
    openWaitFor(file, "work");
    const by = actorText(actor);
    const { window, receipt } = file.case;
    if ("extension" in input) {
      if (!window)
        throw ruleBroken({ path: "extension", message: "there is no window to extend", rule: "R60" });
      const { days, cause, text } = input.extension;
      return {
        case: { window: extendWindow(window, { days, cause, text, at: now }, file.case.customer.locale) },
        events: [{ type: "WindowExtended", by, shown: true, data: { days, cause, text } }],
        answer: { outcome: "extended", by },
      };
    }
    const { finishedOn } = input;
    if (finishedOn > dateInJapan(now) || (receipt && finishedOn < dateInJapan(receipt.at))) {
      throw ruleBroken({ path: "finishedOn", message: "a day between the receipt and today, in Japan" });
    }
    return {
      case: { workFinishedOn: finishedOn },
      events: [{ type: "WorkFinished", by, shown: true, data: { finishedOn } }],
      answer: { outcome: "finished", by },
    };
  },
};
