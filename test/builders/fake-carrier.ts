/** A carrier in memory that makes, finds and cancels labels, or says no. */
import type { Carrier, CreateOutcome } from "../../lambdas/ports/carrier.ts";

export interface FakeLabel {
  readonly trackingNumber: string;
  readonly reference: string;
  cancelled: boolean;
  /** In the carrier's hands: it cannot be cancelled any more. */
  tendered: boolean;
}

/**
 * @param labels where its labels are kept; a refused one as cancelled, so that the next has its number
 * @param says what it makes of the n-th label asked of it
 */
export function fakeCarrier(
  labels: FakeLabel[],
  says: (nth: number) => "unknown" | "refused" | undefined = () => undefined,
): Carrier {
  return {
    createShipment: ({ reference }) => {
      const fault = says(labels.length + 1);
      if (fault === "refused") {
        labels.push({ trackingNumber: "", reference, cancelled: true, tendered: false });
        return Promise.resolve<CreateOutcome>({ outcome: "refused", errors: [{ code: "NO", message: "" }] });
      }
      const trackingNumber = String(794_600_000_001 + labels.length);
      labels.push({ trackingNumber, reference, cancelled: false, tendered: false });
      return Promise.resolve<CreateOutcome>(
        fault === "unknown"
          ? { outcome: "unknown" }
          : { outcome: "created", label: { trackingNumber, labelPdf: new Uint8Array([1]), alerts: [] } },
      );
    },
    findByReference: (reference) => {
      const label = labels.find((one) => one.reference === reference && !one.cancelled);
      return Promise.resolve(label && { trackingNumber: label.trackingNumber });
    },
    cancelShipment: (trackingNumber) => {
      const label = labels.find((one) => one.trackingNumber === trackingNumber);
      if (!label || label.tendered) return Promise.resolve(false);
      label.cancelled = true;
      return Promise.resolve(true);
    },
    track: () => Promise.reject(new Error("the test did not foresee track")),
  };
}
