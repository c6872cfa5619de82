/** A made-up case as it stands when papers are made of it: for previews of the papers, and for their tests. */
import type { CaseItem } from "../lambdas/domain/case.ts";
import { Case } from "../lambdas/domain/case.ts";
import type { CaseFile } from "../lambdas/domain/case-file.ts";

const AT = "2026-03-09T17:20:00.000Z";

export const sampleItem = (over: Partial<CaseItem> = {}): CaseItem => ({
  item: 1,
  design: "Aurora",
  designNumber: "R-1001",
  catalogue: { name: "Aurora", kind: "ring", material: "18K yellow gold", harmonizedCode: "7113.19.2900" },
  serialNumber: "SN-2026-0001",
  sizeAtPurchase: 11,
  desiredSize: 13,
  outcome: "resize",
  customsValueCents: 180_000,
  insuredValueCents: 200_000,
  ...over,
});

/** The same item after inspection. */
export const workedItem = (over: Partial<CaseItem> = {}): CaseItem =>
  sampleItem({ measuredSize: 13, repairValueCents: 4_500, ...over });

export const sampleShipping: NonNullable<Case["shipping"]> = {
  name: "Zoë Marin-O’Connor",
  address: {
    line1: "1200 Valencia Street",
    line2: "Apt 5",
    city: "San Francisco",
    state: "CA",
    zip: "94110",
  },
  telephone: "4155550132",
  shipDate: "2026-03-16",
  at: AT,
};

/** A complimentary resizing whose goods have been received; `over` replaces whole fields. */
export function sampleFile(over: Partial<Case> = {}): CaseFile {
  const items = over.items ?? [sampleItem()];
  const assessed = {
    verdict: "complimentary" as const,
    reasons: [],
    permittedSizes: [],
    lastComplimentaryDay: null,
    provisional: false,
  };
  const one = Case.parse({
    caseId: "CW-7K3M9Q2XAB",
    schemaVersion: 1,
    version: 9,
    process: "complimentary-resizing",
    stage: "preparing-documents",
    since: AT,
    contactAt: "2026-03-01T10:00:00.000Z",
    customer: { name: "Zoë Marin-O’Connor", email: "zoe@customer.example", locale: "en" },
    order: {},
    items,
    assessment: {
      policyVersion: "2026-11",
      madeAt: AT,
      input: {
        process: "complimentary-resizing",
        contactAt: "2026-03-01T10:00:00.000Z",
        locale: "en",
        contactDays: 30,
        items: items.map(({ item, designNumber }) => ({ item, designNumber, design: null, ring: null })),
      },
      result: { ...assessed, items: [], next: null },
      trace: [],
    },
    machine: "service-order",
    attempt: 2,
    eventNo: 9,
    waitNo: 3,
    answers: {},
    shots: [],
    shipping: sampleShipping,
    exportStatement: { basis: "exempt-30.37(a)" },
    tracking: {},
    receipt: {
      // Already the next day in Japan.
      at: "2026-03-19T16:00:00.000Z",
      by: "staff:Sample",
      items: [],
      parcel: { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb: 1 },
      contents: ["jewelry", "pouch", "certificate"],
      mismatches: [],
    },
    ...over,
  });
  return {
    case: one,
    waits: [],
    events: [],
    media: [],
    mails: [],
    shipments: [],
    invoices: [],
    payments: [],
    links: [],
    notes: [],
    messages: [],
  };
}
