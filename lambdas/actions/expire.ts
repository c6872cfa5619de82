/** Silence ends a wait (R64): the clock answers it through the same door and condition as a person. */
import type { Brand } from "../domain/brand.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import { later } from "../domain/change.ts";
import { endingByCancellation } from "../domain/ending.ts";
import type { Instant } from "../domain/identifiers.ts";
import { offerDeclined } from "./offer-declined.ts";
import { isWithoutInvoice } from "./remind.ts";

const DAY_MS = 86_400_000;

/**
 * A cancellation waits for the parcel that is said to be on its way. When it should be looked after and the carrier
 * has never had it in hand, there is none: nobody waits for ever.
 */
function cancelledUnsent(file: CaseFile, now: Instant): Change | undefined {
  const { asks, remindAt } = currentWait(file);
  const { cancellation, tracking } = file.case;
  if (asks !== "receipt" || !cancellation || tracking.inbound?.firstScanAt) return undefined;
  if (remindAt !== undefined && remindAt > now) return undefined;
  return {
    case: { ending: endingByCancellation(cancellation) },
    events: [{ type: "ParcelNeverSent", by: "clock", shown: false }],
    answer: { outcome: "cancelled", by: cancellation.by },
  };
}

/** Undefined when the wait is answered already or its deadline has not passed. */
export function expire(file: CaseFile, now: Instant, brand: Brand): Change | undefined {
  const wait = currentWait(file);
  if (wait.answer) return undefined;
  if (!wait.deadline || wait.deadline > now) return cancelledUnsent(file, now);
  // Nothing was asked for that she could have paid: that is no silence of hers.
  if (isWithoutInvoice(file)) {
    const deadline = later(now, brand.days.payment * DAY_MS);
    return {
      events: [{ type: "WaitOverdue", by: "clock", shown: false, data: { asks: wait.asks } }],
      waits: [{ ...wait, deadline, dueAt: deadline }],
    };
  }
  // Silence on what was offered for nothing is a no: the case goes on as it was.
  const { process, conversionOffer } = file.case;
  if (wait.asks === "conversion" && process === "repair-and-maintenance" && conversionOffer)
    return offerDeclined(file, conversionOffer, "clock", { now, brand });
  return {
    case: { ending: { stage: "expired", code: wait.asks } },
    events: [{ type: "WaitExpired", by: "clock", shown: true, data: { asks: wait.asks } }],
    answer: { outcome: "expired", by: "clock" },
  };
}
