/** Corners of the paid process, each against the provider's real protocol: small sums, short and past due dates, two ways to pay. */
import { afterEach, describe, expect, it } from "vitest";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { CUSTOMER, LINES } from "../../local/demo/journey.ts";
import { aCloud, type Journey, staffView } from "./cloud.ts";
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
afterEach(() => cloud().stripe.faults.order({ clear: true }));

const numberOf = (one: Journey, version: number): string => `${one.caseId}-${version}`;
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const finance = (one: Journey, action: string, body: unknown = {}) =>
  client().staff("finance").act(one.caseId, action, body);
const count = async (one: Journey, email: string) =>
  (await mailsTo(one.email)).filter((name) => name === email).length;
const CHEAPER = [
  { kind: "service", text: "Polishing only", amountCents: 6000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8500 },
];

/** Approved, whatever becomes of the invoice. */
const approve = (one: Journey) =>
  client()
    .staff("representative")
    .act(one.caseId, "review", {
      decision: "approve",
      items: [{ serialNumber: one.serialNumber, customsValueCents: 90_000, insuredValueCents: 90_000 }],
      schedule: { earliest: 10, latest: 20 },
      invoice: { lines: LINES },
    });

describe("what is left is less than a page can take", () => {
  it("R37: twenty cents are asked for by bank, on an invoice that leads to no page", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(TOTAL - 20, "invoice-sent");
    await client().advance("P15D");
    await one.customer.reaches("expired");
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("invoice-sent");
    await cloud().quiescent();
    const [, again] = (await one.customer.get()).invoices;
    expect(again).toMatchObject({ status: "issued", paidCents: TOTAL - 20, totalCents: TOTAL });
    expect(again?.payUrl).toMatch(/\/case$/);
    expect((await client().mails(one.email)).at(-1)?.text).toContain(formatUsd(20, "en"));
    expect((await client().pay(numberOf(one, 2))).status).toBe(404);
    await transfer(client(), one, numberOf(one, 2), 20);
    await one.customer.reaches("ship-date-requested");
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, owedCents: 0, creditCents: 0 });
  });
});

describe("days to pay", () => {
  it("R64: three days to pay: reminded half way, and expired once the third is over", async () => {
    const one = await aPaidCaseAt("payment", client());
    await finance(one, "invoices", { lines: CHEAPER, replaces: numberOf(one, 1), dueDays: 3 });
    await cloud().quiescent();
    await client().advance("P2D");
    expect((await one.customer.get()).stage).toBe("invoice-sent");
    expect(await count(one, "E12")).toBe(1);
    await client().advance("P3D");
    await one.customer.reaches("expired");
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E7", "E12", "E12"]);
  });

  it("R64: ninety days to pay: reminded after a week, and paid on the eightieth day", async () => {
    const one = await aPaidCaseAt("payment", client());
    await finance(one, "invoices", { lines: CHEAPER, replaces: numberOf(one, 1), dueDays: 90 });
    await cloud().quiescent();
    await client().advance("P80D");
    await one.pay();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E7", "E12", "E8"]);
  });

  it("R35: the due date passes while the provider is away: finance asks anew, and that is sent", async () => {
    const one = await aPaidCaseAt("review", client());
    cloud().stripe.faults.order({ fail: { answer: 400, call: "POST /v1/customers" } });
    expect((await approve(one)).status).toBe(200);
    await one.customer.reaches("attention");
    await client().advance("P20D");
    const representative = client().staff("representative");
    await representative.act(one.caseId, "attention", { decision: "retry" });
    await cloud().quiescent();
    const stuck = await one.customer.reaches("attention");
    expect(stuck.invoices).toEqual([]);
    const { totalCents, invoiceId } = await invoiceOf(client(), one);
    expect(totalCents).toBe(TOTAL);
    expect((await finance(one, "invoices", { lines: CHEAPER, replaces: invoiceId })).status).toBe(200);
    await one.customer.reaches("invoice-sent");
    await cloud().quiescent();
    await one.pay();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8"]);
    expect(await booked(one)).toMatchObject({ invoicedCents: 14_500, paidCents: 14_500 });
  });
});

