/** Which sizes a ring may be given (R14, R17–R20). Japanese sizes throughout; nothing is converted (R8). */
import type { Design } from "./design.ts";
import type { RingSize } from "./identifiers.ts";

/** What is done to reach another size: the ring itself is worked on, or replaced by a new one (R11). */
export type SizeOutcome = "resize" | "exchange";

/** Follows from the design (R11, R21); null where no size change exists: `unavailable` (R17), or no ring (R20). */
export const outcomeOf = (design: Design): SizeOutcome | null => {
  if (design.kind !== "ring") return null;
  switch (design.resizing.category) {
    case "resizing":
      return "resize";
    case "exchange-complimentary":
    case "exchange-paid":
      return "exchange";
    case "unavailable":
      return null;
  }
};

interface SizeRange {
  readonly from: RingSize;
  readonly to: RingSize;
}

/** R14, R19: counted from the size at purchase, whatever happened since. A side the design does not name is 0. */
export const rangeAround = (design: Design, sizeAtPurchase: RingSize): SizeRange => ({
  from: sizeAtPurchase - (design.resizing.minus ?? 0),
  to: sizeAtPurchase + (design.resizing.plus ?? 0),
});

/** R18: the design is made in this size. */
export const isAvailable = (design: Design, size: RingSize): boolean => design.availableSizes.includes(size);

/** R19: true where no range binds (an exchange), or the size lies in it. */
export const isInRange = (
  design: Design,
  sizeAtPurchase: RingSize,
  size: RingSize,
  outcome: SizeOutcome | null = outcomeOf(design),
): boolean => {
  if (outcome === "exchange") return true;
  const { from, to } = rangeAround(design, sizeAtPurchase);
  return from <= size && size <= to;
};

/**
 * The sizes that would not be refused, ascending, without the current one (R20). While the size at purchase is not
 * known the range cannot be applied, and every available size is listed.
 */
export const permittedSizes = (
  design: Design,
  sizeAtPurchase: RingSize | undefined,
  currentSize: RingSize | undefined,
  outcome: SizeOutcome | null = outcomeOf(design),
): RingSize[] => {
  if (outcome === null) return [];
  return [...new Set(design.availableSizes)]
    .filter((size) => size !== currentSize)
    .filter((size) => sizeAtPurchase === undefined || isInRange(design, sizeAtPurchase, size, outcome))
    .sort((a, b) => a - b);
};
