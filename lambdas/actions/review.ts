/** A representative has looked (R29): possible, more photos, not possible, or a fee applies. Never automatic. */
import * as z from "zod";
import { CaseItem as Shape } from "../domain/case.ts";
import type { CaseFile, Change } from "../domain/case-file.ts";
import { Cents, SerialNumber } from "../domain/identifiers.ts";
import { Slot } from "../domain/media.ts";
import { type Fault, Problem, ruleBroken } from "../domain/problem.ts";
import { DeliverySource } from "../domain/ring.ts";
import { type Action, type ActionContext, actorText, openWaitFor } from "./action.ts";
import { approve } from "./approve.ts";
import { referenceOf } from "./judge.ts";

/** What a representative has established of an item; by position, or by its number. */
export const ReviewedItem = z.strictObject({
  item: Shape.shape.item.optional(),
  serialNumber: SerialNumber,
  sizeAtPurchase: Shape.shape.sizeAtPurchase,
  deliveryDate: Shape.shape.deliveryDate,
  deliverySource: DeliverySource.optional(),
  customsValueCents: Cents.min(1).optional(),
  insuredValueCents: Cents.min(1).optional(),
  drop: z.boolean().optional(),
});
export type ReviewedItem = z.infer<typeof ReviewedItem>;

const WantedAgain = z.union([
  Slot.transform((slot) => ({ slot })),
  z.strictObject({ slot: Slot, reason: z.string().trim().min(1).max(300).optional() }),
]);

export const ReviewInput = z.strictObject({
  decision: z.enum(["approve", "more-photos", "decline", "convert"]),
  /** The failed shots only, with the reason each failed. */
  shots: z.array(WantedAgain).min(1).max(60).optional(),
  reason: z
    .strictObject({
      code: z.enum(["design", "condition", "certificate", "other"]),
      text: z.string().trim().min(1).max(1000),
    })
    .optional(),
  items: z.array(ReviewedItem).min(1).max(10).optional(),
  /** A manager sets a rule aside, with the reason. */
  overrides: z
    .array(
      z.strictObject({ rule: z.string().regex(/^R\d{1,2}$/), reason: z.string().trim().min(1).max(500) }),
    )
    .min(1)
    .max(10)
    .optional(),
});
export type ReviewInput = z.infer<typeof ReviewInput>;

/** Pairs what was established with the items: by number, by serial number, else by position. */
export function pairItems(
  file: CaseFile,
  reviewed: readonly ReviewedItem[],
): Map<number, { given: ReviewedItem; path: string }> {
  const paired = new Map<number, { given: ReviewedItem; path: string }>();
  reviewed.forEach((given, index) => {
    const path = `items[${index}]`;
    const item =
      given.item === undefined
        ? (file.case.items.find((one) => one.serialNumber === given.serialNumber) ?? file.case.items[index])
        : file.case.items.find((one) => one.item === given.item);
    if (!item) throw ruleBroken({ path, message: "this case has no such item" });
    if (paired.has(item.item)) throw ruleBroken({ path, message: `item ${item.item} is named twice` });
    paired.set(item.item, { given, path });
  });
  return paired;
}

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
        return { slot: shot.slot, ...(reason === undefined ? {} : { reason: reason.slice(0, 300) }) };
      }),
      review: { decision: "more-photos", at: now, by, ...(text === undefined ? {} : { text }) },
    },
    events: [{ type: "MorePhotosWanted", by, shown: true, data: { count: input.shots.length } }],
    answer: { outcome: "more-photos", by },
  };
}

function declineOrConvert(input: ReviewInput, by: string, now: string): Change {
  const { decision, reason } = input;
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
        case: { review },
        events: [{ type: "FeeFound", by, shown: true, data: { code: reason.code } }],
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
        return declineOrConvert(input, by, context.now);
    }
  },
};
