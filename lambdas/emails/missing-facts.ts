/** What a request still lacks before it can be approved (R7, R22, R23). */
import type { Case, CaseItem } from "../domain/case.ts";
import { knownFacts } from "../domain/known-facts.ts";
import * as services from "../domain/services.ts";

export type MissingFact = "desired-size" | "serial-number" | "size-at-purchase" | "delivery-date";
export interface Missing {
  readonly item: number;
  readonly name: string;
  readonly fact: MissingFact;
}

const changesSize = ({ process }: Case, item: CaseItem): boolean =>
  process === "complimentary-resizing" || services.changesSize(item);

/**
 * What the ledger of the ring already knows is not asked for again. The paid process asks for no date, since it has no
 * time limit (R26), and for sizes only where one is to be changed.
 */
export function missingFacts(theCase: Case): readonly Missing[] {
  const complimentary = theCase.process === "complimentary-resizing";
  return theCase.items.flatMap((item) => {
    const input = theCase.assessment.input.items.find((one) => one.item === item.item);
    const known = input && knownFacts(input);
    const sized = changesSize(theCase, item);
    const lacks: Record<MissingFact, boolean> = {
      "desired-size": sized && typeof item.desiredSize !== "number",
      "serial-number": item.serialNumber === undefined,
      "size-at-purchase": sized && (item.sizeAtPurchase ?? known?.sizeAtPurchase) === undefined,
      "delivery-date": complimentary && (item.deliveryDate ?? known?.deliveryDate) === undefined,
    };
    return (Object.keys(lacks) as MissingFact[])
      .filter((fact) => lacks[fact])
      .map((fact) => ({ item: item.item, name: item.catalogue?.name ?? item.design, fact }));
  });
}
