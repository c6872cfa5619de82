/** What the simulated FedEx tells of a parcel, in the shape of its Track API. */
import type { Parcel } from "./journal.ts";

/** code → [what the page says, the code FedEx derives from it]. An unknown code says itself. */
const EVENTS: Readonly<Record<string, readonly [string, string]>> = {
  OC: ["Shipment information sent to FedEx", "OC"],
  PU: ["Picked up", "PU"],
  PX: ["Picked up", "PU"],
  IT: ["In transit", "IT"],
  AR: ["Arrived at FedEx location", "IT"],
  DP: ["Departed FedEx location", "IT"],
  AF: ["At local FedEx facility", "IT"],
  CP: ["Clearance in progress", "CP"],
  CC: ["International shipment release - Import", "CC"],
  CD: ["Clearance delay", "CD"],
  OD: ["On FedEx vehicle for delivery", "OD"],
  DL: ["Delivered", "DL"],
  DE: ["Delivery exception", "DE"],
  SE: ["Shipment exception", "SE"],
  HL: ["Hold at location", "HL"],
  HP: ["Ready for recipient pickup", "HP"],
  RS: ["Returning package to shipper", "RS"],
  CA: ["Shipment cancelled by sender", "CA"],
};
const eventOf = (code: string): readonly [string, string] => EVENTS[code] ?? [`Event ${code}`, code];

/** FedEx writes seconds and an offset, never a Z. */
const withOffset = (at: string): string => `${at.slice(0, 19)}+00:00`;

/** After one of these the parcel is in FedEx's hands. */
export const isTendered = (parcel: Parcel): boolean =>
  parcel.scans.some((scan) => scan.code !== "OC" && scan.code !== "CA");

const dateOf = (parcel: Parcel, code: string): string | undefined =>
  parcel.scans.findLast((scan) => scan.code === code)?.at;

/** One `trackResults` entry: newest scan first; the ship date without an offset, the scans with one. */
export const trackResult = (parcel: Parcel, detailed: boolean) => {
  const latest = parcel.scans.at(-1)?.code ?? "OC";
  const [said, derivedCode] = eventOf(latest);
  const pickedUp = dateOf(parcel, "PU") ?? dateOf(parcel, "PX");
  const delivered = dateOf(parcel, "DL");
  const events = parcel.scans.toReversed().map(({ at, code }) => {
    const [eventDescription, derivedStatusCode] = eventOf(code);
    return { date: withOffset(at), eventType: code, eventDescription, derivedStatusCode };
  });
  return {
    trackingNumberInfo: {
      trackingNumber: parcel.trackingNumber,
      trackingNumberUniqueId: `${parcel.shipDate.replaceAll("-", "")}~${parcel.trackingNumber}~FX`,
      carrierCode: "FDXE",
    },
    additionalTrackingInfo: {
      hasAssociatedShipments: false,
      packageIdentifiers: [{ type: "CUSTOMER_REFERENCE", values: [parcel.reference] }],
    },
    serviceDetail: { type: parcel.serviceType },
    latestStatusDetail: { code: latest, derivedCode, statusByLocale: said, description: said },
    dateAndTimes: [
      { type: "SHIP", dateTime: `${parcel.shipDate}T00:00:00` },
      ...(pickedUp ? [{ type: "ACTUAL_PICKUP", dateTime: withOffset(pickedUp) }] : []),
      ...(delivered ? [{ type: "ACTUAL_DELIVERY", dateTime: withOffset(delivered) }] : []),
    ],
    scanEvents: detailed ? events : events.slice(0, 1),
  };
};

export const trackingNumberNotFound = (trackingNumber: string) => ({
  trackingNumberInfo: { trackingNumber, trackingNumberUniqueId: "", carrierCode: "" },
  error: {
    code: "TRACKING.TRACKINGNUMBER.NOTFOUND",
    message: "Tracking number cannot be found. Please correct the tracking number and try again.",
  },
});

export const referenceNotFound = {
  error: {
    code: "TRACKING.REFERENCENUMBER.NOTFOUND",
    message: "Reference number cannot be found. Please correct the reference number and try again.",
  },
};
