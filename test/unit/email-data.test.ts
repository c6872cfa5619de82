import { describe, expect, it } from "vitest";
import type { Process } from "../../lambdas/domain/assessment.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import { type MailParams, mailOrder, type OrderableEmail } from "../../lambdas/domain/mail-params.ts";
import { mailData } from "../../lambdas/emails/data.ts";
import type { MailData } from "../../lambdas/emails/mail-data.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import {
  aCase,
  aCaseFile,
  aMail,
  anItem,
  aReceipt,
  aShipment,
  aWait,
  aWindow,
  CONTACT_AT,
} from "../builders/case-file.ts";
import { anInvoice } from "../builders/invoice.ts";

const LINK = "http://localhost:3000/case#token=CW-7K3M9Q2XAB.secret";
const dataOf = <E extends OrderableEmail>(
  email: E,
  params: MailParams[E],
  file: CaseFile,
  orderedAt = CONTACT_AT,
): MailData[E] => mailData(email, file, { ...mailOrder(email, "1", params), orderedAt }, brand, LINK);

const shipping = {
  name: "Jane Doe",
  address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
  telephone: "4155550132",
  at: CONTACT_AT,
};

const withAssessment = (overrides: object) => {
  const { assessment } = aCase();
  return { ...assessment, result: { ...assessment.result, ...overrides } };
};

describe("what every letter is written from", () => {
  it("carries case, customer, link and the contact date on her own calendar", () => {
    const data = dataOf("E18", { variant: "link" }, aCaseFile());
    expect(data).toMatchObject({
      variant: "link",
      caseId: "CW-7K3M9Q2XAB",
      customerName: "Jane Doe",
      linkUrl: LINK,
      contactDate: "2026-03-13",
      items: [{ name: "Aurora", designNumber: "R-1001", serialNumber: "SN-2026-0001", desiredSize: 13 }],
    });
  });
  it("R6: shows dates in Honolulu's zone where the customer's is no US zone", () => {
    const customer = { name: "Jane", email: "j@example.com", locale: "ja" as const, timeZone: "Asia/Tokyo" };
    const at = "2026-03-13T08:00:00.000Z";
    const data = dataOf("E2", { deadline: at }, aCaseFile({ case: { customer, contactAt: at } }));
    expect(data.contactDate).toBe("2026-03-12");
    expect(data.deadline).toEqual({ at, zone: "Pacific/Honolulu" });
  });
  it("calls a piece what the customer calls it where the catalogue does not know it", () => {
    const unknown = anItem({ design: "the blue one", catalogue: undefined });
    expect(dataOf("E5", {}, aCaseFile({ case: { items: [unknown] } })).items[0]?.name).toBe("the blue one");
  });
  it("leaves out pieces dropped at review", () => {
    const items = [anItem(), anItem({ item: 2, serialNumber: "SN-2", dropped: true })];
    const data = dataOf("E4", {}, aCaseFile({ case: { items } }));
    expect(data.items.map(({ item }) => item)).toEqual([1]);
    expect(data.dropped.map(({ item }) => item)).toEqual([2]);
  });
  it("refuses params it does not understand", () => {
    const order = { params: { variant: "nonsense" }, orderedAt: CONTACT_AT };
    expect(() => mailData("E12", aCaseFile(), order, brand, LINK)).toThrow(PermanentError);
  });
  it.each([
    ["E7", { invoiceId: "CW-7K3M9Q2XAB-1" }],
    ["E9", {}],
    ["E10", {}],
    ["E11", {}],
    ["E13", {}],
    ["E15", { variant: "discrepancy" }],
    ["E15", { variant: "surcharge", invoiceId: "CW-7K3M9Q2XAB-2" }],
    ["E16", {}],
    ["E20", { entryId: "refund-001" }],
  ] as const)("%s needs more than a new case: %j", (email, params) => {
    expect(() => dataOf(email, params, aCaseFile())).toThrow(PermanentError);
  });
});

