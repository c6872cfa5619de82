/** Samples of E7, E8, E15 and E20. */

import type { Samples } from "../sample-letters.ts";
import { type Facts, necklace, polishedRing, second } from "./facts.ts";

export const samplesOfMoney = ({
  brand,
  common,
  paid,
  deadline,
  nothingBack,
  shipment,
  sevenWeeks,
  bill,
  firstInvoice,
  supplement,
  measured,
}: Facts): Pick<Samples, "E7" | "E8" | "E15" | "E20"> => ({
  E7: {
    "order, no ring": firstInvoice,
    "order, resize and engraving": { ...firstInvoice, items: [polishedRing], workDays: sevenWeeks },
    "order, two pieces": {
      ...firstInvoice,
      items: [polishedRing, { ...necklace, item: 2 }],
      workDays: { earliest: 49, latest: 70, sized: true, scheduled: true },
    },
    "order, exchange, one dropped": {
      ...firstInvoice,
      items: [{ ...second, item: 1, services: ["paid-exchange"] }],
      dropped: [{ ...necklace, item: 2 }],
      order: {},
      workDays: sevenWeeks,
      bankTransfer: undefined,
    },
    "bank transfer only": { ...firstInvoice, payUrl: undefined },
    "supplement, ring in hand": supplement,
    "new version, partly paid": {
      ...firstInvoice,
      ...bill(3, 28_000, 24_800),
      version: 3,
      replaces: "CW-7K3M9Q2XAB-1",
    },
    "new version, all paid": {
      ...firstInvoice,
      ...bill(3, 20_000, 20_000),
      version: 3,
      replaces: "CW-7K3M9Q2XAB-1",
      backCents: 4_800,
      settling: false,
    },
    "taken back before it was told": { ...firstInvoice, state: "withdrawn", next: undefined },
    "after the end": {
      ...firstInvoice,
      ...bill(3, 9_500, 9_500),
      version: 3,
      replaces: "CW-7K3M9Q2XAB-1",
      next: undefined,
      backCents: 15_300,
      settling: false,
    },
  },
  E8: {
    "no ring": { ...paid, ...shipment, ...nothingBack, paidCents: 24_800, deadline },
    "paid too much, one dropped": {
      ...paid,
      ...shipment,
      items: [polishedRing],
      dropped: [{ ...necklace, item: 2 }],
      paidCents: 25_000,
      backCents: 200,
      settling: false,
      deadline,
    },
    "split off": {
      ...paid,
      ...shipment,
      ...nothingBack,
      splitFrom: { caseId: "CW-2H4J6K8M0N", shipDate: "2026-04-06" },
      paidCents: 0,
      deadline,
    },
  },
  E15: {
    "one ring": {
      ...common,
      variant: "discrepancy",
      mismatches: [
        { piece: undefined, text: "The original Certificate of Authenticity was not in the parcel." },
        {
          piece: undefined,
          text: "The condition differs from the photos: a new scratch across the shank.",
        },
      ],
    },
    "two pieces": {
      ...paid,
      variant: "discrepancy",
      items: [polishedRing, second],
      mismatches: [
        { piece: "Komorebi", text: "This item was not in the parcel." },
        { piece: undefined, text: "The parcel weighs 4 lb; at most 3 lb is possible." },
      ],
    },
    surcharge: {
      ...paid,
      ...bill(2, 2_550),
      variant: "surcharge",
      evidence: measured,
      limits: brand.packageLimits,
    },
    "surcharge, partly covered": {
      ...paid,
      ...bill(2, 2_550, 200),
      variant: "surcharge",
      evidence: measured,
      limits: brand.packageLimits,
    },
    "surcharge, covered": {
      ...paid,
      ...bill(2, 2_550, 2_550),
      variant: "surcharge",
      evidence: measured,
      limits: brand.packageLimits,
    },
  },
  E20: {
    "by the payment page": {
      ...paid,
      entryId: "refund-001",
      invoiceId: "CW-7K3M9Q2XAB-1",
      amountCents: 4_800,
      method: "stripe",
      reason: "The clasp could be repaired and need not be replaced.",
    },
    "by bank transfer": {
      ...paid,
      entryId: "refund-002",
      invoiceId: "CW-7K3M9Q2XAB-1",
      amountCents: 24_800,
      method: "bank-transfer",
      reason: "Your request was cancelled before anything was sent.",
    },
  },
});
