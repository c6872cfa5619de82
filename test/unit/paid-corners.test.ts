/** Corners of the paid process to which a history at random seldom comes: each a way to lose a cent, or to stand still. */
import { describe, expect, it } from "vitest";
import { accountsOf, isInForce, isPaidInFull, paidOn } from "../../lambdas/domain/accounts.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import type { Refund } from "../../lambdas/domain/payment.ts";
import type { Asks } from "../../lambdas/domain/wait.ts";
import { CASE_ID } from "../builders/case-file.ts";
import { CUSTOMER, detailsAt, findings, goesOn, STAFF } from "../builders/honest.ts";
import {
  aHouse,
  comesToRest,
  complaintsOf,
  disputes,
  type House,
  type Kind,
  paysOnPage,
  proceeds,
  refundComesBack,
  sendsBack,
  tellsRefunds,
  transfers,
} from "../builders/paid-world.ts";

const DAY = 24 * 60;
const NECKLACE = "the repair of a necklace";
/** A case that has come to this question. */
async function at(asks: Asks, kind: Kind = NECKLACE): Promise<House> {
  const house = aHouse(kind);
  await goesOn(house.world, { until: asks });
  return house;
}
const numbered = (version: number): string => `${CASE_ID}-${version}`;
function invoice({ world }: House, version: number): Invoice {
  const found = world.file().invoices.find((one) => one.version === version);
  if (!found) throw new Error(`no invoice ${version}`);
  return found;
}
const service = (amountCents: number) => ({ kind: "service", text: "More work", amountCents });
const shipping = (amountCents: number) => ({ kind: "shipping", text: "Shipping to Japan", amountCents });
const asksFor = ({ world }: House, body: object) => world.act(STAFF, "invoices", body);
const voids = ({ world }: House, version: number) =>
  world.act(STAFF, "invoice-void", { invoiceId: numbered(version) });
const refundsOf = ({ world }: House): Refund[] =>
  world.file().payments.filter((one): one is Refund => one.kind === "refund");
const told = ({ world }: House, email: string) =>
  world.mailed.filter((id) => id.startsWith(`${email}#`)).length;
const reopens = ({ world }: House, reason = "she asked") => world.act(STAFF, "reopening", { reason });

describe("what was worked for stays paid", () => {
  it("R37: an invoice that credit covers is not taken back because the case is closed", async () => {
    const house = await at("work");
    await transfers(house, invoice(house, 1), 5000);
    await asksFor(house, { lines: [service(5000)] });
    await proceeds(house);
    await comesToRest(house);
    const { case: theCase, invoices } = house.world.file();
    expect(invoices.map((one) => one.status)).toEqual(["issued", "issued"]);
    expect([theCase.stage, theCase.refundDueSince]).toEqual(["closed", undefined]);
    expect(complaintsOf(house)).toEqual([]);
  });

  it("R37: nor one whose payment is disputed just then: won, it is paid, and nothing is due back", async () => {
    const house = await at("return-delivery");
    const [payable] = house.world.payables;
    if (!payable) throw new Error("nothing to pay");
    await disputes(house, payable, true);
    await goesOn(house.world);
    expect(invoice(house, 1).status).toBe("issued");
    await disputes(house, payable, false);
    expect(house.world.file().case.refundDueSince).toBeUndefined();
    expect(accountsOf(house.world.file())).toMatchObject({ owedCents: 0, creditCents: 0 });
  });

  it("R37: work never done is finance's to look at, whatever was sent back before the end", async () => {
    const house = await at("ship-date");
    await transfers(house, invoice(house, 1), 5000);
    await sendsBack(house, invoice(house, 1), 5000);
    await goesOn(house.world, { until: "receipt" });
    await house.world.act(CUSTOMER, "cancellation", {});
    await goesOn(house.world);
    expect(house.world.file().case).toMatchObject({ stage: "cancelled", returnUnworked: true });
    expect(house.world.file().case.refundDueSince).toBeDefined();
    await house.world.pass(1);
    await sendsBack(house, invoice(house, 1), 12_000);
    await comesToRest(house);
    expect(house.world.file().case.refundDueSince).toBeUndefined();
    expect(complaintsOf(house)).toEqual([]);
  });
});

