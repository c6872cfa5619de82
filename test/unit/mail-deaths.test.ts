/** `send-mail`, dead before or after each call it makes: the mail arrives, and once, as SES's own word makes sure of. */
import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { expect, it } from "vitest";
import { messageTags, taggedMail } from "../../lambdas/adapters/ses/message-tags.ts";
import { createClockHandler } from "../../lambdas/handlers/events/clock/clock.ts";
import { createMailFeedbackHandler } from "../../lambdas/handlers/events/mail-feedback/mail-feedback.ts";
import { createSendMailHandler } from "../../lambdas/handlers/events/send-mail/send-mail.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { newLinkToken } from "../../lambdas/platform/link-token.ts";
import type { Mailer } from "../../lambdas/ports/mailer.ts";
import { aCaseFile, aMail, aWait, CASE_ID, CONTACT_AT } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";
import { type Disturbance, mortalCalls } from "../builders/mortal-calls.ts";

const MAIL = aMail();

/** @param heard whether SES's word of what it sent arrives before the clock looks */
async function delivered(disturb: (call: number) => Disturbance | undefined, heard: boolean) {
  const store = Object.assign(memoryStore(aCaseFile({ mails: [MAIL], waits: [aWait()] })), {
    putLink: () => Promise.resolve(),
  });
  const mortals = mortalCalls(disturb);
  const feedback = createMailFeedbackHandler({ store, taggedMail, undelivered: () => {} });
  const lost: string[] = [];
  const clock = createClockHandler({
    brand,
    store,
    processes: {
      start: () => Promise.resolve(),
      settle: () => Promise.resolve(),
      complete: () => Promise.resolve("gone"),
      isRunning: () => Promise.resolve(true),
    },
    attention: () => {},
    failed: (_caseId, error) => {
      throw error;
    },
    mailLost: (_caseId, mailId) => lost.push(mailId),
  });
  let sent = 0;
  let unheard = 0;
  const mailer: Mailer = {
    send: () => {
      sent += 1;
      unheard += 1;
      return Promise.resolve({ messageId: `0100-${sent}` });
    },
  };
  const tags = Object.fromEntries(
    messageTags(CASE_ID, MAIL.mailId).map(({ Name, Value }) => [Name, [Value]]),
  );
  const hear = async () => {
    for (; unheard > 0; unheard -= 1)
      await feedback({ "detail-type": "Email Sent", detail: { mail: { messageId: "0100-1", tags } } });
  };
  const present = () => store.file(CASE_ID).mails[0];

  /** The record comes again as often as it fails, a few times. */
  async function stream(): Promise<void> {
    const event = {
      Records: [
        {
          dynamodb: {
            SequenceNumber: "1",
            ApproximateCreationDateTime: Date.parse(CONTACT_AT) / 1000,
            NewImage: marshall(
              { pk: `CASE#${CASE_ID}`, sk: `MAIL#${MAIL.mailId}`, ...present() },
              { removeUndefinedValues: true },
            ),
          },
        },
      ],
    } as DynamoDBStreamEvent;
    for (let time = 0; time < 3; time += 1) {
      const alive = mortals.invocation();
      const handler = createSendMailHandler({
        store: alive(store),
        enquiries: { load: () => Promise.resolve(undefined) },
        documents: { get: () => Promise.resolve(new Uint8Array()) },
        mailer: alive(mailer),
        brand,
        newToken: newLinkToken,
        failed: () => {},
      });
      const { batchItemFailures } = await handler(event);
      if (batchItemFailures.length === 0) return;
    }
  }

  await stream();
  if (heard) await hear();
  for (let minute = 15; minute <= 60; minute += 15) {
    await clock({ time: new Date(Date.parse(CONTACT_AT) + minute * 60_000).toISOString() });
    if (present()?.status === "wanted") await stream();
    await hear();
  }
  return { sent, lost, status: present()?.status, dueAt: present()?.dueAt, calls: mortals.counted() };
}
const EVERY_DEATH = [1, 2, 3, 4, 5].flatMap((call) =>
  (["dies before", "dies after"] as const).map((how) => ({ call, how })),
);

it("makes five calls for a mail", async () => {
  expect(await delivered(() => undefined, true)).toEqual({
    sent: 1,
    lost: [],
    status: "confirmed",
    dueAt: undefined,
    calls: 5,
  });
});

it.each(EVERY_DEATH)("$how call $call: the mail arrives once", async ({ call, how }) => {
  const end = await delivered((n) => (n === call ? how : undefined), true);
  expect(end).toMatchObject({ sent: 1, lost: [], status: "confirmed", dueAt: undefined });
});

it.each(EVERY_DEATH)(
  "$how call $call, SES's word late: the mail arrives, twice at most",
  async ({ call, how }) => {
    const end = await delivered((n) => (n === call ? how : undefined), false);
    expect(end).toMatchObject({ lost: [], status: "confirmed", dueAt: undefined });
    expect([1, 2]).toContain(end.sent);
  },
);