describe("several invoices", () => {
  it("R64, R37: one paid, one not: both expire, both are asked for again, and the first is covered", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    const lines = [{ kind: "service", text: "A stone reset", amountCents: 9000 }];
    await finance(one, "invoices", { lines });
    await one.customer.reaches("invoice-sent");
    await cloud().quiescent();
    await client().advance("P15D");
    await one.customer.reaches("expired");
    expect(await refundsDue(client())).toContain(one.caseId);
    expect((await one.customer.act("reopening")).status).toBe(200);
    await one.customer.reaches("invoice-sent");
    await cloud().quiescent();
    const { invoices } = await one.customer.get();
    expect(invoices.map(({ version, status, paidCents }) => [version, status, paidCents])).toEqual([
      [1, "expired", TOTAL],
      [2, "expired", 0],
      [3, "paid", TOTAL],
      [4, "issued", 0],
    ]);
    expect(atProvider(cloud(), numberOf(one, 4)).amountRemaining).toBe(9000);
    expect(await refundsDue(client())).not.toContain(one.caseId);
    await one.pay();
    expect(await booked(one)).toMatchObject({ invoicedCents: TOTAL + 9000, owedCents: 0, creditCents: 0 });
  });

  it("R37: paid by bank and on the page, too much in all: it goes back the ways it came", async () => {
    const one = await aPaidCaseAt("payment", client());
    cloud().stripe.faults.order({ hold: true });
    // She pays on the page while finance records her transfer of nearly all of it.
    cloud().stripe.pay(numberOf(one, 1), 2000);
    await transfer(client(), one, numberOf(one, 1), TOTAL + 1000);
    cloud().stripe.faults.order({ hold: false });
    await one.customer.reaches("ship-date-requested");
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ creditCents: 3000 });
    expect((await sendBack(client(), one, numberOf(one, 1), 3000)).status).toBe(200);
    await cloud().quiescent();
    // The page took $20.00 and can send back no more; finance has sent the rest by bank.
    expect(sentBack(cloud(), one)).toEqual([2000]);
    const { ledger, creditCents } = await booked(one);
    const ways = ledger.filter((entry) => entry.kind === "refund");
    expect(Object.fromEntries(ways.map(({ method, amountCents }) => [method, amountCents]))).toEqual({
      "bank-transfer": 1000,
      stripe: 2000,
    });
    expect(creditCents).toBe(0);
    expect(await count(one, "E20")).toBe(2);
  });
});

describe("given up", () => {
  it("an invoice the provider would not take: cancelled by a person, nothing is asked for and nobody was told", async () => {
    const one = await aPaidCaseAt("review", client());
    const { length } = cloud().stripe.invoices();
    cloud().stripe.faults.order({ fail: { answer: 400, call: "POST /v1/invoiceitems" } });
    expect((await approve(one)).status).toBe(200);
    await one.customer.reaches("attention");
    expect((await staffView(client(), one.caseId)).attention).toMatchObject({ resumeAt: "Send invoice" });
    await client().staff("representative").act(one.caseId, "attention", { decision: "cancel" });
    await one.customer.reaches("cancelled");
    await cloud().quiescent();
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E17"]);
    const left = cloud().stripe.invoices().slice(length);
    expect(left.filter(({ status }) => status === "open")).toEqual([]);
    expect((await booked(one)).invoices).toMatchObject([{ status: "voided" }]);
  });
});

it("every letter of a paid case is in her language", async () => {
  const one = await aPaidCaseAt("payment", client(), { customer: { ...CUSTOMER, locale: "ja" } });
  await one.pay(TOTAL + 1000);
  await sendBack(client(), one, numberOf(one, 1), 1000);
  await finance(one, "invoices", { lines: [{ kind: "service", text: "A stone reset", amountCents: 900 }] });
  await one.customer.reaches("invoice-sent");
  await client().advance("P15D");
  await one.customer.reaches("expired");
  await cloud().quiescent();
  const mails = await client().mails(one.email);
  expect(mails.map(({ email }) => email).toSorted()).toEqual(
    ["E1", "E2", "E7", "E8", "E20", "E7", "E12", "E12"].toSorted(),
  );
  for (const { email, subject, text } of mails) {
    expect([email, /[ぁ-ん]/.test(subject), /[ぁ-ん]/.test(text)]).toEqual([email, true, true]);
    expect(text).not.toContain("undefined");
  }
  for (const { text } of (await one.customer.get()).timeline) expect(text).toMatch(/[ぁ-ん]/);
});
