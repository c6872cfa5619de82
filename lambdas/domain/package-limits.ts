/** How large and heavy a parcel may be (R51): inches and pounds, inclusive. */
import type { Brand } from "./brand.ts";
import type { Receipt } from "./case.ts";

type Limits = Brand["packageLimits"];
type Parcel = Receipt["parcel"];

/** The longest first: a parcel may lie on any side. */
export const sides = ({ lengthIn, widthIn, heightIn }: Omit<Parcel, "weightLb">): number[] =>
  [lengthIn, widthIn, heightIn].sort((a, b) => b - a);

/** Longest side against longest limit, and so on. */
export const isTooLarge = (parcel: Parcel, limits: Limits): boolean => {
  const allowed = sides(limits);
  return sides(parcel).some((side, index) => side > (allowed[index] ?? 0));
};
export const isTooHeavy = (parcel: Parcel, limits: Limits): boolean => parcel.weightLb > limits.weightLb;

/** One of the two conditions of a later charge (R40). */
export const breaksLimits = (parcel: Parcel, limits: Limits): boolean =>
  isTooLarge(parcel, limits) || isTooHeavy(parcel, limits);
