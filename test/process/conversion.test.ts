/** From one process to the other (R1, R12): offered by the verdict or by a person, done with the customer's yes alone. */
import { describe, expect, it } from "vitest";
import { LINES } from "../../local/demo/journey.ts";
import { aCloud, aJourney, type Journey, ringView, staffView } from "./cloud.ts";
import { aPaidJourney, atProvider, booksOf, refundsDue, sendBack, sentBack, TOTAL } from "./paid.ts";
import { anItem, aRequest, filed } from "./requests.ts";

const { client, cloud, mailsTo } = aCloud();

const representative = () => client().staff("representative");
const PRICE = 120_000;
const approve = async (one: Journey, more: object = {}): Promise<void> => {
  const answer = await representative().act(one.caseId, "review", {
    decision: "approve",
    items: [
      {
        serialNumber: one.serialNumber,
        deliverySource: "carrier",
        customsValueCents: PRICE,
        insuredValueCents: PRICE,
      },
    ],
    ...more,
  });
  expect([answer.status, answer.body["errors"]]).toEqual([200, undefined]);
};
const approvePaid = (one: Journey) => approve(one, { invoice: { lines: LINES } });
const offer = async (one: Journey, reason = "The other service fits better.") => {
  const answer = await representative().act(one.caseId, "conversion", { reason });
  expect([answer.status, answer.body["errors"]]).toEqual([200, undefined]);
  return one.customer.reaches("conversion-offered");
};
const says = async (one: Journey, accept: boolean) =>
  expect((await one.customer.act("conversion", { accept })).status).toBe(200);
const count = async (one: Journey, email: string) =>
  (await mailsTo(one.email)).filter((name) => name === email).length;

/** A change of size for money, which could be had for nothing. */
const aSizedJourney = (options: Parameters<typeof aJourney>[1] = {}) =>
  aPaidJourney(client(), {
    paid: { services: ["paid-resizing"], description: "two sizes up" },
    ...options,
  });

describe("to the paid process (R12)", () => {
  it("R1, R12: at review: case, link, photos and contact date stay; only the address is missing; then it is as any paid case", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    const before = (await staffView(client(), one.caseId)) as unknown as {
      contactAt: string;
      media: { mediaId: string }[];
    };
    await representative().act(one.caseId, "review", {
      decision: "convert",
      reason: { code: "condition", text: "The stones must be reset." },
    });
    const offered = await one.customer.reaches("conversion-offered");
    expect(offered.conversion?.reasons[0]?.text).toBe("The stones must be reset.");
    expect(offered.conversion?.changes.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["R36", "R37", "R38", "R39", "R40"]),
    );
    expect((await client().mail(one.email, "E6")).text).toContain("The stones must be reset.");
    await says(one, true);
    await says(one, true);
    const asked = await one.customer.reaches("photos-requested");
    expect(asked).toMatchObject({ process: "repair-and-maintenance", wantsContact: true, shots: [] });
    expect((await one.customer.act("conversion", { accept: false })).status).toBe(409);
    await one.sendPhotos();
    const after = (await staffView(client(), one.caseId)) as unknown as typeof before;
    expect(after.contactAt).toBe(before.contactAt);
    expect(after.media.map(({ mediaId }) => mediaId)).toEqual(before.media.map(({ mediaId }) => mediaId));
    await approvePaid(one);
    await one.customer.reaches("invoice-sent");
    await one.pay();
    await one.giveShipDate();
    await one.ship();
    await one.receive();
    await one.finishWork();
    await one.inspect();
    await one.deliver();
    // R5: paid for, the one complimentary time is not used up.
    expect(await ringView(client(), one.serialNumber)).toMatchObject({
      right: { state: "free" },
      currentSize: 13,
    });
    expect(await count(one, "E6")).toBe(1);
    expect(await count(one, "E7")).toBe(1);
  });

  it("R12, R16: verdict paid at filing: yes, and photos and address are asked for together", async () => {
    const item = await anItem(client(), { designNumber: "R-3001", desiredSize: 12 });
    const one = await filed(client(), aRequest([item]), "E6");
    expect(one.answer.body).toMatchObject({ stage: "conversion-offered", process: "complimentary-resizing" });
    expect((await one.customer.act("conversion", { accept: true })).status).toBe(200);
    const asked = await one.customer.reaches("photos-requested");
    expect(asked).toMatchObject({ process: "repair-and-maintenance", wantsContact: true });
    expect(asked.shots.map(({ slot }) => slot)).toContain("certificate");
    // R21: what was wished is now a service, by what the design allows.
    const { items } = (await staffView(client(), one.caseId)) as unknown as {
      items: { services: string[]; desiredSize: number }[];
    };
    expect(items).toMatchObject([{ services: ["paid-exchange"], desiredSize: 12 }]);
    expect(await mailsTo(one.email)).toEqual(["E6", "E2"]);
  });

  it("R12: silence on a fee is a no", async () => {
    const item = await anItem(client(), { designNumber: "R-1003" });
    const one = await filed(client(), aRequest([item]), "E6");
    await client().advance("P15D");
    expect((await one.customer.reaches("expired")).awaiting).toBeNull();
  });

  it.each([
    ["photos", async (one: Journey) => one.file()],
    [
      "review",
      async (one: Journey) => {
        await one.file();
        await one.sendPhotos();
      },
    ],
    [
      "shipping details",
      async (one: Journey) => {
        await one.file();
        await one.sendPhotos();
        await one.approve();
      },
    ],
  ] as const)("R1: offered by staff at the wait for %s: yes asks for what is missing", async (name, come) => {
    const one = aJourney(client());
    await come(one);
    const offered = await offer(one);
    expect(offered.conversion?.reasons[0]?.text).toBe("The other service fits better.");
    await says(one, true);
    const asked = await one.customer.reaches("photos-requested");
    expect(asked).toMatchObject({ process: "repair-and-maintenance", wantsContact: true });
    expect(asked.shots.length > 0).toBe(name === "photos");
    // R5: the right that was set aside is free again.
    expect((await ringView(client(), one.serialNumber)).right.state).toBe("free");
    await one.sendPhotos();
    await approvePaid(one);
    await one.customer.reaches("invoice-sent");
    await one.pay();
  });

  it("R1, R47: offered while the papers are held: the address is known, so the review comes at once", async () => {
    const one = aJourney(client(), { priceCents: 260_000 });
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await one.giveShippingDetails("export-review");
    await offer(one);
    await says(one, true);
    expect(await one.customer.reaches("in-review")).toMatchObject({ process: "repair-and-maintenance" });
    await approvePaid(one);
    await one.customer.reaches("invoice-sent");
    await one.pay();
    await one.giveShipDate("export-review");
  });

  it("R12: a no to a fee ends the case, whoever offered it", async () => {
    const one = aJourney(client());
    await one.file();
    await offer(one);
    await says(one, false);
    await one.customer.reaches("declined");
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E6", "E17"]);
    expect((await ringView(client(), one.serialNumber)).openCase).toBeUndefined();
  });
});

