/** What becomes of a mail, as SES tells it. */
import { randomUUID } from "node:crypto";
import { ACCOUNT } from "../plan/intrinsics.ts";
import type { Envelope } from "./mailbox.ts";

/** AWS's mailbox simulator: an address that bounces for good, one that complains. */
const BOUNCES = /^bounce(\+[^@]*)?@simulator\.amazonses\.com$/i;
const COMPLAINS = /^complaint(\+[^@]*)?@simulator\.amazonses\.com$/i;

export interface Outcome {
  /** As a configuration set names it: `SEND`. */
  readonly type: string;
  /** As EventBridge names it. */
  readonly detailType: string;
  /** As the event itself names it. */
  readonly name: string;
  readonly body: object;
}

/** What happens to a mail, in order. */
export const outcomesOf = (envelope: Envelope): Outcome[] => {
  const at = envelope.sentAt;
  const bounced = envelope.destinations.filter((address) => BOUNCES.test(address));
  const reached = envelope.destinations.filter((address) => !BOUNCES.test(address));
  const complained = reached.filter((address) => COMPLAINS.test(address));
  const some = (addresses: readonly string[], outcome: Outcome): Outcome[] =>
    addresses.length > 0 ? [outcome] : [];
  const recipients = (addresses: readonly string[]) => addresses.map((emailAddress) => ({ emailAddress }));
  return [
    { type: "SEND", detailType: "Email Sent", name: "Send", body: { send: {} } },
    ...some(reached, {
      type: "DELIVERY",
      detailType: "Email Delivered",
      name: "Delivery",
      body: {
        delivery: { timestamp: at, processingTimeMillis: 1, recipients: reached, smtpResponse: "250 ok" },
      },
    }),
    ...some(bounced, {
      type: "BOUNCE",
      detailType: "Email Bounced",
      name: "Bounce",
      body: {
        bounce: {
          bounceType: "Permanent",
          bounceSubType: "General",
          bouncedRecipients: recipients(bounced),
          timestamp: at,
          feedbackId: randomUUID(),
        },
      },
    }),
    ...some(complained, {
      type: "COMPLAINT",
      detailType: "Email Complaint Received",
      name: "Complaint",
      body: {
        complaint: { complainedRecipients: recipients(complained), timestamp: at, feedbackId: randomUUID() },
      },
    }),
  ];
};

/** The part of SES's events that says which mail they are of. */
export const mailOf = (envelope: Envelope, subject: string): object => {
  const tags = Object.fromEntries(
    Object.entries({ "ses:configuration-set": envelope.configurationSet ?? "", ...envelope.tags }).map(
      ([name, value]) => [name, [value]],
    ),
  );
  return {
    timestamp: envelope.sentAt,
    source: envelope.source,
    sendingAccountId: ACCOUNT,
    messageId: envelope.messageId,
    destination: envelope.destinations,
    headersTruncated: false,
    headers: [],
    commonHeaders: {
      from: [envelope.source],
      to: envelope.destinations,
      messageId: envelope.messageId,
      subject,
    },
    tags,
  };
};
