/** What the simulated FedEx knows, kept as an append-only file of JSON lines: it survives `kill -9`. */
import * as z from "zod";
import { openKeptLines } from "../kept-lines.ts";

const Entry = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("created"),
    at: z.iso.datetime(),
    trackingNumber: z.string(),
    reference: z.string(),
    accountNumber: z.string(),
    serviceType: z.string(),
    shipDate: z.string(),
  }),
  z.strictObject({ type: z.literal("cancelled"), at: z.iso.datetime(), trackingNumber: z.string() }),
  z.strictObject({
    type: z.literal("scanned"),
    at: z.iso.datetime(),
    trackingNumber: z.string(),
    code: z.string(),
  }),
]);
type Entry = z.infer<typeof Entry>;

export interface Parcel {
  readonly trackingNumber: string;
  readonly reference: string;
  readonly accountNumber: string;
  readonly serviceType: string;
  readonly shipDate: string;
  readonly createdAt: string;
  readonly cancelled: boolean;
  /** In the order they were recorded, the label's own (`OC`) first. */
  readonly scans: readonly { readonly at: string; readonly code: string }[];
}

export interface Journal {
  /** On disk when it returns. */
  append(entry: Entry): void;
  parcel(trackingNumber: string): Parcel | undefined;
  /** In the order of their making. */
  parcels(): readonly Parcel[];
  close(): void;
}

const apply = (parcels: Map<string, Parcel>, entry: Entry): void => {
  if (entry.type === "created") {
    const { at, type: _, ...facts } = entry;
    parcels.set(entry.trackingNumber, {
      ...facts,
      createdAt: at,
      cancelled: false,
      scans: [{ at, code: "OC" }],
    });
    return;
  }
  const parcel = parcels.get(entry.trackingNumber);
  if (!parcel) throw new Error(`the journal of FedEx names an unknown parcel ${entry.trackingNumber}`);
  const code = entry.type === "cancelled" ? "CA" : entry.code;
  parcels.set(entry.trackingNumber, {
    ...parcel,
    cancelled: parcel.cancelled || entry.type === "cancelled",
    scans: [...parcel.scans, { at: entry.at, code }],
  });
};

export const openJournal = (dataDir: string): Journal => {
  const parcels = new Map<string, Parcel>();
  const lines = openKeptLines(dataDir, Entry, (entry) => apply(parcels, entry));
  return {
    ...lines,
    parcel: (trackingNumber) => parcels.get(trackingNumber),
    parcels: () => [...parcels.values()],
  };
};
