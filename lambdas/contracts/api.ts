/** Bodies of the API that are neither a case's view nor the input of an action (those stand with the action). */
import * as z from "zod";
import { Assessment, Process } from "../domain/assessment.ts";
import { Brand } from "../domain/brand.ts";
import { Customer, Stage } from "../domain/case.ts";
import { Enquiry, EnquiryId, EnquiryStatus, EnquiryTopic } from "../domain/enquiry.ts";
import { CaseId, DesignNumber, PlainDate, RingSize } from "../domain/identifiers.ts";
import { MediaId } from "../domain/media.ts";
import { PROBLEM_STATUS, type ProblemCode } from "../domain/problem.ts";
import { DeliverySource, Ring } from "../domain/ring.ts";

/** 1 to 255 printable ASCII characters. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, "1 to 255 printable ASCII characters")
  .meta({ title: "Idempotency-Key", example: "0d0d1f0e-6d0a-4f0c-9f0b-7c1e7f1f8a55" });

/** 201 of `POST /cases`. */
export const OpenedCase = z
  .strictObject({ caseId: CaseId, stage: Stage, process: Process, assessment: Assessment })
  .meta({ title: "A case just opened" });
export type OpenedCase = z.infer<typeof OpenedCase>;

/** `POST /cases/{caseId}/links`: the address on file, and only that one, is sent a fresh link. */
export const LinkRequest = z.strictObject({ email: z.email().max(80) }).meta({ title: "Request for a link" });
export type LinkRequest = z.infer<typeof LinkRequest>;

/** An answer that says nothing but its status. */
export const Nothing = z.strictObject({}).meta({ title: "Nothing" });

/** The payment provider is told that its message has arrived. */
export const WebhookReceived = z
  .strictObject({ received: z.literal(true) })
  .meta({ title: "A message received" });

/** `GET /brand`. */
export const BrandView = z
  .strictObject({
    name: Brand.shape.name,
    links: Brand.shape.links,
    packageLimits: Brand.shape.packageLimits,
    topics: Brand.shape.topics,
    shots: Brand.shape.shots,
    /** Calendar days after delivery within which to make contact (R6). */
    contactDays: z.int(),
    /** Ship dates possible now wherever in the United States the parcel starts (R34). */
    shipDates: z.array(PlainDate),
  })
  .meta({ title: "Brand" });
export type BrandView = z.infer<typeof BrandView>;

/** Facts of a ring as a representative records them (`PUT /rings/{serialNumber}`). */
export const RingFacts = z
  .strictObject({
    designNumber: DesignNumber,
    sizeAtPurchase: RingSize,
    deliveryDate: PlainDate.optional(),
    deliverySource: DeliverySource.optional(),
  })
  .meta({ title: "Facts of a ring" });
export type RingFacts = z.infer<typeof RingFacts>;
export const RingView = Ring.meta({ title: "Ring" });

/** A presigned POST: the fields first, then the file. */
export const UploadTicket = z
  .strictObject({ mediaId: MediaId, url: z.url(), fields: z.record(z.string(), z.string()) })
  .meta({ title: "Upload ticket" });
export const DocumentLink = z
  .strictObject({ name: z.string(), contentType: z.string(), url: z.url(), expiresInSeconds: z.int() })
  .meta({ title: "Short-lived address of a document" });

/** The list's filters; without any, every case that has not ended, stage by stage. */
export const CaseQuery = z.strictObject({
  stage: Stage.optional(),
  cursor: z.string().min(1).max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  email: z.string().min(1).max(80).optional(),
  serial: z.string().min(1).max(40).optional(),
  order: z.string().min(1).max(40).optional(),
  tracking: z.string().min(1).max(40).optional(),
  /** Cases with a message of the customer's that waits for staff, in whatever stage. */
  unanswered: z.literal("true").optional(),
  /** Cases with money for finance to send back or to look at, in whatever stage. */
  refundDue: z.literal("true").optional(),
});
export type CaseQuery = z.infer<typeof CaseQuery>;

/** `POST /enquiries`: a question without a case (R3). */
export const EnquiryRequest = z
  .strictObject({
    topic: EnquiryTopic,
    customer: Customer.extend({ locale: Customer.shape.locale.default("en") }),
    text: z.string().trim().min(1).max(4000),
    caseId: CaseId.optional(),
    designNumber: DesignNumber.optional(),
  })
  .meta({ title: "Enquiry, as it is sent" });
export const ReceivedEnquiry = z
  .strictObject({ enquiryId: EnquiryId })
  .meta({ title: "An enquiry just received" });
export const EnquiryAnswer = z
  .strictObject({ text: z.string().trim().min(1).max(4000) })
  .meta({ title: "Answer to an enquiry" });
/** Without a status all of them, open ones first; of each, the oldest first. */
export const EnquiryQuery = z.strictObject({
  status: EnquiryStatus.optional(),
  cursor: z.string().min(1).max(1000).optional(),
  limit: CaseQuery.shape.limit,
});
export const EnquiryView = Enquiry.meta({ title: "Enquiry" });
export const EnquiryList = z.strictObject({ items: z.array(EnquiryView), cursor: z.string().optional() });
export type EnquiryList = z.infer<typeof EnquiryList>;

/** RFC 9457. */
export const ProblemBody = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]]),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string(), rule: z.string().optional() }))
      .optional(),
  })
  .meta({ title: "Problem" });
