/** R40: a parcel over the limits whose shipping cost more than was billed in advance; nothing in any other case. */
import { describe, expect, it } from "vitest";
import { isPaidInFull } from "../../lambdas/domain/accounts.ts";
import type { Case, CaseItem } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import type { Asks } from "../../lambdas/domain/wait.ts";
import { waitRow } from "../../lambdas/domain/wait-table.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aReceipt, aWindow, CASE_ID } from "../builders/case-file.ts";
import { anInvoice, aPayment } from "../builders/invoice.ts";
import {
  act,
  aFreeFile,
  after,
  aPaidFile,
  aPaidItem,
  CUSTOMER,
  faultsOf,
  NOW,
  problemOf,
  staff,
} from "../builders/paid.ts";

const SHIPPING = staff("shipping");
const WORKSHOP = staff("workshop");
const MANAGER = staff("manager");

/** Shipping billed in advance, on two invoices: $95.00 and $20.00. */
const BILLED = 11_500;
const ORDER = anInvoice();
const SUPPLEMENT = anInvoice({
  version: 2,
  kind: "supplement",
  lines: [
    { kind: "shipping", text: "A larger box", amountCents: 2_000 },
    { kind: "service", text: "A new stone", amountCents: 5_000 },
  ],
});
const PAID = aPayment({ amountCents: ORDER.totalCents + SUPPLEMENT.totalCents });

const WITHIN = { lengthIn: 8, widthIn: 8, heightIn: 8, weightLb: 3 };
const OVER = { ...WITHIN, weightLb: 3.01 };

/** Something paid on the surcharge. */
const aPaymentOf = (amountCents: number) =>
  aPayment({
    entryId: `bank-transfer:T-${amountCents}`,
    reference: `T-${amountCents}`,
    invoiceId: `${CASE_ID}-3`,
    amountCents,
  });

/** A case whose order and supplement are paid. */
const shipped = (questions: readonly Asks[], fields: Partial<Case> = {}): CaseFile => ({
  ...aPaidFile(questions, { case: { items: [aPaidItem({ outcome: "resize" })], ...fields } }),
  invoices: [ORDER, SUPPLEMENT],
  payments: [PAID],
});
const onItsWay = (fields: Partial<Case> = {}): CaseFile => shipped(["receipt"], fields);
const inWork = (parcel = OVER, fields: Partial<Case> = {}): CaseFile =>
  shipped(["work"], { receipt: aReceipt({ parcel }), window: aWindow(), ...fields });

const bill = (file: CaseFile, amountCents: number, known?: Parameters<typeof act>[4]): Change =>
  act(SHIPPING, "carrier-bill", file, { amountCents, reference: "FX-2026-77" }, known);
const arrive = (file: CaseFile, parcel: typeof WITHIN, found: object = {}): Change =>
  act(SHIPPING, "receipt", file, {
    serialNumber: "SN-2026-0001",
    certificate: true,
    condition: "as-photographed",
    contents: ["jewelry", "pouch", "certificate"],
    ...parcel,
    ...found,
  });
/** What is charged on top, in cents; 0 where no surcharge is. */
const charged = (file: CaseFile): number =>
  file.invoices.find((invoice) => invoice.kind === "surcharge" && invoice.status === "issued")?.totalCents ??
  0;

/** Both facts in either order: the parcel as measured, the carrier's bill. */
const ORDERS: readonly (readonly [
  string,
  (parcel: typeof WITHIN, amount: number, item?: Partial<CaseItem>) => CaseFile,
])[] = [
  [
    "the bill before the parcel",
    (parcel, amount) => {
      const billed = after(onItsWay(), bill(onItsWay(), amount));
      return after(billed, arrive(billed, parcel));
    },
  ],
  [
    "the parcel before the bill",
    (parcel, amount) => {
      const received = after(onItsWay(), arrive(onItsWay(), parcel));
      const settled = { ...received, waits: shipped(["receipt"]).waits };
      return after(settled, bill(settled, amount));
    },
  ],
];

