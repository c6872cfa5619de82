/** What the core needs from whoever carries the mail. */
import type { EmailName } from "../domain/mail.ts";

export interface Attachment {
  readonly fileName: string;
  readonly pdf: Uint8Array;
}

export interface OutgoingMail {
  /** The number of the case or the enquiry it belongs to. */
  readonly owner: string;
  /** Unique there; comes back with what the carrier tells of the mail. */
  readonly mailId: string;
  readonly email: EmailName;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
}

export interface Mailer {
  /**
   * Hands one mail over and answers the carrier's id of it. A repeat sends it again: whoever calls keeps the marker.
   * @throws ThrottledError: surely not taken, later it may be; PermanentError: refused for good;
   * TransientError: it may or may not have been taken.
   */
  send(mail: OutgoingMail): Promise<{ readonly messageId: string }>;
}
