/** Money that comes in, by page and by bank: in parts, too much, twice, late, or only said to have come (R37). */
import { afterEach, describe, expect, it } from "vitest";
import { signatureOf } from "../../local/stripe/keys.ts";
import { aCloud, type Journey } from "./cloud.ts";
import { aPaidCaseAt, atProvider, booksOf, refundsDue, sendBack, sentBack, TOTAL, transfer } from "./paid.ts";
import { changedBy, refusalOf, send } from "./wire.ts";

const { client, cloud, mailsTo } = aCloud();
afterEach(() => cloud().stripe.faults.order({ clear: true }));

const invoiced = () => aPaidCaseAt("payment", client());
const firstOf = (one: Journey): string => `${one.caseId}-1`;
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const payments = async (one: Journey) =>
  (await booked(one)).ledger.filter(({ kind }) => kind === "payment").map(({ amountCents }) => amountCents);
/** Events of the table's history, by type. */
const told = async (one: Journey, type: string) =>
  (await booksOf(client(), one)).history.filter((event) => event.type === type).length;

describe("on the page", () => {
  it("R37: in parts: the case stands where it is, the parts are shown, and the last one opens the way", async () => {
    const one = await invoiced();
    const first = await one.pay(10_000, "invoice-sent");
    expect(first.invoices[0]).toMatchObject({ status: "issued", totalCents: TOTAL, paidCents: 10_000 });
    expect(first.awaiting).toMatchObject({ action: "payment" });
    expect(first.timeline.at(-1)?.text).toBe("We have received your payment of $100.00.");
    const second = await one.pay(5500, "invoice-sent");
    expect(second.invoices[0]).toMatchObject({ status: "issued", paidCents: 15_500 });
    expect(await booked(one)).toMatchObject({ paidCents: 15_500, owedCents: TOTAL - 15_500, creditCents: 0 });
    const last = await one.pay();
    expect(last.invoices[0]).toMatchObject({ status: "paid", paidCents: TOTAL });
    expect(await payments(one)).toEqual([10_000, 5500, TOTAL - 15_500]);
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8"]);
  });

  it("R37: too much goes on, and the excess goes back once finance has sent it", async () => {
    const one = await invoiced();
    await one.pay(TOTAL + 4500);
    expect(await booked(one)).toMatchObject({ owedCents: 0, creditCents: 4500 });
    expect(await refundsDue(client())).toContain(one.caseId);

    // No more than the excess: the rest is asked for by an invoice.
    expect(await sendBack(client(), one, firstOf(one), 4501)).toMatchObject({
      status: 422,
      body: { errors: [{ path: "amountCents", rule: "R37" }] },
    });
    expect((await sendBack(client(), one, firstOf(one), 4500)).status).toBe(200);
    // Her answer lost, finance says it again.
    expect((await sendBack(client(), one, firstOf(one), 4500)).status).toBe(200);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([4500]);
    expect(await booked(one)).toMatchObject({ creditCents: 0, refundedCents: 4500, owedCents: 0 });
    expect(await refundsDue(client())).not.toContain(one.caseId);
    const mail = await client().mail(one.email, "E20");
    expect(mail.text).toContain("$45.00");
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8", "E20"]);
    expect((await one.customer.get()).timeline.map(({ text }) => text)).toContain("We refund $45.00 to you.");
    await one.giveShipDate();
  });

  it("R37: a refund the provider takes back is due again", async () => {
    const one = await invoiced();
    await one.pay(TOTAL + 2000);
    cloud().stripe.faults.order({ refunds: "pend" });
    await sendBack(client(), one, firstOf(one), 2000);
    await cloud().quiescent();
    expect(await refundsDue(client())).not.toContain(one.caseId);
    const refund = cloud()
      .stripe.refunds()
      .find(({ metadata }) => metadata["case_id"] === one.caseId);
    expect(cloud().stripe.settleRefund(refund?.id ?? "", "failed")).toBe(true);
    await cloud().quiescent();
    expect(await refundsDue(client())).toContain(one.caseId);
    expect(await told(one, "RefundFailed")).toBe(1);
    cloud().stripe.faults.order({ refunds: "succeed" });
    expect((await sendBack(client(), one, firstOf(one), 2000, "Once more")).status).toBe(200);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([2000]);
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });
});