describe.each(ORDERS)("over the limits, and the bill above what was billed: %s", (_, both) => {
  it.each([
    ["both: exactly the difference", OVER, BILLED + 4_321, 4_321],
    ["both, by one cent", OVER, BILLED + 1, 1],
    ["the size alone: as much as was billed", OVER, BILLED, 0],
    ["the size alone: less than was billed", OVER, BILLED - 1, 0],
    ["the size alone: the carrier asks nothing", OVER, 0, 0],
    ["the bill alone: the limits are inclusive", WITHIN, BILLED + 50_000, 0],
    ["neither", WITHIN, BILLED, 0],
  ])("R40: %s", (_name, parcel, amount, cents) => {
    const file = both(parcel, amount);
    expect(file.case.carrierBill?.amountCents).toBe(amount);
    expect(charged(file)).toBe(cents);
    expect(isPaidInFull(file)).toBe(cents === 0);
  });

  it.each([
    ["too long", { ...WITHIN, lengthIn: 8.5 }],
    ["too wide", { ...WITHIN, widthIn: 9 }],
    ["too high", { ...WITHIN, heightIn: 8.01 }],
  ])("R51: %s breaks the limits as well as the weight does", (_name, parcel) => {
    expect(charged(both(parcel, BILLED + 100))).toBe(100);
  });
});

it("R51: the limits of these tests are the brand's", () => {
  expect(WITHIN).toEqual(brand.packageLimits);
});

describe("what was billed in advance (R36, R40)", () => {
  const chargedWith = (invoices: CaseFile["invoices"], amount: number): number => {
    const file = { ...inWork(), invoices };
    return charged(after(file, bill(file, amount)));
  };
  it("R40: shipping lines of what is in force, whatever kind of invoice they are on", () => {
    expect(chargedWith([ORDER], 10_000)).toBe(500);
    expect(chargedWith([ORDER, SUPPLEMENT], 12_000)).toBe(500);
    expect(chargedWith([ORDER, { ...SUPPLEMENT, status: "voided" }], 10_000)).toBe(500);
    expect(chargedWith([{ ...ORDER, status: "superseded" }, anInvoice({ version: 2 })], 10_000)).toBe(500);
    expect(chargedWith([ORDER, { ...SUPPLEMENT, status: "draft" }], 10_000)).toBe(500);
  });
});

describe("the surcharge itself", () => {
  const file = inWork();
  const change = bill(file, BILLED + 4_321);
  const next = after(file, change);

  it("R40: an invoice of its own with the difference alone, and what it rests on", () => {
    expect(change.invoices).toHaveLength(1);
    const [invoice] = change.invoices ?? [];
    expect(invoice).toMatchObject({
      invoiceId: `${CASE_ID}-3`,
      kind: "surcharge",
      status: "issued",
      by: "system",
      totalCents: 4_321,
      creditCents: 0,
      lines: [{ kind: "shipping", amountCents: 4_321 }],
      evidence: { ...OVER, billReference: "FX-2026-77", billCents: BILLED + 4_321, billedCents: BILLED },
    });
    expect(invoice?.lines).toHaveLength(1);
    expect(invoice?.lines[0]?.text).toMatch(/8 x 8 x 8 in, 3.01 lb/);
  });

  it("R40: it is sent by the provider, the customer sees it, the work goes on", () => {
    expect(change.settles).toBe(true);
    expect(change.answer).toBeUndefined();
    expect(change.events.map(({ type, shown }) => [type, shown])).toEqual([
      ["CarrierBilled", false],
      ["SurchargeFound", true],
    ]);
    expect(next.case).toMatchObject({
      stage: "in-work",
      carrierBill: { amountCents: BILLED + 4_321, reference: "FX-2026-77", at: NOW, by: "staff:Kim" },
    });
  });

  it("a second bill: 409, whatever it says", () => {
    for (const amount of [BILLED, BILLED + 9_999])
      expect(problemOf(() => bill(next, amount)).code).toBe("out-of-turn");
  });

  it("without a surcharge the bill is recorded all the same, and the provider has nothing to do", () => {
    const within = bill(inWork(WITHIN), BILLED + 4_321);
    expect(within.case?.carrierBill?.amountCents).toBe(BILLED + 4_321);
    expect([within.invoices, within.settles]).toEqual([undefined, undefined]);
  });

  it.each([-1, 10.5, 10_000_000, "120.00"])("a bill of %j is no amount in cents", (amountCents) => {
    const body = { amountCents, reference: "FX-1" };
    expect(faultsOf(() => act(SHIPPING, "carrier-bill", file, body))).toEqual(["amountCents"]);
  });

  it("only shipping brings the bill, and only once the parcel can be on its way", () => {
    for (const role of ["representative", "workshop", "finance"] as const) {
      const body = { amountCents: BILLED, reference: "FX-1" };
      expect(problemOf(() => act(staff(role), "carrier-bill", file, body)).code).toBe("forbidden");
    }
    for (const asks of ["payment", "ship-date", "export-clearance", "return-delivery"] as const) {
      const problem = problemOf(() => bill(shipped([asks]), BILLED));
      expect([problem.status, problem.extensions.stage]).toEqual([409, waitRow(asks).stage]);
    }
  });
});

