/** Staff's own words on a case, in any stage. */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import { type Action, actorText, ROLES } from "./action.ts";

const Input = z.strictObject({ text: z.string().trim().min(1).max(4000) });

export const notes: Action<z.infer<typeof Input>> = {
  name: "notes",
  customer: false,
  staff: ROLES,
  input: Input,
  stages: Stage.options,
  apply: (_file, { text }, { now, actor }) => ({
    events: [],
    notes: [{ at: now, by: actorText(actor), text }],
  }),
};
