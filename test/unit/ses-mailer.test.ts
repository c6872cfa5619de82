import type { SendRawEmailCommand, SendRawEmailCommandInput } from "@aws-sdk/client-ses";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { createSesMailer, type SesMailerOptions } from "../../lambdas/adapters/ses/mailer.ts";
import { messageTags, taggedMail } from "../../lambdas/adapters/ses/message-tags.ts";
import type { OutgoingMail } from "../../lambdas/ports/mailer.ts";
import { CASE_ID } from "../builders/case-file.ts";

const sender = {
  name: "CIWAKA アフターサービス",
  email: "aftersales@ciwaka.example",
  replyTo: "care@ciwaka.example",
};
const mail = (overrides: Partial<OutgoingMail> = {}): OutgoingMail => ({
  owner: CASE_ID,
  mailId: "E10#1",
  email: "E10",
  to: { name: "Jane Doe", address: "jane.doe@example.com" },
  subject: "FedExラベルとコマーシャルインボイス",
  text: "The label is attached.\nラベルを添付しました。",
  html: "<p>ラベルを添付しました。</p>",
  attachments: [
    { fileName: "label.pdf", pdf: new TextEncoder().encode("%PDF-label") },
    { fileName: "commercial-invoice.pdf", pdf: new TextEncoder().encode("%PDF-invoice") },
  ],
  ...overrides,
});

/** Answers as SES would, and keeps what it was sent. */
function ses(answer: () => object = () => ({ MessageId: "0100-1" })) {
  const sent: SendRawEmailCommandInput[] = [];
  const client = {
    send: async (command: SendRawEmailCommand) => {
      sent.push(command.input);
      return answer();
    },
  } as unknown as SesMailerOptions["client"];
  return { sent, mailer: createSesMailer({ client, configurationSet: "after-sales", sender }) };
}
async function sentMessage(overrides: Partial<OutgoingMail> = {}) {
  const { sent, mailer } = ses();
  await mailer.send(mail(overrides));
  const [input] = sent as [SendRawEmailCommandInput];
  const raw = Buffer.from(input.RawMessage?.Data as Uint8Array);
  return { input, raw, parsed: await simpleParser(raw) };
}
const named = (name: string, more: object = {}) =>
  Object.assign(new Error("to jane.doe@example.com"), { name, ...more });

describe("the message", () => {
  it("names sender, recipient and where answers go, in any script", async () => {
    const { parsed, raw } = await sentMessage();
    expect(parsed.from?.value).toEqual([{ name: sender.name, address: sender.email }]);
    expect(parsed.to).toMatchObject({ value: [{ name: "Jane Doe", address: "jane.doe@example.com" }] });
    expect(parsed.replyTo?.value[0]?.address).toBe("care@ciwaka.example");
    expect(parsed.subject).toBe("FedExラベルとコマーシャルインボイス");
    expect(raw.every((byte) => byte < 128)).toBe(true);
    expect(
      Math.max(
        ...raw
          .toString()
          .split("\r\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(998);
  });
  it("carries text, HTML and both files as PDFs", async () => {
    const { parsed } = await sentMessage();
    expect(parsed.text?.trim()).toBe("The label is attached.\nラベルを添付しました。");
    expect(parsed.html).toContain("<p>ラベルを添付しました。</p>");
    expect(parsed.attachments.map((one) => [one.filename, one.contentType, one.content.toString()])).toEqual([
      ["label.pdf", "application/pdf", "%PDF-label"],
      ["commercial-invoice.pdf", "application/pdf", "%PDF-invoice"],
    ]);
  });
  it("says which mail it is, and that nobody wrote it by hand", async () => {
    const { parsed, input } = await sentMessage();
    expect(parsed.headers.get("x-after-sales-email")).toBe("E10");
    expect(parsed.headers.get("x-after-sales-mail")).toBe(`${CASE_ID}/E10#1`);
    expect(parsed.headers.get("auto-submitted")).toBe("auto-generated");
    expect(input.ConfigurationSetName).toBe("after-sales");
    expect(input.Tags).toEqual([
      { Name: "case", Value: CASE_ID },
      { Name: "mail", Value: "E10_h1" },
    ]);
  });
  it("lets no name or subject smuggle in a header", async () => {
    const to = { name: 'Jane"\r\nBcc: other@example.com', address: "jane.doe@example.com" };
    const { parsed } = await sentMessage({ to, subject: "Hello\r\nBcc: other@example.com" });
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.headers.has("bcc")).toBe(false);
    expect(parsed.to).toMatchObject({ value: [{ address: "jane.doe@example.com" }] });
  });
});

describe("tags", () => {
  it.each(["E2#0001", "E10#inbound-2", "E18#2026-03-14T09.30", "E12#0003.a#b"])(
    "take %s there and back",
    (id) => {
      const tags = messageTags(CASE_ID, id);
      for (const { Name, Value } of tags) expect(Name + Value).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(taggedMail(Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])))).toEqual({
        owner: CASE_ID,
        mailId: id,
      });
    },
  );
  it("of others name none of our mails", () => {
    expect(taggedMail({})).toBeUndefined();
    expect(taggedMail({ case: ["x"], mail: ["E2_h0001"] })).toBeUndefined();
    expect(taggedMail({ case: [CASE_ID], mail: ["../../x"] })).toBeUndefined();
  });
});

describe("what SES answers", () => {
  it("is the message id", async () => {
    expect(await ses().mailer.send(mail())).toEqual({ messageId: "0100-1" });
  });
  it.each([
    ["Throttling", {}, "ThrottledError"],
    ["ThrottlingException", {}, "ThrottledError"],
    ["Error", { code: "ECONNREFUSED" }, "ThrottledError"],
    ["MessageRejected", {}, "PermanentError"],
    ["InvalidParameterValue", {}, "PermanentError"],
    ["AccountSendingPausedException", {}, "TransientError"],
    ["ServiceUnavailable", {}, "TransientError"],
    ["TimeoutError", {}, "TransientError"],
    ["Error", { code: "ECONNRESET" }, "TransientError"],
  ])("%s %j comes out as a fault without any address: %3$s", async (name, more, fault) => {
    const { mailer } = ses(() => {
      throw named(name, more);
    });
    const error = (await mailer.send(mail()).catch((one: unknown) => one)) as Error;
    expect(error.name).toBe(fault);
    expect(error.message).not.toContain("@");
  });
  it("without a message id may or may not mean that it was taken", async () => {
    await expect(ses(() => ({})).mailer.send(mail())).rejects.toMatchObject({ name: "TransientError" });
  });
  it("is not asked for more than the 10 MB it takes", async () => {
    const attachments = [{ fileName: "label.pdf", pdf: new Uint8Array(8 * 1024 * 1024) }];
    const { sent, mailer } = ses();
    await expect(mailer.send(mail({ attachments }))).rejects.toMatchObject({ name: "PermanentError" });
    expect(sent).toEqual([]);
  });
});
