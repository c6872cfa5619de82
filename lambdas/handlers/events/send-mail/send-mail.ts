/**
 * Sends what the table's stream says is wanted (docs/adr: mails are orders). A marker around the sending,
 * `wanted → sending → sent`, and SES's own event (`mail-feedback`) make a mail come once; what nothing confirms within
 * fifteen minutes the clock wants once more. So a crash in the middle loses no mail, and repeats one at worst.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { later, MAIL_GRACE_MS } from "../../../domain/change.ts";
import { isEnquiryId } from "../../../domain/enquiry.ts";
import { PermanentError, ThrottledError } from "../../../domain/faults.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import type { Mail } from "../../../domain/mail.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";
import type { Mailer } from "../../../ports/mailer.ts";
import { type ComposerDeps, createComposer, type Sendable } from "./compose.ts";

export interface SendMailDeps extends ComposerDeps {
  readonly store: Pick<CaseStore, "load" | "putMail" | "putLink">;
  readonly mailer: Mailer;
  /** Told what went wrong with which mail; `given-up` means a person has to look. */
  readonly failed: (mail: { owner: string; mailId: string }, error: unknown, outcome: Outcome) => void;
}
/** `retried`: the stream brings the record again; `left-to-clock`: wanted once more if SES confirms nothing. */
type Outcome = "retried" | "left-to-clock" | "given-up";

interface Wanted {
  /** The number of the case or the enquiry. */
  readonly owner: string;
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
    owner: String(pk).slice(String(pk).indexOf("#") + 1),
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
  const { store } = deps;
  const { ofCase, ofEnquiry } = createComposer(deps);

  async function giveUp(owner: string, mail: Mail, error: Error): Promise<void> {
    const { dueAt: _, ...rest } = mail;
    await store.putMail(owner, mail.status, mail.tries, {
      ...rest,
      status: "failed",
      error: error.message.slice(0, 300),
    });
  }

  async function deliver(owner: string, { mail: wanted, compose }: Sendable, now: Instant): Promise<void> {
    const report = (error: unknown, outcome: Outcome) =>
      deps.failed({ owner, mailId: wanted.mailId }, error, outcome);

    let composition: Awaited<ReturnType<Sendable["compose"]>>;
    try {
      composition = await compose(now);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      await giveUp(owner, wanted, error);
      return report(error, "given-up");
    }
    const { outgoing, link } = composition;

    const { error: _, ...before } = wanted;
    const sending: Mail = {
      ...before,
      status: "sending",
      // A try that was surely not taken counts once, however often the stream repeats it.
      tries: wanted.tries + (wanted.status === "wanted" ? 1 : 0),
      dueAt: later(now, MAIL_GRACE_MS),
    };
    await store.putMail(owner, wanted.status, wanted.tries, sending);
    try {
      if (link) await store.putLink(owner, link);
    } catch (error) {
      await store.putMail(owner, "sending", sending.tries, { ...sending, error: "link not kept" });
      throw error;
    }

    let messageId: string;
    try {
      messageId = (await deps.mailer.send(outgoing)).messageId;
    } catch (error) {
      if (error instanceof PermanentError) {
        await giveUp(owner, sending, error);
        return report(error, "given-up");
      }
      if (error instanceof ThrottledError) {
        await store.putMail(owner, "sending", sending.tries, { ...sending, error: error.message });
        throw error;
      }
      // It may have been taken: sending again at once could double it.
      return report(error, "left-to-clock");
    }
    await store.putMail(owner, "sending", sending.tries, {
      ...sending,
      status: "sent",
      sentAt: now,
      messageId,
    });
  }

  async function consume({ owner, mailId, writtenAt }: Wanted): Promise<void> {
    const sendable = await (isEnquiryId(owner) ? ofEnquiry : ofCase)(owner, mailId);
    if (!sendable || !isToSend(sendable.mail)) return;
    try {
      await deliver(owner, sendable, nowOf(sendable.mail, writtenAt));
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
