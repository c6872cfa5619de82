import { describe, expect, it } from "vitest";
import { messageTags, taggedMail } from "../../lambdas/adapters/ses/message-tags.ts";
import type { Mail } from "../../lambdas/domain/mail.ts";
import { createMailFeedbackHandler } from "../../lambdas/handlers/events/mail-feedback/mail-feedback.ts";
import { Conflict } from "../../lambdas/ports/case-store.ts";
import { aMail, CASE_ID } from "../builders/case-file.ts";

const MAIL_ID = "E2#0001";

function setting(initial: Mail, disturb: (present: Mail) => Mail | undefined = () => undefined) {
  let mail = initial;
  let writes = 0;
  const told: string[] = [];
  const handler = createMailFeedbackHandler({
    store: {
      mail: async (owner, mailId) => (owner === CASE_ID && mailId === mail.mailId ? mail : undefined),
      putMail: async (_caseId, before, tries, next) => {
        mail = disturb(mail) ?? mail;
        if (mail.status !== before || mail.tries !== tries) throw new Conflict("exists", "mail has changed");
        writes += 1;
        mail = next;
      },
    },
    taggedMail,
    undelivered: ({ mailId }, why) => {
      told.push(`${mailId} ${why}`);
    },
  });
  return { handler, told, mail: () => mail, writes: () => writes };
}
const event = (detailType: string, more: object = {}, tags = messageTags(CASE_ID, MAIL_ID)) => ({
  source: "aws.ses",
  "detail-type": detailType,
  detail: {
    mail: {
      messageId: "0100-1",
      destination: ["jane.doe@example.com"],
      tags: {
        "ses:configuration-set": ["after-sales"],
        ...Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])),
      },
    },
    ...more,
  },
});
const sent = aMail({ status: "sent", tries: 1, sentAt: "2026-03-13T22:30:00.000Z" });
const bounce = {
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "jane.doe@example.com" }],
  },
};

describe("what SES tells of a mail", () => {
  it.each(["Email Sent", "Email Delivered"])("%s confirms it, and nothing is due any more", async (type) => {
    const one = setting(sent);
    await one.handler(event(type));
    expect(one.mail()).toMatchObject({ status: "confirmed", messageId: "0100-1" });
    expect(one.mail().dueAt).toBeUndefined();
    expect(one.told).toEqual([]);
  });
  it("confirms one whose sender did not live to say `sent`, and one the clock already wants again", async () => {
    for (const status of ["sending", "wanted"] as const) {
      const one = setting(aMail({ status, tries: 1 }));
      await one.handler(event("Email Sent"));
      expect(one.mail().status).toBe("confirmed");
    }
  });
  it("Email Bounced: bounced, with the kind and without the address", async () => {
    const one = setting(aMail({ status: "confirmed", tries: 1, dueAt: undefined }));
    await one.handler(event("Email Bounced", bounce));
    expect(one.mail()).toMatchObject({ status: "bounced", error: "bounce Permanent General" });
    expect(one.told).toEqual(["E2#0001 bounce Permanent General"]);
    expect(JSON.stringify([one.mail(), one.told])).not.toContain("@");
  });
  it("Email Rejected: failed", async () => {
    const one = setting(sent);
    await one.handler(event("Email Rejected", { reject: { reason: "Bad content" } }));
    expect(one.mail()).toMatchObject({ status: "failed", error: "rejected Bad content" });
  });
  it("Email Complaint Received: it arrived, and operations hears of it", async () => {
    const one = setting(sent);
    await one.handler(event("Email Complaint Received", { complaint: { complaintFeedbackType: "abuse" } }));
    expect(one.mail()).toMatchObject({ status: "confirmed" });
    expect(one.mail().error).toBeUndefined();
    expect(one.told).toEqual(["E2#0001 complaint abuse"]);
  });
});

describe("order and repetition", () => {
  it("a `Send` that comes after the bounce does not overturn it", async () => {
    const one = setting(sent);
    await one.handler(event("Email Bounced", bounce));
    await one.handler(event("Email Sent"));
    expect(one.mail().status).toBe("bounced");
    expect(one.writes()).toBe(1);
  });
  it("the same event again writes nothing", async () => {
    const one = setting(sent);
    await one.handler(event("Email Sent"));
    await one.handler(event("Email Sent"));
    expect(one.writes()).toBe(1);
  });
  it("a late word of SES overturns the clock's `failed`, but not SES's own refusal", async () => {
    const { dueAt: _, ...unconfirmed } = aMail({ status: "failed", tries: 2 });
    const late = setting(unconfirmed);
    await late.handler(event("Email Delivered"));
    expect(late.mail().status).toBe("confirmed");
    const refused = setting({ ...unconfirmed, error: "rejected Bad content" });
    await refused.handler(event("Email Sent"));
    expect(refused.mail().status).toBe("failed");
  });
  it("reads again when the sender writes `sent` at the same moment", async () => {
    let disturbed = false;
    const one = setting(aMail({ status: "sending", tries: 1 }), () => {
      if (disturbed) return undefined;
      disturbed = true;
      return sent;
    });
    await one.handler(event("Email Sent"));
    expect(one.mail().status).toBe("confirmed");
  });
  it("gives up on a mail that never stands still, so that the event comes again", async () => {
    let tries = 1;
    const one = setting(sent, (mail) => {
      tries += 1;
      return { ...mail, tries };
    });
    await expect(one.handler(event("Email Sent"))).rejects.toBeInstanceOf(Conflict);
  });
});

describe("what is none of ours", () => {
  it.each([
    ["another event", event("Email Opened")],
    ["another sender's message", event("Email Sent", {}, [])],
    ["an unknown case", event("Email Sent", {}, messageTags("CW-0000000000", MAIL_ID))],
    ["an unknown mail", event("Email Sent", {}, messageTags(CASE_ID, "E9#1"))],
    ["no SES event at all", { source: "aws.s3", "detail-type": "Object Created", detail: {} }],
  ])("%s changes nothing", async (_what, other) => {
    const one = setting(sent);
    await one.handler(other);
    expect(one.writes()).toBe(0);
  });
});
