/** Who looks after the case; `null` gives it back to all. */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import { type Action, actorText } from "./action.ts";

const Input = z.strictObject({ assignee: z.string().trim().min(1).max(100).nullable() });

export const assignee: Action<z.infer<typeof Input>> = {
  name: "assignee",
  customer: false,
  staff: ["representative"],
  input: Input,
  stages: Stage.options,
  apply: (file, input, { actor }) =>
    (file.case.assignee ?? null) === input.assignee
      ? undefined
      : {
          case: { assignee: input.assignee ?? undefined },
          events: [
            {
              type: "CaseAssigned",
              by: actorText(actor),
              shown: false,
              data: { assignee: input.assignee ?? "" },
            },
          ],
        },
};
