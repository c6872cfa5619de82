/**
 * Complete, valid pieces of a case for tests; what a test cares about it overrides by name.
 * Everything passes its schema, so a builder cannot drift away from what is really stored.
 */
import * as z from "zod";
import type { ItemFacts } from "../../lambdas/domain/assessment.ts";
import { Case, CaseEvent, CaseItem, Receipt, Window } from "../../lambdas/domain/case.ts";
import { type CaseFile, Link, Message, Note } from "../../lambdas/domain/case-file.ts";
import { Design } from "../../lambdas/domain/design.ts";
import { Mail } from "../../lambdas/domain/mail.ts";
import { Media } from "../../lambdas/domain/media.ts";
import { Ring } from "../../lambdas/domain/ring.ts";
import { Declaration, Shipment } from "../../lambdas/domain/shipment.ts";
import { Wait } from "../../lambdas/domain/wait.ts";

type Overrides<S extends z.ZodType> = Partial<z.input<S>>;

export const CASE_ID = "CW-7K3M9Q2XAB";
/** Friday evening in New York, Saturday morning in Japan. */
export const CONTACT_AT = "2026-03-13T22:30:00.000Z";

export const aDesign = (overrides: Overrides<typeof Design> = {}): Design =>
  Design.parse({
    designNumber: "R-1001",
    name: "Aurora",
    kind: "ring",
    material: "18K yellow gold",
    harmonizedCode: "7113.19.2900",
    resizing: { category: "resizing", minus: 3, plus: 3 },
    availableSizes: [7, 8, 9, 10, 11, 12, 13, 14, 15],
    services: ["polishing", "engraving", "paid-resizing"],
    ...overrides,
  });

export const aRing = (overrides: Overrides<typeof Ring> = {}): Ring =>
  Ring.parse({
    serialNumber: "SN-2026-0001",
    version: 1,
    designNumber: "R-1001",
    sizeAtPurchase: 11,
    deliveryDate: "2026-03-01",
    deliverySource: "carrier",
    right: { state: "free" },
    ...overrides,
  });

export const anItem = (overrides: Overrides<typeof CaseItem> = {}): CaseItem =>
  CaseItem.parse({
    item: 1,
    design: "Aurora",
    designNumber: "R-1001",
    catalogue: {
      name: "Aurora",
      kind: "ring",
      material: "18K yellow gold",
      harmonizedCode: "7113.19.2900",
    },
    serialNumber: "SN-2026-0001",
    sizeAtPurchase: 11,
    desiredSize: 13,
    deliveryDate: "2026-03-01",
    deliverySource: "order",
    priceCents: 120_000,
    ...overrides,
  });

const factsOf = (item: CaseItem): ItemFacts => ({
  item: item.item,
  designNumber: item.designNumber,
  design: aDesign({ designNumber: item.designNumber }),
  ring: null,
  ...(item.serialNumber === undefined ? {} : { serialNumber: item.serialNumber }),
  ...(item.sizeAtPurchase === undefined ? {} : { sizeAtPurchase: item.sizeAtPurchase }),
  ...(item.desiredSize === undefined ? {} : { desiredSize: item.desiredSize }),
  ...(item.deliveryDate === undefined ? {} : { deliveryDate: item.deliveryDate }),
  ...(item.deliverySource === undefined ? {} : { deliverySource: item.deliverySource }),
});

