/** An invoice (R35, R36): what it says never changes once it is issued; only what has become of it does. */
import * as z from "zod";
import { Address } from "./address.ts";
import { Service } from "./design.ts";
import {
  CaseId,
  Cents,
  DesignNumber,
  Instant,
  OrderNumber,
  PlainDate,
  RingSize,
  SerialNumber,
} from "./identifiers.ts";
import { Party } from "./party.ts";

/** `<caseId>-<version>`: what customers, finance and the payment provider call it by. */
export const InvoiceId = z
  .string()
  .regex(/^CW-[0-9A-HJKMNP-TV-Z]{10}-[1-9]\d{0,2}$/)
  .meta({ title: "Invoice number", example: "CW-7K3M9Q2XAB-1" });

export const LineKind = z.enum(["service", "shipping", "duties", "insurance", "other"]);

/** One line in US cents (R36). */
export const InvoiceLine = z.strictObject({
  kind: LineKind,
  text: z
    .string()
    .trim()
    .regex(/^\P{Cc}+$/u, "one line of text")
    .min(1)
    .max(200),
  amountCents: Cents,
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

/** The lines as staff write them. */
export const InvoiceLines = z.array(InvoiceLine).min(1).max(20);
/** Whole days from the issue to the last day to pay. */
export const DueDays = z.int().min(1).max(90);

/** Days after receipt in which the work will be done, as the review promises it (R62). */
export const Schedule = z.strictObject({
  earliest: z.int().min(1).max(365),
  latest: z.int().min(1).max(365),
});
export type Schedule = z.infer<typeof Schedule>;

/** How money can be sent without the payment page. */
export const BankTransfer = z.strictObject({
  bank: z.string().trim().min(1).max(60),
  accountHolder: z.string().trim().min(1).max(70),
  routingNumber: z.string().trim().min(1).max(30),
  accountNumber: z.string().trim().min(1).max(40),
});

export const Invoice = z.strictObject({
  invoiceId: InvoiceId,
  /** Counts the invoices of the case from 1. */
  version: z.int().min(1).max(999),
  /** `order`: what the review agreed; `supplement`: what came on top; `surcharge`: R40. */
  kind: z.enum(["order", "supplement", "surcharge"]),
  /**
   * `draft`: not told to anybody yet. Of the issued ones only `issued` asks for money: `superseded` gave way to another
   * version, `voided` was taken back, `expired` was not paid in time (R64).
   */
  status: z.enum(["draft", "issued", "superseded", "voided", "expired"]),

  // What it says.
  by: z.string().max(100),
  issuedAt: Instant,
  /** Both days on the customer's calendar. */
  issuedOn: PlainDate,
  dueDate: PlainDate,
  caseId: CaseId,
  order: z.strictObject({ date: PlainDate.optional(), number: OrderNumber.optional() }),
  issuer: Party,
  billTo: z.strictObject({
    name: z.string().max(70),
    email: z.string().max(80),
    address: Address.optional(),
    telephone: z.string().max(30).optional(),
  }),
  items: z
    .array(
      z.strictObject({
        item: z.int(),
        name: z.string().max(80),
        designNumber: DesignNumber,
        serialNumber: SerialNumber.optional(),
        services: z.array(Service).max(7),
        desiredSize: RingSize.optional(),
        engraving: z.string().max(60).optional(),
      }),
    )
    .max(10),
  /** With the $0 line of the insured return (R39), where it is an order. */
  lines: z.array(InvoiceLine).min(1).max(21),
  totalCents: Cents,
  /** What earlier payments of the case already cover of it, at its issue. */
  creditCents: Cents,
  schedule: Schedule.optional(),
  bankTransfer: BankTransfer.optional(),
  /** The version it takes the place of. */
  replaces: InvoiceId.optional(),
  /** What a surcharge rests on (R40): the parcel as measured, and the carrier's bill. */
  evidence: z
    .strictObject({
      lengthIn: z.number(),
      widthIn: z.number(),
      heightIn: z.number(),
      weightLb: z.number(),
      billReference: z.string().max(60),
      billCents: Cents,
      /** Shipping billed in advance. */
      billedCents: Cents,
    })
    .optional(),

  // What has become of it.
  /** How it is known to the payment provider, and where its customer pays; from its sending on. */
  provider: z
    .strictObject({
      name: z.enum(["stripe", "bank-transfer"]),
      id: z.string().max(100),
      payUrl: z.url(),
      /** The provider's numbers of its payments, by which alone it names a dispute. */
      paymentIds: z.array(z.string().max(100)).max(20).optional(),
    })
    .optional(),
  /** Its PDF; of a draft the preview. */
  documentKey: z.string().max(200).optional(),
  sentAt: Instant.optional(),
  /** When it stopped asking for money. */
  closedAt: Instant.optional(),
  /** The provider no longer takes money for it either. */
  providerClosed: z.literal(true).optional(),
});
export type Invoice = z.infer<typeof Invoice>;

/** In the order they were made. */
export const invoicesByVersion = (invoices: readonly Invoice[]): readonly Invoice[] =>
  invoices.toSorted((a, b) => a.version - b.version);
