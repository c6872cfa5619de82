/**
 * Sends what the table's stream says is wanted (docs/adr: mails are orders). A marker around the sending,
 * `wanted → sending → sent`, and SES's own event (`mail-feedback`) make a mail come once; what nothing confirms within
 * fifteen minutes the clock wants once more. So a crash in the middle loses no mail, and repeats one at worst.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { Brand } from "../../../domain/brand.ts";
import { type CaseFile, type Link, presentShipment } from "../../../domain/case-file.ts";
import { later, MAIL_GRACE_MS } from "../../../domain/change.ts";
import { PermanentError, ThrottledError } from "../../../domain/faults.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import type { Mail } from "../../../domain/mail.ts";
import type { OrderableEmail } from "../../../domain/mail-params.ts";
import { localeOf, mailData } from "../../../emails/data.ts";
import { isWritten, type Rendered, render } from "../../../emails/render.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";
import type { DocumentStore } from "../../../ports/documents.ts";
import type { Attachment, Mailer, OutgoingMail } from "../../../ports/mailer.ts";

export interface SendMailDeps {
  readonly store: Pick<CaseStore, "load" | "putMail" | "putLink">;
  readonly documents: Pick<DocumentStore, "get">;
  readonly mailer: Mailer;
  readonly brand: Brand;
  /** A fresh token `<caseId>.<secret>` and the link that keeps its hash. */
  readonly newToken: (caseId: string, now: Instant) => { readonly token: string; readonly link: Link };
  /** Told what went wrong with which mail; `given-up` means a person has to look. */
  readonly failed: (mail: { caseId: string; mailId: string }, error: unknown, outcome: Outcome) => void;
}
/** `retried`: the stream brings the record again; `left-to-clock`: wanted once more if SES confirms nothing. */
type Outcome = "retried" | "left-to-clock" | "given-up";

interface Wanted {
  readonly caseId: string;
  readonly mailId: string;
  /** When the item was written, by the clock of the table. */
  readonly writtenAt: number;
}