describe("by bank", () => {
  it("R37: a transfer recorded by finance counts once; the same reference for another sum is refused", async () => {
    const one = await invoiced();
    expect((await transfer(client(), one, firstOf(one), 20_000, "T-1")).status).toBe(200);
    const changed = await changedBy(cloud(), async () => {
      expect((await transfer(client(), one, firstOf(one), 20_000, "T-1")).status).toBe(200);
      const other = await transfer(client(), one, firstOf(one), 25_500, "T-1");
      expect(other).toMatchObject({ status: 409, body: { errors: [{ path: "reference", rule: "R37" }] } });
    });
    expect(changed).toEqual([]);
    const view = await one.customer.get();
    expect(view).toMatchObject({ stage: "invoice-sent", invoices: [{ paidCents: 20_000 }] });
    expect((await transfer(client(), one, firstOf(one), 5500, "T-2")).status).toBe(200);
    await one.customer.reaches("ship-date-requested");
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, owedCents: 0, creditCents: 0 });
  });

  it("R37: a part by bank, the rest on the page, which asks for no more than that", async () => {
    const one = await invoiced();
    await transfer(client(), one, firstOf(one), 20_000);
    await cloud().quiescent();
    expect(atProvider(cloud(), firstOf(one)).amountRemaining).toBe(TOTAL - 20_000);
    await one.pay();
    expect(await payments(one)).toEqual([20_000, TOTAL - 20_000]);
    expect(await booked(one)).toMatchObject({ owedCents: 0, creditCents: 0 });
  });

  it("R37: what came by bank goes back by bank: finance has sent it, and she is told", async () => {
    const one = await invoiced();
    await transfer(client(), one, firstOf(one), TOTAL + 1000);
    await one.customer.reaches("ship-date-requested");
    expect(await refundsDue(client())).toContain(one.caseId);
    await sendBack(client(), one, firstOf(one), 1000);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([]);
    expect((await client().mail(one.email, "E20")).text).toContain("$10.00");
    expect(await refundsDue(client())).not.toContain(one.caseId);
  });
});

describe("the provider's messages", () => {
  it("R37: told five times each and the newest first, a payment counts once", async () => {
    const one = await invoiced();
    cloud().stripe.faults.order({ repeat: 5, reorder: true });
    await one.pay(TOTAL);
    expect(await payments(one)).toEqual([TOTAL]);
    expect(await told(one, "PaymentReceived")).toBe(1);
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8"]);
  });

  it("R37: held back and out of order, the parts add up to what was paid", async () => {
    const one = await invoiced();
    cloud().stripe.faults.order({ hold: true });
    for (const cents of [4000, 6000, TOTAL - 10_000]) cloud().stripe.pay(firstOf(one), cents);
    await cloud().quiescent();
    expect((await one.customer.get()).stage).toBe("invoice-sent");
    expect(await payments(one)).toEqual([]);
    cloud().stripe.faults.order({ hold: false, reorder: true, delayMs: 20 });
    await one.customer.reaches("ship-date-requested");
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, owedCents: 0, creditCents: 0 });
  });

  it("R37: signed with another secret it is refused, and believed when it is told again", async () => {
    const one = await invoiced();
    cloud().stripe.faults.order({ forge: 2 });
    await one.pay();
    expect(await payments(one)).toEqual([TOTAL]);
  });

  it("R37: a message that never comes: the deadline asks the provider, and the case goes on", async () => {
    const one = await invoiced();
    cloud().stripe.faults.order({ drop: 100 });
    await client().pay(firstOf(one));
    expect((await one.customer.get()).stage).toBe("invoice-sent");
    await client().advance("P15D");
    const view = await one.customer.reaches("ship-date-requested");
    expect(view.invoices[0]).toMatchObject({ status: "paid", paidCents: TOTAL });
    const { waits, ending } = await booksOf(client(), one);
    expect(waits.map(({ asks, answer }) => [asks, answer?.outcome])).toContainEqual(["payment", "expired"]);
    expect(ending).toBeUndefined();
    // One reminder; that it had expired she is never told.
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E12", "E8"]);
    await one.giveShipDate();
  });
});

