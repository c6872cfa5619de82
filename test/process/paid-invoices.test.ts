/** What finance asks for besides the first invoice, and what becomes of the ones before it (R35, R36). */
import { afterEach, describe, expect, it } from "vitest";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { aCloud, type Journey } from "./cloud.ts";
import { aPaidCaseAt, atProvider, booksOf, refundsDue, sendBack, TOTAL } from "./paid.ts";

const { client, cloud, mailsTo } = aCloud();
afterEach(() => cloud().stripe.faults.order({ clear: true }));

const numberOf = (one: Journey, version: number): string => `${one.caseId}-${version}`;
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const statuses = async (one: Journey) => (await booked(one)).invoices.map(({ status }) => status);
const finance = (one: Journey, action: string, body: unknown = {}) =>
  client().staff("finance").act(one.caseId, action, body);
const CHEAPER = [
  { kind: "service", text: "Polishing only", amountCents: 6000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8500 },
];
const STONE = [{ kind: "service", text: "A stone reset", amountCents: 9000 }];
const count = async (one: Journey, email: string) =>
  (await mailsTo(one.email)).filter((name) => name === email).length;

describe("replaced (R35)", () => {
  it("R35: the old one asks no more, here and at the provider; the new one is told and paid", async () => {
    const one = await aPaidCaseAt("payment", client());
    const replaces = numberOf(one, 1);
    expect((await finance(one, "invoices", { lines: CHEAPER, replaces, dueDays: 5 })).status).toBe(200);
    await cloud().quiescent();
    const view = await one.customer.reaches("invoice-sent");
    expect(view.invoices).toMatchObject([
      { version: 1, status: "superseded", totalCents: TOTAL },
      { version: 2, status: "issued", totalCents: 14_500, replaces },
    ]);
    expect(atProvider(cloud(), replaces).status).toBe("void");
    expect((await client().pay(replaces)).status).toBe(409);
    const mail = await client().mail(one.email, "E7");
    expect(mail.text).toContain(formatUsd(14_500, "en"));
    expect(mail.attachments.map(({ name }) => name)).toEqual(["invoice-2.pdf"]);
    expect(await count(one, "E7")).toBe(2);
    await one.pay();
    expect(await booked(one)).toMatchObject({ invoicedCents: 14_500, paidCents: 14_500, owedCents: 0 });
  });

  it("R37: what was paid on the old one counts for the new one, which asks for the rest alone", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(5000, "invoice-sent");
    await finance(one, "invoices", { lines: CHEAPER, replaces: numberOf(one, 1) });
    await cloud().quiescent();
    const { invoices } = await one.customer.get();
    expect(invoices.at(-1)).toMatchObject({ totalCents: 14_500, paidCents: 5000, status: "issued" });
    expect(atProvider(cloud(), numberOf(one, 2)).amountRemaining).toBe(9500);
    expect(atProvider(cloud(), numberOf(one, 1)).amountRemaining).toBe(0);
    await one.pay();
    expect(await booked(one)).toMatchObject({ paidCents: 14_500, creditCents: 0, owedCents: 0 });
  });

  it("R37: enough was paid for the cheaper one: the case goes on by itself, and the rest is due back", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(20_000, "invoice-sent");
    await finance(one, "invoices", { lines: CHEAPER, replaces: numberOf(one, 1) });
    await one.customer.reaches("ship-date-requested");
    expect(await booked(one)).toMatchObject({ creditCents: 5500, owedCents: 0 });
    expect(await refundsDue(client())).toContain(one.caseId);
    // The money lies under the number it was paid on.
    await sendBack(client(), one, numberOf(one, 1), 5500);
    await cloud().quiescent();
    expect(await refundsDue(client())).not.toContain(one.caseId);
    await one.giveShipDate();
  });

  it("R35: one that is replaced already, or was never there, is not replaced", async () => {
    const one = await aPaidCaseAt("payment", client());
    const replaces = numberOf(one, 1);
    await finance(one, "invoices", { lines: CHEAPER, replaces });
    await one.customer.reaches("invoice-sent");
    for (const wrong of [replaces, numberOf(one, 9)])
      expect(await finance(one, "invoices", { lines: STONE, replaces: wrong })).toMatchObject({
        status: 422,
        body: { errors: [{ path: "replaces", rule: "R35" }] },
      });
    expect(await statuses(one)).toEqual(["superseded", "issued"]);
  });
});

