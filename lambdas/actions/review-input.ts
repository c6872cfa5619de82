/** What a review says, as it is sent; shared by the review and the approval it may be. */
import * as z from "zod";
import { CaseItem as Shape } from "../domain/case.ts";
import type { CaseFile } from "../domain/case-file.ts";
import { Cents, SerialNumber } from "../domain/identifiers.ts";
import { DueDays, InvoiceId, InvoiceLines, Schedule } from "../domain/invoice.ts";
import { Slot } from "../domain/media.ts";
import { ruleBroken } from "../domain/problem.ts";
import { DeliverySource } from "../domain/ring.ts";

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
  /** Paid: whole days after receipt within which the work will be done (R62). */
  schedule: Schedule.optional(),
  /** Paid: what is asked for (R35); or the draft that was looked at. */
  invoice: z
    .union([
      z.strictObject({ lines: InvoiceLines, dueDays: DueDays.optional() }),
      z.strictObject({ draft: InvoiceId }),
    ])
    .optional(),
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