describe("the parcel over the limits at its receipt (R40, R56)", () => {
  const billed = after(onItsWay(), bill(onItsWay(), BILLED + 4_321));

  it("R56: it is held as a discrepancy, and the surcharge is invoiced at once", () => {
    const change = arrive(billed, OVER);
    expect(change.answer?.outcome).toBe("discrepancy");
    expect(change.case?.receipt?.mismatches.map((one) => one.kind)).toEqual(["size-or-weight"]);
    expect(change).toMatchObject({ settles: true, invoices: [{ kind: "surcharge", totalCents: 4_321 }] });
    expect(change.events.map((event) => event.type)).toEqual(["ParcelReceived", "SurchargeFound"]);
  });

  it("R40: another discrepancy alone charges nothing", () => {
    const change = arrive(billed, WITHIN, { certificate: false });
    expect(change.answer?.outcome).toBe("discrepancy");
    expect([change.invoices, change.settles]).toEqual([undefined, undefined]);
  });

  it("R40: a person lets the work go on; the surcharge stays", () => {
    const held = after(billed, arrive(billed, OVER));
    const asked = {
      ...held,
      case: { ...held.case, stage: "discrepancy" as const },
      waits: shipped(["discrepancy"]).waits,
    };
    const change = act(SHIPPING, "discrepancy", asked, { resolution: "continue", text: "agreed" });
    expect(change.answer?.outcome).toBe("continue");
    expect(charged(after(asked, change))).toBe(4_321);
  });

  it("R40: one that goes back unworked is charged as well, and waits for it", () => {
    const cancelled = { ...billed, case: { ...billed.case, cancellation: { at: NOW, by: "customer" } } };
    const change = arrive(cancelled, OVER);
    expect(change.answer?.outcome).toBe("return-unworked");
    expect(charged(after(cancelled, change))).toBe(4_321);
  });
});

