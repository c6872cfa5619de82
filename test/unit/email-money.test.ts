import { describe, expect, it } from "vitest";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import { type MailParams, mailOrder, type OrderableEmail } from "../../lambdas/domain/mail-params.ts";
import { mailData } from "../../lambdas/emails/data.ts";
import type { MailData } from "../../lambdas/emails/mail-data.ts";
import { render } from "../../lambdas/emails/render.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, anItem, aReceipt, aShipment, CASE_ID, CONTACT_AT } from "../builders/case-file.ts";
import { anInvoice, aPayment, aRefund } from "../builders/invoice.ts";

const FIRST = `${CASE_ID}-1`;
const ENDED_AT = "2026-04-20T12:00:00.000Z";
const stripe: NonNullable<Invoice["provider"]> = {
  name: "stripe",
  id: "in_1",
  payUrl: "https://pay.example.com/in_1",
};
const surcharge = anInvoice({
  version: 2,
  kind: "surcharge",
  lines: [{ kind: "shipping", text: "Beyond what was billed in advance", amountCents: 2_550 }],
  evidence: {
    lengthIn: 10,
    widthIn: 8,
    heightIn: 6,
    weightLb: 4,
    billReference: "FX-88120",
    billCents: 12_050,
    billedCents: 9_500,
  },
});

/** A paid case with its books; `case` takes fields. */
const aPaidFile = (overrides: Parameters<typeof aCaseFile>[0] = {}): CaseFile =>
  aCaseFile({
    invoices: [anInvoice({ provider: stripe, sentAt: "2026-03-16T00:35:00.000Z" })],
    ...overrides,
    case: { process: "repair-and-maintenance", ...overrides.case },
  });
const dataOf = <E extends OrderableEmail>(email: E, params: MailParams[E], file: CaseFile): MailData[E] =>
  mailData(
    email,
    file,
    { ...mailOrder(email, "1", params), orderedAt: CONTACT_AT },
    brand,
    `http://localhost:3000/case#token=${CASE_ID}.secret`,
  );
const e7 = (file: CaseFile, invoiceId = FIRST) => dataOf("E7", { invoiceId }, file);

describe("E7", () => {
  it("R35, R36: tells the invoice as it was issued, the line of the return apart", () => {
    const data = e7(aPaidFile());
    expect(data).toMatchObject({
      invoiceId: FIRST,
      version: 1,
      kind: "order",
      state: "due",
      fileName: "invoice-1.pdf",
      totalCents: 37_850,
      creditCents: 0,
      dueCents: 37_850,
      dueDate: "2026-03-29",
      payUrl: "https://pay.example.com/in_1",
      bankTransfer: { routingNumber: "026000000" },
      order: { number: "US-100234", date: "2026-02-20" },
      returnIncluded: true,
      next: "ship-date",
    });
    expect(data.lines.map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
      ["service", 24_000],
      ["shipping", 9_500],
      ["duties", 1_850],
      ["insurance", 2_500],
    ]);
  });
  it("R37: paid before its mail is sent, it asks for nothing", () => {
    const file = aPaidFile({ payments: [aPayment({ amountCents: 37_850 })] });
    expect(e7(file)).toMatchObject({ state: "covered", dueCents: 0 });
  });
  it("R37: names what is left after what the invoice says was paid before", () => {
    const partly = anInvoice({ version: 2, replaces: FIRST, creditCents: 30_000, provider: stripe });
    const whole = { ...partly, creditCents: 37_850 };
    const second = `${CASE_ID}-2`;
    expect(e7(aPaidFile({ invoices: [partly] }), second)).toMatchObject({
      replaces: FIRST,
      state: "due",
      creditCents: 30_000,
      dueCents: 7_850,
    });
    expect(e7(aPaidFile({ invoices: [whole] }), second)).toMatchObject({ state: "covered", dueCents: 0 });
  });
  it("R37: says what waits for the money: the ship date, the return, or nothing after the end", () => {
    expect(e7(aPaidFile({ case: { receipt: aReceipt() } })).next).toBe("return");
    expect(e7(aPaidFile({ case: { stage: "cancelled", endedAt: ENDED_AT } })).next).toBeUndefined();
  });
  it("R35: asks for nothing that was taken back before the letter was written", () => {
    const invoices = [anInvoice({ status: "superseded", closedAt: ENDED_AT, provider: stripe })];
    const data = e7(aPaidFile({ invoices }));
    expect(data).toMatchObject({ state: "withdrawn", next: undefined });
    const { text } = render("E7", "en", data);
    expect(text).toContain("no longer valid");
    expect(text).not.toMatch(/Please pay|pay\.example\.com|expires/);
  });
  it("R62: tells the schedule of an order, and none of a supplement", () => {
    const schedule = { earliest: 14, latest: 28 };
    const items = [anItem({ outcome: "service", services: ["polishing"], desiredSize: undefined })];
    expect(e7(aPaidFile({ case: { schedule, items } })).workDays).toMatchObject({
      ...schedule,
      sized: false,
    });
    const invoices = [anInvoice({ kind: "supplement", provider: stripe })];
    expect(e7(aPaidFile({ invoices, case: { schedule, items } })).workDays).toBeUndefined();
  });
  it("R35: has no payment page where the provider is the bank", () => {
    const bank = { name: "bank-transfer", id: FIRST, payUrl: "http://localhost:3000/case" } as const;
    const data = e7(aPaidFile({ invoices: [anInvoice({ provider: bank })] }));
    expect(data).toMatchObject({ payUrl: undefined, bankTransfer: { bank: "Example Bank, New York" } });
  });
  it.each([
    ["a draft", anInvoice({ status: "draft" })],
    ["no way to pay it", anInvoice({ bankTransfer: undefined })],
    ["another version", anInvoice({ version: 4 })],
  ])("R35: is not written about %s", (_, invoice) => {
    expect(() => e7(aPaidFile({ invoices: [invoice] }))).toThrow(PermanentError);
  });
});

