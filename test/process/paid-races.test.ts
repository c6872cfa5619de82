/** Money and people at once: whatever comes first, no cent is lost, counted twice or sent back twice. */
import { afterEach, describe, expect, it } from "vitest";
import { aCloud, type Journey } from "./cloud.ts";
import {
  aPaidCaseAt,
  aPaidJourney,
  atProvider,
  BILLED_SHIPPING,
  booksOf,
  findings,
  LARGE_PARCEL,
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
const statuses = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);
const times = <T>(n: number, run: (no: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, no) => run(no)));
const CHEAPER = [
  { kind: "service", text: "Polishing only", amountCents: 6000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8500 },
];

describe("money that comes in", () => {
  it("R37: one transfer recorded by ten people at once counts once, and all ten are told so", async () => {
    const one = await aPaidCaseAt("payment", client());
    const answers = await times(10, () => transfer(client(), one, firstOf(one), TOTAL));
    expect(statuses(answers)).toEqual(Array.from({ length: 10 }, () => 200));
    await one.customer.reaches("ship-date-requested");
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, creditCents: 0 });
  });

  it("R37: three transfers and the page's payment at once: each counts, and the case goes on once", async () => {
    const one = await aPaidCaseAt("payment", client());
    cloud().stripe.faults.order({ repeat: 3 });
    const [answers] = await Promise.all([
      times(3, (no) => transfer(client(), one, firstOf(one), 1000, `T-${no}`)),
      client().pay(firstOf(one), TOTAL - 3000),
    ]);
    expect(statuses(answers)).toEqual([200, 200, 200]);
    await one.customer.reaches("ship-date-requested");
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ paidCents: TOTAL, creditCents: 0, owedCents: 0 });
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E7", "E8"]);
  });

  it("R37, R64: paid at the very moment of the deadline: it goes on, or it has expired and the money is due back", async () => {
    const one = await aPaidCaseAt("payment", client());
    const { awaiting } = await one.customer.get();
    const ms = Date.parse(awaiting?.deadline ?? "") - Date.parse(await client().now());
    await client().advance(`PT${Math.floor(ms / 1000) - 20}S`);
    const [paid] = await Promise.all([
      transfer(client(), one, firstOf(one), TOTAL),
      client().advance("PT5M"),
    ]);
    expect(paid.status).toBe(200);
    await cloud().quiescent();
    const { stage, money } = await booksOf(client(), one);
    expect(["ship-date-requested", "expired"]).toContain(stage);
    expect((await refundsDue(client())).includes(one.caseId)).toBe(stage === "expired");
    expect(money).toMatchObject({ paidCents: TOTAL, creditCents: stage === "expired" ? TOTAL : 0 });
  });

  it("R37: paid on the page while she cancels: cancelled, and whatever was taken is due back", async () => {
    for (let round = 0; round < 4; round += 1) {
      const one = await aPaidCaseAt("payment", client());
      const cancel = one.customer.act("cancellation");
      // A little later each time.
      await new Promise((resolve) => setTimeout(resolve, round * 40));
      const taken = cloud().stripe.pay(firstOf(one));
      expect((await cancel).status).toBe(200);
      await one.customer.reaches("cancelled");
      await cloud().quiescent();
      const held = taken.ok ? TOTAL : 0;
      expect(await booked(one)).toMatchObject({ paidCents: held, creditCents: held });
      expect((await refundsDue(client())).includes(one.caseId)).toBe(taken.ok);
    }
  });
});

