/** Export hold, split and disputes of a paid case: what the money holds back, and what it does not (R37, R46, R47). */
import { describe, expect, it } from "vitest";
import { ADDRESS, LINES } from "../../local/demo/journey.ts";
import { ringPhoto } from "../../local/demo/photo.ts";
import { aCloud, type Journey, ringView } from "./cloud.ts";
import { aPaidCaseAt, booksOf, refundsDue, TOTAL, transfer } from "./paid.ts";
import { anItem, aRequest, filed } from "./requests.ts";

const { client, cloud, mailsTo } = aCloud();
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const shipDates = async () =>
  (await client().call<{ shipDates: string[] }>("GET", "/v1/brand")).body.shipDates;
const clear = ({ caseId }: Pick<Journey, "caseId">, body: object) =>
  client()
    .staff("shipping")
    .send<{ items: { movedTo?: string }[] }>("POST", `/v1/cases/${caseId}/export-clearance`, body);

describe("export hold (R46, R47)", () => {
  it("R46: $2,500.00 is held after the payment; an ITN clears it", async () => {
    const one = await aPaidCaseAt("ship-date", client(), { priceCents: 250_000 });
    // R48: told before she chooses the date.
    expect((await client().mail(one.email, "E8")).text).toContain("2,500");
    await one.giveShipDate("export-review");
    await client().mail(one.email, "E11");
    expect((await clear(one, { basis: "itn", itn: "X20261123000001" })).status).toBe(200);
    await one.customer.reaches("documents-sent");
  });

  it("R47: given up: the case ends and the money is due back", async () => {
    const one = await aPaidCaseAt("ship-date", client(), { priceCents: 250_000 });
    await one.giveShipDate("export-review");
    expect((await clear(one, { basis: "cancel" })).status).toBe(200);
    await one.customer.reaches("cancelled");
    expect(await booked(one)).toMatchObject({ creditCents: TOTAL });
    expect(await refundsDue(client())).toContain(one.caseId);
  });

  it("R47, R32: split: the other case asks for its own ship date, and for no money", async () => {
    const serials = ["SN-PAID-SPLIT-1", "SN-PAID-SPLIT-2"];
    const wish = {
      services: ["polishing"],
      description: "dull",
      desiredSize: undefined,
      priceCents: 150_000,
    };
    const items = await Promise.all(
      serials.map((serialNumber) => anItem(client(), { ...wish, serialNumber })),
    );
    const one = await filed(client(), aRequest(items, { process: "repair-and-maintenance" }));
    const { shots } = await one.customer.reaches("photos-requested");
    const ids = await Promise.all(
      shots.map(({ slot }) => one.customer.upload(slot, "image/png", ringPhoto(slot, 640))),
    );
    const address = { ...ADDRESS, line1: "2 Split Street" };
    const contact = { name: "Grace Hopper", address, telephone: "2125550142" };
    expect((await one.customer.submitPhotos(ids, contact)).status).toBe(200);
    await one.customer.reaches("in-review");
    const values = { customsValueCents: 150_000, insuredValueCents: 150_000 };
    const review = await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "approve",
        items: serials.map((serialNumber) => ({ serialNumber, ...values })),
        schedule: { earliest: 10, latest: 20 },
        invoice: { lines: LINES },
      });
    expect(review.status).toBe(200);
    await one.customer.reaches("invoice-sent");
    await client().pay(`${one.caseId}-1`);
    await one.customer.reaches("ship-date-requested");
    const [, shipDate, , another] = await shipDates();
    await one.customer.act("ship-date", { shipDate });
    await one.customer.reaches("export-review");
    const split = await clear(one, { basis: "split", items: [2] });
    expect(split.status).toBe(200);
    await one.customer.reaches("documents-sent");

    const movedTo = split.body.items[1]?.movedTo ?? "";
    const other = client().customer(client().tokenIn(await client().mail(one.email, "E8", movedTo)));
    expect(await other.reaches("ship-date-requested")).toMatchObject({
      caseId: movedTo,
      process: "repair-and-maintenance",
      splitFrom: { caseId: one.caseId, shipDate },
      invoices: [],
    });
    expect(await other.act("ship-date", { shipDate })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "shipDate", rule: "R47" }] },
    });
    expect((await other.act("ship-date", { shipDate: another })).status).toBe(200);
    await other.reaches("documents-sent");
    expect(await ringView(client(), serials[1] ?? "")).toMatchObject({ openCase: movedTo });
    // What was paid was paid for both.
    const due = await refundsDue(client());
    for (const caseId of [one.caseId, movedTo]) expect(due).not.toContain(caseId);
  });
});

describe("disputes (R37)", () => {
  const disputed = async (one: Journey): Promise<string> => {
    const dispute = cloud().stripe.dispute(`${one.caseId}-1`) ?? "";
    await cloud().quiescent();
    return dispute;
  };

  it("R37: before the date is given: nothing ships; won, a person has it go on", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    const dispute = await disputed(one);
    expect(await booked(one)).toMatchObject({ paidCents: 0, owedCents: TOTAL });
    expect(await refundsDue(client())).toContain(one.caseId);
    const [, shipDate] = await shipDates();
    await one.customer.act("ship-date", { shipDate });
    await one.customer.reaches("attention");
    // As long as the dispute stands, trying again leads to the same place.
    await client().staff("representative").act(one.caseId, "attention", { decision: "retry" });
    await cloud().quiescent();
    await one.customer.reaches("attention");
    const labels = await client().call<{ reference: string }[]>("GET", "/local/fedex/shipments");
    expect(labels.body.filter(({ reference }) => reference.startsWith(one.caseId))).toEqual([]);

    expect(cloud().stripe.closeDispute(dispute, "won")).toBe(true);
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, owedCents: 0 });
    expect(await refundsDue(client())).not.toContain(one.caseId);
    await client().staff("representative").act(one.caseId, "attention", { decision: "retry" });
    await one.customer.reaches("documents-sent");
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8", "E9", "E10"]);
  });

  it("R37: while the work is done: the return waits for the money; won, it goes home by itself", async () => {
    const one = await aPaidCaseAt("inspection", client());
    const dispute = await disputed(one);
    await one.inspect("surcharge-due");
    expect(await booked(one)).toMatchObject({ owedCents: TOTAL });
    cloud().stripe.closeDispute(dispute, "won");
    await one.customer.reaches("returning");
  });

  it("R37: lost, the money is gone: she pays another way, or the ring stays", async () => {
    const one = await aPaidCaseAt("inspection", client());
    cloud().stripe.closeDispute(await disputed(one), "lost");
    await cloud().quiescent();
    await one.inspect("surcharge-due");
    expect((await transfer(client(), one, `${one.caseId}-1`, TOTAL)).status).toBe(200);
    await one.customer.reaches("returning");
    // Finance has it before its eyes as long as the case is open.
    expect(await refundsDue(client())).toContain(one.caseId);
    await one.deliver();
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });
});