describe("E8", () => {
  it("R37: names what was paid, and what of it comes back", () => {
    const payments = [aPayment(), aPayment({ entryId: "bank-transfer:T-2", amountCents: 200 })];
    expect(dataOf("E8", {}, aPaidFile({ payments }))).toMatchObject({
      paidCents: 38_050,
      backCents: 200,
      splitFrom: undefined,
    });
  });
  it("R47: of a split shipment names the other ship day, and no payment of its own", () => {
    const splitFrom = { caseId: "CW-2H4J6K8M0N", shipDate: "2026-04-06" };
    expect(dataOf("E8", {}, aPaidFile({ invoices: [], case: { splitFrom } }))).toMatchObject({
      splitFrom,
      paidCents: 0,
      backCents: 0,
    });
  });
});

describe("E6 to the complimentary process", () => {
  it("R37: tells what was paid, and which invoice is taken back", () => {
    const file = aPaidFile({ payments: [aPayment({ amountCents: 10_000 })] });
    expect(dataOf("E6", {}, file)).toMatchObject({ paidCents: 10_000, invoices: [FIRST] });
  });
  it("R37: counts what has gone back already as not paid", () => {
    const file = aPaidFile({ payments: [aPayment(), aRefund({ amountCents: 7_850 })] });
    expect(dataOf("E6", {}, file).paidCents).toBe(30_000);
  });
});

describe("E12", () => {
  const reminder = { variant: "reminder", asks: "payment" } as const;
  it("R37: reminds of what is still to be paid, by invoice", () => {
    const paid = aPayment({ amountCents: 30_000 });
    expect(dataOf("E12", reminder, aPaidFile({ payments: [paid] }))).toMatchObject({
      owedCents: 7_850,
      unpaid: [{ invoiceId: FIRST, dueDate: "2026-03-29", payUrl: "https://pay.example.com/in_1" }],
    });
  });
  it("R40: a reminder of the last payment names no day, though one comes with the order", () => {
    const file = aPaidFile({ invoices: [surcharge], case: { receipt: aReceipt() } });
    const params = { variant: "reminder", asks: "surcharge", deadline: "2027-01-20T12:00:00.000Z" } as const;
    const { text } = render("E12", "en", dataOf("E12", params, file));
    expect(text).toContain("$25.50");
    expect(text).not.toMatch(/2027|expires/);
  });
  const expired = { variant: "expired", asks: "payment" } as const;
  const closed = { status: "expired", closedAt: ENDED_AT, sentAt: CONTACT_AT } as const;
  const end = { stage: "expired", endedAt: ENDED_AT } as const;
  it("R64: names the invoice that has expired, and what was paid on it", () => {
    const file = aPaidFile({
      case: end,
      invoices: [anInvoice(closed)],
      payments: [aPayment({ amountCents: 10_000 })],
    });
    expect(dataOf("E12", expired, file)).toMatchObject({ voided: [FIRST], backCents: 10_000 });
  });
  it("R64: does not warn of paying what is paid, closed before the end, or was never told", () => {
    const earlier = "2026-04-01T12:00:00.000Z";
    const invoices = [
      anInvoice(closed),
      anInvoice({ ...closed, version: 2, closedAt: earlier }),
      anInvoice({ ...closed, version: 3, sentAt: undefined }),
    ];
    expect(dataOf("E12", expired, aPaidFile({ case: end, invoices, payments: [aPayment()] })).voided).toEqual(
      [],
    );
  });
});

