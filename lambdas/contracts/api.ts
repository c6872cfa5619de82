/**
 * What the API answers beside a case's view: for the generated document, for clients and for types. Nothing of it is
 * parsed by a function, which therefore imports types alone.
 */
import * as z from "zod";
import { Assessment, Process } from "../domain/assessment.ts";
import { Brand } from "../domain/brand.ts";
import { Stage } from "../domain/case.ts";
import { Enquiry, EnquiryId } from "../domain/enquiry.ts";
import { CaseId, PlainDate } from "../domain/identifiers.ts";
import { MediaId } from "../domain/media.ts";
import { PROBLEM_STATUS, type ProblemCode } from "../domain/problem.ts";
import { Ring } from "../domain/ring.ts";

/** 201 of `POST /cases`. */
export const OpenedCase = z
  .strictObject({ caseId: CaseId, stage: Stage, process: Process, assessment: Assessment })
  .meta({ title: "A case just opened" });
export type OpenedCase = z.infer<typeof OpenedCase>;

/** An answer that says nothing but its status. */
export const Nothing = z.strictObject({}).meta({ title: "Nothing" });

/** An event as the payment provider words it; more stands in it, which nobody here reads. */
export const WebhookMessage = z
  .looseObject({ id: z.string(), type: z.string(), data: z.looseObject({}) })
  .meta({ title: "Message of the payment provider" });
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

export const RingView = Ring.meta({ title: "Ring" });

/** A presigned POST: the fields first, then the file. */
export const UploadTicket = z
  .strictObject({ mediaId: MediaId, url: z.url(), fields: z.record(z.string(), z.string()) })
  .meta({ title: "Upload ticket" });
export const DocumentLink = z
  .strictObject({ name: z.string(), contentType: z.string(), url: z.url(), expiresInSeconds: z.int() })
  .meta({ title: "Short-lived address of a document" });

export const ReceivedEnquiry = z
  .strictObject({ enquiryId: EnquiryId })
  .meta({ title: "An enquiry just received" });
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
