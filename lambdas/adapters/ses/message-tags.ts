/**
 * Tags travel with a message through SES and come back in its events: they say which mail of which case it was.
 * Names and values allow letters, digits, `_` and `-` only, and nothing personal belongs in them.
 */
import { CaseId } from "../../domain/identifiers.ts";
import { Mail } from "../../domain/mail.ts";

export const CASE_TAG = "case";
export const MAIL_TAG = "mail";

/** Of what a mail id is made of, only these two are no tag characters; `_` is free, as no mail id has one. */
const toTag = (mailId: string): string => mailId.replaceAll("#", "_h").replaceAll(".", "_d");
const fromTag = (tag: string): string => tag.replaceAll("_h", "#").replaceAll("_d", ".");

export const messageTags = (caseId: string, mailId: string): { Name: string; Value: string }[] => [
  { Name: CASE_TAG, Value: caseId },
  { Name: MAIL_TAG, Value: toTag(mailId) },
];

/** Which mail an event speaks of; undefined for a message that is none of ours. */
export function taggedMail(
  tags: Readonly<Record<string, readonly string[] | undefined>>,
): { readonly caseId: string; readonly mailId: string } | undefined {
  const caseId = CaseId.safeParse(tags[CASE_TAG]?.[0]);
  const mailId = Mail.shape.mailId.safeParse(fromTag(tags[MAIL_TAG]?.[0] ?? ""));
  return caseId.success && mailId.success ? { caseId: caseId.data, mailId: mailId.data } : undefined;
}
