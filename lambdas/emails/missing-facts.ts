/** What a request still lacks before it can be approved (R7, R22, R23). */
import type { Case, CaseItem } from "../domain/case.ts";
import { knownFacts } from "../domain/known-facts.ts";

export type MissingFact = "desired-size" | "serial-number" | "size-at-purchase" | "delivery-date";
export interface Missing {
  readonly item: number;
  readonly name: string;
  readonly fact: MissingFact;
}

const changesSize = (theCase: Case, item: CaseItem): boolean =>
  theCase.process === "complimentary-resizing" ||
  (item.services ?? []).some((service) => service === "paid-resizing" || service === "paid-exchange");

/** What the ledger of the ring already knows is not asked for again. */
export function missingFacts(theCase: Case): readonly Missing[] {
  const complimentary = theCase.process === "complimentary-resizing";
  return theCase.items.flatMap((item) => {
    const input = theCase.assessment.input.items.find((one) => one.item === item.item);
    const known = input && knownFacts(input);
    const lacks: Record<MissingFact, boolean> = {
      "desired-size": changesSize(theCase, item) && typeof item.desiredSize !== "number",
      "serial-number": complimentary && item.serialNumber === undefined,
      "size-at-purchase": complimentary && (item.sizeAtPurchase ?? known?.sizeAtPurchase) === undefined,
      "delivery-date": complimentary && (item.deliveryDate ?? known?.deliveryDate) === undefined,
    };
    return (Object.keys(lacks) as MissingFact[])
      .filter((fact) => lacks[fact])
      .map((fact) => ({ item: item.item, name: item.catalogue?.name ?? item.design, fact }));
  });
}
