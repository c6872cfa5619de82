/** What the API is sent, where it is no input of an action (those stand with the action). Parsed at every request. */
import * as z from "zod";
import { Customer, Stage } from "../domain/case.ts";
import { EnquiryStatus, EnquiryTopic } from "../domain/enquiry.ts";
import { CaseId, DesignNumber, PlainDate, RingSize } from "../domain/identifiers.ts";
import { DeliverySource } from "../domain/ring.ts";

/** 1 to 255 printable ASCII characters. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, "1 to 255 printable ASCII characters")
  .meta({ title: "Idempotency-Key", example: "0d0d1f0e-6d0a-4f0c-9f0b-7c1e7f1f8a55" });

/** `POST /cases/{caseId}/links`: the address on file, and only that one, is sent a fresh link. */
export const LinkRequest = z.strictObject({ email: z.email().max(80) }).meta({ title: "Request for a link" });
export type LinkRequest = z.infer<typeof LinkRequest>;

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
export const EnquiryAnswer = z
  .strictObject({ text: z.string().trim().min(1).max(4000) })
  .meta({ title: "Answer to an enquiry" });
/** Without a status all of them, open ones first; of each, the oldest first. */
export const EnquiryQuery = z.strictObject({
  status: EnquiryStatus.optional(),
  cursor: z.string().min(1).max(1000).optional(),
  limit: CaseQuery.shape.limit,
});