describe("voided", () => {
  it("R37: without its order the case stands where it is, until another is asked for", async () => {
    const one = await aPaidCaseAt("payment", client());
    expect((await finance(one, `invoices/${numberOf(one, 1)}/void`)).status).toBe(200);
    expect((await finance(one, `invoices/${numberOf(one, 1)}/void`)).status).toBe(200);
    await cloud().quiescent();
    expect((await one.customer.get()).stage).toBe("invoice-sent");
    expect(atProvider(cloud(), numberOf(one, 1)).status).toBe("void");
    // R38: the new one is an order again, and says what shipping costs.
    expect(await finance(one, "invoices", { lines: STONE })).toMatchObject({
      status: 422,
      body: { errors: [{ rule: "R38" }] },
    });
    expect((await finance(one, "invoices", { lines: CHEAPER })).status).toBe(200);
    await cloud().quiescent();
    await one.pay();
    expect(await statuses(one)).toEqual(["voided", "issued"]);
  });

  it("R37: paid already: it is asked for anew, and the money counts or goes back", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    await finance(one, `invoices/${numberOf(one, 1)}/void`);
    await one.customer.reaches("invoice-sent");
    expect(await refundsDue(client())).toContain(one.caseId);
    await finance(one, "invoices", { lines: CHEAPER });
    await one.customer.reaches("ship-date-requested");
    expect(await booked(one)).toMatchObject({ invoicedCents: 14_500, creditCents: TOTAL - 14_500 });
  });
});

describe("a supplement", () => {
  it("R37: before the ship date: the case asks for the money once more, and then for the date", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    expect((await finance(one, "invoices", { lines: STONE })).status).toBe(200);
    const view = await one.customer.reaches("invoice-sent");
    expect(view.awaiting).toMatchObject({ action: "payment" });
    await cloud().quiescent();
    expect((await one.customer.get()).invoices).toMatchObject([
      { status: "paid", totalCents: TOTAL },
      { status: "issued", totalCents: 9000 },
    ]);
    await one.pay();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8", "E7", "E8"]);
    await one.giveShipDate();
  });

  it("R37: while the first is unpaid: both are to be paid", async () => {
    const one = await aPaidCaseAt("payment", client());
    await finance(one, "invoices", { lines: STONE });
    await cloud().quiescent();
    await client().pay(numberOf(one, 1));
    expect((await one.customer.get()).stage).toBe("invoice-sent");
    await client().pay(numberOf(one, 2));
    await one.customer.reaches("ship-date-requested");
  });

  it("R37: in the workshop: the work goes on, the return waits for the money", async () => {
    const one = await aPaidCaseAt("work", client());
    expect((await finance(one, "invoices", { lines: STONE })).status).toBe(200);
    await cloud().quiescent();
    expect((await one.customer.get()).stage).toBe("in-work");
    expect(await count(one, "E7")).toBe(2);
    await one.finishWork();
    const due = await one.inspect("surcharge-due");
    expect(due.awaiting).toMatchObject({ action: "payment", by: "customer", deadline: null });
    await one.pay(undefined, "returning");
    await one.deliver();
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL + 9000, owedCents: 0, creditCents: 0 });
  });

  it("R37: paid while the work goes on, nothing waits; taken back while the return waits, it waits no longer", async () => {
    const paid = await aPaidCaseAt("work", client());
    const waiting = await aPaidCaseAt("work", client());
    for (const one of [paid, waiting]) await finance(one, "invoices", { lines: STONE });
    await cloud().quiescent();
    await paid.pay(undefined, "in-work");
    for (const one of [paid, waiting]) await one.finishWork();
    await paid.inspect();
    await waiting.inspect("surcharge-due");
    await finance(waiting, `invoices/${numberOf(waiting, 2)}/void`);
    await waiting.customer.reaches("returning");
    await cloud().quiescent();
    expect(atProvider(cloud(), numberOf(waiting, 2)).status).toBe("void");
  });
});