describe("a dispute", () => {
  it("takes back what was paid on the page, and nothing that came by bank", async () => {
    const house = await at("payment");
    await paysOnPage(house, 0, 8000);
    await transfers(house, invoice(house, 1), 12_000);
    const [payable] = house.world.payables;
    if (!payable) throw new Error("nothing to pay");
    await disputes(house, payable, true);
    expect(accountsOf(house.world.file()).paidCents).toBe(12_000);
  });

  it("R9: of money that has gone back already leaves a complimentary case owing nothing", async () => {
    const house = await at("ship-date", "a paid resizing");
    await house.world.act(STAFF, "conversion", { reason: "It is free after all" });
    await house.world.settle();
    await house.world.act(CUSTOMER, "conversion", { accept: true });
    await house.world.settle();
    await sendsBack(house, invoice(house, 1), 20_000);
    await house.world.settle();
    for (const payable of house.world.payables) await disputes(house, payable, true);
    expect(accountsOf(house.world.file()).owedCents).toBe(0);
    expect(isPaidInFull(house.world.file())).toBe(true);
  });
});

describe("the hand-over to shipping", () => {
  it("R37: is where it ends for a payment that her bank has taken back since; paid again, it goes on", async () => {
    const house = await at("ship-date");
    for (const payable of house.world.payables) await disputes(house, payable, true);
    const { shipDate } = detailsAt(house.world);
    expect(await house.world.act(CUSTOMER, "ship-date", { shipDate })).toBe("done");
    await house.world.settle();
    expect(house.world.file().case).toMatchObject({
      machine: "repair-and-maintenance",
      attention: { resumeAt: "Hand over to shipping" },
    });
    expect(house.world.labels).toEqual([]);
    await transfers(house, invoice(house, 1), 20_000);
    await house.world.act(STAFF, "attention", { decision: "retry" });
    await house.world.settle();
    expect(house.world.wait().asks).toBe("dispatch");
  });
});

describe("a refund", () => {
  /** $50.00 too much on the page. */
  async function overpaid(): Promise<House> {
    const house = await at("ship-date");
    await paysOnPage(house, 0, 5000);
    await house.world.settle();
    return house;
  }
  const WISH = { invoiceId: numbered(1), amountCents: 5000, reason: "paid twice" };

  it("E20: is told once, whoever is first to say that it went: the step or the provider", async () => {
    const during: string[] = [];
    const house: House = aHouse(NECKLACE, {
      disturb: () =>
        house.world.refunded.length > 0 && during.length === 0
          ? async () => {
              during.push(refundsOf(house)[0]?.status ?? "");
              await tellsRefunds(house);
            }
          : undefined,
    });
    await goesOn(house.world, { until: "ship-date" });
    await paysOnPage(house, 0, 5000);
    await sendsBack(house, invoice(house, 1), 5000);
    await house.world.settle();
    await tellsRefunds(house);
    await house.world.settle();
    expect(during).toEqual(["wanted"]);
    expect([refundsOf(house)[0]?.status, told(house, "E20")]).toEqual(["sent", 1]);
  });

  it("asked for in the same words after more money came is another one", async () => {
    const house = await overpaid();
    await house.world.act(STAFF, "refunds", WISH);
    await house.world.settle();
    await house.world.pass(1);
    await transfers(house, invoice(house, 1), WISH.amountCents);
    await house.world.act(STAFF, "refunds", WISH);
    await house.world.settle();
    expect(refundsOf(house)).toHaveLength(2);
    expect(accountsOf(house.world.file()).creditCents).toBe(0);
  });

  it("that has failed is made again, also at once and in the same words; one on its way is not", async () => {
    const house = await overpaid();
    expect(await house.world.act(STAFF, "refunds", WISH)).toBe("done");
    await house.world.settle();
    expect(await house.world.act(STAFF, "refunds", WISH)).toBe("done");
    expect(refundsOf(house)).toHaveLength(1);
    await refundComesBack(house, 0);
    expect(house.world.file().case.refundDueSince).toBeDefined();
    expect(await house.world.act(STAFF, "refunds", WISH)).toBe("done");
    await house.world.settle();
    expect(refundsOf(house).map((one) => one.status)).toEqual(["failed", "sent"]);
    expect(house.world.refunded).toHaveLength(1);
    expect(house.world.file().case.refundDueSince).toBeUndefined();
  });

  it("that the provider refuses leaves the money due, and nobody is told of it", async () => {
    const house = await overpaid();
    const [payable] = house.world.payables;
    if (!payable) throw new Error("nothing to pay");
    const { takenCents } = payable;
    // Paid out to the house, for example: the provider has nothing to send.
    payable.takenCents = 0;
    await house.world.act(STAFF, "refunds", WISH);
    await house.world.settle();
    payable.takenCents = takenCents;
    expect([refundsOf(house)[0]?.status, told(house, "E20")]).toEqual(["failed", 0]);
    expect(house.world.file().case.refundDueSince).toBeDefined();
  });
});

