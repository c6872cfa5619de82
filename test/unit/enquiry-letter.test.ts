/** The answer to an enquiry: in her language, with nothing that opens a case; sent by the one who sends all mail. */
import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { wanted } from "../../lambdas/domain/change.ts";
import { Enquiry } from "../../lambdas/domain/enquiry.ts";
import { Locale } from "../../lambdas/domain/identifiers.ts";
import type { Mail } from "../../lambdas/domain/mail.ts";
import { answerData } from "../../lambdas/emails/data.ts";
import { renderAnswer } from "../../lambdas/emails/render.ts";
import {
  createSendMailHandler,
  type SendMailDeps,
} from "../../lambdas/handlers/events/send-mail/send-mail.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import type { OutgoingMail } from "../../lambdas/ports/mailer.ts";
import { CASE_ID } from "../builders/case-file.ts";

const ASKED = "2026-03-14T02:00:00.000Z";
const anEnquiry = (overrides: object = {}): Enquiry =>
  Enquiry.parse({
    enquiryId: "EQ-7K3M9Q2XAB0C4D5E",
    topic: "ring-size",
    customer: {
      name: "Jane <Doe>",
      email: "jane.doe@example.com",
      locale: "en",
      timeZone: "America/New_York",
    },
    text: "Which size am I?\n<script>alert(1)</script>",
    caseId: CASE_ID,
    receivedAt: ASKED,
    answer: { text: "We cannot know.\nPlease measure.", at: "2026-03-15T09:00:00.000Z", by: "staff:Kei" },
    ...overrides,
  });

describe.each(Locale.options)("the letter, %s", (locale) => {
  it.each(["export-filing", "ring-size", "other"])("on %s", (topic) => {
    const letter = renderAnswer(locale, answerData(anEnquiry({ topic }), brand));
    expect(letter.subject).toContain("EQ-7K3M9Q2XAB0C4D5E");
    expect(letter.text).toContain("> We cannot know.\n> Please measure.");
    expect(letter.text).toContain("> Which size am I?");
    expect(letter.text).toContain(brand.links.contact);
    expect(letter.html).not.toContain("<script>");
    // Nothing of a case: its number was only named, and no link opens it.
    expect(letter.text + letter.html).not.toMatch(/CW-|token=|undefined/);
    expect(letter.text.includes(brand.links.sizingKit)).toBe(topic === "ring-size");
    expect(letter.text.includes(brand.links.eei)).toBe(topic === "export-filing");
    expect(letter.html.match(/class="button"/g)).toHaveLength(1);
  });
});

it("tells the day on her own calendar", () => {
  const { receivedOn } = answerData(anEnquiry(), brand);
  expect(receivedOn).toBe("2026-03-13");
});

describe("sent", () => {
  function setting(enquiry: Enquiry) {
    let mail: Mail = wanted({ mailId: "E18#answer", email: "E18", params: { variant: "answer" } }, ASKED);
    const sent: OutgoingMail[] = [];
    const reports: string[] = [];
    const refuse = () => Promise.reject(new Error("the test did not foresee this"));
    const deps: SendMailDeps = {
      store: {
        load: refuse,
        putLink: refuse,
        putMail: async (_owner, _before, _tries, next) => {
          mail = next;
        },
      },
      enquiries: {
        load: async (id) => (id === enquiry.enquiryId ? { enquiry, mails: [mail] } : undefined),
      },
      documents: { get: refuse },
      mailer: {
        send: async (outgoing) => {
          sent.push(outgoing);
          return { messageId: "0100-1" };
        },
      },
      brand,
      newToken: () => {
        throw new Error("no link is made for an enquiry");
      },
      failed: ({ owner }, _error, outcome) => reports.push(`${owner} ${outcome}`),
    };
    const image = { pk: `ENQUIRY#${enquiry.enquiryId}`, sk: "MAIL#E18#answer", ...mail };
    const record: DynamoDBRecord = {
      dynamodb: {
        SequenceNumber: "1",
        ApproximateCreationDateTime: Date.parse(ASKED) / 1000,
        NewImage: marshall(image) as NonNullable<NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"]>,
      },
    };
    const deliver = () => createSendMailHandler(deps)({ Records: [record] });
    return { deliver, sent, reports, mail: () => mail };
  }
  it("once, to the enquirer", async () => {
    const one = setting(anEnquiry());
    await one.deliver();
    await one.deliver();
    expect(one.sent).toMatchObject([
      {
        owner: "EQ-7K3M9Q2XAB0C4D5E",
        email: "E18",
        to: { name: "Jane <Doe>", address: "jane.doe@example.com" },
        attachments: [],
      },
    ]);
    expect(one.mail()).toMatchObject({ status: "sent", tries: 1 });
  });
  it("not without an answer", async () => {
    const one = setting(anEnquiry({ answer: undefined }));
    await one.deliver();
    expect(one.sent).toEqual([]);
    expect(one.mail().status).toBe("failed");
    expect(one.reports).toEqual(["EQ-7K3M9Q2XAB0C4D5E given-up"]);
  });
});
