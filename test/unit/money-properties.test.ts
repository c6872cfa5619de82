/**
 * R35–R40 as sums: whatever finance, customers and the payment provider do to the books of a case, in whatever order,
 * every cent is where the books say it is.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordDispute, recordRefundOutcome, recordTaken } from "../../lambdas/actions/payments.ts";
import {
  accountsOf,
  heldUnder,
  isInForce,
  isPaidInFull,
  paidOn,
  surchargeCents,
  unpaidInvoices,
  wantsRefund,
} from "../../lambdas/domain/accounts.ts";
import { type CaseFile, type Change, currentWait } from "../../lambdas/domain/case-file.ts";
import { Invoice, type InvoiceLine } from "../../lambdas/domain/invoice.ts";
import { closedByEnding, makeInvoice, nextVersion, ownLines } from "../../lambdas/domain/invoicing.ts";
import { LedgerEntry, type Payment, type Refund } from "../../lambdas/domain/payment.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import type { Asks } from "../../lambdas/domain/wait.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aReceipt, CASE_ID } from "../builders/case-file.ts";
import { anInvoice, aPayment, aRefund } from "../builders/invoice.ts";
import { act, aFreeFile, after, aPaidFile, messagesOf, NOW, problemOf, staff } from "../builders/paid.ts";

const FINANCE = staff("finance");
const MANAGER = staff("manager");
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const nth = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
const later = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

/** What really lies in provider and bank, by the invoice it was meant for. */
interface Purse {
  readonly page: Map<string, number>;
  readonly bank: Map<string, number>;
  readonly sentBack: Map<string, number>;
  readonly disputed: Set<string>;
  /** Settled in the house's favour: not opened again. */
  readonly won: Set<string>;
}
interface Desk {
  file: CaseFile;
  readonly purse: Purse;
  /** Counts the minutes, and whatever has to be told apart. */
  minute: number;
}
const add = (to: Map<string, number>, key: string, cents: number) => to.set(key, (to.get(key) ?? 0) + cents);