describe("a bank transfer", () => {
  const pays = ({ world }: House, method: string, reference: string, amountCents = 100) =>
    world.act(STAFF, "payments", { invoiceId: numbered(1), amountCents, currency: "USD", method, reference });

  it.each([
    ["T 1", "T_1"],
    ["T%201", "T 1"],
    ["a:b", "a b"],
  ])("with the reference %s is another one than with %s", async (one, other) => {
    const house = await at("payment");
    await pays(house, "bank-transfer", one);
    await pays(house, "bank-transfer", other);
    expect(accountsOf(house.world.file()).paidCents).toBe(200);
  });

  it("is known by its reference, which stands in no key: it may name the payer", async () => {
    const house = await at("payment");
    for (let told = 0; told < 2; told += 1) await pays(house, "bank-transfer", "JANE DOE 17");
    expect(house.world.file().payments).toEqual([
      expect.objectContaining({ entryId: "payment-001", reference: "JANE DOE 17" }),
    ]);
  });

  it("R37: with the reference of another is refused, however its way is called", async () => {
    const house = await at("payment");
    await pays(house, "bank-transfer", "FT-17");
    expect(await pays(house, "wire", "ft-17")).toBe("already-answered");
    expect(await pays(house, "Bank-Transfer", "FT-17")).toBe("done");
    expect(accountsOf(house.world.file()).paidCents).toBe(100);
  });

  it("is told apart by its reference, wherever a colon stands in them", async () => {
    const house = await at("payment");
    await pays(house, "a", "b:c");
    await pays(house, "a:b", "c");
    expect(accountsOf(house.world.file()).paidCents).toBe(200);
  });

  it("never takes the place of what the payment page tells of", async () => {
    const house = await at("payment");
    await pays(house, `stripe:in_${numbered(1)}`, "7000", 1);
    await paysOnPage(house, 0, 7000);
    expect(accountsOf(house.world.file()).paidCents).toBe(7001);
  });
});

describe("what is due soon (R35, R64)", () => {
  it("R64: she is reminded half way when the invoice is due before the usual day", async () => {
    const house = await at("payment");
    await asksFor(house, { lines: [service(5000), shipping(7000)], replaces: numbered(1), dueDays: 2 });
    await house.world.settle();
    await goesOn(house.world, { until: "payment" });
    const { remindAt, deadline } = house.world.wait();
    expect(remindAt && deadline && remindAt < deadline).toBe(true);
  });
});