describe("to the complimentary process (R1)", () => {
  const ways: Record<string, readonly [string, (one: Journey) => Promise<unknown>]> = {
    photos: ["photos-requested", async (one) => one.file()],
    review: [
      "in-review",
      async (one) => {
        await one.file();
        await one.sendPhotos();
      },
    ],
    payment: [
      "invoice-sent",
      async (one) => {
        await ways["review"]?.[1](one);
        await one.approve();
      },
    ],
    "ship date": [
      "ship-date-requested",
      async (one) => {
        await ways["payment"]?.[1](one);
        await one.pay();
      },
    ],
    // The papers were held: the date they were for is asked for again.
    "the export clearance": [
      "ship-date-requested",
      async (one) => {
        await ways["ship date"]?.[1](one);
        await one.giveShipDate("export-review");
      },
    ],
  };
  const toComplimentary = async (one: Journey) => {
    await approve(one);
    const view = await one.customer.reaches("shipping-details-requested");
    expect(view.process).toBe("complimentary-resizing");
    expect((await ringView(client(), one.serialNumber)).right.state).toBe("reserved");
  };

  it.each(Object.entries(ways))(
    "R1: offered by staff at %s: no leads back to it",
    async (_name, [stage, come]) => {
      const one = aSizedJourney({ priceCents: 260_000 });
      await come(one);
      const offered = await offer(one);
      expect(offered.conversion?.changes.map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(["R9", "R5", "R31"]),
      );
      await says(one, false);
      const back = await one.customer.reaches(stage);
      expect(back).toMatchObject({ process: "repair-and-maintenance", conversion: null });
      // It may be offered again, and her answer is asked for again.
      await offer(one, "Once more.");
      await says(one, true);
      expect((await one.customer.reaches(stage === "photos-requested" ? stage : "in-review")).process).toBe(
        "complimentary-resizing",
      );
    },
  );

  it("R1, R9: yes at the payment: the invoice is taken back, what was paid of it is due back, the right is set aside", async () => {
    const one = aSizedJourney();
    await ways["payment"]?.[1](one);
    await one.pay(5000, "invoice-sent");
    const offered = await offer(one);
    expect(offered.conversion?.changes.map(({ text }) => text).join(" ")).toContain("$50.00");
    await says(one, true);
    await one.customer.reaches("in-review");
    await cloud().quiescent();
    const { money } = await booksOf(client(), one);
    expect(money).toMatchObject({ invoicedCents: 0, creditCents: 5000 });
    expect(money.invoices).toMatchObject([{ status: "voided", providerClosed: true }]);
    expect(atProvider(cloud(), `${one.caseId}-1`).amountRemaining).toBe(0);
    expect(await refundsDue(client())).toContain(one.caseId);
    await sendBack(client(), one, `${one.caseId}-1`, 5000, "Complimentary after all");
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([5000]);
    expect(await refundsDue(client())).not.toContain(one.caseId);
    await toComplimentary(one);
    await one.giveShippingDetails();
    expect(await count(one, "E20")).toBe(1);
  });

  it("R1: at review, decided by a person: yes; the review agrees on the new terms", async () => {
    const one = aSizedJourney();
    await ways["review"]?.[1](one);
    await representative().act(one.caseId, "review", {
      decision: "convert",
      reason: { code: "other", text: "It is within thirty days." },
    });
    await one.customer.reaches("conversion-offered");
    expect((await client().mail(one.email, "E6")).text).toContain("It is within thirty days.");
    await says(one, true);
    await one.customer.reaches("in-review");
    await toComplimentary(one);
    await one.giveShippingDetails();
  });

  it("R1: at review: no leads back to the review, which may ask for the money", async () => {
    const one = aSizedJourney();
    await ways["review"]?.[1](one);
    await representative().act(one.caseId, "review", {
      decision: "convert",
      reason: { code: "other", text: "It is within thirty days." },
    });
    await one.customer.reaches("conversion-offered");
    await says(one, false);
    expect((await one.customer.reaches("in-review")).process).toBe("repair-and-maintenance");
    await one.approve();
    await one.pay();
  });

  it("R64: silence on what costs nothing is a no: the case goes on as it was", async () => {
    const one = aSizedJourney();
    await ways["review"]?.[1](one);
    await offer(one);
    await client().advance("P15D");
    expect(await one.customer.reaches("in-review")).toMatchObject({ process: "repair-and-maintenance" });
    await one.approve();
  });

  it("R37, R64: paid while the offer stands: the money counts once she has said no", async () => {
    const one = aSizedJourney();
    await ways["payment"]?.[1](one);
    await offer(one);
    await client().pay(`${one.caseId}-1`);
    expect((await one.customer.get()).stage).toBe("conversion-offered");
    await says(one, false);
    await one.customer.reaches("ship-date-requested");
    expect((await booksOf(client(), one)).money).toMatchObject({ paidCents: TOTAL, owedCents: 0 });
    await one.giveShipDate();
  });
});

