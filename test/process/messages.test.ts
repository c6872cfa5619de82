/** Messages between the customer and the brand, over the contract. */
import { describe, expect, it } from "vitest";
import { aCloud, aJourney, staffView } from "./cloud.ts";

const { client, cloud } = aCloud();

interface Messages {
  readonly items: readonly { readonly at: string; readonly from: string; readonly text: string }[];
}
const read = async (token: string): Promise<Messages["items"]> =>
  (
    await client().call<Messages>("GET", "/v1/case/messages", undefined, {
      authorization: `Bearer ${token}`,
    })
  ).body.items;
const unanswered = async (): Promise<string[]> =>
  (
    await client()
      .staff("representative")
      .send<{ items: { caseId: string }[] }>("GET", "/v1/cases?unanswered=true")
  ).body.items.map((row) => row.caseId);

describe("messages", () => {
  it("go both ways; ours are mailed (E18), hers wait in a list of their own", async () => {
    const one = aJourney(client());
    await one.file();
    const { token } = one.customer;
    expect(await read(token)).toEqual([]);

    const asked = await one.customer.act("messages", { text: "May I add an engraving?" });
    expect(asked).toMatchObject({ status: 200, body: { caseId: one.caseId, stage: "photos-requested" } });
    expect((await one.customer.act("messages", { text: "May I add an engraving?" })).status).toBe(200);
    await client().eventually(unanswered, (cases) => cases.includes(one.caseId));

    const text = `Yes, it is.\n${"It costs a little. ".repeat(150)}`.trim();
    expect((await client().staff("workshop").act(one.caseId, "messages", { text })).status).toBe(403);
    expect((await client().staff("representative").act(one.caseId, "messages", { text })).status).toBe(200);
    const mail = await client().mail(one.email, "E18", one.caseId);
    expect(mail.text).toContain("> Yes, it is.");
    expect(mail.text.length).toBeGreaterThan(text.length);
    await client().eventually(unanswered, (cases) => !cases.includes(one.caseId));

    expect(await read(client().tokenIn(mail))).toMatchObject([
      { from: "customer", text: "May I add an engraving?" },
      { from: "staff", text },
    ]);
    const { timeline } = await one.customer.get();
    expect(timeline.map((entry) => entry.type)).toEqual(
      expect.arrayContaining(["MessageReceived", "MessageSent"]),
    );
    expect((await staffView(client(), one.caseId)).messages).toHaveLength(2);
  });

  it("go on after the case has ended, and staff find them there", async () => {
    const one = aJourney(client());
    await one.file();
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
    expect((await one.customer.act("messages", { text: "One more question." })).status).toBe(200);
    await client().eventually(unanswered, (cases) => cases.includes(one.caseId));
    expect((await client().staff("representative").act(one.caseId, "message-handled")).status).toBe(200);
    await client().eventually(unanswered, (cases) => !cases.includes(one.caseId));
  });

  it("a day later the same words are another message", async () => {
    const one = aJourney(client());
    await one.file();
    await one.customer.act("messages", { text: "Any news?" });
    await client().advance("P1D");
    await one.customer.act("messages", { text: "Any news?" });
    expect(await read(one.customer.token)).toHaveLength(2);
    await cloud().quiescent();
  });

  it("need a link, and words", async () => {
    const one = aJourney(client());
    await one.file();
    expect((await client().call("GET", "/v1/case/messages")).status).toBe(401);
    expect((await one.customer.act("messages", { text: "" })).status).toBe(400);
    expect((await one.customer.act("messages", { text: "x".repeat(4001) })).status).toBe(400);
  });
});
