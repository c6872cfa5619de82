/** Mails as `GET /local/mails` and the inbox page show them. */
import type { ParsedMail } from "mailparser";
import { EMAIL_HEADER, type Envelope, type Mailbox } from "./mailbox.ts";

interface ShownAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly url: string;
}
export interface ShownMail {
  readonly id: string;
  readonly sentAt: string;
  /** `E10`. */
  readonly email: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly ShownAttachment[];
}

export interface Presenter {
  readonly list: (to?: string) => Promise<ShownMail[]>;
  readonly show: (id: string) => Promise<ShownMail | undefined>;
  readonly attachment: (
    id: string,
    no: number,
  ) => Promise<{ readonly contentType: string; readonly name: string; readonly content: Buffer } | undefined>;
}

/** A header's text, or the tag SES was given. */
const emailName = (envelope: Envelope, parsed: ParsedMail): string => {
  const header = parsed.headers.get(EMAIL_HEADER);
  return typeof header === "string" ? header : (envelope.tags["email"] ?? "");
};

/**
 * @param origin where the local cloud answers.
 * @param localise applied to subject, text and HTML: links to the brand's site lead here instead.
 */
export const createPresenter = (
  mailbox: Mailbox,
  origin: string,
  localise: (text: string) => string,
): Presenter => {
  // Without the attachments' bytes; parsing a mail with documents takes some milliseconds, and tests ask often.
  const shown = new Map<string, Promise<ShownMail>>();
  const read = async (envelope: Envelope): Promise<ShownMail> => {
    const parsed = await mailbox.parse(envelope.id);
    return {
      id: envelope.id,
      sentAt: envelope.sentAt,
      email: emailName(envelope, parsed),
      to: envelope.destinations[0] ?? "",
      subject: parsed.subject ?? "",
      text: localise(parsed.text ?? ""),
      html: localise(parsed.html || ""),
      attachments: parsed.attachments.map(({ filename, contentType }, no) => ({
        name: filename ?? `attachment-${no + 1}`,
        contentType,
        url: `${origin}/local/mails/${envelope.id}/attachments/${no}/${encodeURIComponent(filename ?? "file")}`,
      })),
    };
  };
  const present = (envelope: Envelope): Promise<ShownMail> => {
    const known = shown.get(envelope.id) ?? read(envelope);
    shown.set(envelope.id, known);
    return known;
  };
  return {
    list: (to) => Promise.all(mailbox.list(to).map(present)),
    show: async (id) => {
      const envelope = mailbox.find(id);
      return envelope && present(envelope);
    },
    attachment: async (id, no) => {
      if (!mailbox.find(id)) return undefined;
      const found = (await mailbox.parse(id)).attachments[no];
      return (
        found && { contentType: found.contentType, name: found.filename ?? "file", content: found.content }
      );
    },
  };
};
