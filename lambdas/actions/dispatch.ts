/** "I have sent it" (R53): her word and the carrier's first scan count alike, either, both, in any order. */
import * as z from "zod";
import { currentWait } from "../domain/case-file.ts";
import { outOfTurn } from "../domain/problem.ts";
import { type Action, actorText } from "./action.ts";

const Input = z.strictObject({});

export const dispatch: Action<z.infer<typeof Input>> = {
  name: "dispatch",
  customer: true,
  staff: [],
  input: Input,
  stages: [
    "documents-sent",
    "dispatched",
    "received",
    "discrepancy",
    "in-work",
    "inspection",
    "returning",
    "closed",
  ],
  apply(file, _input, { now, actor }) {
    // Said before, or long arrived: it is so already.
    if (file.case.reportedSentAt || file.case.receipt) return undefined;
    const wait = currentWait(file);
    // Its label is being replaced: what she reports is no parcel that is awaited.
    if (wait.answer?.outcome === "reissue") throw outOfTurn(file.case.stage);
    const by = actorText(actor);
    return {
      case: { reportedSentAt: now },
      events: [{ type: "ParcelReportedSent", by, shown: true }],
      ...(wait.asks === "dispatch" && !wait.answer ? { answer: { outcome: "dispatched", by } } : {}),
    };
  },
};
