/** SES and the inbox on one machine. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SESClient, SendEmailCommand, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import type { ShownMail } from "../../local/mail/present.ts";
import { recorder, rule, startFixture, temporaryFolder } from "./local-fixture.ts";

const folder = temporaryFolder();
const fed = join(folder, "feedback.jsonl");
const fixture = {
  functions: { feedback: recorder(fed), where: "exports.handler = async () => process.env;" },
  resources: {
    Set: { Type: "AWS::SES::ConfigurationSet", Properties: { Name: "fixture-mail" } },
    Destination: {
      Type: "AWS::SES::ConfigurationSetEventDestination",
      Properties: {
        ConfigurationSetName: { Ref: "Set" },
        EventDestination: {
          Enabled: true,
          EventBridgeDestination: { EventBusArn: "arn:aws:events:us-east-1:000000000000:event-bus/default" },
          MatchingEventTypes: ["SEND", "BOUNCE"],
        },
      },
    },
    OnMail: rule("feedback", { EventPattern: { source: ["aws.ses"] } }),
  },
};

let cloud: Cloud;
let client: SESClient;
beforeAll(async () => {
  cloud = await startFixture(folder, fixture);
  const env = (await cloud.invoke("fixture-where", {})) as Record<string, string>;
  client = new SESClient({
    endpoint: env["AWS_ENDPOINT_URL_SES"] ?? "",
    region: "us-east-1",
    credentials: { accessKeyId: "local-send-mail", secretAccessKey: "x" },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  await cloud.kill();
  rmSync(folder, { recursive: true, force: true });
});

const raw = (to: string, more: object = {}): Promise<Buffer> =>
  new MailComposer({
    from: "Ciwaka <care@ciwaka.example>",
    to,
    subject: "Your label, 名前",
    text: "See http://localhost:3000/case#token=x",
    html: '<p>See <a href="http://localhost:3000/case#token=x">your case</a></p>',
    headers: { "X-After-Sales-Email": "E10" },
    attachments: [{ filename: "label.pdf", content: Buffer.from("%PDF-1"), contentType: "application/pdf" }],
    ...more,
  })
    .compile()
    .build();
const sendRaw = async (
  to: string,
  more: Partial<ConstructorParameters<typeof SendRawEmailCommand>[0]> = {},
) =>
  client.send(
    new SendRawEmailCommand({
      RawMessage: { Data: await raw(to) },
      ConfigurationSetName: "fixture-mail",
      Tags: [{ Name: "mail", Value: "E10-0001" }],
      ...more,
    }),
  );
interface Feedback {
  readonly "detail-type": string;
  readonly detail: {
    readonly eventType: string;
    readonly mail: { readonly messageId: string; readonly tags: object };
  };
}
const feedback = async (messageId: string | undefined): Promise<Feedback[]> => {
  await cloud.quiescent();
  if (!existsSync(fed)) return [];
  return readFileSync(fed, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Feedback)
    .filter(({ detail }) => detail.mail.messageId === messageId);
};
const mails = async (to: string): Promise<ShownMail[]> =>
  (await (await fetch(`${cloud.url}/local/mails?to=${encodeURIComponent(to)}`)).json()) as ShownMail[];

describe("SES", () => {
  it("keeps a mail, and its attachments are served", async () => {
    await sendRaw("ada@example.com");
    const [mail] = await mails("ADA@example.com");
    expect(mail).toMatchObject({
      email: "E10",
      to: "ada@example.com",
      subject: "Your label, 名前",
      attachments: [{ name: "label.pdf", contentType: "application/pdf" }],
    });
    // The brand's site is where the local cloud answers.
    expect(mail?.text).toContain(`${cloud.url}/case#token=x`);
    expect(mail?.html).toContain(`href="${cloud.url}/case#token=x"`);
    const answer = await fetch(mail?.attachments[0]?.url ?? "");
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(await answer.text()).toBe("%PDF-1");
  });

  it("tells the bus with the tags it was given, of what the configuration set asks for", async () => {
    const { MessageId } = await sendRaw("bob@example.com");
    const events = await feedback(MessageId);
    expect(events.map((event) => event["detail-type"])).toEqual(["Email Sent"]);
    expect(events[0]?.detail).toMatchObject({
      eventType: "Send",
      mail: {
        destination: ["bob@example.com"],
        tags: { mail: ["E10-0001"], "ses:configuration-set": ["fixture-mail"] },
      },
    });
  });

  it("bounces what is sent to the address that bounces", async () => {
    const { MessageId } = await sendRaw("bounce@simulator.amazonses.com");
    const events = await feedback(MessageId);
    expect(events.map(({ detail }) => detail.eventType)).toEqual(["Send", "Bounce"]);
  });

  it("sends to the envelope's recipients, when it names any", async () => {
    await sendRaw("header@example.com", { Destinations: ["Eve <envelope@example.com>"] });
    expect(await mails("envelope@example.com")).toHaveLength(1);
    expect(await mails("header@example.com")).toHaveLength(0);
  });

  it("answers what it cannot do, rather than leaving the caller to wait", async () => {
    await expect(
      client.send(
        new SendEmailCommand({
          Source: "a@b.c",
          Destination: { ToAddresses: ["a@b.c"] },
          Message: { Subject: { Data: "s" }, Body: {} },
        }),
      ),
    ).rejects.toMatchObject({ name: "InvalidAction" });
    await expect(sendRaw("a@b.c", { ConfigurationSetName: "none" })).rejects.toMatchObject({
      name: "ConfigurationSetDoesNotExistException",
    });
    await expect(sendRaw("a@b.c", { Tags: [{ Name: "mail", Value: "E10#1" }] })).rejects.toMatchObject({
      name: "InvalidParameterValue",
    });
    await expect(
      sendRaw("a@b.c", { RawMessage: { Data: Buffer.alloc(10 * 1024 * 1024 + 1, "a") } }),
    ).rejects.toMatchObject({ name: "InvalidParameterValue" });
  });

  it("shows the inbox, and each mail in it", async () => {
    const page = await (await fetch(`${cloud.url}/local/inbox`)).text();
    const [, link] = /href="(\/local\/inbox\/[^"]+)"/.exec(page) ?? [];
    const mail = await fetch(`${cloud.url}${link}`);
    expect(await mail.text()).toContain("label.pdf");
    expect((await fetch(`${cloud.url}${link}/html`)).headers.get("content-security-policy")).toMatch(
      /^sandbox/,
    );
    expect((await fetch(`${cloud.url}/local/inbox/none`)).status).toBe(404);
  });

  it("keeps its inbox, oldest first, over a kill", async () => {
    await sendRaw("cy@example.com");
    await sendRaw("cy@example.com");
    const before = await mails("cy@example.com");
    await cloud.kill();
    cloud = await startFixture(folder, fixture);
    const after = await mails("cy@example.com");
    expect(after.map(({ id, sentAt }) => [id, sentAt])).toEqual(before.map(({ id, sentAt }) => [id, sentAt]));
    expect(after.map(({ id }) => id)).toEqual(after.map(({ id }) => id).sort());
    expect(await (await fetch(after[0]?.attachments[0]?.url ?? "")).text()).toBe("%PDF-1");
  });
});