describe("E1", () => {
  it("R7: says nothing is missing where all is there", () => {
    expect(dataOf("E1", {}, aCaseFile())).toMatchObject({
      missing: [],
      lastComplimentaryDay: "2026-03-31",
      provisional: false,
    });
  });
  it("R7, R22: lists what is missing, the unknown size too", () => {
    const bare = anItem({
      desiredSize: "unknown",
      serialNumber: undefined,
      sizeAtPurchase: undefined,
      deliveryDate: undefined,
    });
    const { missing } = dataOf("E1", {}, aCaseFile({ case: { items: [bare] } }));
    expect(missing.map(({ fact }) => fact)).toEqual([
      "desired-size",
      "serial-number",
      "size-at-purchase",
      "delivery-date",
    ]);
  });
  it("does not ask for what the ledger of the ring knows", () => {
    const bare = anItem({ sizeAtPurchase: undefined, deliveryDate: undefined });
    const { assessment } = aCase({ items: [bare] });
    const [facts] = assessment.input.items;
    const ring = {
      serialNumber: "SN-2026-0001",
      version: 1,
      sizeAtPurchase: 11,
      deliveryDate: "2026-03-01",
      right: { state: "free" as const },
    };
    const input = { ...assessment.input, items: [{ ...(facts as object), item: 1, ring }] };
    const file = aCaseFile({
      case: { items: [bare], assessment: { ...assessment, input: input as typeof assessment.input } },
    });
    expect(dataOf("E1", {}, file).missing).toEqual([]);
  });
  it("R23: asks a repair for no size", () => {
    const polished = anItem({ desiredSize: undefined, services: ["polishing"] });
    const file = aCaseFile({ case: { process: "repair-and-maintenance", items: [polished] } });
    expect(dataOf("E1", {}, file)).toMatchObject({ missing: [], lastComplimentaryDay: null });
  });
  it("R22: asks the paid process for the serial number, and for sizes only where one is changed", () => {
    const bare = { serialNumber: undefined, sizeAtPurchase: undefined, deliveryDate: undefined };
    const factsOf = (overrides: Parameters<typeof anItem>[0]) =>
      dataOf(
        "E1",
        {},
        aCaseFile({
          case: { process: "repair-and-maintenance", items: [anItem({ ...bare, ...overrides })] },
        }),
      ).missing.map(({ fact }) => fact);
    expect(factsOf({ desiredSize: undefined, services: ["polishing"] })).toEqual(["serial-number"]);
    expect(factsOf({ desiredSize: "unknown", services: ["paid-resizing", "polishing"] })).toEqual([
      "desired-size",
      "serial-number",
      "size-at-purchase",
    ]);
  });
  it("R24: tells the services asked for, and of which kind the piece is", () => {
    const engraved = anItem({ services: ["engraving"], engraving: "FOREVER" });
    const { items } = dataOf("E1", {}, aCaseFile({ case: { items: [engraved] } }));
    expect(items[0]).toMatchObject({ kind: "ring", services: ["engraving"], engraving: "FOREVER" });
  });
  it("R6: takes the earliest day of several pieces, and none while one is unknown", () => {
    const day = (item: number, lastComplimentaryDay: string | null) => ({
      item,
      verdict: "complimentary" as const,
      reasons: [],
      permittedSizes: [],
      lastComplimentaryDay,
      provisional: false,
      outcome: null,
    });
    const both = withAssessment({ items: [day(1, "2026-04-02"), day(2, "2026-03-30")] });
    expect(dataOf("E1", {}, aCaseFile({ case: { assessment: both } })).lastComplimentaryDay).toBe(
      "2026-03-30",
    );
    const one = withAssessment({ items: [day(1, "2026-04-02"), day(2, null)] });
    expect(dataOf("E1", {}, aCaseFile({ case: { assessment: one } })).lastComplimentaryDay).toBeNull();
  });
});

