/** What was missing or wrong about an item, until approval (R7): its arrival counts, and the verdict is made anew. */
import * as z from "zod";
import type { CaseItem } from "../domain/case.ts";
import { CaseItem as Shape } from "../domain/case.ts";
import { type CaseFile, currentWait } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import { Problem, ruleBroken } from "../domain/problem.ts";
import { sizeFaults } from "../domain/services.ts";
import { type Action, actorText, itemNumbered } from "./action.ts";
import { judgeCase, reasonFaults, referenceOf } from "./judge.ts";
import { moveOpenCase, serialLookups } from "./rings.ts";

const { item, desiredSize, serialNumber, sizeAtPurchase, deliveryDate } = Shape.shape;
const Input = z.strictObject({
  items: z
    .array(z.strictObject({ item, desiredSize, serialNumber, sizeAtPurchase, deliveryDate }))
    .min(1)
    .max(10),
});
type Input = z.infer<typeof Input>;

/** The items with what she says now; a size counts from its first arrival, also when she corrects it later. */
function told(file: CaseFile, input: Input, now: Instant): CaseItem[] {
  const given = new Map(
    input.items.map((one, index) => [itemNumbered(file, one.item, `items[${index}].item`).item, one]),
  );
  return file.case.items.map((known) => {
    const news = given.get(known.item);
    if (!news) return known;
    const fields = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined));
    const arrives = typeof news.desiredSize === "number" && typeof known.desiredSize !== "number";
    return {
      ...known,
      ...fields,
      ...(arrives ? { sizeAt: now } : {}),
      ...(news.deliveryDate === undefined ? {} : { deliverySource: "customer" as const }),
    };
  });
}

/** @throws Problem rule-broken (R23) for the size of a piece whose size nobody is to change */
function checkSizes(
  { case: { process } }: CaseFile,
  items: readonly CaseItem[],
  pathOf: (n: number) => string,
) {
  if (process !== "repair-and-maintenance") return;
  const faults = items.flatMap((one) => (one.dropped ? [] : sizeFaults(one, pathOf(one.item))));
  if (faults.length > 0) throw ruleBroken(...faults);
}

/** Where the verdict as it is now belongs: another than where the case stands ends the wait. */
function outcomeOf(file: CaseFile, verdict: string): string | undefined {
  const wait = currentWait(file);
  if (wait.answer) return undefined;
  // In the paid process every verdict is a fee.
  if (file.case.process === "repair-and-maintenance") return undefined;
  if (wait.asks === "conversion") {
    // A fee that a person has found is not undone by facts (R29).
    const found = file.case.conversionOffer !== undefined;
    return found || verdict === "paid" ? undefined : "complimentary";
  }
  return verdict === "paid" ? "fee" : undefined;
}

export const items: Action<Input> = {
  name: "items",
  customer: true,
  staff: [],
  input: Input,
  stages: ["conversion-offered", "photos-requested", "in-review"],
  needs: (file, input) => referenceOf([...file.case.items, ...input.items]),
  apply(file, input, { now, actor, brand, rings, designs }) {
    const after = told(file, input, now);
    /** Where the item was named, for the paths of faults; one that was not may suffer from what was said of another. */
    const pathOf = (number: number): string => {
      const index = input.items.findIndex((one) => one.item === number);
      return index < 0 ? "items" : `items[${index}]`;
    };
    checkSizes(file, after, pathOf);
    const assessment = judgeCase(file.case, after, { rings, designs }, brand, now);
    const { verdict } = assessment.result;
    if (verdict === "refused") {
      const faults = assessment.result.items.flatMap(({ item, reasons }) =>
        reasonFaults(reasons, item, pathOf(item)),
      );
      throw new Problem("rule-broken", faults, { assessment: assessment.result });
    }
    const by = actorText(actor);
    const outcome = outcomeOf(file, verdict);
    return {
      case: { items: after, assessment },
      rings: moveOpenCase(rings, file.case.caseId, file.case.items, after),
      lookups: serialLookups(after, file.case.items),
      events: [{ type: "ItemsCompleted", by, shown: true, data: { verdict } }],
      ...(outcome === undefined ? {} : { answer: { outcome, by } }),
    };
  },
};
