/** Polls the carrier for every parcel that is expected to move; the first scan counts as dispatch, delivery closes. */
import { recordScans } from "../../../actions/record-scans.ts";
import type { ListedCase, Stage } from "../../../domain/case.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import type { Leg } from "../../../domain/shipment.ts";
import type { Carrier, TrackedParcel } from "../../../ports/carrier.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";

/** Where a parcel of ours may be under way. */
const WATCHED: readonly { readonly stage: Stage; readonly leg: Leg }[] = [
  { stage: "documents-sent", leg: "inbound" },
  { stage: "dispatched", leg: "inbound" },
  { stage: "returning", leg: "return" },
];
const PAGE = 100;
const ROUNDS = 5;

export interface TrackShipmentsDeps {
  readonly store: CaseStore;
  readonly carrier: Carrier;
  /** Told of a case that could not be brought up to date, by number only; the next poll tries again. */
  readonly failed: (caseId: string, error: unknown) => void;
}

export const createTrackShipmentsHandler = (deps: TrackShipmentsDeps) => {
  async function record(caseId: string, leg: Leg, parcel: TrackedParcel, now: Instant): Promise<void> {
    for (let round = 1; ; round += 1) {
      const file = await deps.store.load(caseId);
      const change = file && recordScans(file, leg, parcel.trackingNumber, parcel.scans);
      if (!file || !change) return;
      try {
        await deps.store.commit(file, change, now);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || round === ROUNDS) throw error;
      }
    }
  }

  async function page(cases: readonly ListedCase[], leg: Leg, now: Instant): Promise<void> {
    const byNumber = new Map(
      cases.flatMap((one) => {
        const parcel = one.parcels[leg];
        return parcel ? [[parcel.number, one] as const] : [];
      }),
    );
    if (byNumber.size === 0) return;
    for (const parcel of await deps.carrier.track([...byNumber.keys()])) {
      const of = byNumber.get(parcel.trackingNumber);
      const known = of?.parcels[leg]?.scans ?? 0;
      // The row of the queue tells whether there is anything new, without reading the case.
      if (!of || !parcel.found || (parcel.scans.length <= known && known < 60)) continue;
      await record(of.caseId, leg, parcel, now).catch((error: unknown) => deps.failed(of.caseId, error));
    }
  }

  return async (event: { readonly time: string }): Promise<void> => {
    const now = new Date(event.time).toISOString();
    for (const { stage, leg } of WATCHED) {
      let cursor: string | undefined;
      do {
        const rows = await deps.store.queue(stage, cursor, PAGE);
        await page(
          rows.rows.map((row) => row.case),
          leg,
          now,
        );
        cursor = rows.cursor;
      } while (cursor);
    }
  };
};
