import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import type { CaseFile, Link } from "../../lambdas/domain/case-file.ts";
import { PermanentError, ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";
import type { Mail } from "../../lambdas/domain/mail.ts";
import {
  createSendMailHandler,
  type SendMailDeps,
} from "../../lambdas/handlers/events/send-mail/send-mail.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { newLinkToken } from "../../lambdas/platform/link-token.ts";
import { Conflict } from "../../lambdas/ports/case-store.ts";
import type { OutgoingMail } from "../../lambdas/ports/mailer.ts";
import { aCaseFile, aMail, aShipment, CASE_ID, CONTACT_AT } from "../builders/case-file.ts";

/** One case whose mails are written under the real store's condition; `steps` is what happened, in order. */
function setting(initial: CaseFile, overrides: Partial<SendMailDeps> = {}) {
  let file = initial;
  const steps: string[] = [];
  const sent: OutgoingMail[] = [];
  const links: Link[] = [];
  const reports: string[] = [];
  const deps: SendMailDeps = {
    store: {
      load: async (caseId) => (caseId === file.case.caseId ? file : undefined),
      putMail: async (_caseId, before, tries, mail) => {
        const present = file.mails.find((one) => one.mailId === mail.mailId);
        if (present?.status !== before || present.tries !== tries)
          throw new Conflict("exists", "mail has changed");
        steps.push(mail.error === undefined ? mail.status : `${mail.status} (${mail.error})`);
        file = { ...file, mails: file.mails.map((one) => (one.mailId === mail.mailId ? mail : one)) };
      },
      putLink: async (_caseId, link) => {
        steps.push("link");
        links.push(link);
      },
    },
    enquiries: { load: async () => undefined },
    documents: {
      get: async (key) => new TextEncoder().encode(key),
    },
    mailer: {
      send: async (mail) => {
        steps.push("send");
        sent.push(mail);
        return { messageId: "0100-1" };
      },
    },
    brand,
    newToken: newLinkToken,
    failed: ({ mailId }, error, outcome) => {
      reports.push(`${mailId} ${outcome}: ${(error as Error).name}`);
    },
    ...overrides,
  };
  return {
    handler: createSendMailHandler(deps),
    steps,
    sent,
    links,
    reports,
    mail: (mailId = "E2#0001") => file.mails.find((one) => one.mailId === mailId) as Mail,
    set: (mail: Mail) => {
      file = { ...file, mails: [mail] };
    },
  };
}
const record = (mail: Mail, sequenceNumber = "1", at = CONTACT_AT, keys: object = {}): DynamoDBRecord => ({
  dynamodb: {
    SequenceNumber: sequenceNumber,
    ApproximateCreationDateTime: Date.parse(at) / 1000,
    NewImage: marshall(
      { pk: `CASE#${CASE_ID}`, sk: `MAIL#${mail.mailId}`, ...mail, ...keys },
      { removeUndefinedValues: true },
    ) as NonNullable<NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"]>,
  },
});
const wanting = (mail: Mail, more: Parameters<typeof aCaseFile>[0] = {}) =>
  aCaseFile({ ...more, mails: [mail] });
const DONE = { batchItemFailures: [] };

describe("a wanted mail", () => {
  it("is marked, gets a fresh link, is sent and marked again, in this order", async () => {
    const one = setting(wanting(aMail()));
    expect(await one.handler({ Records: [record(aMail())] })).toEqual(DONE);
    expect(one.steps).toEqual(["sending", "link", "send", "sent"]);
    expect(one.mail()).toMatchObject({
      status: "sent",
      tries: 1,
      messageId: "0100-1",
      sentAt: CONTACT_AT,
      dueAt: "2026-03-13T22:45:00.000Z",
    });
    expect(one.sent[0]).toMatchObject({
      owner: CASE_ID,
      email: "E2",
      to: { name: "Jane Doe", address: "jane.doe@example.com" },
      attachments: [],
    });
  });
  it("leads to the case by a token of which only the hash is kept", async () => {
    const one = setting(wanting(aMail()));
    await one.handler({ Records: [record(aMail())] });
    const [, token = ""] = /\/case#token=(\S+)/.exec(one.sent[0]?.text ?? "") ?? [];
    expect(token).toMatch(/^CW-7K3M9Q2XAB\.[A-Za-z0-9_-]{43}$/);
    expect(one.sent[0]?.html).toContain(`${brand.site}/case#token=${token}`);
    expect(one.links).toEqual([{ hash: expect.stringMatching(/^[\w-]{43}$/), createdAt: CONTACT_AT }]);
    expect(one.links[0]?.hash).not.toBe(token.split(".")[1]);
  });
  it("is written in the customer's language", async () => {
    const customer = { name: "山田花子", email: "hanako@example.com", locale: "ja" as const };
    const one = setting(wanting(aMail(), { case: { customer } }));
    await one.handler({ Records: [record(aMail())] });
    expect(one.sent[0]?.subject).toContain("お写真");
    expect(one.sent[0]?.text).toContain("山田花子 様");
  });
  it("is sent once, however often its record comes", async () => {
    const one = setting(wanting(aMail()));
    await one.handler({ Records: [record(aMail()), record(aMail())] });
    await one.handler({ Records: [record(aMail())] });
    expect(one.sent).toHaveLength(1);
  });
  it("counts its time from the later of record and order, and from when the clock wanted it again", async () => {
    const again = aMail({ tries: 1, dueAt: "2026-03-14T09:15:00.000Z" });
    const one = setting(wanting(again));
    await one.handler({ Records: [record(again, "1", CONTACT_AT)] });
    expect(one.mail()).toMatchObject({
      tries: 2,
      sentAt: "2026-03-14T09:00:00.000Z",
      dueAt: "2026-03-14T09:15:00.000Z",
    });
  });
});

describe("records that are no business of ours", () => {
  it("are passed over: other items, other states, removals, unknown cases", async () => {
    const one = setting(wanting(aMail()));
    const other = record(aMail(), "1", CONTACT_AT, { sk: "WAIT#0001" });
    const foreign = record(aMail(), "2", CONTACT_AT, { pk: "CASE#CW-0000000000" });
    const Records = [
      other,
      foreign,
      record(aMail({ status: "sent" })),
      { dynamodb: { SequenceNumber: "4" } },
    ];
    expect(await one.handler({ Records })).toEqual(DONE);
    expect(one.steps).toEqual([]);
  });
  it("a mail in `sending` may have been sent by one who did not live to say so: it is left to the clock", async () => {
    const one = setting(wanting(aMail({ status: "sending", tries: 1 })));
    expect(await one.handler({ Records: [record(aMail())] })).toEqual(DONE);
    expect(one.steps).toEqual([]);
  });
});

describe("E10", () => {
  const e10 = aMail({ mailId: "E10#1", email: "E10" });
  it("R43: carries label and commercial invoice of the present inbound label", async () => {
    const shipments = [aShipment(), aShipment({ attempt: 2 }), aShipment({ leg: "return" })];
    const one = setting(wanting(e10, { shipments }));
    await one.handler({ Records: [record(e10)] });
    expect(
      one.sent[0]?.attachments.map(({ fileName, pdf }) => [fileName, new TextDecoder().decode(pdf)]),
    ).toEqual([
      ["label.pdf", `documents/${CASE_ID}/inbound-2/label.pdf`],
      ["commercial-invoice.pdf", `documents/${CASE_ID}/inbound-2/commercial-invoice.pdf`],
    ]);
  });
  it("R43: is not sent with one paper alone", async () => {
    const one = setting(wanting(e10, { shipments: [aShipment({ invoiceKey: undefined })] }));
    expect(await one.handler({ Records: [record(e10)] })).toEqual(DONE);
    expect(one.sent).toEqual([]);
    expect(one.mail("E10#1")).toMatchObject({ status: "failed" });
    expect(one.mail("E10#1").dueAt).toBeUndefined();
    expect(one.reports).toEqual(["E10#1 given-up: PermanentError"]);
  });
  it("waits for a bucket that does not answer, with nothing marked", async () => {
    const documents = { get: () => Promise.reject(new TransientError("S3")) };
    const one = setting(wanting(e10, { shipments: [aShipment()] }), { documents });
    expect(await one.handler({ Records: [record(e10, "7")] })).toEqual({
      batchItemFailures: [{ itemIdentifier: "7" }],
    });
    expect(one.steps).toEqual([]);
    expect(one.mail("E10#1").status).toBe("wanted");
  });
});

describe("failures", () => {
  const failingOnce = (error: Error) => {
    const sent: OutgoingMail[] = [];
    let failed = false;
    return {
      sent,
      mailer: {
        send: async (mail: OutgoingMail) => {
          if (!failed) {
            failed = true;
            throw error;
          }
          sent.push(mail);
          return { messageId: "0100-2" };
        },
      },
    };
  };
  it("refused for good: failed, and somebody is told", async () => {
    const { mailer } = failingOnce(new PermanentError("SES: MessageRejected"));
    const one = setting(wanting(aMail()), { mailer });
    expect(await one.handler({ Records: [record(aMail())] })).toEqual(DONE);
    expect(one.mail()).toMatchObject({ status: "failed", error: "SES: MessageRejected", tries: 1 });
    expect(one.reports).toEqual(["E2#0001 given-up: PermanentError"]);
  });
  it("throttled: surely not sent, so the stream brings it again, and it counts as one try", async () => {
    const { mailer, sent } = failingOnce(new ThrottledError("SES: Throttling"));
    const one = setting(wanting(aMail()), { mailer });
    const Records = [record(aMail(), "5"), record(aMail({ mailId: "E9#1", email: "E9" }), "6")];
    expect(await one.handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "5" }] });
    expect(one.mail()).toMatchObject({ status: "sending", error: "SES: Throttling" });
    expect(await one.handler({ Records: [record(aMail(), "5")] })).toEqual(DONE);
    expect(sent).toHaveLength(1);
    expect(one.mail()).toMatchObject({ status: "sent", tries: 1 });
    expect(one.mail().error).toBeUndefined();
  });
  it("unknown outcome: not sent a second time before the clock has waited for SES's word", async () => {
    const { mailer, sent } = failingOnce(new TransientError("SES: TimeoutError"));
    const one = setting(wanting(aMail()), { mailer });
    expect(await one.handler({ Records: [record(aMail())] })).toEqual(DONE);
    await one.handler({ Records: [record(aMail())] });
    expect(sent).toEqual([]);
    expect(one.mail()).toMatchObject({ status: "sending", dueAt: "2026-03-13T22:45:00.000Z" });
    expect(one.reports).toEqual(["E2#0001 left-to-clock: TransientError"]);
  });
  it("a letter the case cannot fill, or that is not written yet, is given up before anything is sent", async () => {
    for (const mail of [aMail({ mailId: "E16#1", email: "E16" }), aMail({ mailId: "E7#1", email: "E7" })]) {
      const one = setting(wanting(mail));
      expect(await one.handler({ Records: [record(mail)] })).toEqual(DONE);
      expect(one.steps).toHaveLength(1);
      expect(one.mail(mail.mailId)).toMatchObject({ status: "failed", tries: 0 });
    }
  });
  it("confirmed by SES before we could say `sent`: the confirmation stays", async () => {
    const one = setting(wanting(aMail()), {
      mailer: {
        send: async () => {
          one.set(aMail({ status: "confirmed", tries: 1 }));
          return { messageId: "0100-1" };
        },
      },
    });
    expect(await one.handler({ Records: [record(aMail())] })).toEqual(DONE);
    expect(one.mail().status).toBe("confirmed");
  });
});
