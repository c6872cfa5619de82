/** Her message needs no written answer (a word of thanks, a question answered on the telephone). */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import { type Action, actorText } from "./action.ts";

const Input = z.strictObject({});

export const messageHandled: Action<z.infer<typeof Input>> = {
  name: "message-handled",
  customer: false,
  staff: ["representative"],
  input: Input,
  judgesRepeats: true,
  stages: Stage.options,
  apply: (file, _input, { actor }) =>
    file.case.unansweredSince === undefined
      ? undefined
      : {
          case: { unansweredSince: undefined },
          events: [{ type: "MessageHandled", by: actorText(actor), shown: false }],
        },
};
