/** The complimentary process played whole on the local cloud, with the functions, the machines and protocols that deploy. */
import { describe, expect, it } from "vitest";
import { aCloud, aJourney, ringView, staffView } from "./cloud.ts";

const { client, mailsTo } = aCloud();

describe("from request to closed", () => {
  it("R5, R42, R43, R59: a resizing goes to Japan and comes back", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await one.approve();
    expect((await ringView(client(), one.serialNumber)).right.state).toBe("reserved");
    const documents = await one.giveShippingDetails();
    expect(documents.documents.map((document) => document.name)).toEqual(
      expect.arrayContaining(["label.pdf", "commercial-invoice.pdf"]),
    );
    await one.ship();
    await one.receive();
    expect(await ringView(client(), one.serialNumber)).toMatchObject({
      right: { state: "used" },
      openCase: one.caseId,
    });
    await one.finishWork();
    await one.inspect();
    await one.deliver();
    const ring = await ringView(client(), one.serialNumber);
    expect(ring).toMatchObject({ right: { state: "used" }, currentSize: 13, sizeAtPurchase: 11 });
    expect(ring.openCase).toBeUndefined();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E4", "E9", "E10", "E13", "E16", "E17"]);
  });

  it("R43: one mail carries both papers as PDFs, and R42: the number came before them", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await one.giveShippingDetails();
    const mail = await client().mail(one.email, "E10");
    expect(mail.attachments.map((file) => file.name)).toEqual(["label.pdf", "commercial-invoice.pdf"]);
    for (const { url } of mail.attachments) {
      const pdf = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    }
    const number = (await one.customer.get()).tracking.inbound?.number;
    expect((await client().mail(one.email, "E9")).text).toContain(number);
  });

  it("R11, R5: an exchange brings another ring, which inherits the used-up right; customs hears of new goods", async () => {
    const one = aJourney(client(), { designNumber: "R-2001", desiredSize: 12 });
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await one.giveShippingDetails();
    await one.ship();
    await one.receive();
    await one.finishWork();
    const newSerialNumber = `${one.serialNumber}-NEW`;
    const refused = await client()
      .staff("workshop")
      .act(one.caseId, "inspection", {
        measuredSize: 12,
        repairValueCents: 0,
        manifest: ["jewelry", "pouch", "certificate"],
      });
    expect(refused.status).toBe(422);
    await client()
      .staff("workshop")
      .act(one.caseId, "inspection", {
        measuredSize: 12,
        newSerialNumber,
        repairValueCents: 0,
        manifest: ["jewelry", "pouch", "certificate"],
      });
    await one.customer.reaches("returning");
    await one.deliver();
    expect(await ringView(client(), newSerialNumber)).toMatchObject({
      predecessor: one.serialNumber,
      right: { state: "used" },
    });
    expect((await staffView(client(), one.caseId)).stage).toBe("closed");
  });
});

describe("review (R29, R30)", () => {
  it("R29: only the failed shots are asked for again", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "more-photos",
        shots: [{ slot: "inside", reason: "The engraving is blurred." }],
      });
    const again = await one.customer.reaches("photos-requested");
    expect(again.shots.map((shot) => shot.slot)).toEqual(["inside"]);
    expect((await client().mail(one.email, "E3")).text).toContain("The engraving is blurred.");
    await one.sendPhotos();
    await one.approve();
  });

  it("R30: declined with its reason; the ring is free for another request", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "decline",
        reason: { code: "condition", text: "The band is cracked." },
      });
    await one.customer.reaches("declined");
    expect((await client().mail(one.email, "E5")).text).toContain("The band is cracked.");
    expect((await ringView(client(), one.serialNumber)).openCase).toBeUndefined();
    const next = aJourney(client(), { serialNumber: one.serialNumber });
    await next.file();
  });

  it("R12: a request after day 30 begins with the offer; no declines it", async () => {
    const answer = await client().file({
      process: "complimentary-resizing",
      customer: { name: "Late Customer", email: "late@example.com" },
      items: [
        {
          design: "Aurora",
          designNumber: "R-1001",
          serialNumber: "SN-LATE",
          sizeAtPurchase: 11,
          desiredSize: 13,
          deliveryDate: "2025-01-02",
        },
      ],
    });
    expect(answer.status).toBe(201);
    expect(answer.body.stage).toBe("conversion-offered");
    const customer = client().customer(client().tokenIn(await client().mail("late@example.com", "E6")));
    expect((await customer.get()).conversion?.reasons.length).toBeGreaterThan(0);
    await customer.act("conversion", { accept: false });
    await customer.reaches("declined");
    expect(await mailsTo("late@example.com")).toEqual(["E6", "E17"]);
  });
});
