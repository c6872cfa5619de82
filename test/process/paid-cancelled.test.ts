/** A paid case that is cancelled, at each of its waits: what is asked for ends, and what was paid goes back (R37). */
import { afterEach, describe, expect, it } from "vitest";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { aCloud, type Journey, ringView } from "./cloud.ts";
import {
  aPaidCaseAt,
  atProvider,
  booksOf,
  findings,
  refundsDue,
  sendBack,
  sentBack,
  TOTAL,
  transfer,
} from "./paid.ts";

const { client, cloud, mailsTo } = aCloud();
afterEach(() => cloud().stripe.faults.order({ clear: true }));
const firstOf = (one: Journey): string => `${one.caseId}-1`;
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const cancels = async (one: Journey) =>
  expect((await one.customer.act("cancellation", { reason: "I changed my mind" })).status).toBe(200);
/** Everything she paid goes back, and she is told. */
async function isSentBack(one: Journey): Promise<void> {
  expect(await refundsDue(client())).toContain(one.caseId);
  expect((await sendBack(client(), one, firstOf(one), TOTAL, "Cancelled")).status).toBe(200);
  await cloud().quiescent();
  expect(sentBack(cloud(), one)).toEqual([TOTAL]);
  expect((await client().mail(one.email, "E20")).text).toContain(formatUsd(TOTAL, "en"));
  expect(await refundsDue(client())).not.toContain(one.caseId);
}

describe("before anything was sent", () => {
  it.each(["photos", "review"] as const)("%s: it ends, and nothing is owed either way", async (wait) => {
    const one = await aPaidCaseAt(wait, client());
    await cancels(one);
    await one.customer.reaches("cancelled");
    expect(await booked(one)).toMatchObject({ invoices: [], owedCents: 0, creditCents: 0 });
    expect((await ringView(client(), one.serialNumber)).openCase).toBeUndefined();
  });

  it("payment: the invoice is taken back at the provider as well, and she is told once", async () => {
    const one = await aPaidCaseAt("payment", client());
    await cancels(one);
    await cancels(one);
    await one.customer.reaches("cancelled");
    await cloud().quiescent();
    expect((await booked(one)).invoices).toMatchObject([{ status: "voided", providerClosed: true }]);
    expect(atProvider(cloud(), firstOf(one)).status).toBe("void");
    expect((await client().pay(firstOf(one))).status).toBe(409);
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E17"]);
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });

  it("R37: a payment that is faster than the taking back is due back, and goes back by the provider", async () => {
    const one = await aPaidCaseAt("payment", client());
    const { id } = atProvider(cloud(), firstOf(one));
    cloud().stripe.faults.order({ fail: { answer: 503, times: 2, call: `POST /v1/invoices/${id}/void` } });
    await cancels(one);
    await one.customer.reaches("cancelled");
    expect(cloud().stripe.pay(firstOf(one))).toMatchObject({ ok: true, amountCents: TOTAL });
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, creditCents: TOTAL });
    await isSentBack(one);
  });

  it("R37: a transfer that arrives afterwards is due back", async () => {
    const one = await aPaidCaseAt("payment", client());
    await cancels(one);
    await one.customer.reaches("cancelled");
    await transfer(client(), one, firstOf(one), TOTAL);
    expect(await refundsDue(client())).toContain(one.caseId);
    await sendBack(client(), one, firstOf(one), TOTAL, "Cancelled");
    await cloud().quiescent();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E17", "E20"]);
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });

  it("R37: paid already, the money is due back", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    await cancels(one);
    await one.customer.reaches("cancelled");
    expect(await booked(one)).toMatchObject({ invoicedCents: 0, creditCents: TOTAL });
    await isSentBack(one);
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8", "E17", "E20"]);
  });

  it("R37: with the documents out: the label is cancelled, the money is due back", async () => {
    const one = await aPaidCaseAt("dispatch", client());
    await cancels(one);
    await one.customer.reaches("cancelled");
    const labels = await client().call<{ reference: string; cancelled: boolean }[]>(
      "GET",
      "/local/fedex/shipments",
    );
    const hers = labels.body.filter(({ reference }) => reference.startsWith(one.caseId));
    expect(hers.map(({ cancelled }) => cancelled)).toEqual([true]);
    await isSentBack(one);
  });
});

describe("with the ring on its way or in Japan", () => {
  const inspect = (one: Journey) =>
    client()
      .staff("workshop")
      .act(one.caseId, "inspection", {
        repairValueCents: 0,
        manifest: ["jewelry", "pouch", "certificate"],
      });
  async function comesHome(one: Journey): Promise<void> {
    await one.customer.reaches("inspection");
    expect((await inspect(one)).status).toBe(200);
    await one.customer.reaches("returning");
    expect((await client().staff("shipping").act(one.caseId, "return-delivery")).status).toBe(200);
    await one.customer.reaches("cancelled");
    await cloud().quiescent();
  }

  it("R37: under way: it comes home unworked, and finance decides: all of it goes back", async () => {
    const one = await aPaidCaseAt("receipt", client());
    await cancels(one);
    expect((await one.customer.get()).stage).toBe("dispatched");
    expect((await client().staff("shipping").act(one.caseId, "receipt", findings(one))).status).toBe(200);
    // Nothing is decided as long as the ring is not home.
    expect(await refundsDue(client())).not.toContain(one.caseId);
    await comesHome(one);
    await isSentBack(one);
  });

  it("R37: in the workshop: it comes home unworked, and finance decides: a part, for the way there and back", async () => {
    const one = await aPaidCaseAt("work", client());
    await cancels(one);
    await comesHome(one);
    expect((await booksOf(client(), one)).ending).toMatchObject({ code: "returned-unworked" });
    expect(await refundsDue(client())).toContain(one.caseId);
    // The invoice of the work that was never done is replaced by one of what was: the rest is due back.
    const asked = await client()
      .staff("finance")
      .act(one.caseId, "invoices", {
        lines: [{ kind: "shipping", text: "Shipping to Japan", amountCents: 8500 }],
        replaces: firstOf(one),
      });
    expect(asked.status).toBe(200);
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ invoicedCents: 8500, creditCents: TOTAL - 8500, owedCents: 0 });
    expect(await refundsDue(client())).toContain(one.caseId);
    expect((await sendBack(client(), one, firstOf(one), TOTAL - 8500, "Unworked")).status).toBe(200);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([TOTAL - 8500]);
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });

  it("the work is done: too late, and nothing goes back", async () => {
    const one = await aPaidCaseAt("inspection", client());
    expect(await one.customer.act("cancellation")).toMatchObject({
      status: 409,
      body: { stage: "inspection" },
    });
    expect(await sendBack(client(), one, firstOf(one), 100)).toMatchObject({ status: 422 });
  });
});