describe("what cannot be offered", () => {
  it("R9: an engraving for nothing", async () => {
    const one = aPaidJourney(client());
    await one.file();
    const refused = await representative().act(one.caseId, "conversion", { reason: "x" });
    expect(refused.status).toBe(422);
    expect(refused.body["errors"]).toContainEqual(expect.objectContaining({ rule: "R9" }));
    expect((await one.customer.get()).stage).toBe("photos-requested");
  });

  it("R6: a change of size after day 30 for nothing", async () => {
    const item = await anItem(client(), {
      deliveryDate: "2025-01-02",
      services: ["paid-resizing"],
      description: "larger",
    });
    const one = await filed(client(), aRequest([item], { process: "repair-and-maintenance" }));
    await one.customer.reaches("photos-requested");
    const refused = await representative().act(one.caseId, "conversion", { reason: "x" });
    expect(refused.status).toBe(422);
    expect(refused.body["errors"]).toContainEqual(expect.objectContaining({ rule: "R6" }));
  });

  it("anything once the documents are out, by whoever has no say in it, or without a word why", async () => {
    const one = aSizedJourney();
    await one.file();
    const offers = (role: Parameters<ReturnType<typeof client>["staff"]>[0], body: object) =>
      client().staff(role).act(one.caseId, "conversion", body);
    for (const role of ["workshop", "shipping", "finance"] as const)
      expect((await offers(role, { reason: "x" })).status).toBe(403);
    expect((await offers("representative", {})).status).toBe(400);
    await one.sendPhotos();
    await one.approve();
    await one.pay();
    await one.giveShipDate();
    expect(await offers("representative", { reason: "x" })).toMatchObject({
      status: 409,
      body: { stage: "documents-sent" },
    });
  });
});
