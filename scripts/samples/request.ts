/** Samples of E1 to E6. */

import type { Samples } from "../sample-letters.ts";
import { type Facts, necklace, polishedRing, ring, second, shotRowsOf } from "./facts.ts";

export const samplesOfRequest = ({
  brand,
  common,
  paid,
  deadline,
  nothingBack,
  approved,
  offer,
}: Facts): Pick<Samples, "E1" | "E2" | "E3" | "E4" | "E5" | "E6"> => ({
  E1: {
    "size known": { ...common, missing: [], lastComplimentaryDay: "2026-03-31", provisional: false },
    "size unknown, provisional": {
      ...common,
      items: [{ ...ring, desiredSize: "unknown" }],
      missing: [
        { item: 1, name: "Aurora", fact: "desired-size" },
        { item: 1, name: "Aurora", fact: "size-at-purchase" },
      ],
      lastComplimentaryDay: "2026-03-31",
      provisional: true,
    },
    "delivery date unknown": {
      ...common,
      items: [ring, { ...second, desiredSize: "unknown" }],
      missing: [
        { item: 2, name: "Komorebi", fact: "desired-size" },
        { item: 2, name: "Komorebi", fact: "delivery-date" },
      ],
      lastComplimentaryDay: null,
      provisional: false,
    },
    "paid, no ring": { ...paid, missing: [], lastComplimentaryDay: null, provisional: false },
    "paid, two pieces": {
      ...paid,
      items: [
        { ...polishedRing, desiredSize: "unknown", serialNumber: undefined },
        { ...necklace, item: 2, serialNumber: undefined },
      ],
      missing: [
        { item: 1, name: "Aurora", fact: "desired-size" },
        { item: 1, name: "Aurora", fact: "serial-number" },
        { item: 2, name: "Shizuku Pendant", fact: "serial-number" },
      ],
      lastComplimentaryDay: null,
      provisional: false,
    },
  },
  E2: {
    "one ring": { ...common, deadline, shots: shotRowsOf(brand, []), wantsContact: false },
    "two pieces, paid": {
      ...common,
      process: "repair-and-maintenance",
      items: [ring, second],
      deadline,
      shots: [
        ...shotRowsOf(brand, ["top", "certificate"], "Aurora"),
        ...shotRowsOf(brand, ["side"], "Komorebi"),
      ],
      wantsContact: true,
    },
    "address only": { ...paid, deadline, shots: [], wantsContact: true },
  },
  E3: {
    "two shots": {
      ...common,
      deadline,
      shots: shotRowsOf(brand, ["inside", "certificate"]).map((shot) => ({
        ...shot,
        reason: shot.slot === "inside" ? "The serial number cannot be read." : undefined,
      })),
      words: "Thank you, the others are beautiful.",
    },
    paid: {
      ...paid,
      deadline,
      shots: shotRowsOf(brand, ["stones"]).map((shot) => ({
        ...shot,
        reason: "The serial number cannot be read.",
      })),
      words: undefined,
    },
  },
  E4: {
    resize: { ...common, ...approved, deadline },
    "split off": { ...common, ...approved, splitFrom: { caseId: "CW-2H4J6K8M0N", shipDate: "2026-04-06" } },
    "exchange, one dropped": {
      ...common,
      ...approved,
      items: [{ ...second, item: 1 }],
      deadline,
      dropped: [{ ...ring, item: 2 }],
    },
    "contact known": { ...common, ...approved, deadline, contactKnown: true },
  },
  E5: {
    design: {
      ...common,
      ...nothingBack,
      code: "design",
      words: "The stones are set all around the band.",
    },
    other: {
      ...common,
      ...nothingBack,
      code: "other",
      words: "We have repaired this ring twice already.",
    },
    "paid, money to send back": {
      ...paid,
      code: "condition",
      words: undefined,
      backCents: 24_800,
      settling: false,
    },
  },
  E6: {
    "after the window": {
      ...common,
      ...offer,
      to: "repair-and-maintenance",
      deadline,
      reasons: ["The request reached us after the last complimentary day."],
    },
    "by a person, photos there": {
      ...common,
      ...offer,
      to: "repair-and-maintenance",
      deadline,
      words: "The band is cracked.\nIt has to be repaired before it can be resized.",
      wantsPhotos: false,
    },
    "by a person, all there": {
      ...common,
      ...offer,
      to: "repair-and-maintenance",
      words: "A second change of size carries a fee.",
      wantsPhotos: false,
      wantsContact: false,
    },
    "no fee, photos there": {
      ...paid,
      ...offer,
      items: [polishedRing],
      to: "complimentary-resizing",
      deadline,
      words: "The carrier has confirmed a later day of delivery, so your request was in time.",
      wantsPhotos: false,
      wantsContact: false,
    },
    "no fee, invoice open": {
      ...paid,
      ...offer,
      items: [polishedRing],
      to: "complimentary-resizing",
      deadline,
      words: "This design carries no fee any more.",
      wantsContact: false,
      invoices: ["CW-7K3M9Q2XAB-1"],
    },
    "no fee, paid already": {
      ...paid,
      ...offer,
      items: [polishedRing],
      to: "complimentary-resizing",
      deadline,
      words: "This design carries no fee any more.",
      wantsPhotos: false,
      wantsContact: false,
      paidCents: 24_800,
      invoices: ["CW-7K3M9Q2XAB-1"],
    },
  },
});