describe("what finance does", () => {
  it("R37: the same excess sent back by five people at once goes back once", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(TOTAL + 3000);
    const same = await times(5, () => sendBack(client(), one, firstOf(one), 3000));
    expect(statuses(same)).toEqual([200, 200, 200, 200, 200]);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([3000]);
    expect((await mailsTo(one.email)).filter((mail) => mail === "E20")).toHaveLength(1);
  });

  it("R37: sent back in different words at once: no more than there is", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(TOTAL + 3000);
    const answers = await times(4, (no) => sendBack(client(), one, firstOf(one), 2000, `Reason ${no}`));
    expect(statuses(answers)).toEqual([200, 422, 422, 422]);
    await cloud().quiescent();
    expect(sentBack(cloud(), one)).toEqual([2000]);
    expect(await booked(one)).toMatchObject({ creditCents: 1000 });
  });

  it("R35: two versions at once in place of one: one of them, and nobody can pay two", async () => {
    const one = await aPaidCaseAt("payment", client());
    const replaces = firstOf(one);
    const answers = await times(2, (no) =>
      client()
        .staff(no === 0 ? "finance" : "manager")
        .act(one.caseId, "invoices", { lines: CHEAPER, replaces, dueDays: 5 + no }),
    );
    expect(statuses(answers)).toEqual([200, 422]);
    await cloud().quiescent();
    const { invoices } = await booked(one);
    expect(invoices.map(({ status }) => status)).toEqual(["superseded", "issued"]);
    const open = cloud()
      .stripe.invoices()
      .filter(({ invoiceId, status }) => invoiceId?.startsWith(one.caseId) && status === "open");
    expect(open).toMatchObject([{ invoiceId: `${one.caseId}-2`, amountRemaining: 14_500 }]);
  });

  it("R35: paid on the page while it is replaced: what she paid counts, and the rest is asked for or due back", async () => {
    for (let round = 0; round < 4; round += 1) {
      const one = await aPaidCaseAt("payment", client());
      const replaced = client()
        .staff("finance")
        .act(one.caseId, "invoices", { lines: CHEAPER, replaces: firstOf(one) });
      await new Promise((resolve) => setTimeout(resolve, round * 30));
      const taken = cloud().stripe.pay(firstOf(one), 20_000);
      expect((await replaced).status).toBe(200);
      await cloud().quiescent();
      const held = taken.ok ? 20_000 : 0;
      const { stage, money } = await booksOf(client(), one);
      expect(money).toMatchObject({
        paidCents: held,
        owedCents: Math.max(0, 14_500 - held),
        creditCents: Math.max(0, held - 14_500),
      });
      expect(stage).toBe(taken.ok ? "ship-date-requested" : "invoice-sent");
      expect(atProvider(cloud(), firstOf(one)).amountRemaining === 0 || !taken.ok).toBe(true);
    }
  });
});

describe("the return", () => {
  it("R40: a manager lets the difference go while she pays it: the ring goes home, and the money is due back", async () => {
    const one = await aPaidCaseAt("receipt", client());
    const shipping = client().staff("shipping");
    const [receipt, bill] = await Promise.all([
      shipping.act(one.caseId, "receipt", { ...findings(one), ...LARGE_PARCEL }),
      shipping.act(one.caseId, "carrier-bill", {
        amountCents: BILLED_SHIPPING + 2000,
        reference: "FX-RACE",
      }),
    ]);
    expect([receipt.status, bill.status]).toEqual([200, 200]);
    await one.customer.reaches("discrepancy");
    await shipping.act(one.caseId, "discrepancy", { resolution: "continue", text: "Too large" });
    await one.customer.reaches("in-work");
    const surcharges = (await booked(one)).invoices.filter(({ kind }) => kind === "surcharge");
    expect(surcharges).toMatchObject([{ totalCents: 2000 }]);
    await one.finishWork();
    await one.inspect("surcharge-due");
    const [release, paid] = await Promise.all([
      client().staff("manager").act(one.caseId, "surcharge-release", { reason: "Our label" }),
      transfer(client(), one, surcharges[0]?.invoiceId ?? "", 2000),
    ]);
    expect(paid.status).toBe(200);
    expect([200, 409]).toContain(release.status);
    await one.customer.reaches("returning");
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({
      paidCents: TOTAL + 2000,
      owedCents: 0,
      creditCents: release.status === 200 ? 2000 : 0,
    });
  });
});

describe("the other process", () => {
  it("R1, R37: she says yes while her payment arrives: complimentary, and what she paid is due back", async () => {
    const one = aPaidJourney(client(), { paid: { services: ["paid-resizing"], description: "larger" } });
    await one.file();
    await one.sendPhotos();
    await one.approve();
    const offered = await client()
      .staff("representative")
      .act(one.caseId, "conversion", { reason: "Within thirty days" });
    expect(offered.status).toBe(200);
    await one.customer.reaches("conversion-offered");
    const [yes, paid] = await Promise.all([
      one.customer.act("conversion", { accept: true }),
      transfer(client(), one, firstOf(one), TOTAL),
    ]);
    expect([yes.status, paid.status]).toEqual([200, 200]);
    expect((await one.customer.reaches("in-review")).process).toBe("complimentary-resizing");
    await cloud().quiescent();
    expect(await booked(one)).toMatchObject({ invoicedCents: 0, creditCents: TOTAL });
    expect(await refundsDue(client())).toContain(one.caseId);
  });
});