function wantedOf(record: DynamoDBRecord): Wanted | undefined {
  const image = record.dynamodb?.NewImage;
  if (!image) return undefined;
  const { pk, sk, status } = unmarshall(image as Record<string, AttributeValue>);
  if (!String(sk).startsWith("MAIL#") || status !== "wanted") return undefined;
  return {
    caseId: String(pk).slice("CASE#".length),
    mailId: String(sk).slice("MAIL#".length),
    writtenAt: (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000,
  };
}

/** The latest moment the record and the order know of: business time, also where a stream stamps records otherwise. */
const nowOf = (mail: Mail, writtenAt: number): Instant =>
  [
    mail.orderedAt,
    new Date(writtenAt).toISOString(),
    ...(mail.dueAt === undefined ? [] : [later(mail.dueAt, -MAIL_GRACE_MS)]),
  ].reduce((a, b) => (a > b ? a : b));

/**
 * Taken up: wanted, or taken up before and surely not sent (throttled). A mail in `sending` without an error may have
 * been sent by somebody who did not live to say so; it is the clock's.
 */
const isToSend = (mail: Mail): boolean =>
  mail.status === "wanted" || (mail.status === "sending" && mail.error !== undefined);

export function createSendMailHandler(deps: SendMailDeps) {
  const { store, brand } = deps;

  /** E10 carries both papers of the present inbound label, or is not sent at all (R43). */
  async function attachmentsOf(mail: Mail, file: CaseFile): Promise<readonly Attachment[]> {
    if (mail.email !== "E10") return [];
    const shipment = presentShipment(file, "inbound");
    if (!shipment?.labelKey || !shipment.invoiceKey) throw new PermanentError("E10 without both papers");
    const [label, invoice] = await Promise.all([
      deps.documents.get(shipment.labelKey),
      deps.documents.get(shipment.invoiceKey),
    ]);
    return [
      { fileName: "label.pdf", pdf: label },
      { fileName: "commercial-invoice.pdf", pdf: invoice },
    ];
  }

  /** Everything that can fail before anything is written or sent. */
  async function composed(mail: Mail, file: CaseFile, token: string): Promise<OutgoingMail> {
    if (!isWritten(mail.email)) throw new PermanentError(`${mail.email} is not written yet`);
    const { caseId, customer } = file.case;
    return {
      caseId,
      mailId: mail.mailId,
      email: mail.email,
      to: { name: customer.name, address: customer.email },
      ...letter(mail.email, mail, file, `${brand.site}/case#token=${token}`),
      attachments: await attachmentsOf(mail, file),
    };
  }

  /** @throws PermanentError whatever goes wrong: the same words come out the same the next time. */
  function letter(email: OrderableEmail, mail: Mail, file: CaseFile, linkUrl: string): Rendered {
    try {
      return render(email, localeOf(file), mailData(email, file, mail, brand, linkUrl));
    } catch (cause) {
      if (cause instanceof PermanentError) throw cause;
      throw new PermanentError(`${email} could not be written`, { cause });
    }
  }

  async function giveUp(caseId: string, mail: Mail, error: Error): Promise<void> {
    const { dueAt: _, ...rest } = mail;
    await store.putMail(caseId, mail.status, mail.tries, {
      ...rest,
      status: "failed",
      error: error.message.slice(0, 300),
    });
  }

  async function deliver(file: CaseFile, wanted: Mail, now: Instant): Promise<void> {
    const { caseId } = file.case;
    const { token, link } = deps.newToken(caseId, now);
    const report = (error: unknown, outcome: Outcome) =>
      deps.failed({ caseId, mailId: wanted.mailId }, error, outcome);

    let outgoing: OutgoingMail;
    try {
      outgoing = await composed(wanted, file, token);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      await giveUp(caseId, wanted, error);
      return report(error, "given-up");
    }

    const { error: _, ...before } = wanted;
    const sending: Mail = {
      ...before,
      status: "sending",
      // A try that was surely not taken counts once, however often the stream repeats it.
      tries: wanted.tries + (wanted.status === "wanted" ? 1 : 0),
      dueAt: later(now, MAIL_GRACE_MS),
    };
    await store.putMail(caseId, wanted.status, wanted.tries, sending);
    try {
      await store.putLink(caseId, link);
    } catch (error) {
      await store.putMail(caseId, "sending", sending.tries, { ...sending, error: "link not kept" });
      throw error;
    }

    let messageId: string;
    try {
      messageId = (await deps.mailer.send(outgoing)).messageId;
    } catch (error) {
      if (error instanceof PermanentError) {
        await giveUp(caseId, sending, error);
        return report(error, "given-up");
      }
      if (error instanceof ThrottledError) {
        await store.putMail(caseId, "sending", sending.tries, { ...sending, error: error.message });
        throw error;
      }
      // It may have been taken: sending again at once could double it.
      return report(error, "left-to-clock");
    }
    await store.putMail(caseId, "sending", sending.tries, {
      ...sending,
      status: "sent",
      sentAt: now,
      messageId,
    });
  }

  async function consume({ caseId, mailId, writtenAt }: Wanted): Promise<void> {
    const file = await store.load(caseId);
    const mail = file?.mails.find((one) => one.mailId === mailId);
    if (!file || !mail || !isToSend(mail)) return;
    try {
      await deliver(file, mail, nowOf(mail, writtenAt));
    } catch (error) {
      // Somebody else has taken it up, or SES has confirmed it already: both mean that it is in good hands.
      if (!(error instanceof Conflict)) throw error;
    }
  }

  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const record of event.Records) {
      const wanted = wantedOf(record);
      if (!wanted) continue;
      try {
        await consume(wanted);
      } catch (error) {
        deps.failed(wanted, error, "retried");
        // A stream is taken up again from the first failure on.
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
      }
    }
    return { batchItemFailures: [] };
  };
}