describe("forgeries (401, nothing recorded)", () => {
  const SECOND = 1000;
  /** As the provider would tell of a payment. */
  const message = (one: Journey, cents: number): string => {
    const { id, invoiceId } = atProvider(cloud(), firstOf(one));
    const object = {
      id,
      object: "invoice",
      status: "paid",
      currency: "usd",
      amount_paid: cents,
      metadata: { case_id: one.caseId, invoice_id: invoiceId },
    };
    return JSON.stringify({
      id: `evt_${one.caseId}`,
      object: "event",
      type: "invoice.paid",
      data: { object },
    });
  };
  const secret = () => cloud().stripe.credentials.webhookSecret;
  const seconds = (agoS = 0) => Math.floor(Date.now() / SECOND) - agoS;
  const tell = (raw: string, signature: string | undefined) =>
    send(cloud().url, "POST", "/v1/webhooks/payments", {
      raw,
      headers: signature === undefined ? {} : { "stripe-signature": signature },
    });

  it("R37: wrong secret, old or future time, altered body, parts of a signature, none at all", async () => {
    const one = await invoiced();
    const raw = message(one, TOTAL);
    const altered = message(one, TOTAL - 1);
    const good = signatureOf(secret(), raw, seconds());
    const [time = "", mac = ""] = good.split(",");
    const forged: readonly (readonly [string, string, string | undefined])[] = [
      ["another secret", raw, signatureOf("whsec_guessed", raw, seconds())],
      ["six minutes old", raw, signatureOf(secret(), raw, seconds(360))],
      ["six minutes ahead", raw, signatureOf(secret(), raw, seconds(-360))],
      ["another time than was signed", raw, `t=${seconds() - 1},${mac}`],
      ["another sum", altered, good],
      ["a byte more", `${raw} `, good],
      ["no time", raw, mac],
      ["no signature", raw, time],
      ["another scheme", raw, `${time},${mac.replace("v1", "v0")}`],
      ["a part of the signature", raw, `${time},${mac.slice(0, -2)}`],
      ["nothing", raw, ""],
      ["no header", raw, undefined],
    ];
    const changed = await changedBy(cloud(), async () => {
      for (const [what, body, signature] of forged)
        expect([what, refusalOf(await tell(body, signature))]).toEqual([what, "unauthenticated"]);
    });
    expect(changed).toEqual([]);
    // The very same message, signed as it should be, is believed: nothing else was wrong with those.
    const believed = await tell(raw, signatureOf(secret(), raw, seconds()));
    expect(believed.status).toBe(200);
    await one.customer.reaches("ship-date-requested");
    expect(await payments(one)).toEqual([TOTAL]);
  });

  it("R37: well signed and of no invoice of ours, or less than is known: 200, and nothing is recorded", async () => {
    const one = await invoiced();
    await one.pay(10_000, "invoice-sent");
    const known = message(one, 10_000);
    const bodies = [
      known,
      message(one, 9000),
      known.replaceAll(one.caseId, "CW-0000000000"),
      known.replace(/"id":"in_\w+"/, '"id":"in_other"'),
      known.replace("invoice.paid", "customer.created").replace('"object":"invoice"', '"object":"customer"'),
    ];
    const changed = await changedBy(cloud(), async () => {
      for (const body of bodies)
        expect((await tell(body, signatureOf(secret(), body, seconds()))).status).toBe(200);
    });
    expect(changed).toEqual([]);
  });

  it("R37: money of another currency is no payment: a person sends it back", async () => {
    const one = await invoiced();
    const body = message(one, TOTAL).replace('"currency":"usd"', '"currency":"jpy"');
    expect((await tell(body, signatureOf(secret(), body, seconds()))).status).toBe(200);
    expect(await booked(one)).toMatchObject({ paidCents: 0, owedCents: TOTAL });
    expect((await one.customer.get()).stage).toBe("invoice-sent");
    expect(await refundsDue(client())).toContain(one.caseId);
  });
});
