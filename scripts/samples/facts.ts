/** Made-up pieces, papers and sums that the sample letters are made of. */
import type { Brand } from "../../lambdas/domain/brand.ts";
import type { Bill, Common, Item, MailData, MoneyBack } from "../../lambdas/emails/mail-data.ts";
import type { ShotRow } from "../../lambdas/emails/shot-rows.ts";

export const zone = "America/New_York";
export const ring: Item = {
  item: 1,
  name: "Aurora",
  designNumber: "R-1001",
  kind: "ring",
  serialNumber: "SN-2026-0001",
  desiredSize: 13,
  outcome: "resize",
};
export const second: Item = {
  item: 2,
  name: "Komorebi",
  designNumber: "R-2040",
  kind: "ring",
  desiredSize: 9.5,
  outcome: "exchange",
};
export const polishedRing: Item = {
  ...ring,
  services: ["paid-resizing", "polishing", "re-engraving"],
  engraving: "KYO & JANE",
};
export const necklace: Item = {
  item: 1,
  name: "Shizuku Pendant",
  designNumber: "N-3001",
  kind: "necklace",
  serialNumber: "SN-2026-0300",
  services: ["polishing", "other"],
  outcome: "service",
};

export const shotRowsOf = (brand: Brand, slots: readonly string[], piece?: string): ShotRow[] =>
  brand.shots
    .filter((shot) => slots.length === 0 || slots.includes(shot.slot))
    .map((shot) => ({ ...shot, piece, reason: undefined }));

/** What several letters are about, for a brand. The link is a made-up one of the real shape. */
export function factsFor(brand: Brand) {
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
  /** The paid process, with a piece that is no ring. */
  const paid: Common = { ...common, process: "repair-and-maintenance", items: [necklace] };
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
  const nothingBack: MoneyBack = { backCents: 0, settling: false };
  const shipment = {
    splitFrom: undefined,
    dropped: [],
    exportHoldCents: brand.exportHoldCents,
    days: brand.days,
  };
  const sevenWeeks = {
    earliest: brand.days.windowEarliest,
    latest: brand.days.windowLatest,
    sized: true,
    scheduled: false,
  };
  const approved = { ...shipment, contactKnown: false, workDays: sevenWeeks };
  const bill = (version: number, totalCents: number, creditCents = 0): Bill => ({
    invoiceId: `CW-7K3M9Q2XAB-${version}`,
    state: totalCents > creditCents ? "due" : "covered",
    fileName: `invoice-${version}.pdf`,
    totalCents,
    creditCents,
    dueCents: totalCents - creditCents,
    dueDate: "2026-04-03",
    payUrl: `https://pay.example.com/i/${"p".repeat(24)}`,
    bankTransfer: brand.invoicing.bankTransfer,
  });
  const firstInvoice: MailData["E7"] = {
    ...paid,
    ...bill(1, 24_800),
    ...nothingBack,
    version: 1,
    kind: "order",
    replaces: undefined,
    order: { number: "US-100234", date: "2026-02-20" },
    lines: [
      { kind: "service", text: "Polishing, new clasp", amountCents: 12_000 },
      { kind: "shipping", text: "FedEx International Priority to Japan", amountCents: 9_500 },
      { kind: "duties", text: "Japanese customs, estimated", amountCents: 1_500 },
      { kind: "insurance", text: "Transport insurance", amountCents: 1_800 },
    ],
    returnIncluded: true,
    dropped: [],
    workDays: { earliest: 21, latest: 35, sized: false, scheduled: true },
    limits: brand.packageLimits,
    next: "ship-date",
  };
  const supplement: MailData["E7"] = {
    ...firstInvoice,
    ...bill(2, 4_000),
    version: 2,
    kind: "supplement",
    lines: [{ kind: "service", text: "Two stones reset", amountCents: 4_000 }],
    returnIncluded: false,
    workDays: undefined,
    next: "return",
  };
  const reminded = {
    ...nothingBack,
    reopenUntil: "2026-05-27",
    offered: "repair-and-maintenance",
    wantsPhotos: true,
    wantsContact: false,
    owedCents: 0,
    unpaid: [],
    voided: [],
  } as const;
  const unpaid = [
    { invoiceId: "CW-7K3M9Q2XAB-1", dueDate: "2026-04-03", payUrl: firstInvoice.payUrl },
  ] as const;
  const ended = {
    ...nothingBack,
    unworked: false,
    hadLabel: true,
    lastComplimentaryDay: undefined,
    voided: [],
  } as const;
  const offer = {
    limits: brand.packageLimits,
    words: undefined,
    reasons: [],
    wantsPhotos: true,
    wantsContact: true,
    paidCents: 0,
    invoices: [],
  } as const;
  const measured = {
    lengthIn: 10,
    widthIn: 8,
    heightIn: 6,
    weightLb: 4,
    billReference: "FX-2026-88120",
    billCents: 12_050,
    billedCents: 9_500,
  };
  return {
    brand,
    common,
    paid,
    inbound,
    window,
    deadline,
    documents,
    nothingBack,
    shipment,
    sevenWeeks,
    approved,
    bill,
    firstInvoice,
    supplement,
    reminded,
    unpaid,
    ended,
    offer,
    measured,
  };
}
export type Facts = ReturnType<typeof factsFor>;
