/** `Mailer` on SES v1 `SendRawEmail`: we compose the message ourselves, because it carries files and headers of ours. */
import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
// oxlint-disable-next-line no-restricted-imports -- a folder of the package, not our cloud code
import MailComposer from "nodemailer/lib/mail-composer";
import { PermanentError, ThrottledError, TransientError } from "../../domain/faults.ts";
import type { Mailer, OutgoingMail } from "../../ports/mailer.ts";
import { messageTags } from "./message-tags.ts";

export interface SesMailerOptions {
  readonly client: Pick<SESClient, "send">;
  readonly configurationSet: string;
  readonly sender: { readonly name: string; readonly email: string; readonly replyTo: string };
}

/** SES v1 takes 10 MB a message, attachments in base64 included. */
const LARGEST_BYTES = 10 * 1024 * 1024;

/** Too much for now, or nobody there: either way nothing was taken. */
const NOT_TAKEN = new Set([
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "LimitExceededException",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** Refused for what the message is. What is wrong with the account or its configuration can be mended meanwhile. */
const REFUSED = new Set([
  "MessageRejected",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "ValidationError",
  "ValidationException",
]);

/** By name alone: the texts of SES quote addresses, which have no place in a log. */
function asFault(error: unknown): Error {
  const { name = "Unknown", code = name } =
    error instanceof Error ? (error as { name?: string; code?: string }) : {};
  const message = `SES: ${NOT_TAKEN.has(code) ? code : name}`;
  if (NOT_TAKEN.has(name) || NOT_TAKEN.has(code)) return new ThrottledError(message);
  if (REFUSED.has(name)) return new PermanentError(message);
  return new TransientError(message);
}

const composed = (mail: OutgoingMail, sender: SesMailerOptions["sender"]): Promise<Buffer> =>
  new MailComposer({
    from: { name: sender.name, address: sender.email },
    // Every recipient stands in the headers: nothing else tells the local SES, or an .eml, who got it.
    to: { name: mail.to.name, address: mail.to.address },
    replyTo: sender.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ fileName, pdf }) => ({
      filename: fileName,
      content: Buffer.from(pdf),
      contentType: "application/pdf",
      contentDisposition: "attachment",
    })),
    headers: {
      "X-After-Sales-Email": mail.email,
      "X-After-Sales-Mail": `${mail.owner}/${mail.mailId}`,
      // RFC 3834: nobody's holiday notice should answer it.
      "Auto-Submitted": "auto-generated",
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();

export const createSesMailer = ({ client, configurationSet, sender }: SesMailerOptions): Mailer => ({
  async send(mail) {
    const raw = await composed(mail, sender);
    if (raw.length > LARGEST_BYTES) throw new PermanentError(`the message has ${raw.length} bytes`);
    try {
      const { MessageId: messageId } = await client.send(
        new SendRawEmailCommand({
          RawMessage: { Data: raw },
          ConfigurationSetName: configurationSet,
          Tags: messageTags(mail.owner, mail.mailId),
        }),
      );
      if (messageId === undefined) throw new TransientError("SES answered without a message id");
      return { messageId };
    } catch (error) {
      throw error instanceof TransientError ? error : asFault(error);
    }
  },
});
