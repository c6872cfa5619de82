/** The surcharge (R40): a parcel over the limits, dearer than what was billed in advance. */
import { describe, expect, it } from "vitest";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { aCloud, type Journey } from "./cloud.ts";
import { aPaidCaseAt, atProvider, BILLED_SHIPPING, booksOf, findings, LARGE_PARCEL, TOTAL } from "./paid.ts";

const { client, cloud, mailsTo } = aCloud();

const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const shipping = (one: Journey, action: string, body: unknown = {}) =>
  client().staff("shipping").act(one.caseId, action, body);
const bill = (one: Journey, amountCents: number) =>
  shipping(one, "carrier-bill", { amountCents, reference: "FX-100200300" });
const surcharges = async (one: Journey) =>
  (await booked(one)).invoices.filter(({ kind }) => kind === "surcharge");
/** In the workshop, the parcel having been larger than allowed. */
async function received(parcel: object): Promise<Journey> {
  const one = await aPaidCaseAt("receipt", client());
  expect((await shipping(one, "receipt", { ...findings(one), ...parcel })).status).toBe(200);
  const view = await client().eventually(
    () => one.customer.get(),
    ({ stage, awaiting }) => awaiting !== null && (stage === "discrepancy" || stage === "in-work"),
  );
  if (view.stage === "discrepancy") {
    const resolution = { resolution: "continue", text: "Too large, and all of it is here" };
    await shipping(one, "discrepancy", resolution);
  }
  await one.customer.reaches("in-work");
  return one;
}

describe("surcharge (R40)", () => {
  it("R40: too large and dearer than billed: the difference is asked for, and the return waits until it is paid", async () => {
    const one = await received(LARGE_PARCEL);
    // ADR 17: staff see that the carrier's bill is to come.
    expect(await booked(one)).toMatchObject({ awaitsCarrierBill: true, owedCents: 0 });
    expect((await bill(one, BILLED_SHIPPING + 3700)).status).toBe(200);
    await cloud().quiescent();
    const [surcharge] = await surcharges(one);
    expect(surcharge).toMatchObject({
      totalCents: 3700,
      status: "issued",
      evidence: { ...LARGE_PARCEL, billReference: "FX-100200300", billedCents: BILLED_SHIPPING },
    });
    const mail = (await client().mails(one.email)).findLast(({ email }) => email === "E15");
    expect(mail?.text).toContain(formatUsd(3700, "en"));
    expect(mail?.attachments.map(({ name }) => name)).toEqual(["invoice-2.pdf"]);
    expect(await booked(one)).toMatchObject({ awaitsCarrierBill: false, owedCents: 3700 });
    await one.finishWork();
    const due = await one.inspect("surcharge-due");
    expect(due).toMatchObject({ awaiting: { action: "payment", by: "customer" }, tracking: {} });
    expect(due.tracking.return).toBeUndefined();
    await one.pay(undefined, "returning");
    await one.deliver();
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL + 3700, owedCents: 0, creditCents: 0 });
    // What was wrong with the parcel, and what it costs.
    expect((await mailsTo(one.email)).filter((name) => name === "E15")).toHaveLength(2);
  });

  it("R40: reminded of, and never expired: her ring is here", async () => {
    const one = await received(LARGE_PARCEL);
    await bill(one, BILLED_SHIPPING + 1000);
    await one.finishWork();
    await one.inspect("surcharge-due");
    await client().advance("P8D");
    expect(await mailsTo(one.email)).toContain("E12");
    await client().advance("P60D");
    expect((await one.customer.get()).stage).toBe("surcharge-due");
    await one.pay(undefined, "returning");
  });

  it("R40: a manager lets it go, with the reason; nobody else may, and nobody can pay it any more", async () => {
    const one = await received(LARGE_PARCEL);
    await bill(one, BILLED_SHIPPING + 3700);
    await one.finishWork();
    await one.inspect("surcharge-due");
    const release = { reason: "The label was ours" };
    expect((await shipping(one, "surcharge-release", release)).status).toBe(403);
    expect((await client().staff("finance").act(one.caseId, "surcharge-release", release)).status).toBe(403);
    const manager = client().staff("manager");
    expect((await manager.act(one.caseId, "surcharge-release")).status).toBe(400);
    // It can be let go, and neither voided nor replaced.
    const [{ invoiceId } = { invoiceId: "" }] = await surcharges(one);
    expect(await manager.act(one.caseId, `invoices/${invoiceId}/void`)).toMatchObject({ status: 422 });
    expect((await manager.act(one.caseId, "surcharge-release", release)).status).toBe(200);
    const view = await one.customer.reaches("returning");
    expect(view.timeline.map(({ text }) => text)).toContain(
      "You do not need to pay the difference in shipping cost.",
    );
    await cloud().quiescent();
    expect(atProvider(cloud(), invoiceId).status).toBe("void");
    expect(await booked(one)).toMatchObject({ owedCents: 0, creditCents: 0 });
  });

  it.each([
    ["within the limits, however dear", {}, BILLED_SHIPPING + 50_000],
    ["too large, for no more than was billed", LARGE_PARCEL, BILLED_SHIPPING],
    ["at the limits exactly (R51)", { lengthIn: 8, widthIn: 8, heightIn: 8, weightLb: 3 }, 99_999],
  ])("R40: %s: nothing is asked for, nothing waits", async (_what, parcel, amountCents) => {
    const one = await received(parcel);
    expect((await bill(one, amountCents)).status).toBe(200);
    expect(await surcharges(one)).toEqual([]);
    await one.finishWork();
    await one.inspect();
    expect(await booked(one)).toMatchObject({ owedCents: 0, awaitsCarrierBill: false });
  });

  it("R40: the bill comes before the parcel; the same bill twice is one, another is refused", async () => {
    const one = await aPaidCaseAt("receipt", client());
    expect((await bill(one, BILLED_SHIPPING + 1500)).status).toBe(200);
    expect((await bill(one, BILLED_SHIPPING + 1500)).status).toBe(200);
    expect((await bill(one, BILLED_SHIPPING + 1600)).status).toBe(409);
    expect(await surcharges(one)).toEqual([]);
    await shipping(one, "receipt", { ...findings(one), weightLb: 3.5 });
    await one.customer.reaches("discrepancy");
    expect(await surcharges(one)).toMatchObject([{ totalCents: 1500 }]);
  });
});