/** A complimentary case that waits for photos. Its assessment speaks of the items given. */
export const aCase = (overrides: Overrides<typeof Case> = {}): Case => {
  const items = z.array(CaseItem).parse(overrides.items ?? [anItem()]);
  const process = overrides.process ?? "complimentary-resizing";
  const lastComplimentaryDay = process === "complimentary-resizing" ? "2026-03-31" : null;
  return Case.parse({
    caseId: CASE_ID,
    schemaVersion: 1,
    version: 2,
    process,
    stage: "photos-requested",
    since: CONTACT_AT,
    contactAt: CONTACT_AT,
    customer: {
      name: "Jane Doe",
      email: "jane.doe@example.com",
      locale: "en",
      timeZone: "America/New_York",
    },
    order: { date: "2026-02-20", number: "US-100234" },
    items,
    assessment: {
      policyVersion: "2026-11",
      madeAt: CONTACT_AT,
      input: {
        process,
        contactAt: CONTACT_AT,
        timeZone: "America/New_York",
        locale: "en",
        contactDays: 30,
        items: items.map(factsOf),
      },
      result: {
        verdict: "complimentary",
        reasons: [],
        permittedSizes: [8, 9, 10, 12, 13, 14],
        lastComplimentaryDay,
        provisional: false,
        items: items.map((item) => ({
          item: item.item,
          verdict: "complimentary",
          reasons: [],
          permittedSizes: [8, 9, 10, 12, 13, 14],
          lastComplimentaryDay,
          provisional: false,
          outcome: "resize",
        })),
        next: "photos-requested",
      },
      trace: [],
    },
    machine: "complimentary-resizing",
    attempt: 1,
    eventNo: 2,
    waitNo: 1,
    answers: {},
    shots: ["top", "side", "inside", "certificate"].map((slot) => ({ slot })),
    tracking: {},
    ...overrides,
  });
};

/** The open wait for photos. */
export const aWait = (overrides: Overrides<typeof Wait> = {}): Wait =>
  Wait.parse({
    no: 1,
    asks: "photos",
    machine: "complimentary-resizing",
    attempt: 1,
    openedAt: CONTACT_AT,
    remindAt: "2026-03-20T22:30:00.000Z",
    deadline: "2026-03-27T22:30:00.000Z",
    dueAt: "2026-03-20T22:30:00.000Z",
    token: "task-token",
    ...overrides,
  });

/** A mail that is still to be sent. */
export const aMail = (overrides: Overrides<typeof Mail> = {}): Mail =>
  Mail.parse({
    mailId: "E2#0001",
    email: "E2",
    params: {},
    orderedAt: CONTACT_AT,
    status: "wanted",
    tries: 0,
    dueAt: "2026-03-13T22:45:00.000Z",
    ...overrides,
  });

/** An accepted photo of the ring from above. */
export const aMedia = (overrides: Overrides<typeof Media> = {}): Media =>
  Media.parse({
    mediaId: "0123456789abcdef0123456789abcdef",
    slot: "top",
    fileName: "top.jpg",
    contentType: "image/jpeg",
    size: 240_000,
    ticketAt: CONTACT_AT,
    uploadKey: `uploads/${CASE_ID}/0123456789abcdef0123456789abcdef`,
    status: "accepted",
    inspectedAt: CONTACT_AT,
    key: `media/${CASE_ID}/0123456789abcdef0123456789abcdef.jpg`,
    shownType: "image/jpeg",
    shownSize: 200_000,
    width: 1600,
    height: 1200,
    ...overrides,
  });

/** A clean arrival, as the workshop records it. */
export const aReceipt = (overrides: Overrides<typeof Receipt> = {}): Receipt =>
  Receipt.parse({
    at: "2026-04-06T01:00:00.000Z",
    by: "staff:Sato",
    items: [{ item: 1, serialNumber: "SN-2026-0001", certificate: true, condition: "as-photographed" }],
    parcel: { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb: 1 },
    contents: ["jewelry", "pouch", "certificate"],
    mismatches: [],
    ...overrides,
  });

/** 49 to 63 days after that arrival. */
export const aWindow = (overrides: Overrides<typeof Window> = {}): Window =>
  Window.parse({ earliest: "2026-05-25", latest: "2026-06-08", holidays: [], extensions: [], ...overrides });