/** The process asks again what it had asked: only the books matter here. */
function asksAgain(file: CaseFile): CaseFile {
  const { no } = currentWait(file);
  return {
    ...file,
    waits: file.waits.map((wait) => {
      const { answer: _, ...open } = wait;
      return wait.no === no ? open : wait;
    }),
  };
}
const writes = (desk: Desk, change: Change | undefined): void => {
  if (change) desk.file = asksAgain(after(desk.file, change, later(desk.minute)));
};
/** @returns whether it was done */
function tries(desk: Desk, name: string, body: unknown): boolean {
  desk.minute += 1;
  try {
    writes(desk, act(MANAGER, name, desk.file, body, { now: later(desk.minute) }));
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
const idOf = (invoices: readonly Invoice[], n: number): string =>
  nth(invoices, n)?.invoiceId ?? `${CASE_ID}-999`;
const issued = ({ file }: Desk): readonly Invoice[] => file.invoices.filter((one) => one.status !== "draft");
const lines = ({ minute }: Desk, cents: number) => [
  { kind: "service", text: `Work no. ${minute}`, amountCents: cents },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 1 + (cents % 700) },
];

type Command = (desk: Desk, n: number, cents: number) => void;
const COMMANDS: Record<string, Command> = {
  "an invoice": (desk, _n, cents) => tries(desk, "invoices", { lines: lines(desk, cents) }),
  "another version": (desk, n, cents) =>
    tries(desk, "invoices", { lines: lines(desk, cents), replaces: idOf(desk.file.invoices, n) }),
  "a draft": (desk, n, cents) =>
    tries(desk, "invoices", {
      lines: lines(desk, cents),
      draft: true,
      ...(n % 2 ? { replaces: idOf(issued(desk), n) } : {}),
    }),
  "the draft is issued": (desk) =>
    tries(desk, "invoice-issue", {
      invoiceId: idOf(
        desk.file.invoices.filter((one) => one.status === "draft"),
        0,
      ),
    }),
  "one is voided": (desk, n) =>
    tries(desk, "invoice-void", {
      invoiceId: idOf(
        desk.file.invoices.filter((one) => one.status !== "voided"),
        n,
      ),
    }),
  "one is sent": (desk, n) => {
    const one = nth(
      issued(desk).filter(({ provider }) => !provider),
      n,
    );
    if (!one) return;
    const provider = { name: "stripe" as const, id: `in_${one.version}`, payUrl: "https://pay.example.com/" };
    writes(desk, { invoices: [{ ...one, provider }], events: [] });
  },
  "paid on the page": (desk, n, cents) => {
    const one = nth(
      issued(desk).filter(({ provider }) => provider),
      n,
    );
    if (!one?.provider) return;
    desk.minute += 1;
    add(desk.purse.page, one.invoiceId, cents + 1);
    const paidCents = desk.purse.page.get(one.invoiceId) ?? 0;
    const told = { provider: "stripe", id: one.provider.id, paidCents, currency: "USD" } as const;
    writes(desk, recordTaken(desk.file, told, later(desk.minute)));
    // Told again, and of what was before: nothing new.
    for (const known of [paidCents, Math.max(0, paidCents - cents)])
      expect(recordTaken(desk.file, { ...told, paidCents: known }, later(desk.minute))).toBeUndefined();
  },
  "paid by bank": (desk, n, cents) => {
    const invoiceId = idOf(issued(desk), n);
    const [method, reference] = ["bank-transfer", `T-${desk.minute}`];
    const body = { invoiceId, amountCents: cents + 1, currency: "USD", method, reference };
    if (tries(desk, "payments", body)) add(desk.purse.bank, invoiceId, cents + 1);
  },
  "sent back": (desk, n, cents) => {
    const invoiceId = idOf(issued(desk), n);
    const amountCents = cents + 1;
    if (tries(desk, "refunds", { invoiceId, amountCents, reason: `No. ${desk.minute}` }))
      add(desk.purse.sentBack, invoiceId, amountCents);
  },
  "a refund's outcome": (desk, n) => {
    const entry = nth(
      desk.file.payments.filter((one): one is Refund => one.kind === "refund" && one.method === "stripe"),
      n,
    );
    if (!entry) return;
    const failed = n % 3 === 0;
    const change = recordRefundOutcome(desk.file, { entryId: entry.entryId, failed, reference: "re_1" });
    if (failed && change) add(desk.purse.sentBack, entry.invoiceId, -entry.amountCents);
    writes(desk, change);
  },
  "a dispute": (desk, n) => {
    const invoiceId = idOf(issued(desk), n);
    if (!desk.purse.page.has(invoiceId) || desk.purse.disputed.has(invoiceId)) return;
    if (desk.purse.won.has(invoiceId)) return;
    desk.purse.disputed.add(invoiceId);
    writes(desk, recordDispute(desk.file, [invoiceId], true));
  },
  "the disputes are won": (desk) => {
    for (const invoiceId of desk.purse.disputed) desk.purse.won.add(invoiceId);
    desk.purse.disputed.clear();
    writes(
      desk,
      recordDispute(
        desk.file,
        desk.file.invoices.map((one) => one.invoiceId),
        false,
      ),
    );
  },
  "the end": (desk, n) => {
    if (desk.file.case.endedAt) return;
    desk.minute += 1;
    const stage = (["closed", "expired", "cancelled"] as const)[n % 3] ?? "closed";
    const now = later(desk.minute);
    const ending = { stage, code: "test" };
    writes(desk, {
      case: { stage, ending, endedAt: now },
      invoices: closedByEnding(desk.file, ending, now),
      events: [],
    });
  },
};

/** What is not true of the books; whatever has been done to them. */
function untrue({ file, purse }: Desk): string[] {
  const { invoices, payments } = file;
  const accounts = accountsOf(file);
  const { invoicedCents, paidCents, refundedCents, owedCents, creditCents } = accounts;
  const replaced = new Set(invoices.filter((one) => one.status !== "draft").map((one) => one.replaces));
  const leaves = invoices.filter((one) => !replaced.has(one.invoiceId));
  const payment = (one: LedgerEntry): one is Payment => one.kind === "payment";
  // After a dispute a further payment may come on the same page: that one counts.
  const page = [...purse.page].map(([invoiceId, cents]) =>
    purse.disputed.has(invoiceId)
      ? sum(
          payments
            .filter(payment)
            .filter((one) => one.invoiceId === invoiceId && one.method === "stripe" && !one.disputed)
            .map((one) => one.amountCents),
        )
      : cents,
  );
  const held = sum(page) + sum([...purse.bank.values()]) - sum([...purse.sentBack.values()]);
  const calm = purse.disputed.size === 0;
  const unpaid = unpaidInvoices(file);
  const truths: Record<string, boolean> = {
    "the ledger comes to what is held": paidCents - refundedCents === held,
    "owed and due back are never both": owedCents === 0 || creditCents === 0,
    "what is asked for is held, or owed": !calm || invoicedCents - owedCents + creditCents === held,
    "nobody owes more than is asked for": owedCents <= invoicedCents,
    "every cent lies under the number it came under":
      sum(invoices.map((one) => heldUnder(file, one.invoiceId))) === held,
    "every cent counts for one version": sum(leaves.map((one) => paidOn(file, one))) === held,
    "nothing goes back that is not there":
      !calm || invoices.every((one) => heldUnder(file, one.invoiceId) >= 0),
    "who owes is told for which invoices, and nobody else is": !calm || unpaid.length > 0 === owedCents > 0,
    "the invoices that are told ask for all that is owed":
      sum(unpaid.map((one) => Math.max(0, one.totalCents - paidOn(file, one)))) >= (calm ? owedCents : 0),
    "only what asks for money is unpaid": unpaid.every(isInForce),
    "the gate is the sum":
      isPaidInFull(file) ===
      (owedCents === 0 && invoices.some((one) => one.kind === "order" && isInForce(one))),
    "finance is called for what is held beyond": creditCents === 0 || wantsRefund(file),
    "the case says so": (file.case.refundDueSince !== undefined) === wantsRefund(file),
    "lines come to their total": invoices.every(
      (one) => one.totalCents === sum(one.lines.map((line) => line.amountCents)),
    ),
    "credit is part of the total": invoices.every((one) => one.creditCents <= one.totalCents),
    "versions are unique": new Set(invoices.map((one) => one.version)).size === invoices.length,
    "what is stored is valid":
      invoices.every((one) => Invoice.safeParse(one).success) &&
      payments.every((one) => LedgerEntry.safeParse(one).success),
  };
  return Object.keys(truths).filter((truth) => !truths[truth]);
}

const cents = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 30_000 }));
const command = fc.tuple(fc.constantFrom(...Object.keys(COMMANDS)), fc.nat(7), cents);
const questions = fc.constantFrom<Asks>("payment", "ship-date", "work", "surcharge");

