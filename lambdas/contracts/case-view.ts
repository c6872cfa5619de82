/** A case as its callers see it. The staff view adds to the customer's; neither holds a token or a hash. */
import * as z from "zod";
import { Assessment, Process, Reason, StoredAssessment } from "../domain/assessment.ts";
import { Case, CaseEvent, CaseItem, Stage } from "../domain/case.ts";
import { Message, Note } from "../domain/case-file.ts";
import { CaseId, Cents, Instant, Locale, PlainDate } from "../domain/identifiers.ts";
import { Invoice, InvoiceId, InvoiceLine } from "../domain/invoice.ts";
import { Mail } from "../domain/mail.ts";
import { Media } from "../domain/media.ts";
import { LedgerEntry } from "../domain/payment.ts";
import { Declaration, Leg, Scan, Shipment } from "../domain/shipment.ts";
import { Wait } from "../domain/wait.ts";

const Awaiting = z.strictObject({
  /** The last word of the path that answers it, or `payment`. */
  action: z.string(),
  by: z.enum(["customer", "staff", "carrier"]),
  /** When silence ends it (R64); null where nothing expires. */
  deadline: Instant.nullable(),
});

/** A document or a photo; fetched by `documents/{name}`. */
const DocumentView = z.strictObject({
  name: z.string(),
  kind: z.enum(["label", "commercial-invoice", "repair-declaration", "invoice", "media"]),
  contentType: z.string(),
});

const TrackingView = z.strictObject({
  number: z.string(),
  shipDate: PlainDate,
  scans: z.array(Scan),
  deliveredAt: z.string().optional(),
});

/** Invoices of the paid process (R35, R36). */
const InvoiceView = z.strictObject({
  invoiceId: InvoiceId,
  version: z.int(),
  kind: Invoice.shape.kind,
  /** `issued` asks for money; `paid`, `superseded`, `voided` and `expired` do not. */
  status: z.string(),
  lines: z.array(InvoiceLine),
  totalCents: Cents,
  /** With what was paid on a version it took the place of. */
  paidCents: z.int(),
  dueDate: PlainDate,
  payUrl: z.url(),
  /** Its PDF, by `documents/{name}`. */
  document: z.string(),
  replaces: InvoiceId.optional(),
});

/** The books of a case: US cents. */
const Money = z
  .strictObject({
    /** Total of the invoices that ask for money. */
    invoicedCents: z.int(),
    paidCents: z.int(),
    refundedCents: z.int(),
    /** Still to be paid: nothing is shipped before it is 0 (R37). */
    owedCents: z.int(),
    /** To be sent back. */
    creditCents: z.int(),
    /** Every version, drafts as well. */
    invoices: z.array(Invoice.omit({ documentKey: true })),
    ledger: z.array(LedgerEntry),
    /** R40: true while a parcel over the limits has no bill of the carrier yet. */
    awaitsCarrierBill: z.boolean(),
  })
  .meta({ title: "Money" });

const MediaState = Media.pick({ mediaId: true, slot: true, fileName: true, status: true, reason: true });

export const CaseView = z
  .strictObject({
    caseId: CaseId,
    process: Process,
    stage: Stage,
    since: Instant,
    /** For `If-Match`. */
    version: z.int(),
    contactAt: Instant,
    locale: Locale,
    /** The case whose shipment was split (R47). */
    splitFrom: Case.shape.splitFrom,
    awaiting: Awaiting.nullable(),
    items: z.array(
      CaseItem.pick({
        item: true,
        design: true,
        designNumber: true,
        serialNumber: true,
        sizeAtPurchase: true,
        desiredSize: true,
        deliveryDate: true,
        priceCents: true,
        services: true,
        engraving: true,
        description: true,
        outcome: true,
        dropped: true,
        movedTo: true,
        newSerialNumber: true,
      }),
    ),
    assessment: Assessment,
    /** Slots wanted now (R28), and why one is wanted again (R29). */
    shots: z.array(
      z.strictObject({
        slot: z.string(),
        label: z.string(),
        hint: z.string(),
        reason: z.string().optional(),
      }),
    ),
    /** What has become of the files sent so far. */
    media: z.array(MediaState),
    timeline: z.array(z.strictObject({ at: Instant, type: z.string(), text: z.string() })),
    documents: z.array(DocumentView),
    tracking: z.partialRecord(Leg, TrackingView),
    shipping: Case.shape.shipping,
    /** When the ring comes home (R59), and every recorded extension with its cause (R60). */
    window: Case.shape.window.unwrap().nullable(),
    invoices: z.array(InvoiceView),
    /** Name, address and telephone are to come with the photos (R32). */
    wantsContact: z.boolean(),
    /** Why a fee applies, and what the paid process would change (R12); null unless it is offered now. */
    conversion: z.strictObject({ reasons: z.array(Reason), changes: z.array(Reason) }).nullable(),
    /** Until when she can reopen the case herself (R64); null where she cannot. */
    reopenUntil: Instant.nullable(),
    /** What must be said on the page itself, such as R54. */
    notices: z.array(Reason),
  })
  .meta({ title: "Case" });
