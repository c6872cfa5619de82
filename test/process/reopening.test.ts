/** R64: what silence has ended is reopened within 60 days, goes on where it stopped and keeps its contact date. */
import { describe, expect, it } from "vitest";
import { aCloud, aJourney, type Journey, ringView, staffView } from "./cloud.ts";

const { client, mailsTo } = aCloud();
const reason = { reason: "She was travelling" };
const representative = () => client().staff("representative");
const count = async (one: Journey, email: string) =>
  (await mailsTo(one.email)).filter((name) => name === email).length;

async function approved(options: Parameters<typeof aJourney>[1] = {}): Promise<Journey> {
  const one = aJourney(client(), options);
  await one.file();
  await one.sendPhotos();
  await one.approve();
  return one;
}
async function expire(one: Journey, after = "P22D"): Promise<void> {
  await client().advance(after);
  await one.customer.reaches("expired");
}
/** A link mailed since: the one of the first mail lives as well. */
const contactOf = async (one: Journey) => (await staffView(client(), one.caseId)).contactAt;

describe("reopened by the customer", () => {
  it("R64: while photos were awaited: the photos are asked for again, and the first contact counts", async () => {
    const one = aJourney(client());
    await one.file();
    const contactAt = await contactOf(one);
    await expire(one);
    expect((await one.customer.get()) as object).toHaveProperty("reopenUntil", expect.any(String));
    expect((await one.customer.act("reopening")).status).toBe(200);
    expect((await one.customer.act("reopening")).status).toBe(200);
    const view = await one.customer.reaches("photos-requested");
    expect(view.awaiting).toMatchObject({ action: "photos", by: "customer" });
    expect(view.timeline.map((entry) => entry.type)).toContain("CaseReopened");
    expect(await contactOf(one)).toBe(contactAt);
    expect(await count(one, "E2")).toBe(2);
    expect((await ringView(client(), one.serialNumber)).openCase).toBe(one.caseId);

    await one.sendPhotos();
    const { serialNumber } = one;
    const established = {
      serialNumber,
      deliverySource: "carrier",
      customsValueCents: 1,
      insuredValueCents: 1,
    };
    expect(
      (
        await representative().act(one.caseId, "review", {
          decision: "approve",
          items: [established],
        })
      ).status,
    ).toBe(200);
    await one.customer.reaches("shipping-details-requested");
    await one.giveShippingDetails();
  });

  it("R64, R5: while shipping details were awaited: the right is set aside again; it expires and reopens again", async () => {
    const one = await approved();
    await expire(one);
    expect((await ringView(client(), one.serialNumber)).right.state).toBe("free");
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("shipping-details-requested");
    expect(await ringView(client(), one.serialNumber)).toMatchObject({
      openCase: one.caseId,
      right: { state: "reserved", by: one.caseId },
    });
    expect(await count(one, "E4")).toBe(2);
    await expire(one);
    // A reminder and the news of the end, both times.
    expect(await count(one, "E12")).toBe(4);
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("shipping-details-requested");
    await one.giveShippingDetails();
  });

  it("R64: while the parcel was awaited: label and ship date are over, a new date is asked for", async () => {
    const one = await approved();
    await one.giveShippingDetails();
    const former = (await one.customer.get()).tracking.inbound?.number;
    await expire(one, "P40D");
    expect((await one.customer.act("reopening")).status).toBe(200);
    const view = await one.customer.reaches("shipping-details-requested");
    expect(view.tracking.inbound).toBeUndefined();
    expect(view).toMatchObject({ shipping: { address: { city: "New York" } } });
    expect((view as unknown as { shipping: object }).shipping).not.toHaveProperty("shipDate");

    // Name and address are known: the date alone is enough.
    const { body } = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
    expect((await one.customer.act("ship-date", { shipDate: body.shipDates[2] })).status).toBe(200);
    const again = await one.customer.reaches("documents-sent");
    expect(again.tracking.inbound?.number).not.toBe(former);
    expect(await count(one, "E10")).toBe(2);
    await one.ship();
  });

  it("not a case that she has cancelled herself", async () => {
    const one = aJourney(client());
    await one.file();
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
    expect(await one.customer.act("reopening")).toMatchObject({ status: 409, body: { stage: "cancelled" } });
  });
});

describe("reopened by staff", () => {
  it("a cancelled case goes on, and can be cancelled again with the same words", async () => {
    const one = await approved();
    const words = { reason: "I changed my mind" };
    await one.customer.act("cancellation", words);
    await one.customer.reaches("cancelled");
    expect((await representative().act(one.caseId, "reopening")).status).toBe(400);
    expect((await client().staff("workshop").act(one.caseId, "reopening", reason)).status).toBe(403);
    expect((await representative().act(one.caseId, "reopening", reason)).status).toBe(200);
    await one.customer.reaches("shipping-details-requested");
    expect((await one.customer.act("cancellation", words)).status).toBe(200);
    await one.customer.reaches("cancelled");
    expect(await count(one, "E17")).toBe(2);
  });

  it("a declined case is reviewed again", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    const decline = { decision: "decline", reason: { code: "condition", text: "The band is cracked." } };
    expect((await representative().act(one.caseId, "review", decline)).status).toBe(200);
    await one.customer.reaches("declined");
    expect((await representative().act(one.caseId, "reopening", reason)).status).toBe(200);
    await one.customer.reaches("in-review");
    expect((await representative().act(one.caseId, "review", decline)).status).toBe(200);
    await one.customer.reaches("declined");
    expect(await count(one, "E5")).toBe(2);
  });

  it("R64: within 60 days and no longer; the customer's link has ended by then as well", async () => {
    const one = aJourney(client());
    await one.file();
    await expire(one);
    await client().advance("P61D");
    expect(await representative().act(one.caseId, "reopening", reason)).toMatchObject({
      status: 422,
      body: { code: "rule-broken", errors: [{ rule: "R64" }] },
    });
    expect((await one.customer.act("reopening")).status).toBe(401);
  });

  it("R20: not while another case is open on the ring", async () => {
    const serialNumber = "SN-REOPENED-1";
    const first = aJourney(client(), { serialNumber });
    await first.file();
    await expire(first);
    const second = aJourney(client(), { serialNumber });
    await second.file();
    expect(await representative().act(first.caseId, "reopening", reason)).toMatchObject({
      status: 422,
      body: { errors: [{ rule: "R20" }] },
    });
    expect(await first.customer.act("reopening")).toMatchObject({ status: 422 });
    expect((await first.customer.get()).stage).toBe("expired");
  });

  it("an open case is not reopened", async () => {
    const one = aJourney(client());
    await one.file();
    expect(await representative().act(one.caseId, "reopening", reason)).toMatchObject({
      status: 409,
      body: { stage: "photos-requested" },
    });
  });
});
