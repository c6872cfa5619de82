/** R64 in the paid process: reminders, expiry and reopening, and what becomes of money that is here or comes too late. */
import { describe, expect, it } from "vitest";
import { addDays } from "../../lambdas/domain/calendar.ts";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { aCloud, type Journey, ringView } from "./cloud.ts";
import {
  aPaidCaseAt,
  atProvider,
  booksOf,
  invoiceOf,
  refundsDue,
  sendBack,
  sentBack,
  TOTAL,
  transfer,
} from "./paid.ts";

const { client, cloud, mailsTo } = aCloud();
const firstOf = (one: Journey): string => `${one.caseId}-1`;
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const mailsNamed = async (one: Journey, email: string) =>
  (await mailsTo(one.email)).filter((name) => name === email).length;
async function expire(one: Journey): Promise<void> {
  await client().advance("P15D");
  await one.customer.reaches("expired");
}

describe("while the payment is awaited", () => {
  it("R64: a reminder that says what is to be paid, then expiry: the invoice asks no more, nobody can pay it", async () => {
    const one = await aPaidCaseAt("payment", client());
    const [{ dueDate, payUrl } = { dueDate: "", payUrl: "" }] = (await one.customer.get()).invoices;
    const { deadline } = (await one.customer.get()).awaiting ?? {};
    // The whole of the last day is hers, in New York.
    expect(deadline?.slice(0, 10)).toBe(addDays(dueDate, 1));
    await client().advance("P8D");
    const reminder = await client().mail(one.email, "E12");
    expect(reminder.text).toContain(formatUsd(TOTAL, "en"));
    expect(reminder.text).toContain(payUrl);
    await expire(one);
    await cloud().quiescent();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E12", "E12"]);
    const { money, ending } = await booksOf(client(), one);
    expect(ending).toMatchObject({ stage: "expired", code: "payment" });
    expect(money.invoices).toMatchObject([{ status: "expired", providerClosed: true }]);
    expect(atProvider(cloud(), firstOf(one)).status).toBe("void");
    expect(await client().pay(firstOf(one))).toMatchObject({ status: 409 });
    expect((await ringView(client(), one.serialNumber)).openCase).toBeUndefined();
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });

  it("R64, R37: what comes by bank after the expiry is due back, and goes back", async () => {
    const one = await aPaidCaseAt("payment", client());
    await expire(one);
    expect((await transfer(client(), one, firstOf(one), TOTAL)).status).toBe(200);
    const view = await one.customer.get();
    expect(view).toMatchObject({ stage: "expired", awaiting: null });
    expect(await refundsDue(client())).toContain(one.caseId);
    expect((await sendBack(client(), one, firstOf(one), TOTAL, "Came too late")).status).toBe(200);
    expect((await client().mail(one.email, "E20")).text).toContain(formatUsd(TOTAL, "en"));
    expect(await refundsDue(client())).not.toContain(one.caseId);
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, refundedCents: TOTAL, creditCents: 0 });
  });

  it("R64: a part was paid: it is due back once the rest has not come; nobody can pay the rest any more", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(10_000, "invoice-sent");
    await expire(one);
    await cloud().quiescent();
    expect(await refundsDue(client())).toContain(one.caseId);
    expect(atProvider(cloud(), firstOf(one)).amountRemaining).toBe(0);
    expect((await client().pay(firstOf(one))).status).toBe(409);
    await sendBack(client(), one, firstOf(one), 10_000);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([10_000]);
    expect(await refundsDue(client())).not.toContain(one.caseId);
    expect(await mailsNamed(one, "E20")).toBe(1);
  });
});

describe("reopened within 60 days", () => {
  it("R64: asked again with a new version and due date; what was paid counts, and only the rest is asked for", async () => {
    const one = await aPaidCaseAt("payment", client());
    const before = await one.pay(10_000, "invoice-sent");
    await expire(one);
    expect((await one.customer.act("reopening")).status).toBe(200);
    const view = await one.customer.reaches("invoice-sent");
    await cloud().quiescent();
    const again = (await one.customer.get()).invoices;
    expect(again).toMatchObject([
      { version: 1, status: "expired" },
      { version: 2, status: "issued", replaces: firstOf(one), totalCents: TOTAL, paidCents: 10_000 },
    ]);
    const [former, present] = [before.invoices[0]?.dueDate ?? "", again[1]?.dueDate ?? ""];
    expect(present > former).toBe(true);
    expect(view.awaiting?.deadline?.slice(0, 10)).toBe(addDays(present, 1));
    expect(await refundsDue(client())).not.toContain(one.caseId);
    expect(atProvider(cloud(), `${one.caseId}-2`).amountRemaining).toBe(TOTAL - 10_000);
    expect(await mailsNamed(one, "E7")).toBe(2);
    const paid = await one.pay();
    expect(paid.invoices[1]).toMatchObject({ status: "paid", paidCents: TOTAL });
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, owedCents: 0, creditCents: 0 });
    await one.giveShipDate();
  });

  it("R64: paid and silent about the ship date: the money is due back until she reopens, and is not asked for again", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    await client().advance("P8D");
    expect(await mailsNamed(one, "E12")).toBe(1);
    await expire(one);
    expect((await booked(one)).creditCents).toBe(TOTAL);
    expect(await refundsDue(client())).toContain(one.caseId);
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("ship-date-requested");
    await cloud().quiescent();
    expect(await refundsDue(client())).not.toContain(one.caseId);
    expect(await booked(one)).toMatchObject({ invoicedCents: TOTAL, owedCents: 0, creditCents: 0 });
    expect((await one.customer.get()).invoices.at(-1)).toMatchObject({ version: 2, status: "paid" });
    await one.giveShipDate();
  });

  it("R64, R37: where the money has gone back meanwhile, all of it is asked for again first", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    await expire(one);
    await sendBack(client(), one, firstOf(one), TOTAL, "Expired");
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([TOTAL]);
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("invoice-sent");
    await cloud().quiescent();
    expect(atProvider(cloud(), (await invoiceOf(client(), one)).invoiceId).amountRemaining).toBe(TOTAL);
    await one.pay();
    await one.giveShipDate();
  });

  it("R64: the parcel was awaited: the label is over, its money is not asked for again, a new date is", async () => {
    const one = await aPaidCaseAt("dispatch", client());
    const former = (await one.customer.get()).tracking.inbound?.number;
    await client().advance("P40D");
    await one.customer.reaches("expired");
    expect(await refundsDue(client())).toContain(one.caseId);
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("ship-date-requested");
    const view = await one.giveShipDate();
    expect(view.tracking.inbound?.number).not.toBe(former);
    expect(await refundsDue(client())).not.toContain(one.caseId);
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, invoicedCents: TOTAL });
  });

  it("R64: at the photos, before anything was asked to be paid", async () => {
    const one = await aPaidCaseAt("photos", client());
    await expire(one);
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("photos-requested");
    await one.sendPhotos();
    await one.approve();
    expect((await booked(one)).invoices).toHaveLength(1);
  });
});
