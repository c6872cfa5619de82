/** What the core needs from whoever carries the parcel (R41). */
import type { Declaration, Scan } from "../domain/shipment.ts";

export interface Label {
  readonly trackingNumber: string;
  /** The label as the carrier gives it. */
  readonly labelPdf: Uint8Array;
  /** The carrier's own copy of the commercial invoice, when it makes one. */
  readonly invoicePdf?: Uint8Array;
  readonly alerts: readonly string[];
}

/** Expected outcomes are values; only what a retry may mend is thrown (`TransientError`, `ThrottledError`). */
export type CreateOutcome =
  | { readonly outcome: "created"; readonly label: Label }
  /** The carrier said no; a person has to look. `errors` hold its codes and words. */
  | {
      readonly outcome: "refused";
      readonly errors: readonly { readonly code: string; readonly message: string }[];
    }
  /** Time-out or broken answer: a label may or may not exist. Never retried blindly. */
  | { readonly outcome: "unknown" };

export interface TrackedParcel {
  readonly trackingNumber: string;
  readonly found: boolean;
  /** Oldest first; codes as in integrations.md (OC, PU, IT, DL, …). */
  readonly scans: readonly Scan[];
}

export interface Carrier {
  /** Makes one label for a frozen declaration. Does not retry by itself after the request may have been acted on. */
  createShipment(declaration: Declaration): Promise<CreateOutcome>;
  /** Asks by our own reference whether a label exists, after an unknown outcome. */
  findByReference(
    reference: string,
    shipDate: string,
  ): Promise<{ readonly trackingNumber: string } | undefined>;
  /** True when the carrier says it is cancelled. Works before tender only. */
  cancelShipment(trackingNumber: string): Promise<boolean>;
  /** Any number of parcels; the adapter asks in groups of at most 30. */
  track(trackingNumbers: readonly string[]): Promise<readonly TrackedParcel[]>;
}