describe("E15 of a surcharge", () => {
  const params = { variant: "surcharge", invoiceId: `${CASE_ID}-2` } as const;
  it("R40: tells parcel, limits, bill and the exact difference", () => {
    const data = dataOf("E15", params, aPaidFile({ invoices: [anInvoice(), surcharge] }));
    expect(data).toMatchObject({
      variant: "surcharge",
      dueCents: 2_550,
      evidence: { billCents: 12_050, billedCents: 9_500, billReference: "FX-88120" },
      limits: brand.packageLimits,
    });
    expect(render("E15", "en", data).text).toContain("Difference: $25.50");
  });
  it("R40: is not written about an invoice that rests on no measurement", () => {
    const other = anInvoice({ version: 2, kind: "supplement" });
    expect(() => dataOf("E15", params, aPaidFile({ invoices: [other] }))).toThrow(PermanentError);
  });
  it("R40: holds nothing up once a manager has let it go", () => {
    const released = { ...surcharge, status: "voided" as const, closedAt: ENDED_AT };
    const { text } = render("E15", "en", dataOf("E15", params, aPaidFile({ invoices: [released] })));
    expect(text).toContain("no longer valid");
    expect(text).not.toMatch(/Please pay|waits for/);
  });
});

describe("E17", () => {
  const cancelled = { variant: "cancelled" } as const;
  const end = { stage: "cancelled", endedAt: ENDED_AT } as const;
  const voided = anInvoice({ status: "voided", closedAt: ENDED_AT, sentAt: CONTACT_AT });
  it("R37: says that what was paid comes back, where nothing was sent", () => {
    const file = aPaidFile({ case: end, invoices: [voided], payments: [aPayment()] });
    expect(dataOf("E17", cancelled, file)).toMatchObject({ backCents: 37_850, settling: false, voided: [] });
    expect(dataOf("E17", cancelled, aPaidFile({ case: end, invoices: [voided] }))).toMatchObject({
      backCents: 0,
      voided: [FIRST],
    });
  });
  it("R37: promises nothing where finance has first to look: it came home unworked, its invoice stands", () => {
    const file = aPaidFile({
      case: { ...end, returnUnworked: true, manifest: ["jewelry"], refundDueSince: ENDED_AT },
      payments: [aPayment()],
      shipments: [aShipment({ leg: "return" })],
    });
    expect(dataOf("E17", cancelled, file)).toMatchObject({ backCents: 0, settling: true, unworked: true });
  });
  it("R9: of a complimentary case speaks of no money", () => {
    expect(dataOf("E17", { variant: "closed" }, aCaseFile())).toMatchObject({
      backCents: 0,
      settling: false,
      voided: [],
    });
  });
});

describe("E20", () => {
  const params = { entryId: "refund-001" };
  it("R37: tells amount, invoice, reason and the way", () => {
    expect(dataOf("E20", params, aPaidFile({ payments: [aPayment(), aRefund()] }))).toMatchObject({
      amountCents: 37_850,
      invoiceId: FIRST,
      method: "bank-transfer",
      reason: "The customer cancelled before anything was sent",
    });
  });
  it.each([
    ["one that failed", aRefund({ status: "failed" })],
    ["a payment", aPayment({ entryId: "refund-001" })],
    ["another one", aRefund({ entryId: "refund-002" })],
  ])("R37: is not written about %s", (_, entry) => {
    expect(() => dataOf("E20", params, aPaidFile({ payments: [entry] }))).toThrow(PermanentError);
  });
});
