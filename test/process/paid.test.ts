/** The paid process played whole on the local cloud: what is asked for, what is done to it, and what its papers say. */
import { describe, expect, it } from "vitest";
import { addDays, dateIn } from "../../lambdas/domain/calendar.ts";
import { ADDRESS, LINES } from "../../local/demo/journey.ts";
import { ringPhoto } from "../../local/demo/photo.ts";
import { readPdf } from "../builders/read-pdf.ts";
import { aCloud, ringView, staffView } from "./cloud.ts";
import { aPaidCaseAt, aPaidJourney, booksOf, invoiceOf, TOTAL } from "./paid.ts";
import { anItem, aRequest, type Filed, filed } from "./requests.ts";

const { client, cloud, mailsTo } = aCloud();
const MANIFEST = ["jewelry", "pouch", "certificate"];

const contact = (line1: string) => ({
  name: "Grace Hopper",
  address: { ...ADDRESS, line1 },
  telephone: "+1 (212) 555-0142",
});
/** A file for every slot wanted, with the contact of R32. */
async function photographed({ customer }: Filed, line1: string): Promise<void> {
  const { shots } = await customer.reaches("photos-requested");
  const ids = await Promise.all(
    shots.map(({ slot }) => customer.upload(slot, "image/png", ringPhoto(slot, 640))),
  );
  expect((await customer.submitPhotos(ids, contact(line1))).status).toBe(200);
  await customer.reaches("in-review");
}
const textOf = async (one: { customer: Filed["customer"] }, name: string): Promise<string> => {
  const { url } = (await one.customer.document(name)).body;
  const { text } = await readPdf(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  // A number may be broken at its hyphen.
  return text.replaceAll("- ", "-");
};

describe("from request to closed", () => {
  it("R23, R32, R35, R37, R43, R62: an engraving is invoiced, paid on the page, done, and comes home", async () => {
    const one = aPaidJourney(client(), {
      paid: {
        services: ["polishing", "engraving"],
        description: "Scratches, and our day inside the band",
        engraving: "A & M 11/23/2026",
      },
    });
    const asked = await one.file();
    expect(asked).toMatchObject({
      process: "repair-and-maintenance",
      wantsContact: true,
      awaiting: { action: "photos", by: "customer" },
      invoices: [],
    });
    await one.sendPhotos();
    const invoiced = await one.approve();
    expect(invoiced.awaiting).toMatchObject({ action: "payment", by: "customer" });
    const [invoice] = invoiced.invoices;
    expect(invoice).toMatchObject({
      invoiceId: `${one.caseId}-1`,
      version: 1,
      status: "issued",
      totalCents: TOTAL,
      paidCents: 0,
    });
    // R39: the return is on it, and costs nothing.
    expect(invoice?.lines).toEqual([
      ...LINES,
      { kind: "shipping", text: expect.stringContaining("return shipping"), amountCents: 0 },
    ]);

    // She pays on the page the invoice leads to, as a browser would.
    const page = await fetch(invoice?.payUrl ?? "");
    expect(await page.text()).toContain("$255.00");
    const paid = await fetch(invoice?.payUrl ?? "", { method: "POST", redirect: "manual" });
    expect(paid.status).toBe(303);
    const thanks = await one.customer.reaches("ship-date-requested");
    expect(thanks.invoices[0]).toMatchObject({ status: "paid", paidCents: TOTAL });
    expect(thanks.timeline.map(({ text }) => text)).toContain("We have received your payment of $255.00.");

    const sent = await one.giveShipDate();
    expect(sent.documents.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["label.pdf", "commercial-invoice.pdf", "invoice-1.pdf"]),
    );
    await one.ship();
    const inWork = await one.receive();
    // R62: the schedule of the review, day 21 to day 35.
    const received = dateIn(await client().now(), "Asia/Tokyo");
    expect(inWork.window).toMatchObject({ earliest: addDays(received, 21), latest: addDays(received, 35) });
    await one.finishWork();
    await one.inspect();
    await one.deliver();

    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8", "E9", "E10", "E13", "E16", "E17"]);
    // R5: the right of the ring was never touched; R20: the ring is free for another request.
    const ring = await ringView(client(), one.serialNumber);
    expect(ring).toMatchObject({ right: { state: "free" }, sizeAtPurchase: 11 });
    expect(ring.openCase).toBeUndefined();
    expect((await booksOf(client(), one)).money).toMatchObject({ owedCents: 0, creditCents: 0 });
  });

  it("R35, R36: the invoice is attached to its mail and says what is asked for, until when and how it is paid", async () => {
    const one = await aPaidCaseAt("payment", client());
    const mail = await client().mail(one.email, "E7");
    expect(mail.attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
      ["invoice-1.pdf", "application/pdf"],
    ]);
    const { payUrl, dueDate } = (await one.customer.get()).invoices[0] ?? { payUrl: "", dueDate: "" };
    expect(mail.text).toContain(payUrl);
    const paper = await textOf(one, "invoice-1.pdf");
    for (const said of [`${one.caseId}-1`, "Customs duties in Japan", "$255.00", one.serialNumber])
      expect(paper).toContain(said);
    expect(dueDate > (await client().now()).slice(0, 10)).toBe(true);
  });
});