describe("the return waits for it (R37, R40)", () => {
  const inspected = (file: CaseFile): CaseFile => ({
    ...file,
    case: { ...file.case, stage: "inspection", waitNo: 1 },
    waits: shipped(["inspection"]).waits,
  });
  const passed = { measuredSize: 13, repairValueCents: 9_000, manifest: ["jewelry", "pouch", "certificate"] };
  const inspect = (file: CaseFile): Change => act(WORKSHOP, "inspection", inspected(file), passed);
  const surcharged = after(inWork(), bill(inWork(), BILLED + 4_321));
  const waiting = after(inspected(surcharged), inspect(surcharged));

  it("R40: what passed its inspection stays until it is paid", () => {
    const change = inspect(surcharged);
    expect(change.answer?.outcome).toBe("passed");
    expect(change.start).toMatchObject({ machine: "service-order", resumeAt: "Await surcharge" });
    expect(waiting.case).toMatchObject({ stage: "surcharge-due", manifest: passed.manifest });
    expect(waiting.case.items[0]).toMatchObject({ measuredSize: 13, repairValueCents: 9_000 });
    expect(waiting.waits.at(-1)).toMatchObject({ asks: "surcharge" });
    // It waits as long as it takes: the ring is not given up for it.
    expect(waiting.waits.at(-1)).not.toHaveProperty("deadline");
  });

  it("R40: without one it goes home at once", () => {
    const change = inspect(inWork(WITHIN));
    expect(change.answer?.outcome).toBe("passed");
    expect([change.start, change.waits]).toEqual([undefined, undefined]);
  });

  it("R40: paid before the inspection, nothing is waited for", () => {
    const paid = aPaymentOf(4_321);
    expect(inspect({ ...surcharged, payments: [PAID, paid] }).start).toBeUndefined();
  });

  it("R37, R40: paid in full it goes home; a cent less and it stays", () => {
    const pay = (amountCents: number) =>
      act(staff("finance"), "payments", waiting, {
        invoiceId: `${CASE_ID}-3`,
        amountCents,
        currency: "USD",
        method: "bank-transfer",
        reference: "T-2002",
      });
    expect(pay(4_320).answer).toBeUndefined();
    expect(pay(4_321).answer?.outcome).toBe("settled");
  });

  it("R40: a bill that comes while something else is waited for is added to it", () => {
    const { carrierBill: _, ...unbilled } = waiting.case;
    const before = { ...waiting, case: unbilled, invoices: [ORDER, SUPPLEMENT], payments: [] };
    const change = bill(before, BILLED + 100);
    expect(change.answer).toBeUndefined();
    expect(charged(after(before, change))).toBe(100);
  });

  it("cancelling no longer helps: the work is done", () => {
    expect(problemOf(() => act(CUSTOMER, "cancellation", waiting, {})).code).toBe("out-of-turn");
  });

  const release = (file: CaseFile, actor = MANAGER, body: unknown = { reason: "a regular customer" }) =>
    act(actor, "surcharge-release", file, body);

  it("R40: a manager lets it go, with a reason, and the ring goes home", () => {
    const change = release(waiting);
    expect(change).toMatchObject({
      answer: { outcome: "settled", by: "staff:Kim" },
      case: { surchargeRelease: { at: NOW, by: "staff:Kim", reason: "a regular customer" } },
      invoices: [{ invoiceId: `${CASE_ID}-3`, status: "voided", closedAt: NOW }],
      settles: true,
      events: [{ type: "SurchargeReleased", shown: true }],
    });
    const gone = after(waiting, change);
    expect([charged(gone), isPaidInFull(gone)]).toEqual([0, true]);
    expect(gone.case).not.toHaveProperty("refundDueSince");
  });

  it("R40: what was paid of it by then is due back", () => {
    const partly = { ...waiting, payments: [PAID, aPaymentOf(1_000)] };
    expect(after(partly, release(partly)).case.refundDueSince).toBe(NOW);
  });

  it("R40: a manager alone, and not without a reason", () => {
    for (const role of ["representative", "shipping", "workshop", "finance"] as const)
      expect(problemOf(() => release(waiting, staff(role))).code).toBe("forbidden");
    expect(faultsOf(() => release(waiting, MANAGER, {}))).toEqual(["reason"]);
    expect(faultsOf(() => release(waiting, MANAGER, { reason: " " }))).toEqual(["reason"]);
  });

  it("R40: released before the inspection, it does not come again with it", () => {
    const released = after(surcharged, release(surcharged));
    expect(release(surcharged).answer).toBeUndefined();
    expect(inspect(released).start).toBeUndefined();
  });

  it("where there is none: 409 with the stage", () => {
    const problem = problemOf(() => release(inWork()));
    expect([problem.status, problem.extensions.stage]).toEqual([409, "in-work"]);
    const released = after(waiting, release(waiting));
    expect(problemOf(() => release(released)).code).toBe("out-of-turn");
  });

  it("R40: it is neither voided nor replaced by finance", () => {
    const finance = staff("finance");
    const invoiceId = `${CASE_ID}-3`;
    expect(faultsOf(() => act(finance, "invoice-void", waiting, { invoiceId }))).toEqual(["invoiceId R40"]);
    const lines = [{ kind: "shipping", text: "Less", amountCents: 1 }];
    expect(faultsOf(() => act(finance, "invoices", waiting, { lines, replaces: invoiceId }))).toEqual([
      "replaces R40",
    ]);
  });
});

describe("the complimentary process (R9, R40)", () => {
  it("R9: is never charged, over the limits and above any sum", () => {
    const free = aFreeFile(["receipt"]);
    const billed = after(free, bill(free, 99_999));
    const received = arrive(billed, OVER);
    expect(received.answer?.outcome).toBe("discrepancy");
    expect(after(billed, received).invoices).toEqual([]);
    const inHand = aFreeFile(["work"], { case: { receipt: aReceipt({ parcel: OVER }), window: aWindow() } });
    const change = bill(inHand, 99_999);
    expect([change.invoices, change.settles]).toEqual([undefined, undefined]);
  });
});
