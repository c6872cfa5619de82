/** Samples of E9 to E11, E13, E14 and E16. */

import type { Samples } from "../sample-letters.ts";
import { type Facts, necklace, polishedRing, ring, second, zone } from "./facts.ts";

export const samplesOfShipping = ({
  brand,
  common,
  paid,
  inbound,
  window,
  documents,
}: Facts): Pick<Samples, "E9" | "E10" | "E11" | "E13" | "E14" | "E16"> => ({
  E9: {
    first: { ...common, ...inbound, reissued: false },
    reissued: { ...common, ...inbound, reissued: true },
    paid: { ...paid, ...inbound, reissued: false },
  },
  E10: {
    first: { ...common, ...documents, deadline: { at: "2026-04-14T03:59:59.999Z", zone }, reissued: false },
    reissued: { ...common, ...documents, reissued: true },
    exchange: { ...common, ...documents, items: [ring, second], reissued: false },
    paid: { ...paid, ...documents, reissued: false },
  },
  E11: {
    alone: {
      ...common,
      totalCents: 260_000,
      exportHoldCents: brand.exportHoldCents,
      feeCents: brand.fees.exportFilingCents,
      withOthers: false,
    },
    "with others": {
      ...paid,
      totalCents: 300_000,
      exportHoldCents: brand.exportHoldCents,
      feeCents: brand.fees.exportFilingCents,
      withOthers: true,
    },
  },
  E13: {
    "with holidays": { ...common, receivedOn: "2026-03-09", window, scheduled: false },
    "without holidays": {
      ...common,
      receivedOn: "2026-03-09",
      window: { ...window, holidays: [] },
      scheduled: false,
    },
    "paid, by schedule": { ...paid, receivedOn: "2026-03-09", window, scheduled: true },
  },
  E14: {
    condition: {
      ...common,
      days: 10,
      cause: "condition",
      text: "Two stones were loose.\nWe reset them before the band is opened.",
      window,
    },
    "paid, one day": { ...paid, days: 1, cause: "condition", text: "", window },
  },
  E16: {
    resized: {
      ...common,
      ...inbound,
      trackingNumber: "794644790149",
      items: [{ ...ring, measuredSize: 13 }],
      manifest: ["jewelry", "pouch", "certificate"],
      unworked: false,
    },
    exchanged: {
      ...common,
      ...inbound,
      trackingNumber: "794644790149",
      items: [{ ...second, measuredSize: 9.5, newSerialNumber: "SN-2026-0777" }],
      manifest: ["jewelry", "pouch", "certificate"],
      unworked: false,
    },
    unworked: {
      ...common,
      ...inbound,
      trackingNumber: "794644790149",
      manifest: ["jewelry", "certificate"],
      unworked: true,
    },
    "paid, no ring": {
      ...paid,
      ...inbound,
      trackingNumber: "794644790149",
      manifest: ["jewelry", "pouch", "certificate"],
      unworked: false,
    },
    "paid, two pieces": {
      ...paid,
      ...inbound,
      trackingNumber: "794644790149",
      items: [
        { ...polishedRing, measuredSize: 13 },
        { ...necklace, item: 2 },
      ],
      manifest: ["jewelry", "pouch", "certificate"],
      unworked: false,
    },
  },
});
