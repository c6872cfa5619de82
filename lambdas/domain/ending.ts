/** How a case ends where nobody says so in words. */
import type { Case, Ending } from "./case.ts";

/** Cancelled before anything was worked on: by whom, and why. */
export const endingByCancellation = ({ by, reason }: NonNullable<Case["cancellation"]>): Ending => ({
  stage: "cancelled",
  code: by === "customer" ? "customer" : "staff",
  ...(reason === undefined ? {} : { text: reason }),
});

/** Closed, unless the ring came back unworked because of a cancellation: then the case counts as cancelled. */
export const endingOnDelivery = ({ ending, cancellation, returnUnworked }: Case): Ending =>
  ending ??
  (cancellation && returnUnworked
    ? { stage: "cancelled", code: "returned-unworked" }
    : { stage: "closed", code: returnUnworked ? "returned-unworked" : "delivered" });
