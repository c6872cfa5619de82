/** Tracking by number and by reference, as the simulated FedEx answers it. */
import { addDays, dateIn, daysBetween } from "../../lambdas/domain/calendar.ts";
import type { Journal } from "./journal.ts";
import { answer, misshapen, type Outcome, refuse } from "./outcome.ts";
import { ReferenceRequest, TrackRequest } from "./protocol.ts";
import { referenceNotFound, trackingNumberNotFound, trackResult } from "./tracking.ts";

export const trackRoutes = (journal: Journal, now: () => Date, referencesHidden: () => boolean) => {
  const track = (body: unknown): Outcome => {
    const checked = TrackRequest.safeParse(body);
    if (!checked.success) return misshapen(checked.error);
    const { trackingInfo, includeDetailedScans } = checked.data;
    const numbers = trackingInfo.map((one) => one.trackingNumberInfo.trackingNumber);
    const results = numbers.map((trackingNumber) => {
      const parcel = journal.parcel(trackingNumber);
      const result = parcel
        ? trackResult(parcel, includeDetailedScans)
        : trackingNumberNotFound(trackingNumber);
      return { trackingNumber, trackResults: [result] };
    });
    const missing = numbers.some((one) => !journal.parcel(one));
    return answer({
      completeTrackResults: results,
      ...(missing ? { alerts: "TRACKING.DATA.NOTFOUND -  Tracking data unavailable" } : {}),
    });
  };

  const reference = (body: unknown): Outcome => {
    const checked = ReferenceRequest.safeParse(body);
    if (!checked.success) return misshapen(checked.error);
    const { value, accountNumber, shipDateBegin, shipDateEnd, shipDateEndDate } =
      checked.data.referencesInformation;
    const end = shipDateEnd ?? shipDateEndDate ?? shipDateBegin;
    // A day of grace, for at noon in Japan it is still yesterday in Memphis.
    if (end > addDays(dateIn(now().toISOString(), "America/Chicago"), 1)) {
      return refuse(400, {
        code: "TRACKING.SHIPDATEEND.FUTURE",
        message: "Invalid ship date range. End date must not be in the future.",
      });
    }
    if (end < shipDateBegin || daysBetween(shipDateBegin, end) > 30) {
      return refuse(400, { code: "TRACKING.SHIPDATERANGE.ERROR", message: "Invalid date range." });
    }
    // A label not yet tendered counts with the day it was made as well as with its ship date.
    const within = (date: string): boolean => date >= shipDateBegin && date <= addDays(end, 1);
    const found = journal
      .parcels()
      .filter((one) => one.reference === value && one.accountNumber === accountNumber)
      .filter((one) => within(one.shipDate) || within(one.createdAt.slice(0, 10)));
    const visible = referencesHidden() ? [] : found;
    const results = visible.map((one) => ({
      trackingNumber: one.trackingNumber,
      trackResults: [trackResult(one, false)],
    }));
    return answer({
      completeTrackResults: results.length > 0 ? results : [{ trackResults: [referenceNotFound] }],
    });
  };

  return { track, reference };
};