describe("finance changes its mind", () => {
  it("R37: a version that asks for less lets the return go that waited for more", async () => {
    const house = await at("work");
    await asksFor(house, { lines: [service(5000)] });
    await house.world.settle();
    await transfers(house, invoice(house, 2), 2000);
    await goesOn(house.world, { until: "surcharge" });
    expect(await asksFor(house, { lines: [service(2000)], replaces: numbered(2) })).toBe("done");
    await house.world.settle();
    expect(house.world.file().case.stage).toBe("returning");
  });

  it("R37: what was all that was missing is voided: the payment is there", async () => {
    const house = await at("payment");
    await asksFor(house, { lines: [service(5000)] });
    await goesOn(house.world, { until: "payment" });
    await transfers(house, invoice(house, 1), 20_000);
    expect(house.world.wait().answer).toBeUndefined();
    expect(await voids(house, 2)).toBe("done");
    await house.world.settle();
    expect(house.world.wait().asks).toBe("ship-date");
  });

  it("R37: what was paid on the page just before it was closed is counted, though nobody tells of it", async () => {
    const house = await at("payment");
    await paysOnPage(house, 0, 20_000, true);
    await asksFor(house, { lines: [shipping(20_000)], replaces: numbered(1) });
    await house.world.settle();
    expect(accountsOf(house.world.file())).toMatchObject({ paidCents: 20_000, owedCents: 0 });
    expect(house.world.wait().asks).toBe("ship-date");
  });

  it("R35: the same words again at once are one invoice; after the first was voided, or later, another", async () => {
    const house = await at("work");
    const wish = { lines: [service(5000)] };
    const versions = () => house.world.file().invoices.map((one) => one.version);
    await asksFor(house, wish);
    await asksFor(house, wish);
    expect(versions()).toEqual([1, 2]);
    await voids(house, 2);
    await asksFor(house, wish);
    expect(versions()).toEqual([1, 2, 3]);
    await house.world.pass(DAY);
    await asksFor(house, { ...wish, dueDays: 3 });
    await asksFor(house, wish);
    expect(versions()).toEqual([1, 2, 3, 4, 5]);
  });

  it("R35: a replacement whose answer got lost is the same one when it is asked for again", async () => {
    const house = await at("payment");
    const wish = { lines: [shipping(9000)], replaces: numbered(1) };
    expect([await asksFor(house, wish), await asksFor(house, wish)]).toEqual(["done", "done"]);
    expect(house.world.file().invoices).toHaveLength(2);
  });

  it("a draft that was given up keeps no money from the version that was issued instead", async () => {
    const house = await at("payment");
    await transfers(house, invoice(house, 1), 3000);
    await asksFor(house, { lines: [shipping(9000)], replaces: numbered(1), draft: true });
    await voids(house, 2);
    await asksFor(house, { lines: [shipping(8000)], replaces: numbered(1) });
    expect(paidOn(house.world.file(), invoice(house, 3))).toBe(3000);
    expect(paidOn(house.world.file(), invoice(house, 2))).toBe(0);
  });

  it("R37: a draft is the order where there is none any more, and a supplement where there is one", async () => {
    const house = await at("payment");
    const issues = (version: number) =>
      house.world.act(STAFF, "invoice-issue", { invoiceId: numbered(version) });
    await asksFor(house, { lines: [shipping(9000)], draft: true });
    expect(invoice(house, 2).kind).toBe("supplement");
    await voids(house, 1);
    expect(await issues(2)).toBe("done");
    expect(invoice(house, 2).kind).toBe("order");
    await goesOn(house.world, { until: "payment" });
    await voids(house, 2);
    await asksFor(house, { lines: [shipping(500)], draft: true });
    await asksFor(house, { lines: [shipping(8000)] });
    await goesOn(house.world, { until: "payment" });
    expect(await issues(3)).toBe("done");
    expect([invoice(house, 3).kind, invoice(house, 4).kind]).toEqual(["supplement", "order"]);
    await proceeds(house);
    await comesToRest(house);
    expect(complaintsOf(house)).toEqual([]);
  });

  it("R37: nothing new is asked for after the end, neither at once nor by way of a draft", async () => {
    const house = await at("dispatch");
    await asksFor(house, { lines: [service(100)], draft: true });
    await goesOn(house.world);
    expect(invoice(house, 2).status).toBe("voided");
    expect(await asksFor(house, { lines: [service(100)] })).toBe("out-of-turn");
    expect(await asksFor(house, { lines: [service(100)], draft: true })).toBe("out-of-turn");
    expect(await asksFor(house, { lines: [shipping(100)], replaces: numbered(1), draft: true })).toBe("done");
    await voids(house, 1);
    expect(
      await house.world.act(STAFF, "invoice-issue", { invoiceId: numbered(3) }),
      "what it was to replace is gone",
    ).toBe("rule-broken");
  });

  it("a line in the words of the policy's own is kept when the order is asked for again", async () => {
    const house = await at("payment");
    const text = "Insured return shipping to the United States: included";
    await asksFor(house, {
      lines: [{ kind: "shipping", text, amountCents: 500 }, service(700)],
      replaces: numbered(1),
    });
    await house.world.settle();
    await house.world.act(CUSTOMER, "cancellation", {});
    await house.world.settle();
    expect(await reopens(house)).toBe("done");
    expect(invoice(house, 3)).toMatchObject({ replaces: numbered(2), totalCents: 1200 });
  });
});

