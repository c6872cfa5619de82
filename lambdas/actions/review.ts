/** A representative has looked (R29): possible, more photos, not possible, or a fee applies. Never automatic. */
import type { CaseFile, Change } from "../domain/case-file.ts";
import { type Fault, Problem, ruleBroken } from "../domain/problem.ts";
import { type Action, type ActionContext, actorText, openWaitFor } from "./action.ts";
import { approve } from "./approve.ts";
import { checkConversion } from "./conversion.ts";
import { referenceOf } from "./judge.ts";
import { ReviewInput } from "./review-input.ts";

function morePhotos(file: CaseFile, input: ReviewInput, by: string, now: string): Change {
  if (!input.shots)
    throw ruleBroken({ path: "shots", message: "which photos are wanted again?", rule: "R29" });
  const items = new Set(file.case.items.map((item) => item.item));
  const faults: Fault[] = input.shots.flatMap(({ slot }, index) => {
    const item = Number(/^(\d+)-/.exec(slot)?.[1] ?? 1);
    return items.has(item)
      ? []
      : [{ path: `shots[${index}]`, message: `this case has no item ${item}`, rule: "R28" }];
  });
  if (faults.length > 0) throw ruleBroken(...faults);
  const text = input.reason?.text;
  return {
    case: {
      shots: input.shots.map((shot) => {
        const reason = "reason" in shot ? shot.reason : text;
        return {
          slot: shot.slot,
          ...(reason === undefined ? {} : { reason: reason.slice(0, 300).toWellFormed() }),
        };
      }),
      review: { decision: "more-photos", at: now, by, ...(text === undefined ? {} : { text }) },
    },
    events: [{ type: "MorePhotosWanted", by, shown: true, data: { count: input.shots.length } }],
    answer: { outcome: "more-photos", by },
  };
}

function declineOrConvert(file: CaseFile, input: ReviewInput, by: string, context: ActionContext): Change {
  const { decision, reason } = input;
  const { now } = context;
  if (!reason)
    throw ruleBroken({ path: "reason", message: "please say why: the customer is told", rule: "R30" });
  const review = { decision, code: reason.code, text: reason.text, at: now, by };
  return decision === "decline"
    ? {
        case: { review, ending: { stage: "declined", code: reason.code, text: reason.text } },
        events: [{ type: "RequestDeclined", by, shown: true, data: { code: reason.code } }],
        answer: { outcome: "declined", by },
      }
    : {
        case: {
          review,
          conversionOffer: {
            to: checkConversion(file, context),
            code: reason.code,
            text: reason.text,
            at: now,
            by,
            from: "review",
          },
        },
        events: [
          {
            type: file.case.process === "complimentary-resizing" ? "FeeFound" : "NoFeeFound",
            by,
            shown: true,
            data: { code: reason.code },
          },
        ],
        answer: { outcome: "convert", by },
      };
}

/** Overrides are a manager's alone. @throws Problem forbidden */
function checkOverrides(input: ReviewInput, { actor }: ActionContext): void {
  const manager = actor.kind === "staff" && actor.roles.includes("manager");
  if (input.overrides && !manager) {
    throw new Problem("forbidden", [{ path: "overrides", message: "only a manager can set a rule aside" }]);
  }
}

export const review: Action<ReviewInput> = {
  name: "review",
  customer: false,
  staff: ["representative"],
  input: ReviewInput,
  stages: ["in-review"],
  needs: (file, input) =>
    referenceOf([...file.case.items, ...(input.items ?? []).map(({ serialNumber }) => ({ serialNumber }))]),
  apply(file, input, context) {
    openWaitFor(file, "review");
    checkOverrides(input, context);
    const by = actorText(context.actor);
    switch (input.decision) {
      case "approve":
        return approve(file, input, context);
      case "more-photos":
        return morePhotos(file, input, by, context.now);
      case "decline":
      case "convert":
        return declineOrConvert(file, input, by, context);
    }
  },
};
