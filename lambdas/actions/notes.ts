/** Staff's own words on a case, in any stage. */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import { type Action, actorText, REPEAT_MS, ROLES } from "./action.ts";

const Input = z.strictObject({ text: z.string().trim().min(1).max(4000) });

export const notes: Action<z.infer<typeof Input>> = {
  name: "notes",
  customer: false,
  staff: ROLES,
  input: Input,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, { text }, { now, actor }) {
    const by = actorText(actor);
    const since = Date.parse(now) - REPEAT_MS;
    // "Called, no answer" of another day, or of a colleague, is another note.
    const isRepeat = file.notes.some(
      (one) => one.by === by && one.text === text && Date.parse(one.at) >= since,
    );
    return isRepeat ? undefined : { events: [], notes: [{ at: now, by, text }] };
  },
};
