/** Made-up data for every letter and variant: what the preview shows and what the tests of the clauses read. */
import type { Brand } from "../lambdas/domain/brand.ts";
import type { OrderableEmail } from "../lambdas/domain/mail-params.ts";
import type { Common, Item, MailData } from "../lambdas/emails/mail-data.ts";
import type { ShotRow } from "../lambdas/emails/shot-rows.ts";

export type Samples = {
  readonly [E in OrderableEmail]: Readonly<Record<string, MailData[E]>>;
};

const zone = "America/New_York";
const ring: Item = {
  item: 1,
  name: "Aurora",
  designNumber: "R-1001",
  serialNumber: "SN-2026-0001",
  desiredSize: 13,
  outcome: "resize",
};
const second: Item = {
  item: 2,
  name: "Komorebi",
  designNumber: "R-2040",
  desiredSize: 9.5,
  outcome: "exchange",
};

const shotRowsOf = (brand: Brand, slots: readonly string[], piece?: string): ShotRow[] =>
  brand.shots
    .filter((shot) => slots.length === 0 || slots.includes(shot.slot))
    .map((shot) => ({ ...shot, piece, reason: undefined }));

/** All samples for a brand. The link is a made-up one of the real shape. */
export function sampleLetters(brand: Brand): Samples {
  const common: Common = {
    caseId: "CW-7K3M9Q2XAB",
    customerName: "Jane O'Neill",
    brandName: brand.name,
    senderName: brand.sender.name,
    linkUrl: `${brand.site}/case#token=CW-7K3M9Q2XAB.${"s".repeat(43)}`,
    links: brand.links,
    process: "complimentary-resizing",
    items: [ring],
    contactDate: "2026-03-13",
  };
  const inbound = {
    trackingNumber: "794644790138",
    shipDate: "2026-03-30",
    insuredCents: 150_000,
    insurance: brand.insurance,
  };
  const window = {
    earliest: "2026-04-27",
    latest: "2026-05-11",
    holidays: [
      { date: "2026-04-29", name: "Showa Day" },
      { date: "2026-05-04", name: "Greenery Day" },
    ],
  };
  const deadline = { at: "2026-03-28T03:59:59.999Z", zone };
  const documents = { ...inbound, invoiceNumber: "CW-7K3M9Q2XAB-I1", limits: brand.packageLimits };
  const approved = {
    splitFrom: undefined,
    dropped: [],
    exportHoldCents: brand.exportHoldCents,
    days: brand.days,
  };
  return {
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
      repair: {
        ...common,
        process: "repair-and-maintenance",
        items: [{ ...ring, desiredSize: undefined, outcome: undefined }],
        missing: [],
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
    },
    E5: {
      design: { ...common, code: "design", words: "The stones are set all around the band." },
      other: { ...common, code: "other", words: "We have repaired this ring twice already." },
    },
    E6: {
      "after the window": {
        ...common,
        deadline,
        reasons: ["The request reached us after the last complimentary day."],
        limits: brand.packageLimits,
      },
    },
    E9: {
      first: { ...common, ...inbound, reissued: false },
      reissued: { ...common, ...inbound, reissued: true },
    },
    E10: {
      first: { ...common, ...documents, deadline: { at: "2026-04-14T03:59:59.999Z", zone }, reissued: false },
      reissued: { ...common, ...documents, reissued: true },
      exchange: { ...common, ...documents, items: [ring, second], reissued: false },
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
        ...common,
        totalCents: 300_000,
        exportHoldCents: brand.exportHoldCents,
        feeCents: brand.fees.exportFilingCents,
        withOthers: true,
      },
    },
    E12: {
      "reminder of photos": {
        ...common,
        variant: "reminder",
        asks: "photos",
        deadline,
        reopenUntil: "2026-05-27",
      },
      "reminder of sending, with the hour": {
        ...common,
        variant: "reminder",
        asks: "dispatch",
        deadline: { at: "2026-03-28T18:30:00.000Z", zone },
        reopenUntil: "2026-05-27",
      },
      "expired at shipping details": {
        ...common,
        variant: "expired",
        asks: "shipping-details",
        reopenUntil: "2026-05-27",
      },
      "expired at sending": { ...common, variant: "expired", asks: "dispatch", reopenUntil: "2026-06-13" },
    },
    E13: {
      "with holidays": { ...common, receivedOn: "2026-03-09", window },
      "without holidays": { ...common, receivedOn: "2026-03-09", window: { ...window, holidays: [] } },
    },
    E14: {
      condition: {
        ...common,
        days: 10,
        cause: "condition",
        text: "Two stones were loose.\nWe reset them before the band is opened.",
        window,
      },
    },
    E15: {
      "one ring": {
        ...common,
        mismatches: [
          { piece: undefined, text: "The original Certificate of Authenticity was not in the parcel." },
          {
            piece: undefined,
            text: "The condition differs from the photos: a new scratch across the shank.",
          },
        ],
      },
      "two pieces": {
        ...common,
        items: [ring, second],
        mismatches: [
          { piece: "Komorebi", text: "This item was not in the parcel." },
          { piece: undefined, text: "The parcel weighs 4 lb; at most 3 lb is possible." },
        ],
      },
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
    },
    E17: {
      closed: {
        ...common,
        variant: "closed",
        unworked: false,
        hadLabel: true,
        lastComplimentaryDay: undefined,
      },
      "closed, unworked": {
        ...common,
        variant: "closed",
        unworked: true,
        hadLabel: true,
        lastComplimentaryDay: undefined,
      },
      cancelled: {
        ...common,
        variant: "cancelled",
        unworked: false,
        hadLabel: true,
        lastComplimentaryDay: "2026-03-31",
      },
      "cancelled, returned unworked": {
        ...common,
        variant: "cancelled",
        unworked: true,
        hadLabel: true,
        lastComplimentaryDay: undefined,
      },
      "paid service refused": {
        ...common,
        variant: "conversion-refused",
        unworked: false,
        hadLabel: false,
        lastComplimentaryDay: undefined,
      },
    },
    E18: {
      link: { ...common, variant: "link" },
      message: {
        ...common,
        variant: "message",
        no: 1,
        text: "Thank you for your question.\nYes, engraving again is possible after the resizing.",
      },
    },
  };
}

/** One sample of one letter. */
export interface Sample<E extends OrderableEmail = OrderableEmail> {
  readonly email: E;
  readonly name: string;
  readonly data: MailData[E];
}
/** All samples in the order of the letters' numbers. */
export const allSamples = (brand: Brand): readonly Sample[] =>
  Object.entries(sampleLetters(brand)).flatMap(([email, samples]) =>
    Object.entries(samples).map(([name, data]) => ({ email: email as OrderableEmail, name, data })),
  );