describe("E2 and E3", () => {
  it("R28: names the shots in both languages, and of several pieces which", () => {
    const items = [anItem(), anItem({ item: 2, design: "Komorebi", catalogue: undefined })];
    const shots = [{ slot: "top" }, { slot: "2-top", reason: "blurred" }, { slot: "clasp" }];
    const data = dataOf("E3", {}, aCaseFile({ case: { items, shots } }));
    expect(data.shots).toEqual([
      expect.objectContaining({ slot: "top", label: { en: "Top", ja: "上から" }, piece: "Aurora" }),
      expect.objectContaining({ slot: "2-top", piece: "Komorebi", reason: "blurred" }),
      expect.objectContaining({ slot: "clasp", label: { en: "clasp", ja: "clasp" }, hint: undefined }),
    ]);
  });
  it("R32: asks the paid process for the contact along with the photos, until it is there", () => {
    const paid = { process: "repair-and-maintenance" as const };
    expect(dataOf("E2", {}, aCaseFile({ case: paid })).wantsContact).toBe(true);
    expect(dataOf("E2", {}, aCaseFile({ case: { ...paid, shipping } })).wantsContact).toBe(false);
    expect(dataOf("E2", {}, aCaseFile()).wantsContact).toBe(false);
  });
});

describe("E6", () => {
  const paidItem = (texts: readonly string[], code = "after-window") =>
    withAssessment({
      items: [
        {
          ...aCase().assessment.result.items[0],
          verdict: "paid",
          reasons: texts.map((text) => ({ rule: "R6", code, text })),
        },
      ],
    });
  it("R12: gives the reasons of the verdict, each once", () => {
    const file = aCaseFile({ case: { assessment: paidItem(["Too late.", "Too late."]) } });
    expect(dataOf("E6", {}, file).reasons).toEqual(["Too late."]);
  });
  it("R12: leaves out what no fee follows from", () => {
    const file = aCaseFile({
      case: { assessment: paidItem(["To be confirmed."], "delivery-date-provisional") },
    });
    expect(dataOf("E6", {}, file).reasons).toEqual([]);
  });
  const offerOf = (to: Process) => ({
    to,
    text: "It needs repair.",
    at: CONTACT_AT,
    by: "staff:Sample",
    from: "review" as const,
  });
  it("R29: gives what a person says instead of them", () => {
    const file = aCaseFile({
      case: { assessment: paidItem(["Too late."]), conversionOffer: offerOf("repair-and-maintenance") },
    });
    expect(dataOf("E6", {}, file)).toMatchObject({
      to: "repair-and-maintenance",
      words: "It needs repair.",
      reasons: [],
    });
  });
  it("R1: offers the complimentary process to a paid case, without the reasons of its fee", () => {
    const offer = offerOf("complimentary-resizing");
    const file = aCaseFile({
      case: {
        process: "repair-and-maintenance",
        assessment: paidItem(["A fee."]),
        conversionOffer: { ...offer, text: undefined },
      },
    });
    expect(dataOf("E6", {}, file)).toMatchObject({ to: "complimentary-resizing", reasons: [] });
  });
  it("R1: offers what was offered, even where she has said yes before the mail was written", () => {
    const asked = aWait({ no: 2, asks: "conversion", machine: "complimentary-resizing" });
    const file = aCaseFile({
      case: { process: "repair-and-maintenance", waitNo: 2 },
      waits: [aWait(), asked],
    });
    expect(dataOf("E6", {}, file).to).toBe("repair-and-maintenance");
    expect(dataOf("E12", { variant: "reminder", asks: "conversion" }, file).offered).toBe(
      "repair-and-maintenance",
    );
  });
  it("R1, R32: says what a yes is followed by: only what is missing", () => {
    const answer = { outcome: "submitted", at: CONTACT_AT, by: "customer" };
    const photosGiven = [aWait({ answer })];
    expect(dataOf("E6", {}, aCaseFile())).toMatchObject({ wantsPhotos: true, wantsContact: true });
    expect(dataOf("E6", {}, aCaseFile({ waits: photosGiven, case: { shipping } }))).toMatchObject({
      wantsPhotos: false,
      wantsContact: false,
    });
    const free = { process: "repair-and-maintenance" as const };
    const file = aCaseFile({ case: { ...free, conversionOffer: offerOf("complimentary-resizing") } });
    expect(dataOf("E6", {}, file)).toMatchObject({ wantsPhotos: true, wantsContact: false });
  });
});

