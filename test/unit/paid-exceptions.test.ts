/** What seldom happens to the money of a case, and must not cost anybody anything. */
import { describe, expect, it } from "vitest";
import { expire } from "../../lambdas/actions/expire.ts";
import { recordDispute } from "../../lambdas/actions/payments.ts";
import { remind } from "../../lambdas/actions/remind.ts";
import { isPaidInFull, wantsRefund } from "../../lambdas/domain/accounts.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { applyChange } from "../../lambdas/domain/change.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { closedByEnding } from "../../lambdas/domain/invoicing.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { actionNamed } from "../builders/actions.ts";
import { aCaseFile, anItem, aWait } from "../builders/case-file.ts";
import { anInvoice, aPayment, aRefund } from "../builders/invoice.ts";

const NOW = "2026-04-20T12:00:00.000Z";
const order = anInvoice();
const paid = aPayment({ invoiceId: order.invoiceId, amountCents: order.totalCents });
const paidFile = (overrides: Parameters<typeof aCaseFile>[0] = {}): CaseFile =>
  aCaseFile({
    invoices: [order],
    payments: [paid],
    ...overrides,
    case: { process: "repair-and-maintenance", ...overrides.case },
  });

describe("R47: an order of which part went on in another case", () => {
  const items = [anItem(), anItem({ item: 2, dropped: true, movedTo: CaseId.parse("CW-N3WN3WN3WN") })];
  const ending = { stage: "cancelled", code: "customer" } as const;

  it("stays in force when its case is cancelled: the money is not simply due back", () => {
    expect(closedByEnding(paidFile({ case: { items } }), ending, NOW)).toEqual([]);
    expect(closedByEnding(paidFile(), ending, NOW)).toHaveLength(1);
  });
  it("is finance's to look at until finance has said what becomes of it", () => {
    const ended = paidFile({ case: { items, stage: "cancelled", ending, endedAt: NOW } });
    expect(wantsRefund(ended)).toBe(true);
    const refund = aRefund({
      invoiceId: order.invoiceId,
      amountCents: 5000,
      at: "2026-04-21T12:00:00.000Z",
    });
    expect(wantsRefund({ ...ended, payments: [paid, refund] })).toBe(false);
    expect(wantsRefund(paidFile({ case: { items } }))).toBe(false);
  });
});

describe("a dispute", () => {
  const byPage = { ...paid, method: "stripe" } as const;
  const supplement = anInvoice({
    version: 2,
    invoiceId: `${order.caseId}-2`,
    kind: "supplement",
    lines: [{ kind: "service", text: "A stone", amountCents: 5000 }],
    totalCents: 5000,
  });
  const alsoPaid = aPayment({
    entryId: "stripe:in_2:5000",
    invoiceId: supplement.invoiceId,
    amountCents: 5000,
    method: "stripe",
  });
  const file = paidFile({ invoices: [order, supplement], payments: [byPage, alsoPaid] });

  it("R37: takes the money of its own invoice, and puts the case before finance while it is open", () => {
    const change = recordDispute(file, [supplement.invoiceId], true);
    const disputed = applyChange(file, change ?? { events: [] }, NOW).file;
    expect(isPaidInFull(disputed)).toBe(false);
    expect(disputed.payments.filter((entry) => entry.kind === "payment" && entry.disputed)).toHaveLength(1);
    expect(disputed.case.refundDueSince).toBe(NOW);
    const settled = applyChange(
      disputed,
      recordDispute(disputed, [supplement.invoiceId], false) ?? { events: [] },
      NOW,
    );
    expect(isPaidInFull(settled.file)).toBe(true);
    expect(settled.file.case.refundDueSince).toBeUndefined();
    // The message that opened it comes once more, late.
    expect(recordDispute(settled.file, [supplement.invoiceId], true)).toBeUndefined();
  });
});

describe("payment is awaited while no invoice asks for it", () => {
  const waits = [aWait({ asks: "payment", remindAt: NOW, deadline: "2026-04-27T12:00:00.000Z", dueAt: NOW })];
  const bare = paidFile({ invoices: [{ ...order, status: "voided" }], payments: [], waits });

  it("R64: nobody is reminded of nothing; finance is late", () => {
    const change = remind(bare, NOW);
    expect(change?.mails).toBeUndefined();
    expect(change?.events.map(({ type }) => type)).toEqual(["WaitOverdue"]);
    expect(remind(paidFile({ payments: [], waits }), NOW)?.mails).toHaveLength(1);
  });
  it("R64: and the case does not expire over it", () => {
    const late = "2026-04-28T12:00:00.000Z";
    expect(expire(bare, late, brand)).toMatchObject({ waits: [{ deadline: "2026-05-12T12:00:00.000Z" }] });
    expect(expire(bare, late, brand)?.answer).toBeUndefined();
    expect(expire(paidFile({ payments: [], waits }), late, brand)?.answer?.outcome).toBe("expired");
  });
});

it("R35: an invoice that could not be sent is replaced by another, and the process tries again", () => {
  const stuck = paidFile({
    payments: [],
    case: { stage: "attention" },
    waits: [aWait({ asks: "attention", resumeAt: "Send invoice", deadline: undefined })],
  });
  const body = {
    replaces: order.invoiceId,
    lines: [
      { kind: "service", text: "Polishing", amountCents: 9000 },
      { kind: "shipping", text: "Shipping to Japan", amountCents: 8000 },
    ],
  };
  const action = actionNamed("invoices");
  const change = action.apply(stuck, action.input.parse(body), {
    now: NOW,
    actor: { kind: "staff", name: "Kim", roles: ["finance"] },
    brand,
    newCaseId: CaseId.parse("CW-N3WN3WN3WN"),
    rings: new Map(),
    designs: new Map(),
  });
  expect(change?.answer).toEqual({ outcome: "retry", by: "staff:Kim" });
  expect(change?.invoices?.map(({ status }) => status)).toEqual(["issued", "superseded"]);
});
