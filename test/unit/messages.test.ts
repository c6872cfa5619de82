/** Messages both ways: once each, mailed when they are ours, marked for staff when they are hers. */
import { describe, expect, it } from "vitest";
import type { Actor } from "../../lambdas/actions/action.ts";
import { messageHandled } from "../../lambdas/actions/message-handled.ts";
import { messages } from "../../lambdas/actions/messages.ts";
import { Stage } from "../../lambdas/domain/case.ts";
import { mailOrder } from "../../lambdas/domain/mail-params.ts";
import { mailData } from "../../lambdas/emails/data.ts";
import { render } from "../../lambdas/emails/render.ts";
import { customerMessages } from "../../lambdas/handlers/api/customer/view.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { perform } from "../../lambdas/platform/perform.ts";
import { aCaseFile, CASE_ID, CONTACT_AT } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";

const NOW = "2026-03-16T15:00:00.000Z";
const later = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const customer: Actor = { kind: "customer" };
const kei: Actor = { kind: "staff", name: "Kei", roles: ["representative"] };

function aConversation(file = aCaseFile()) {
  const store = memoryStore(file);
  return {
    file: () => store.file(CASE_ID),
    say: (actor: Actor, text: string, minutes = 0) =>
      perform({ store, brand }, messages, { caseId: CASE_ID, actor, body: { text }, now: later(minutes) }),
    handle: () =>
      perform({ store, brand }, messageHandled, { caseId: CASE_ID, actor: kei, body: {}, now: NOW }),
  };
}
const texts = (one: ReturnType<typeof aConversation>) => one.file().messages.map((message) => message.text);

describe("a message of hers", () => {
  it("is kept, shown in her timeline, and marks the case until staff answer", async () => {
    const one = aConversation();
    await one.say(customer, "May I add an engraving?");
    await one.say(customer, "On the inside.", 5);
    expect(one.file().case.unansweredSince).toBe(NOW);
    expect(one.file().events.at(-1)).toMatchObject({ type: "MessageReceived", shown: true });
    expect(one.file().mails).toEqual([]);
    await one.say(kei, "Yes.", 10);
    expect(one.file().case.unansweredSince).toBeUndefined();
    expect(one.file().messages.map(({ no, from }) => [no, from])).toEqual([
      [1, "customer"],
      [2, "customer"],
      [3, "staff"],
    ]);
  });
  it("may need no answer: staff set the mark aside", async () => {
    const one = aConversation();
    await one.say(customer, "Thank you!");
    await one.handle();
    const { version } = await one.handle().then((file) => file.case);
    expect(one.file().case).toMatchObject({ version });
    expect(one.file().case.unansweredSince).toBeUndefined();
  });
  it.each(Stage.options)("may come in stage %s", (stage) => {
    expect(messages.stages).toContain(stage);
  });
});

describe("the same words", () => {
  it("right away are one message, also with another in between", async () => {
    const one = aConversation();
    await one.say(customer, "Where is my ring?");
    await one.say(customer, "Where is my ring?");
    await one.say(customer, "Please!", 1);
    await one.say(customer, "Where is my ring?", 2);
    expect(texts(one)).toEqual(["Where is my ring?", "Please!"]);
  });
  it("a day later are meant anew", async () => {
    const one = aConversation();
    await one.say(customer, "Where is my ring?");
    await one.say(customer, "Where is my ring?", 24 * 60);
    expect(texts(one)).toHaveLength(2);
  });
  it("after a question of the other side are an answer to it", async () => {
    const one = aConversation();
    await one.say(customer, "Yes");
    await one.say(kei, "And the stone as well?", 1);
    await one.say(customer, "Yes", 2);
    expect(texts(one)).toHaveLength(3);
  });
  it("from both sides are two messages", async () => {
    const one = aConversation();
    await one.say(customer, "Thank you!");
    await one.say(kei, "Thank you!", 1);
    expect(texts(one)).toHaveLength(2);
  });
});

describe("a message of ours", () => {
  it("is mailed as a whole, however long: the letter reads it from the case", async () => {
    const one = aConversation();
    const text = `${"A very long answer. ".repeat(190)}\nThe end.`;
    await one.say(kei, text);
    const [mail] = one.file().mails;
    expect(mail).toMatchObject({ mailId: "E18#message-0001", params: { variant: "message", no: 1 } });
    if (!mail) throw new Error("no mail");
    const letter = render("E18", "en", mailData("E18", one.file(), mail, brand, "https://example.com/case"));
    expect(letter.text).toContain("> The end.");
  });
  it("is refused without words, and from others than representatives", async () => {
    const one = aConversation();
    await expect(one.say(kei, "  ")).rejects.toMatchObject({ code: "invalid-request" });
    await expect(one.say(kei, "x".repeat(4001))).rejects.toMatchObject({ code: "invalid-request" });
    const workshop: Actor = { kind: "staff", name: "Aki", roles: ["workshop"] };
    await expect(one.say(workshop, "Hello")).rejects.toMatchObject({ code: "forbidden" });
  });
  it("a letter whose message is not there is not sent", () => {
    const order = { ...mailOrder("E18", "message-0009", { variant: "message", no: 9 }), orderedAt: NOW };
    expect(() => mailData("E18", aCaseFile(), order, brand, "https://example.com")).toThrow("its message");
  });
});

it("she reads both sides, not who of the staff wrote", () => {
  const file = aCaseFile({
    messages: [
      { no: 1, at: CONTACT_AT, from: "customer", by: "customer", text: "Hello" },
      { no: 2, at: NOW, from: "staff", by: "staff:Kei", text: "Hello, too" },
    ],
  });
  expect(customerMessages(file)).toEqual({
    items: [
      { at: CONTACT_AT, from: "customer", text: "Hello" },
      { at: NOW, from: "staff", text: "Hello, too" },
    ],
  });
});