describe("how long the work takes", () => {
  const daysOf = (theCase: Parameters<typeof aCase>[0] = {}) =>
    dataOf(
      "E7",
      { invoiceId: "CW-7K3M9Q2XAB-1" },
      aCaseFile({ invoices: [anInvoice()], case: { process: "repair-and-maintenance", ...theCase } }),
    ).workDays;
  const polished = anItem({ outcome: "service" });
  it("R59: seven to nine weeks for a change of size", () => {
    expect(daysOf()).toEqual({ earliest: 49, latest: 63, sized: true, scheduled: false });
  });
  it("R62: as the review told it for other work", () => {
    expect(daysOf({ items: [polished], schedule: { earliest: 14, latest: 28 } })).toEqual({
      earliest: 14,
      latest: 28,
      sized: false,
      scheduled: true,
    });
  });
  it("R59, R62: the later days where both are done, and none for a piece that was left out", () => {
    const schedule = { earliest: 14, latest: 70 };
    const resized = anItem({ item: 2, serialNumber: "SN-2", outcome: "resize" });
    expect(daysOf({ items: [polished, resized], schedule })).toMatchObject({ earliest: 49, latest: 70 });
    const dropped = { ...resized, dropped: true };
    expect(daysOf({ items: [polished, dropped], schedule })).toMatchObject({ earliest: 14, latest: 70 });
  });
});

describe("shipping letters", () => {
  it("R42, R45: E9 and E10 speak of the newest inbound label and of the insured value", () => {
    const shipments = [aShipment({ attempt: 1 }), aShipment({ attempt: 2, trackingNumber: "794644790155" })];
    const file = aCaseFile({ shipments });
    expect(dataOf("E9", {}, file).trackingNumber).toBe("794644790155");
    expect(dataOf("E9", {}, file).reissued).toBe(false);
    expect(dataOf("E10", {}, file)).toMatchObject({
      trackingNumber: "794644790155",
      insuredCents: 150_000,
      invoiceNumber: "CW-7K3M9Q2XAB-I2",
      reissued: false,
    });
    const mails = [aMail({ mailId: "E10#1", email: "E10" }), aMail({ mailId: "E10#2", email: "E10" })];
    expect(dataOf("E10", {}, aCaseFile({ shipments, mails })).reissued).toBe(true);
  });
  it("R46: E11 names the total and whether other shipments are in it", () => {
    const exportHold = { totalCents: 260_000, others: [] };
    expect(dataOf("E11", {}, aCaseFile({ case: { exportHold } }))).toMatchObject({
      totalCents: 260_000,
      exportHoldCents: 250_000,
      feeCents: 5_000,
      withOthers: false,
    });
  });
  it("R59: E13 counts from the day of receipt in Japan", () => {
    const file = aCaseFile({
      case: { receipt: aReceipt({ at: "2026-04-05T20:00:00.000Z" }), window: aWindow() },
    });
    expect(dataOf("E13", {}, file)).toMatchObject({ receivedOn: "2026-04-06", scheduled: false });
  });
  it("R60: E14 tells the cause and the new window", () => {
    const file = aCaseFile({ case: { window: aWindow({ latest: "2026-06-18" }) } });
    const data = dataOf("E14", { days: 10, cause: "condition", text: "A stone was loose." }, file);
    expect(data).toMatchObject({ days: 10, cause: "condition", window: { latest: "2026-06-18" } });
  });
  it("R56: E15 names the piece where there are several", () => {
    const mismatches = [{ item: 2, kind: "serial-number", text: "Another number." }];
    const receipt = aReceipt({ mismatches });
    const items = [
      anItem(),
      anItem({ item: 2, serialNumber: "SN-2", design: "Hikari", catalogue: undefined }),
    ];
    const discrepancy = { variant: "discrepancy" } as const;
    expect(dataOf("E15", discrepancy, aCaseFile({ case: { receipt, items } }))).toMatchObject({
      mismatches: [{ piece: "Hikari", text: "Another number." }],
    });
    expect(dataOf("E15", discrepancy, aCaseFile({ case: { receipt } }))).toMatchObject({
      mismatches: [{ piece: undefined, text: "Another number." }],
    });
  });
  it("R57: E16 lists the manifest of the return", () => {
    const file = aCaseFile({
      case: { manifest: ["jewelry", "pouch"] },
      shipments: [aShipment({ leg: "return" })],
    });
    expect(dataOf("E16", {}, file)).toMatchObject({
      manifest: ["jewelry", "pouch"],
      trackingNumber: "794644790149",
      unworked: false,
    });
  });
});