describe("the carrier's bill", () => {
  it("R40: comes too late once the ring has been let go: the return goes on", async () => {
    const said: string[] = [];
    const house: House = aHouse(NECKLACE, {
      disturb: () => {
        const { asks, answer } = house.world.wait();
        if (said.length > 0 || asks !== "inspection" || !answer) return undefined;
        return async () =>
          said.push(await house.world.act(STAFF, "carrier-bill", { amountCents: 20_000, reference: "FX-1" }));
      },
    });
    await goesOn(house.world, { until: "receipt" });
    await house.world.act(STAFF, "receipt", { ...findings(house.world), lengthIn: 12 });
    await proceeds(house);
    await comesToRest(house);
    expect(said).toEqual(["out-of-turn"]);
    expect(house.world.file().waits.map((wait) => wait.asks)).not.toContain("attention");
    expect(complaintsOf(house)).toEqual([]);
  });

  it("R40: for a label that was withdrawn is not the bill of the next", async () => {
    const house = await at("dispatch");
    await house.world.act(STAFF, "carrier-bill", { amountCents: 20_000, reference: "FX-1" });
    await house.world.act(CUSTOMER, "cancellation", {});
    await house.world.settle();
    await reopens(house);
    await goesOn(house.world, { until: "receipt" });
    await house.world.act(STAFF, "receipt", { ...findings(house.world), lengthIn: 12 });
    expect(house.world.file().invoices.map((one) => one.kind)).not.toContain("surcharge");
    expect(await house.world.act(STAFF, "carrier-bill", { amountCents: 9000, reference: "FX-2" })).toBe(
      "done",
    );
    expect(house.world.file().invoices.at(-1)).toMatchObject({ kind: "surcharge", totalCents: 1000 });
  });
});

describe("a case taken up again", () => {
  it("R64: that was paid is asked for its ship date by an execution that waits for it", async () => {
    const house = await at("ship-date");
    await house.world.pass(30 * DAY);
    expect(house.world.file().case).toMatchObject({ stage: "expired" });
    expect(await house.world.act(CUSTOMER, "reopening", {})).toBe("done");
    await house.world.settle();
    expect(house.world.wait().asks).toBe("ship-date");
    expect(house.world.runs.at(-1)?.path).toEqual(["Begin", "Await ship date"]);
    expect(invoice(house, 2)).toMatchObject({ status: "issued", creditCents: 20_000 });
    expect(invoice(house, 2).sentAt).toBeDefined();
    await proceeds(house);
    await comesToRest(house);
    expect(complaintsOf(house)).toEqual([]);
  });

  it("R64: whose invoice never reached her is asked for it all the same; a draft of then is not", async () => {
    const house = await at("payment");
    await asksFor(house, { lines: [service(700)], draft: true });
    await house.world.act(CUSTOMER, "cancellation", {});
    await house.world.settle();
    // The provider could not be reached until the case ended.
    house.world.change((file) => ({
      ...file,
      invoices: file.invoices.map(({ provider: _p, sentAt: _s, documentKey: _d, ...one }) => one),
    }));
    await house.world.pass(6);
    await reopens(house);
    const inForce = house.world.file().invoices.filter(isInForce);
    expect(inForce.map(({ version, replaces, totalCents }) => [version, replaces, totalCents])).toEqual([
      [3, numbered(1), 20_000],
    ]);
    await house.world.settle();
    expect(invoice(house, 3).sentAt).toBeDefined();
  });

  it("R64: twice at once is asked for its order once", async () => {
    const house = await at("payment");
    for (const reason of ["first", "second"]) {
      await house.world.act(CUSTOMER, "cancellation", { reason });
      await house.world.settle();
      await reopens(house, reason);
    }
    await house.world.settle();
    expect(
      house.world
        .file()
        .invoices.filter(isInForce)
        .map((one) => one.totalCents),
    ).toEqual([20_000]);
    await proceeds(house);
    await comesToRest(house);
    expect(complaintsOf(house)).toEqual([]);
  });
});