describe("several pieces in one case (R24)", () => {
  it("a ring engraved, a ring resized and a necklace polished: one invoice, one parcel, one case", async () => {
    const serials = ["SN-MANY-1", "SN-MANY-2", "SN-MANY-3"];
    const items = [
      await anItem(client(), {
        serialNumber: serials[0],
        desiredSize: undefined,
        services: ["engraving"],
        engraving: "Always",
        description: "inside",
      }),
      await anItem(client(), {
        serialNumber: serials[1],
        services: ["paid-resizing", "polishing"],
        description: "two sizes up",
      }),
      await anItem(client(), {
        design: "Shizuku Necklace",
        designNumber: "N-5001",
        serialNumber: serials[2],
        sizeAtPurchase: undefined,
        desiredSize: undefined,
        services: ["polishing"],
        description: "dull",
      }),
    ];
    const one = await filed(client(), aRequest(items, { process: "repair-and-maintenance" }));
    const slots = (await one.customer.reaches("photos-requested")).shots.map(({ slot }) => slot);
    // A necklace has no inside of a band.
    expect(slots).toEqual(
      expect.arrayContaining(["inside", "2-inside", "3-top", "3-stones", "3-certificate"]),
    );
    expect(slots).not.toContain("3-inside");
    await photographed(one, "3 Pieces Road");
    const value = { customsValueCents: 60_000, insuredValueCents: 60_000 };
    const reviewed = await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "approve",
        items: serials.map((serialNumber) => ({ serialNumber, ...value })),
        schedule: { earliest: 10, latest: 20 },
        invoice: { lines: LINES },
      });
    expect(reviewed.status).toBe(200);
    const invoiced = await one.customer.reaches("invoice-sent");
    expect((await client().mail(one.email, "E7")).text).toContain("Always");
    await client().pay(invoiced.invoices[0]?.invoiceId ?? "");
    await one.customer.reaches("ship-date-requested");
    const { body: brand } = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
    await one.customer.act("ship-date", { shipDate: brand.shipDates[1] });
    await one.customer.reaches("documents-sent");
    const paper = await textOf(one, "commercial-invoice.pdf");
    for (const serial of serials) expect(paper).toContain(serial);

    await one.customer.act("dispatch");
    await one.customer.reaches("dispatched");
    const found = { certificate: true, condition: "as-photographed" };
    const received = await client()
      .staff("shipping")
      .act(one.caseId, "receipt", {
        items: serials.map((serialNumber, index) => ({ item: index + 1, serialNumber, ...found })),
        lengthIn: 6,
        widthIn: 6,
        heightIn: 4,
        weightLb: 1,
        contents: MANIFEST,
      });
    expect(received.status).toBe(200);
    const { window } = await one.customer.reaches("in-work");
    // R59: the resizing takes the longest, and what is in one parcel comes home in one.
    const today = dateIn(await client().now(), "Asia/Tokyo");
    expect(window).toMatchObject({ earliest: addDays(today, 49), latest: addDays(today, 63) });

    await client().advance("P50D");
    const finishedOn = dateIn(await client().now(), "Asia/Tokyo");
    expect((await client().staff("workshop").act(one.caseId, "work", { finishedOn })).status).toBe(200);
    await one.customer.reaches("inspection");
    const inspect = (measuredSize: number) =>
      client()
        .staff("workshop")
        .act(one.caseId, "inspection", {
          items: [
            { item: 1, repairValueCents: 4000 },
            { item: 2, measuredSize, repairValueCents: 9000 },
            { item: 3, repairValueCents: 1000 },
          ],
          manifest: MANIFEST,
        });
    expect(await inspect(12)).toMatchObject({ status: 422, body: { errors: [{ rule: "R63" }] } });
    expect((await inspect(13)).status).toBe(200);
    await one.customer.reaches("returning");
    await client().staff("shipping").act(one.caseId, "return-delivery");
    await one.customer.reaches("closed");
    expect(await ringView(client(), "SN-MANY-2")).toMatchObject({
      currentSize: 13,
      right: { state: "free" },
    });
    // A polished or engraved piece has the size it had.
    expect((await ringView(client(), "SN-MANY-1")).currentSize).toBe(11);
  });
});