describe("endings", () => {
  it("R32, R64: E12 knows what was asked for: photos, the address, or both", () => {
    const reminder = { variant: "reminder", asks: "photos" } as const;
    const wants = (theCase: NonNullable<Parameters<typeof aCase>[0]>) => {
      const { wantsPhotos, wantsContact } = dataOf("E12", reminder, aCaseFile({ case: theCase }));
      return { wantsPhotos, wantsContact };
    };
    const process = "repair-and-maintenance" as const;
    expect(wants({})).toEqual({ wantsPhotos: true, wantsContact: false });
    expect(wants({ process })).toEqual({ wantsPhotos: true, wantsContact: true });
    expect(wants({ process, shots: [] })).toEqual({ wantsPhotos: false, wantsContact: true });
  });
  it("R64: E12 names the last day of reopening, 60 days after the end on the customer's calendar", () => {
    const file = aCaseFile({ case: { endedAt: "2026-04-01T02:00:00.000Z" } });
    const data = dataOf("E12", { variant: "expired", asks: "photos" }, file);
    expect(data.reopenUntil).toBe("2026-05-30");
    expect(data).toMatchObject({ variant: "expired", asks: "photos" });
  });
  it("R5: E17 names the last complimentary day only while it lies ahead", () => {
    const cancelled = { variant: "cancelled" } as const;
    expect(dataOf("E17", cancelled, aCaseFile()).lastComplimentaryDay).toBe("2026-03-31");
    const late = dataOf("E17", cancelled, aCaseFile(), "2026-04-02T12:00:00.000Z");
    expect(late.lastComplimentaryDay).toBeUndefined();
  });
  it("R5: E17 says unworked of what came home, not of what never left", () => {
    const unworked = { returnUnworked: true };
    expect(dataOf("E17", { variant: "cancelled" }, aCaseFile({ case: unworked })).unworked).toBe(false);
    const home = aCaseFile({ case: { ...unworked, manifest: ["jewelry", "certificate"] } });
    expect(dataOf("E17", { variant: "cancelled" }, home).unworked).toBe(true);
  });
  it("R27: E17 warns of a label that was made", () => {
    const file = aCaseFile({ shipments: [aShipment({ status: "cancelled" })] });
    expect(dataOf("E17", { variant: "cancelled" }, file).hadLabel).toBe(true);
    expect(dataOf("E17", { variant: "cancelled" }, aCaseFile()).hadLabel).toBe(false);
  });
});

it("an order leaves out what is undefined and is named by its cause", () => {
  expect(mailOrder("E2", "0001", { deadline: undefined })).toEqual({
    mailId: "E2#0001",
    email: "E2",
    params: {},
  });
});
