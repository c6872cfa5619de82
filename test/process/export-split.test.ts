/** R47: a held shipment is split into two cases with one contact date and two ship days. */
import { expect, it } from "vitest";
import { addDays } from "../../lambdas/domain/calendar.ts";
import { ADDRESS, CUSTOMER } from "../../local/demo/journey.ts";
import { ringPhoto } from "../../local/demo/photo.ts";
import { aCloud, ringView, staffView } from "./cloud.ts";

const { client } = aCloud();
const SERIALS = ["SN-SPLIT-1", "SN-SPLIT-2", "SN-SPLIT-3"] as const;
const PRICE = 150_000;

async function shipDates(): Promise<string[]> {
  return (await client().call<{ shipDates: string[] }>("GET", "/v1/brand")).body.shipDates;
}

/** Three rings in one request, approved, addressed and held. */
async function aHeldCase() {
  const customer = { ...CUSTOMER, email: "split@example.com" };
  const today = (await client().now()).slice(0, 10);
  const delivered = addDays(today, -10);
  const filed = await client().file({
    process: "complimentary-resizing",
    customer,
    order: { number: "US-SPLIT-1" },
    items: SERIALS.map((serialNumber) => ({
      design: "Aurora",
      designNumber: "R-1001",
      serialNumber,
      sizeAtPurchase: 11,
      desiredSize: 13,
      deliveryDate: delivered,
      priceCents: PRICE,
    })),
  });
  expect(filed.status).toBe(201);
  const { caseId } = filed.body;
  const her = client().customer(client().tokenIn(await client().mail(customer.email, "E1", caseId)));
  const { shots } = await her.reaches("photos-requested");
  const mediaIds: string[] = [];
  for (const { slot } of shots) mediaIds.push(await her.upload(slot, "image/png", ringPhoto(slot)));
  expect((await her.submitPhotos(mediaIds)).status).toBe(200);
  await her.reaches("in-review");
  const approval = {
    decision: "approve",
    items: SERIALS.map((serialNumber) => ({
      serialNumber,
      deliverySource: "carrier",
      customsValueCents: PRICE,
      insuredValueCents: PRICE,
    })),
  };
  expect((await client().staff("representative").act(caseId, "review", approval)).status).toBe(200);
  await her.reaches("shipping-details-requested");
  const [, shipDate] = await shipDates();
  const details = { name: customer.name, address: ADDRESS, telephone: "+1 (212) 555-0142", shipDate };
  expect((await her.act("shipping-details", details)).status).toBe(200);
  await her.reaches("export-review");
  return { caseId, her, email: customer.email, shipDate: shipDate ?? "" };
}

it("R47: the items named go on in a case of their own, with the same contact date and another ship day", async () => {
  const { caseId, her, email, shipDate } = await aHeldCase();
  const shipping = client().staff("shipping");
  const clear = (items?: unknown) =>
    shipping.act(caseId, "export-clearance", { basis: "split", ...(items ? { items } : {}) });

  expect(await clear()).toMatchObject({ status: 422, body: { errors: [{ path: "items", rule: "R47" }] } });
  expect(await clear([1, 2, 3])).toMatchObject({ status: 422, body: { errors: [{ rule: "R47" }] } });
  expect(await clear([4])).toMatchObject({ status: 422, body: { errors: [{ path: "items[0]" }] } });

  expect((await clear([2, 3])).status).toBe(200);
  // What stays is below the hold and goes on by itself.
  const stayed = await her.reaches("documents-sent");
  expect((await clear([2, 3])).status).toBe(200);
  const old = (await staffView(client(), caseId)) as unknown as {
    contactAt: string;
    items: { serialNumber: string; dropped?: boolean; movedTo?: string }[];
  };
  const movedTo = old.items[1]?.movedTo ?? "";
  expect(old.items.map((item) => item.movedTo)).toEqual([undefined, movedTo, movedTo]);
  expect(stayed.timeline.map((entry) => entry.type)).toContain("ItemsSplitOff");

  const mail = await client().mail(email, "E4", movedTo);
  expect(mail.text).toContain(caseId);
  const other = client().customer(client().tokenIn(mail));
  const view = await other.reaches("shipping-details-requested");
  expect(view).toMatchObject({
    caseId: movedTo,
    contactAt: old.contactAt,
    splitFrom: { caseId, shipDate },
    shipping: { address: { city: "New York" } },
    items: [
      { item: 1, serialNumber: SERIALS[1] },
      { item: 2, serialNumber: SERIALS[2] },
    ],
  });
  for (const [index, serial] of SERIALS.entries()) {
    const holder = index === 0 ? caseId : movedTo;
    expect(await ringView(client(), serial)).toMatchObject({
      openCase: holder,
      right: { state: "reserved", by: holder },
    });
  }
  const slots = (
    (await staffView(client(), movedTo)).media as unknown as { slot: string; mediaId: string }[]
  ).map(({ slot }) => slot);
  expect(slots).toEqual(expect.arrayContaining(["certificate", "2-certificate", "top", "2-top"]));

  expect(await other.act("ship-date", { shipDate })).toMatchObject({
    status: 422,
    body: { errors: [{ path: "shipDate", rule: "R47" }] },
  });
  const [, , another] = await shipDates();
  expect((await other.act("ship-date", { shipDate: another })).status).toBe(200);
  // Two rings of $1,500.00 are still held; a second split goes the same way.
  await other.reaches("export-review");
  expect(
    (await shipping.act(movedTo, "export-clearance", { basis: "split", items: [{ item: 2 }] })).status,
  ).toBe(200);
  await other.reaches("documents-sent");
});
