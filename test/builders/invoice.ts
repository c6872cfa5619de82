/** Invoices and entries of the ledger for tests: complete and valid; what a test cares about it overrides by name. */
import type * as z from "zod";
import { Invoice } from "../../lambdas/domain/invoice.ts";
import { sumCents } from "../../lambdas/domain/money.ts";
import { Payment, Refund } from "../../lambdas/domain/payment.ts";
import { CASE_ID } from "./case-file.ts";

type Overrides<S extends z.ZodType> = Partial<z.input<S>>;

/** Monday morning in Tokyo, Sunday evening in New York. */
const ISSUED_AT = "2026-03-16T00:30:00.000Z";

/**
 * The order's invoice as it is issued, not yet sent: $378.50, due two weeks later on the customer's calendar.
 * Its number and its total follow case, version and lines unless they are given.
 */
export const anInvoice = (overrides: Overrides<typeof Invoice> = {}): Invoice => {
  const { version = 1, caseId = CASE_ID } = overrides;
  const lines = overrides.lines ?? [
    { kind: "service", text: "Resizing and re-engraving of one ring", amountCents: 24_000 },
    { kind: "shipping", text: "FedEx to Japan", amountCents: 9_500 },
    { kind: "duties", text: "Customs duties in Japan", amountCents: 1_850 },
    { kind: "insurance", text: "Transport insurance to Japan", amountCents: 2_500 },
    { kind: "shipping", text: "Insured return shipping to the United States: included", amountCents: 0 },
  ];
  return Invoice.parse({
    invoiceId: `${caseId}-${version}`,
    version,
    kind: "order",
    status: "issued",
    by: "staff:Sample",
    issuedAt: ISSUED_AT,
    issuedOn: "2026-03-15",
    dueDate: "2026-03-29",
    caseId,
    order: { date: "2026-02-20", number: "US-100234" },
    issuer: {
      company: "CIWAKA Co., Ltd.",
      person: "After-Sales Accounts",
      telephone: "+81355550101",
      email: "accounts@ciwaka.example",
      lines: ["2-4-6 Ginza", "Ciwaka Building 3F"],
      city: "Chuo-ku, Tokyo",
      postalCode: "1040061",
      countryCode: "JP",
    },
    billTo: {
      name: "Jane Doe",
      email: "jane.doe@example.com",
      address: {
        line1: "500 Market Street",
        line2: "Apt 7",
        city: "San Francisco",
        state: "CA",
        zip: "94105",
      },
      telephone: "4155550132",
    },
    items: [
      {
        item: 1,
        name: "Aurora",
        designNumber: "R-1001",
        serialNumber: "SN-2026-0001",
        services: ["paid-resizing", "re-engraving"],
        desiredSize: 13,
        engraving: "FOREVER 2026",
      },
    ],
    lines,
    totalCents: sumCents(lines.map((line) => line.amountCents)),
    creditCents: 0,
    schedule: { earliest: 14, latest: 28 },
    bankTransfer: {
      bank: "Example Bank, New York",
      accountHolder: "CIWAKA Co., Ltd.",
      routingNumber: "026000000",
      accountNumber: "000123456789",
    },
    ...overrides,
  });
};

/** A bank transfer of the whole first invoice, a day after its issue. */
export const aPayment = (overrides: Overrides<typeof Payment> = {}): Payment =>
  Payment.parse({
    kind: "payment",
    entryId: "bank-transfer:T-1001",
    invoiceId: `${CASE_ID}-1`,
    amountCents: 37_850,
    at: "2026-03-17T15:00:00.000Z",
    by: "staff:Sample",
    currency: "USD",
    method: "bank-transfer",
    reference: "T-1001",
    ...overrides,
  });

/** All of `aPayment` sent back by finance, the day after it came. */
export const aRefund = (overrides: Overrides<typeof Refund> = {}): Refund =>
  Refund.parse({
    kind: "refund",
    entryId: "refund-001",
    invoiceId: `${CASE_ID}-1`,
    amountCents: 37_850,
    at: "2026-03-18T15:00:00.000Z",
    by: "staff:Sample",
    currency: "USD",
    method: "bank-transfer",
    reason: "The customer cancelled before anything was sent",
    status: "sent",
    ...overrides,
  });
