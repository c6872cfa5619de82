/** What is known of an item once the ledger of its ring has been asked: the ledger wins over what somebody said. */
import type { ItemFacts } from "./assessment.ts";
import type { Design } from "./design.ts";
import type { PlainDate, RingSize } from "./identifiers.ts";
import type { DeliverySource, Ring } from "./ring.ts";

export interface KnownFacts {
  readonly design: Design | null;
  readonly sizeAtPurchase: RingSize | undefined;
  /** The size at purchase until the ledger knows of a later one. */
  readonly currentSize: RingSize | undefined;
  readonly desiredSize: RingSize | undefined;
  readonly deliveryDate: PlainDate | undefined;
  /** The date is the customer's word alone (R6). */
  readonly customersDate: boolean;
}

/** R6: carrier > order > customer. */
const TRUST: Record<DeliverySource, number> = { carrier: 3, order: 2, customer: 1 };
/** A date in the ledger without a source was recorded by a representative, who had a paper to go by. */
export const trustInLedger = (source: DeliverySource | undefined): number => TRUST[source ?? "order"];
/** A date with a case without a source is the customer's. */
export const trustInRequest = (source: DeliverySource | undefined): number => TRUST[source ?? "customer"];

/** The design whose rules hold: the ledger's where the ring is known. The caller reads the catalogue by it. */
export const governingDesignNumber = (item: {
  readonly designNumber: string;
  readonly ring?: Pick<Ring, "designNumber"> | null;
}): string => item.ring?.designNumber ?? item.designNumber;

export const knownFacts = (item: ItemFacts): KnownFacts => {
  const { ring } = item;
  const sizeAtPurchase = ring?.sizeAtPurchase ?? item.sizeAtPurchase;
  const fromLedger =
    ring?.deliveryDate !== undefined &&
    (item.deliveryDate === undefined ||
      trustInLedger(ring.deliverySource) >= trustInRequest(item.deliverySource));
  const deliveryDate = fromLedger ? ring.deliveryDate : item.deliveryDate;
  const trust = fromLedger ? trustInLedger(ring.deliverySource) : trustInRequest(item.deliverySource);
  return {
    design: item.design?.designNumber === governingDesignNumber(item) ? item.design : null,
    sizeAtPurchase,
    currentSize: ring?.currentSize ?? sizeAtPurchase,
    desiredSize: typeof item.desiredSize === "number" ? item.desiredSize : undefined,
    deliveryDate,
    customersDate: deliveryDate !== undefined && trust === TRUST.customer,
  };
};
