/** Step: the end of a case: unused labels cancelled, the ring's ledger settled, the last mail ordered. */

import { referenceOf } from "../../../actions/judge.ts";
import { endRings } from "../../../actions/rings.ts";
import type { Brand } from "../../../domain/brand.ts";
import { type Case, type Ending, hasEnded } from "../../../domain/case.ts";
import { type CaseFile, currentWait } from "../../../domain/case-file.ts";
import { PermanentError, Superseded } from "../../../domain/faults.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import { closedByEnding } from "../../../domain/invoicing.ts";
import type { MailOrder } from "../../../domain/mail.ts";
import { mailOrder, RemindedOf } from "../../../domain/mail-params.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import type { Carrier } from "../../../ports/carrier.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import { changeCase, loadAttempt } from "../change-case.ts";
import { exportEntryOf } from "../export-entry.ts";
import { StepInput } from "../step-input.ts";

export interface CloseCaseDeps {
  readonly store: CaseStore;
  readonly carrier: Carrier;
  readonly brand: Brand;
}

const DAY_MS = 86_400_000;
/** Ended without anybody having said how: a cancellation that took effect between two waits. */
const CANCELLED: Ending = { stage: "cancelled", code: "cancelled" };

/** Every ending has its mail; its id makes a second one impossible, and lets a reopened case end with one again. */
function lastMail(theCase: Case, ending: Ending): MailOrder {
  const id = String(theCase.waitNo).padStart(4, "0");
  if (ending.stage === "expired") {
    const asks = RemindedOf.safeParse(ending.code);
    if (asks.success) return mailOrder("E12", `${id}-expired`, { variant: "expired", asks: asks.data });
  }
  if (ending.stage === "declined" && ending.code !== "conversion-refused" && theCase.review) {
    return mailOrder("E5", id, {});
  }
  const variant =
    ending.stage === "closed" ? "closed" : ending.stage === "declined" ? "conversion-refused" : "cancelled";
  return mailOrder("E17", id, { variant });
}

/** A label nobody will use: made, or perhaps made, and not yet in the carrier's hands. */
const unused = (file: CaseFile): readonly Shipment[] =>
  file.case.receipt || file.case.tracking.inbound?.firstScanAt
    ? []
    : file.shipments.filter(
        (one) => one.leg === "inbound" && one.status !== "cancelled" && one.status !== "abandoned",
      );

/** Of an attempt whose outcome nobody knows the carrier is asked; what it will not tell does not keep a case open. */
async function numberOf({ trackingNumber, declaration }: Shipment, carrier: Carrier) {
  if (trackingNumber !== undefined) return trackingNumber;
  const { reference, shipDate } = declaration;
  try {
    return (await carrier.findByReference(reference, shipDate))?.trackingNumber;
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}

/** One the carrier will not cancel, or does not know yet, stays watched: it is billed only if used. */
async function withdrawn(shipment: Shipment, carrier: Carrier): Promise<Shipment> {
  const trackingNumber = await numberOf(shipment, carrier);
  const known = trackingNumber === undefined ? shipment : { ...shipment, trackingNumber };
  const cancelled = trackingNumber !== undefined && (await carrier.cancelShipment(trackingNumber));
  return cancelled ? { ...known, status: "cancelled" } : { ...known, status: "abandoned", watched: true };
}

/** The entry of its ship date no longer counts, nor one registered just before the check was given up (R46). */
async function withdrawExports(file: CaseFile, store: CaseStore, brand: Brand): Promise<void> {
  const { caseId, exportEntry, receipt } = file.case;
  if (receipt) return;
  const entries = [exportEntry, exportEntryOf(file, brand)].flatMap((entry) => entry ?? []);
  const different = new Map(
    entries.map((entry) => [[entry.shipDate, ...entry.senderHashes].join(" "), entry]),
  );
  for (const entry of different.values()) await store.withdrawExport({ caseId, ...entry });
}

/** @throws TransientError to be tried again; Superseded. */
export const createCloseCaseHandler =
  ({ store, carrier, brand }: CloseCaseDeps) =>
  async (event: unknown): Promise<{ outcome: "closed" }> => {
    const input = StepInput.parse(event);
    const present = await loadAttempt(store, input.caseId, input.attempt);
    if (hasEnded(present.case.stage)) return { outcome: "closed" };

    for (const shipment of unused(present)) {
      const over = await withdrawn(shipment, carrier);
      await changeCase(store, input, () => ({
        shipments: [over],
        events: [
          {
            type: "LabelWithdrawn",
            by: "system",
            shown: false,
            data: { leg: shipment.leg, attempt: shipment.attempt },
          },
        ],
      }));
    }
    await withdrawExports(present, store, brand);

    await changeCase(store, input, async (file) => {
      if (hasEnded(file.case.stage)) throw new Superseded("the case has ended");
      const { rings } = await store.reference({ ...referenceOf(file.case.items), designs: [] });
      return ending(file, rings, brand, input.at);
    });
    return { outcome: "closed" };
  };

function ending(file: CaseFile, rings: Parameters<typeof endRings>[0], brand: Brand, now: Instant) {
  const end = file.case.ending ?? CANCELLED;
  const { dueAt: _, ...wait } = currentWait(file);
  const invoices = closedByEnding(file, end, now);
  return {
    case: {
      stage: end.stage,
      ending: end,
      endedAt: now,
      linksExpireAt: new Date(Date.parse(now) + brand.days.linkAfterEnd * DAY_MS).toISOString(),
      attention: undefined,
    },
    ...(invoices.length > 0 ? { invoices, settles: true as const } : {}),
    waits: [wait],
    rings: endRings(rings, file.case),
    mails: [lastMail(file.case, end)],
    events: [{ type: "CaseEnded", by: "system", shown: true, data: { stage: end.stage, code: end.code } }],
  };
}