/** Books as they come to be in use. */
const desk = (most: number) =>
  fc.tuple(questions, fc.array(command, { maxLength: most })).map(([asks, commands]): Desk => {
    const begun: Desk = {
      file: aPaidFile([asks]),
      purse: { page: new Map(), bank: new Map(), sentBack: new Map(), disputed: new Set(), won: new Set() },
      minute: 0,
    };
    for (const [name, n, amount] of commands) COMMANDS[name]?.(begun, n, amount);
    return begun;
  });

describe("the books of a case", () => {
  it("R37: every cent is where they say it is, after whatever was done", () => {
    fc.assert(
      fc.property(desk(0), fc.array(command, { maxLength: 25 }), (books, commands) => {
        for (const [name, n, amount] of commands) {
          COMMANDS[name]?.(books, n, amount);
          expect(untrue(books)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("R37: the order in which payments come changes nothing", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.func(fc.nat()), (paid, shuffle) => {
        const file: CaseFile = { ...aPaidFile(["ship-date"]), invoices: [anInvoice()] };
        const entries = paid.map((amountCents, index) =>
          aPayment({ amountCents, entryId: `bank-transfer:${index}`, reference: String(index) }),
        );
        const mixed = entries.toSorted((a, b) => shuffle(a.entryId) - shuffle(b.entryId));
        const booked = (all: readonly Payment[]) =>
          accountsOf(all.reduce((now: CaseFile, one) => after(now, { payments: [one], events: [] }), file));
        expect(booked(mixed)).toEqual(booked(entries));
      }),
    );
  });

  it("R37: of what the page tells, in whatever order and however often, the largest sum counts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9_999_999 }), { minLength: 1, maxLength: 12 }),
        (sums) => {
          const provider = { name: "stripe", id: "in_1", payUrl: "https://pay.example.com/" } as const;
          let file: CaseFile = { ...aPaidFile(["ship-date"]), invoices: [anInvoice({ provider })] };
          for (const paidCents of [...sums, ...sums]) {
            const change = recordTaken(
              file,
              { provider: "stripe", id: "in_1", paidCents, currency: "USD" },
              NOW,
            );
            if (change) file = after(file, change);
          }
          expect(accountsOf(file).paidCents).toBe(Math.max(...sums));
        },
      ),
    );
  });
});

describe("R37: the gate", () => {
  it("is never closed by a payment, and opens at the very cent", () => {
    fc.assert(
      fc.property(desk(12), fc.integer({ min: 1, max: 60_000 }), fc.nat(5), ({ file }, amountCents, n) => {
        const invoiceId = idOf(file.invoices, n);
        const pays = (most: number): CaseFile =>
          after(file, {
            payments: [aPayment({ invoiceId, amountCents: most, entryId: "bank-transfer:new" })],
            events: [],
          });
        const [before, paid] = [accountsOf(file), accountsOf(pays(amountCents))];
        expect(isPaidInFull(pays(amountCents)) || !isPaidInFull(file)).toBe(true);
        expect(paid.owedCents).toBeLessThanOrEqual(before.owedCents);
        expect(paid.creditCents).toBeGreaterThanOrEqual(before.creditCents);
        const missing = before.invoicedCents + before.refundedCents - before.paidCents;
        const opens = missing > 1 && file.invoices.some((one) => one.kind === "order" && isInForce(one));
        for (const all of opens ? [missing] : [])
          expect([isPaidInFull(pays(all - 1)), isPaidInFull(pays(all))]).toEqual([false, true]);
      }),
      { numRuns: 300 },
    );
  });

  it("counts neither other currencies, nor disputed money, nor what goes back; a failed refund is still here", () => {
    const file = (payments: readonly LedgerEntry[]): CaseFile => ({
      ...aPaidFile(["payment"]),
      invoices: [anInvoice()],
      payments,
    });
    expect(isPaidInFull(file([aPayment()]))).toBe(true);
    expect(isPaidInFull(file([aPayment({ currency: "JPY", amountCents: 9_000_000 })]))).toBe(false);
    expect(isPaidInFull(file([aPayment({ disputed: true })]))).toBe(false);
    for (const status of ["wanted", "sent"] as const)
      expect(isPaidInFull(file([aPayment(), aRefund({ amountCents: 1, status })]))).toBe(false);
    expect(isPaidInFull(file([aPayment(), aRefund({ status: "failed" })]))).toBe(true);
  });

  it("is shut in the paid process while nothing is asked for, and open in the complimentary one (R9)", () => {
    const payments = [aPayment()];
    expect(isPaidInFull({ ...aPaidFile(["payment"]), payments })).toBe(false);
    expect(
      isPaidInFull({ ...aPaidFile(["payment"]), payments, invoices: [anInvoice({ kind: "supplement" })] }),
    ).toBe(false);
    expect(isPaidInFull(aFreeFile(["photos"]))).toBe(true);
  });
});

describe("R37: what may go back", () => {
  const wish = (invoiceId: string, amountCents: number) => ({ invoiceId, amountCents, reason: "too much" });
  it("is at most what is held under the invoice, and before the end at most what nothing asks for", () => {
    fc.assert(
      fc.property(desk(18), fc.nat(7), (books, n) => {
        const { file, minute } = books;
        const invoiceId = idOf(issued(books), n);
        const { creditCents } = accountsOf(file);
        const held = issued(books).length > 0 ? Math.max(0, heldUnder(file, invoiceId)) : 0;
        const most = file.case.endedAt === undefined ? Math.min(held, creditCents) : held;
        const refunds = (amount: number): Change =>
          act(FINANCE, "refunds", file, wish(invoiceId, amount), { now: later(minute + 60) });
        expect(problemOf(() => refunds(most + 1)).code).toBe("rule-broken");
        if (most === 0) return;
        const { payments = [] } = refunds(most);
        expect(sum(payments.map((one) => one.amountCents))).toBe(most);
        expect(accountsOf(after(file, refunds(most))).creditCents).toBe(Math.max(0, creditCents - most));
        // It goes the way it came: never more by one way than came by it.
        for (const method of ["stripe", "bank-transfer"] as const) {
          const own = [...file.payments, ...payments].filter(
            (one) => one.invoiceId === invoiceId && one.method === method,
          );
          const came = own.filter((one) => one.kind === "payment");
          const went = own.filter((one) => one.kind === "refund" && one.status !== "failed");
          expect(sum(went.map((one) => one.amountCents))).toBeLessThanOrEqual(
            sum(came.map((one) => one.amountCents)),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("R36: an invoice", () => {
  const kinds = fc.constantFrom<InvoiceLine["kind"]>("service", "shipping", "duties", "insurance", "other");
  const line = fc.record({
    kind: kinds,
    text: fc.constantFrom(
      "The work",
      "FedEx to Japan",
      "Insured return shipping to the United States: included",
    ),
    amountCents: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9_999_999 })),
  });
  const orderLines = fc.array(line, { minLength: 1, maxLength: 20 });

  it("is the sum of its lines, with nothing lost when it is asked for again; or refused as a whole", () => {
    fc.assert(
      fc.property(orderLines, fc.constantFrom<Invoice["kind"]>("order", "supplement"), (written, kind) => {
        const file = aPaidFile(["payment"]);
        const make = (all: readonly InvoiceLine[]) =>
          makeInvoice(file, { kind, lines: all, status: "issued" }, { now: NOW, by: "staff:Kim", brand });
        const total = sum(written.map((one) => one.amountCents));
        const shipped = written.some((one) => one.kind === "shipping" && one.amountCents > 0);
        const possible = total > 0 && total <= 9_999_999 && (kind !== "order" || shipped);
        for (const refused of possible ? [] : [written])
          expect(problemOf(() => make(refused)).code).toBe("rule-broken");
        for (const invoice of possible ? [make(written)] : []) {
          expect(invoice.totalCents).toBe(total);
          expect(invoice.version).toBe(nextVersion(file));
          expect(sum(ownLines(invoice).map((one) => one.amountCents))).toBe(total);
          expect(make(ownLines(invoice)).totalCents).toBe(total);
          expect(Invoice.safeParse(invoice).success).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  /** No whole number of cents from 1 to $99,999.99. */
  const noAmount = fc.oneof(
    fc.integer({ max: -1 }),
    fc.integer({ min: 10_000_000 }),
    fc.double({ noInteger: true }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, "100", null, true, [100]),
  );
  const paid: CaseFile = {
    ...aPaidFile(["work"], { case: { receipt: aReceipt() } }),
    invoices: [anInvoice()],
    payments: [aPayment()],
  };
  const invoiceId = anInvoice().invoiceId;
  const BODIES: Readonly<Record<string, (amountCents: unknown) => object>> = {
    payments: (amountCents) => ({
      invoiceId,
      amountCents,
      currency: "USD",
      method: "bank",
      reference: "T-1",
    }),
    refunds: (amountCents) => ({ invoiceId, amountCents, reason: "too much" }),
    invoices: (amountCents) => ({ lines: [{ kind: "service", text: "The work", amountCents }] }),
    "carrier-bill": (amountCents) => ({ amountCents, reference: "FX-1" }),
  };
  it.each(Object.keys(BODIES))("%s: negative, huge and broken amounts are refused, and no other", (name) => {
    const records = (amountCents: unknown) => act(MANAGER, name, paid, BODIES[name]?.(amountCents));
    fc.assert(
      fc.property(noAmount, (amountCents) => {
        expect(problemOf(() => records(amountCents)).code).toBe("invalid-request");
      }),
    );
    // Nothing is held beyond what is asked for: a refund would be refused for another reason.
    for (const amountCents of name === "refunds" ? [] : [1, 9_999_999])
      expect(records(amountCents).events.length).toBeGreaterThan(0);
    expect(
      problemOf(() => act(MANAGER, "payments", paid, { ...BODIES["payments"]?.(1), currency: "EUR" })).code,
    ).toBe("invalid-request");
  });

  it.each(["payments", "refunds"])("%s: of nothing are refused", (name) => {
    expect(problemOf(() => act(FINANCE, name, paid, BODIES[name]?.(0))).code).toBe("invalid-request");
  });

  it("asks for something", () => {
    expect(messagesOf(() => act(FINANCE, "invoices", paid, BODIES["invoices"]?.(0)))).toEqual([
      "an invoice asks for something",
    ]);
  });
});

describe("R40: the surcharge", () => {
  const inch = fc.integer({ min: 1, max: 1000 }).map((tenths) => tenths / 10);
  it("is the difference, to the cent, for a parcel over the limits whose bill was higher; else nothing", () => {
    fc.assert(
      fc.property(
        fc.tuple(
          inch,
          inch,
          inch,
          fc.integer({ min: 1, max: 60 }).map((tenths) => tenths / 10),
        ),
        fc.integer({ min: 0, max: 30_000 }),
        fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom("paid", "released", "complimentary"),
        ([lengthIn, widthIn, heightIn, weightLb], billCents, advances, how) => {
          const made = advances.map((amountCents, index) =>
            anInvoice({
              version: index + 1,
              kind: index === 0 ? "order" : "supplement",
              lines: [
                { kind: "shipping", text: "FedEx to Japan", amountCents },
                { kind: "service", text: "The work", amountCents: 5000 },
              ],
            }),
          );
          const told = { at: NOW, by: "staff:Kim" };
          const facts = {
            receipt: aReceipt({ parcel: { lengthIn, widthIn, heightIn, weightLb } }),
            carrierBill: { ...told, amountCents: billCents, reference: "FX-1" },
            ...(how === "released" ? { surchargeRelease: { ...told, reason: "kindness" } } : {}),
          };
          const file = (how === "complimentary" ? aFreeFile : aPaidFile)(["photos"], {
            case: facts,
            invoices: [
              ...made,
              // What no longer asks for money has billed nothing in advance.
              anInvoice({ version: 9, status: "voided" }),
            ],
          });
          const over = Math.max(lengthIn, widthIn, heightIn) > 8 || weightLb > 3;
          const difference = Math.max(0, billCents - sum(advances));
          expect(surchargeCents(file, brand.packageLimits)).toBe(over && how === "paid" ? difference : 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
