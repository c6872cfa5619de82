/** What the carrier tells of a parcel (R53): recorded whenever it comes, and an answer where one is awaited. */
import { type CaseFile, type Change, currentWait, type NewEvent } from "../domain/case-file.ts";
import { endingOnDelivery } from "../domain/ending.ts";
import type { Leg, Scan } from "../domain/shipment.ts";

/** Codes that prove the carrier has had the parcel in hand (integrations.md); `OC` is only the label, `CA` its end. */
const IN_HAND = new Set([
  "PU",
  "PX",
  "IT",
  "AR",
  "DP",
  "AF",
  "CP",
  "CC",
  "CD",
  "OD",
  "DL",
  "DE",
  "SE",
  "HL",
  "HP",
  "RS",
]);
/** Scans a customer wants to read about; the rest is noise on her page. */
const TOLD = new Set(["PU", "PX", "CD", "OD", "DL", "DE", "SE", "HL", "HP", "RS"]);
const KEPT = 60;

/** Undefined when the carrier says nothing new of this label. */
export function recordScans(
  file: CaseFile,
  leg: Leg,
  trackingNumber: string,
  scans: readonly Scan[],
): Change | undefined {
  const known = file.case.tracking[leg];
  if (!known || known.number !== trackingNumber) return undefined;
  // Older ones than are kept would seem new at every poll.
  const fresh = scans
    .slice(-KEPT)
    .filter((scan) => !known.scans.some((old) => old.at === scan.at && old.code === scan.code));
  if (fresh.length === 0) return undefined;
  const firstScanAt = known.firstScanAt ?? fresh.find((scan) => IN_HAND.has(scan.code))?.at;
  // Delivered after `RS` means back to its sender: a person has to look, nothing closes by itself.
  const turnedBack = [...known.scans, ...fresh].some((scan) => scan.code === "RS");
  const deliveredAt =
    known.deliveredAt ?? (turnedBack ? undefined : fresh.find((scan) => scan.code === "DL")?.at);
  const wait = currentWait(file);
  const open = wait.answer ? undefined : wait.asks;
  const dispatched = leg === "inbound" && firstScanAt !== undefined && open === "dispatch";
  const delivered = leg === "return" && deliveredAt !== undefined && open === "return-delivery";
  const events: NewEvent[] = fresh.map((scan) => ({
    type: "ParcelScanned",
    by: "carrier",
    shown: TOLD.has(scan.code),
    data: { leg, code: scan.code, text: scan.text, scannedAt: scan.at },
  }));
  return {
    case: {
      tracking: {
        ...file.case.tracking,
        [leg]: {
          ...known,
          scans: [...known.scans, ...fresh].slice(-KEPT),
          ...(firstScanAt === undefined ? {} : { firstScanAt }),
          ...(deliveredAt === undefined ? {} : { deliveredAt }),
        },
      },
      ...(delivered ? { ending: endingOnDelivery(file.case) } : {}),
    },
    events: delivered ? [...events, { type: "ReturnDelivered", by: "carrier", shown: true }] : events,
    ...(dispatched ? { answer: { outcome: "dispatched", by: "carrier" } } : {}),
    ...(delivered ? { answer: { outcome: "delivered", by: "carrier" } } : {}),
  };
}