export type CaseView = z.infer<typeof CaseView>;

/** A stored schema's fields without those named. */
const declared = Declaration.omit({ shipper: true, consignee: true, importer: true });

export const StaffCaseView = z
  .strictObject({
    ...CaseView.shape,
    customer: Case.shape.customer,
    order: Case.shape.order,
    items: z.array(CaseItem),
    assessment: StoredAssessment,
    overrides: Case.shape.overrides,
    review: Case.shape.review,
    assignee: Case.shape.assignee,
    unansweredSince: Case.shape.unansweredSince,
    schedule: Case.shape.schedule,
    conversionOffer: Case.shape.conversionOffer,
    carrierBill: Case.shape.carrierBill,
    surchargeRelease: Case.shape.surchargeRelease,
    refundDueSince: Case.shape.refundDueSince,
    money: Money,
    attention: Case.shape.attention,
    cancellation: Case.shape.cancellation,
    ending: Case.shape.ending,
    endedAt: Case.shape.endedAt,
    reopenedAt: Case.shape.reopenedAt,
    exportHold: Case.shape.exportHold,
    exportStatement: Case.shape.exportStatement,
    reportedSentAt: Case.shape.reportedSentAt,
    receipt: Case.shape.receipt,
    workFinishedOn: Case.shape.workFinishedOn,
    returnUnworked: Case.shape.returnUnworked,
    manifest: Case.shape.manifest,
    machine: Case.shape.machine,
    attempt: z.int(),
    media: z.array(Media.omit({ uploadKey: true, key: true })),
    mails: z.array(Mail),
    shipments: z.array(
      Shipment.pick({
        leg: true,
        attempt: true,
        status: true,
        requestedAt: true,
        trackingNumber: true,
        alerts: true,
      }).extend({
        declaration: declared,
      }),
    ),
    waits: z.array(Wait.omit({ token: true })),
    history: z.array(CaseEvent),
    notes: z.array(Note),
    messages: z.array(Message),
    links: z.array(z.strictObject({ createdAt: Instant, revokedAt: Instant.optional() })),
  })
  .meta({ title: "Case, as staff see it" });
export type StaffCaseView = z.infer<typeof StaffCaseView>;

/** `GET /case/messages`: both sides', oldest first; who of the staff wrote is not hers to know. */
export const MessageList = z
  .strictObject({ items: z.array(Message.pick({ at: true, from: true, text: true })) })
  .meta({ title: "Messages" });
export type MessageList = z.infer<typeof MessageList>;

/** A row of the staff's list. */
export const CaseRow = z.strictObject({
  caseId: CaseId,
  process: Process,
  stage: Stage,
  since: Instant,
  contactAt: Instant,
  customer: z.strictObject({ name: z.string(), email: z.string(), locale: Locale }),
  items: z.array(
    CaseItem.pick({ item: true, design: true, designNumber: true, serialNumber: true, desiredSize: true }),
  ),
  verdict: Assessment.shape.verdict,
  assignee: Case.shape.assignee,
  unansweredSince: Case.shape.unansweredSince,
  refundDueSince: Case.shape.refundDueSince,
  /** Staff have had it for longer than the brand allows (R64). */
  overdue: z.boolean(),
});
export type CaseRow = z.infer<typeof CaseRow>;
export const CaseList = z.strictObject({ items: z.array(CaseRow), cursor: z.string().optional() });
export type CaseList = z.infer<typeof CaseList>;