it("R28: a necklace alone is photographed as one, and measured by nobody", async () => {
  const serialNumber = "SN-NECKLACE-1";
  const item = await anItem(client(), {
    design: "Shizuku Necklace",
    designNumber: "N-5001",
    serialNumber,
    sizeAtPurchase: undefined,
    desiredSize: undefined,
    services: ["polishing"],
    description: "dull",
  });
  const one = await filed(client(), aRequest([item], { process: "repair-and-maintenance" }));
  const { shots } = await one.customer.reaches("photos-requested");
  expect(shots.map(({ slot }) => slot).toSorted()).toEqual(["certificate", "stones", "top"]);
  await photographed(one, "1 Necklace Road");
  const review = await client()
    .staff("representative")
    .act(one.caseId, "review", {
      decision: "approve",
      items: [{ serialNumber, customsValueCents: 80_000, insuredValueCents: 80_000 }],
      schedule: { earliest: 7, latest: 14 },
      invoice: { lines: LINES },
    });
  expect(review.status).toBe(200);
  expect((await one.customer.reaches("invoice-sent")).invoices).toHaveLength(1);
});

it("R11, R16, R21: a paid exchange: the old ring stays, another comes home as new goods, and the ledger follows", async () => {
  const one = aPaidJourney(client(), {
    designNumber: "R-3001",
    sizeAtPurchase: 11,
    desiredSize: 12,
    paid: { services: ["paid-exchange"], description: "one size up" },
  });
  await one.file();
  await one.sendPhotos();
  await one.approve();
  expect((await client().mail(one.email, "E7")).text).toContain("keeps the old ring");
  await one.pay();
  await one.giveShipDate();
  await one.ship();
  await one.receive();
  await one.finishWork();
  const newSerialNumber = `${one.serialNumber}-NEW`;
  const inspect = (more: object) =>
    client()
      .staff("workshop")
      .act(one.caseId, "inspection", {
        measuredSize: 12,
        repairValueCents: 0,
        manifest: MANIFEST,
        ...more,
      });
  expect(await inspect({})).toMatchObject({ status: 422, body: { errors: [{ path: "newSerialNumber" }] } });
  expect((await inspect({ newSerialNumber })).status).toBe(200);
  await one.customer.reaches("returning");
  const names = (await booksOf(client(), one)).documents.map(({ name }) => name);
  expect(names).toContain("return-commercial-invoice.pdf");
  // Nothing was repaired: new goods (integrations, customs).
  expect(names).not.toContain("return-repair-declaration.pdf");
  await one.deliver();
  expect(await ringView(client(), one.serialNumber)).toMatchObject({ successor: newSerialNumber });
  expect(await ringView(client(), newSerialNumber)).toMatchObject({
    predecessor: one.serialNumber,
    currentSize: 12,
    right: { state: "free" },
  });
});

describe("review (R29, R30)", () => {
  it("R29, R32: only the failed shots are asked for again, and no second time for the address", async () => {
    const one = await aPaidCaseAt("review", client());
    await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "more-photos",
        shots: [{ slot: "inside", reason: "The engraving is blurred." }],
      });
    const again = await one.customer.reaches("photos-requested");
    expect(again).toMatchObject({ wantsContact: false, shots: [{ slot: "inside" }] });
    await one.sendPhotos();
    await one.approve();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E3", "E7"]);
  });

  it("R30: declined with its reason: nothing was asked for, and the ring is free again", async () => {
    const one = await aPaidCaseAt("review", client());
    await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "decline",
        reason: { code: "condition", text: "The band is cracked." },
      });
    await one.customer.reaches("declined");
    expect((await client().mail(one.email, "E5")).text).toContain("The band is cracked.");
    expect((await booksOf(client(), one)).money.invoices).toEqual([]);
    expect((await ringView(client(), one.serialNumber)).openCase).toBeUndefined();
  });

  it("R35, R38, R62: no approval without invoice, shipping and schedule; each is named and nothing is recorded", async () => {
    const one = await aPaidCaseAt("review", client());
    const items = [{ serialNumber: one.serialNumber, customsValueCents: 90_000, insuredValueCents: 90_000 }];
    const review = (more: object) =>
      client()
        .staff("representative")
        .act(one.caseId, "review", { decision: "approve", items, ...more });
    const schedule = { earliest: 21, latest: 35 };
    const bare = await review({});
    expect(bare.status).toBe(422);
    expect((bare.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual([
      "invoice",
      "schedule",
    ]);
    const lines = [{ kind: "service", text: "Polishing", amountCents: 10_000 }];
    expect(await review({ schedule, invoice: { lines } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "invoice.lines", rule: "R38" }] },
    });
    expect((await booksOf(client(), one)).money.invoices).toEqual([]);
    await one.approve();
    expect((await invoiceOf(client(), one)).totalCents).toBe(TOTAL);
  });
});

it("R37: the papers of a parcel are never made before all is paid, whoever asks", async () => {
  const one = await aPaidCaseAt("payment", client());
  const { body: brand } = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
  expect(await one.customer.act("ship-date", { shipDate: brand.shipDates[1] })).toMatchObject({
    status: 409,
    body: { stage: "invoice-sent" },
  });
  await cloud().quiescent();
  expect((await staffView(client(), one.caseId)).stage).toBe("invoice-sent");
});
