/** A question without a case: of a contact form's other topics (R3), of an export filing (R48), of a ring size (R8). */
import * as z from "zod";
import { Customer } from "./case.ts";
import { CaseId, DesignNumber, Instant } from "./identifiers.ts";

/** The number of an enquiry: `EQ-` and sixteen Crockford base-32 characters. */
export const EnquiryId = z
  .string()
  .regex(/^EQ-[0-9A-HJKMNP-TV-Z]{16}$/)
  .brand("EnquiryId")
  .meta({ title: "Enquiry number", example: "EQ-7K3M9Q2XAB0C4D5E" });
export type EnquiryId = z.infer<typeof EnquiryId>;

/** Resizing and repair are asked for by opening a case. */
export const EnquiryTopic = z.enum(["export-filing", "ring-size", "other"]);
export type EnquiryTopic = z.infer<typeof EnquiryTopic>;

/** What was asked, and our one answer; `open` until then. */
export const Enquiry = z.strictObject({
  enquiryId: EnquiryId,
  topic: EnquiryTopic,
  customer: Customer,
  text: z.string().max(4000),
  /** As the enquirer names it: nobody has checked that it is hers, or that it exists. */
  caseId: CaseId.optional(),
  designNumber: DesignNumber.optional(),
  receivedAt: Instant,
  answer: z.strictObject({ text: z.string().max(4000), at: Instant, by: z.string().max(100) }).optional(),
});
export type Enquiry = z.infer<typeof Enquiry>;

export const EnquiryStatus = z.enum(["open", "answered"]);
export type EnquiryStatus = z.infer<typeof EnquiryStatus>;
export const statusOf = ({ answer }: Enquiry): EnquiryStatus => (answer ? "answered" : "open");

/** Whether the owner of a mail is an enquiry; else it is a case. */
export const isEnquiryId = (owner: string): owner is EnquiryId => EnquiryId.safeParse(owner).success;
