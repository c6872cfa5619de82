/** R64: reminders, then expiry, at every wait on the customer; and cancellation at any time. Weeks pass on the moved clock. */
import { describe, expect, it } from "vitest";
import { aCloud, aJourney, type Journey, ringView, staffView } from "./cloud.ts";

const { client, mailsTo } = aCloud();

/** How a journey comes to each wait on the customer. */
const ways: Record<string, (one: Journey) => Promise<unknown>> = {
  photos: async (one) => one.file(),
  "shipping-details": async (one) => {
    await one.file();
    await one.sendPhotos();
    await one.approve();
  },
  dispatch: async (one) => {
    await ways["shipping-details"]?.(one);
    await one.giveShippingDetails();
  },
};

describe.each(Object.keys(ways))("while %s is awaited", (asks) => {
  it("R64: a reminder, then expiry; the ring's right is free again", async () => {
    const one = aJourney(client());
    await ways[asks]?.(one);
    // The wait for the parcel counts from the ship date, some days ahead.
    await client().advance(asks === "dispatch" ? "P14D" : "P8D");
    expect(await mailsTo(one.email)).toContain("E12");
    await client().advance("P14D");
    await one.customer.reaches("expired");
    expect((await mailsTo(one.email)).filter((email) => email === "E12")).toHaveLength(2);
    expect(await staffView(client(), one.caseId)).toMatchObject({ stage: "expired", ending: { code: asks } });
    const ring = await ringView(client(), one.serialNumber);
    expect(ring.right.state).toBe("free");
    expect(ring.openCase).toBeUndefined();
  });

  it("cancelled by the customer: told once, label cancelled, right released", async () => {
    const one = aJourney(client());
    await ways[asks]?.(one);
    expect((await one.customer.act("cancellation", { reason: "I changed my mind" })).status).toBe(200);
    expect((await one.customer.act("cancellation", { reason: "I changed my mind" })).status).toBe(200);
    await one.customer.reaches("cancelled");
    expect((await mailsTo(one.email)).filter((email) => email === "E17")).toHaveLength(1);
    expect((await ringView(client(), one.serialNumber)).openCase).toBeUndefined();
    const { body } = await client().call<{ reference: string; cancelled: boolean }[]>(
      "GET",
      "/local/fedex/shipments",
    );
    for (const label of body.filter((one_) => one_.reference.startsWith(one.caseId)))
      expect(label.cancelled).toBe(true);
  });
});

it("R64: the offer to convert expires as well", async () => {
  const email = "silent@example.com";
  await client().file({
    process: "complimentary-resizing",
    customer: { name: "Silent Customer", email },
    items: [
      {
        design: "Aurora",
        designNumber: "R-1001",
        sizeAtPurchase: 11,
        desiredSize: 13,
        deliveryDate: "2025-01-02",
      },
    ],
  });
  const customer = client().customer(client().tokenIn(await client().mail(email, "E6")));
  await client().advance("P15D");
  expect((await customer.reaches("expired")).awaiting).toBeNull();
});

it("in review: a representative cancels for the customer", async () => {
  const one = aJourney(client());
  await one.file();
  await one.sendPhotos();
  expect(
    (await client().staff("workshop").act(one.caseId, "cancellation", { reason: "by telephone" })).status,
  ).toBe(403);
  expect(
    (await client().staff("representative").act(one.caseId, "cancellation", { reason: "by telephone" }))
      .status,
  ).toBe(200);
  await one.customer.reaches("cancelled");
});

it("R5: cancelled while the parcel is under way, the ring comes home unworked and keeps its right", async () => {
  const one = aJourney(client());
  await ways.dispatch?.(one);
  await one.ship();
  expect((await one.customer.act("cancellation")).status).toBe(200);
  expect((await one.customer.get()).stage).toBe("dispatched");
  const findings = {
    serialNumber: one.serialNumber,
    certificate: true,
    condition: "as-photographed",
    lengthIn: 6,
    widthIn: 6,
    heightIn: 4,
    weightLb: 1,
    contents: ["jewelry", "certificate"],
  };
  expect((await client().staff("shipping").act(one.caseId, "receipt", findings)).status).toBe(200);
  await one.customer.reaches("inspection");
  await client()
    .staff("workshop")
    .act(one.caseId, "inspection", {
      measuredSize: 11,
      repairValueCents: 0,
      manifest: ["jewelry", "certificate"],
    });
  await one.customer.reaches("returning");
  await client().scan((await one.customer.get()).tracking.return?.number ?? "", "DL");
  await client().advance("P1D");
  await one.customer.reaches("cancelled");
  expect(await ringView(client(), one.serialNumber)).toMatchObject({ right: { state: "free" } });
});
