/** Words between the customer and the brand, both ways and in any stage; ours are mailed (E18). */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import type { CaseFile, Message } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import { mailOrder } from "../domain/mail-params.ts";
import { type Action, actorText, REPEAT_MS } from "./action.ts";

const Input = z.strictObject({ text: z.string().trim().min(1).max(4000) });

/** Sent already, and nothing was said by the other side since: "Yes" to a second question is no repeat of the first. */
function isRepeat(file: CaseFile, from: Message["from"], text: string, now: Instant): boolean {
  const since = Date.parse(now) - REPEAT_MS;
  const ofOther = file.messages.findLastIndex((one) => one.from !== from);
  return file.messages.slice(ofOther + 1).some((one) => one.text === text && Date.parse(one.at) >= since);
}

export const messages: Action<z.infer<typeof Input>> = {
  name: "messages",
  customer: true,
  staff: ["representative"],
  input: Input,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, { text }, { now, actor }) {
    const from = actor.kind === "customer" ? "customer" : "staff";
    if (isRepeat(file, from, text, now)) return undefined;
    const by = actorText(actor);
    const no = (file.messages.at(-1)?.no ?? 0) + 1;
    const message: Message = { no, at: now, from, by, text };
    if (from === "customer") {
      return {
        case: { unansweredSince: file.case.unansweredSince ?? now },
        messages: [message],
        events: [{ type: "MessageReceived", by, shown: true, data: { no } }],
      };
    }
    return {
      case: { unansweredSince: undefined },
      messages: [message],
      events: [{ type: "MessageSent", by, shown: true, data: { no } }],
      mails: [mailOrder("E18", `message-${String(no).padStart(4, "0")}`, { variant: "message", no })],
    };
  },
};