const workshop = {
  company: "CIWAKA Co., Ltd.",
  person: "After-Sales Workshop",
  telephone: "+81355550100",
  lines: ["2-4-6 Ginza"],
  city: "Chuo-ku, Tokyo",
  postalCode: "1040061",
  countryCode: "JP",
};
const customer = {
  person: "Jane Doe",
  telephone: "4155550132",
  lines: ["1 Main Street"],
  city: "Boston",
  state: "MA",
  postalCode: "02108",
  countryCode: "US",
};

export const aDeclaration = (overrides: Overrides<typeof Declaration> = {}): Declaration => {
  const { leg = "inbound", attempt = 1 } = overrides;
  const inbound = leg === "inbound";
  return Declaration.parse({
    caseId: CASE_ID,
    leg,
    attempt,
    reference: `${CASE_ID}-${leg}-${attempt}`,
    invoiceNumber: `${CASE_ID}-${inbound ? "I" : "R"}${attempt}`,
    purpose: inbound ? "for-repair" : "after-repair",
    shipDate: inbound ? "2026-03-30" : "2026-06-01",
    shipper: inbound ? customer : workshop,
    consignee: inbound ? workshop : customer,
    commodities: [
      {
        item: 1,
        description: "18K yellow gold ring, design R-1001, serial number SN-2026-0001, for resizing",
        material: "18K yellow gold",
        designNumber: "R-1001",
        serialNumber: "SN-2026-0001",
        harmonizedCode: "7113.19.2900",
        countryOfManufacture: "JP",
        quantity: 1,
        weightKg: 0.02,
        customsValueCents: 120_000,
        insuredValueCents: 150_000,
      },
    ],
    customsValueCents: 120_000,
    carrierDeclaredValueCents: 100_000,
    insuredValueCents: 150_000,
    insurance: { insurer: "Example Marine Insurance", policyReference: "JWL-2026-001" },
    termsOfSale: "DAP",
    exportStatement: { basis: inbound ? "exempt-30.37(a)" : "not-a-us-export" },
    parcel: { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb: 1 },
    signatory: "CIWAKA After-Sales Department",
    declaredAt: "2026-03-25T15:00:00.000Z",
    ...overrides,
  });
};

/** A label whose documents lie in the bucket. */
export const aShipment = (overrides: Overrides<typeof Shipment> = {}): Shipment => {
  const { leg = "inbound", attempt = 1 } = overrides;
  const folder = `documents/${CASE_ID}/${leg}-${attempt}`;
  return Shipment.parse({
    leg,
    attempt,
    status: "documented",
    declaration: aDeclaration({ leg, attempt }),
    requestedAt: "2026-03-25T15:00:00.000Z",
    trackingNumber: leg === "inbound" ? "794644790138" : "794644790149",
    labelKey: `${folder}/label.pdf`,
    invoiceKey: `${folder}/commercial-invoice.pdf`,
    ...overrides,
  });
};

interface CaseFileOverrides extends Partial<Omit<CaseFile, "case">> {
  readonly case?: Overrides<typeof Case>;
}

/** A whole case file; `case` takes fields, each list replaces the default one. */
export const aCaseFile = (overrides: CaseFileOverrides = {}): CaseFile => ({
  waits: [
    Wait.parse({
      no: 0,
      asks: "filing",
      machine: "complimentary-resizing",
      attempt: 1,
      openedAt: CONTACT_AT,
      answer: { outcome: "filed", at: CONTACT_AT, by: "customer" },
    }),
    aWait(),
  ],
  events: z.array(CaseEvent).parse([
    { no: 1, at: CONTACT_AT, type: "RequestReceived", by: "customer", shown: true },
    { no: 2, at: CONTACT_AT, type: "PhotosRequested", by: "system", shown: true },
  ]),
  media: [],
  mails: [],
  shipments: [],
  links: z.array(Link).parse([{ hash: "h".repeat(43), createdAt: CONTACT_AT }]),
  notes: z.array(Note).parse([]),
  messages: z.array(Message).parse([]),
  invoices: [],
  payments: [],
  ...overrides,
  case: aCase(overrides.case),
});
