/**
 * Tags travel with a message through SES and come back in its events: they say which mail of which case or enquiry it was.
 * Names and values allow letters, digits, `_` and `-` only, and nothing personal belongs in them.
 */
import * as z from "zod";
import { EnquiryId, isEnquiryId } from "../../domain/enquiry.ts";
import { CaseId } from "../../domain/identifiers.ts";
import { Mail } from "../../domain/mail.ts";

export const CASE_TAG = "case";
const ENQUIRY_TAG = "enquiry";
export const MAIL_TAG = "mail";

/** Of what a mail id is made of, only these two are no tag characters; `_` is free, as no mail id has one. */
const toTag = (mailId: string): string => mailId.replaceAll("#", "_h").replaceAll(".", "_d");
const fromTag = (tag: string): string => tag.replaceAll("_h", "#").replaceAll("_d", ".");

/** @param owner the number of the case or the enquiry */
export const messageTags = (owner: string, mailId: string): { Name: string; Value: string }[] => [
  { Name: isEnquiryId(owner) ? ENQUIRY_TAG : CASE_TAG, Value: owner },
  { Name: MAIL_TAG, Value: toTag(mailId) },
];

/** Which mail an event speaks of; undefined for a message that is none of ours. */
export function taggedMail(
  tags: Readonly<Record<string, readonly string[] | undefined>>,
): { readonly owner: string; readonly mailId: string } | undefined {
  const owner = z.union([CaseId, EnquiryId]).safeParse(tags[CASE_TAG]?.[0] ?? tags[ENQUIRY_TAG]?.[0]);
  const mailId = Mail.shape.mailId.safeParse(fromTag(tags[MAIL_TAG]?.[0] ?? ""));
  return owner.success && mailId.success ? { owner: owner.data, mailId: mailId.data } : undefined;
}
