/**
 * Cases of the paid process, with the house's bank beside the payment provider, and somebody who looks at every write:
 * what the ledger says is compared with what both really hold.
 */
import { recordDispute, recordRefundOutcome } from "../../lambdas/actions/payments.ts";
import { accountsOf, isInForce, isPaidInFull, wantsRefund } from "../../lambdas/domain/accounts.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import type { Design } from "../../lambdas/domain/design.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import type { LedgerEntry, Refund } from "../../lambdas/domain/payment.ts";
import { isOutstanding } from "../../lambdas/domain/settlement.ts";
import { aDesign } from "./case-file.ts";
import { type FakePayable, remainingOf } from "./fake-provider.ts";
import { anHonestWorld, CUSTOMER, goesOn, ITEM, STAFF } from "./honest.ts";
import type { World } from "./world.ts";

const NECKLACE: Design = aDesign({
  designNumber: "N-5001",
  name: "Shizuku",
  kind: "necklace",
  resizing: { category: "unavailable" },
  availableSizes: [],
  services: ["polishing", "other"],
  shots: ["top", "stones", "certificate"],
});
const EXCHANGED: Design = aDesign({
  designNumber: "R-3001",
  name: "Hanabi",
  resizing: { category: "exchange-paid" },
  services: ["polishing", "paid-exchange"],
});
/** Its change of size carries a fee always (R13). */
const CHARGED: Design = aDesign({ designNumber: "R-1003", name: "Tsukimi", feeRequired: true });
export const DESIGNS: readonly Design[] = [aDesign(), NECKLACE, EXCHANGED, CHARGED];

/** An order as finance may put it anew. */
export const LINES = [
  { kind: "service", text: "The work", amountCents: 12_000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8_000 },
] as const;

type Options = NonNullable<Parameters<typeof anHonestWorld>[0]>;
type Item = NonNullable<Options["items"]>[number];
const { sizeAtPurchase: _s, desiredSize: _d, ...SIZELESS } = ITEM;
const necklace: Item = {
  ...SIZELESS,
  design: "Shizuku",
  designNumber: "N-5001",
  serialNumber: "SN-2026-0005",
  services: ["polishing"],
  description: "The chain is dull",
};
const resized: Item = { ...ITEM, services: ["paid-resizing"], description: "A little wider" };
const exchanged: Item = {
  ...ITEM,
  design: "Hanabi",
  designNumber: "R-3001",
  serialNumber: "SN-2026-0003",
  services: ["paid-exchange"],
  description: "Another size",
};

export const KINDS = [
  "the repair of a necklace",
  "a paid resizing",
  "a paid exchange",
  "several pieces",
  "one that carries a fee",
  "one that is complimentary",
] as const;
export type Kind = (typeof KINDS)[number];

/** What can be asked for; the last two begin in the complimentary process. */
export const REQUESTS: Readonly<Record<Kind, Pick<Options, "items" | "process">>> = {
  "the repair of a necklace": { items: [necklace] },
  "a paid resizing": { items: [resized] },
  "a paid exchange": { items: [exchanged] },
  "several pieces": {
    items: [
      { ...necklace, priceCents: 70_000 },
      { ...resized, priceCents: 70_000, services: ["paid-resizing", "polishing" as const] },
    ],
  },
  "one that carries a fee": {
    items: [{ ...ITEM, design: "Tsukimi", designNumber: "R-1003" }],
    process: "complimentary-resizing",
  },
  "one that is complimentary": { items: [ITEM], process: "complimentary-resizing" },
};

export interface House {
  readonly world: World;
  /** What came in by bank and was recorded: by its reference. */
  readonly transfers: Map<string, { readonly invoiceId: string; readonly cents: number }>;
  /** Refunds that were accepted. */
  readonly sentBack: { readonly invoiceId: string; readonly cents: number }[];
  /** By the provider's number of the invoice: every sum it has told of. */
  readonly told: Map<string, number[]>;
  /** By the same number: what the payer's bank has taken back. */
  readonly disputed: Map<string, number>;
  /** Whether she takes the other process where it is offered. */
  accepts: boolean;
  /** What has been found wrong, in words. */
  readonly wrong: Set<string>;
  /** Counts whatever has to be told apart. */
  next(): number;
}

/** A case of this kind, and all that it takes to tell whether a cent got lost. */
export function aHouse(kind: Kind, options: Omit<Options, "items" | "process"> = {}): House {
  const wrong = new Set<string>();
  let count = 0;
  let paidWhenAskedFor = true;
  const world: World = anHonestWorld({
    process: "repair-and-maintenance",
    ...REQUESTS[kind],
    designs: DESIGNS,
    ...options,
    carrierSays: (nth) => {
      if (!paidWhenAskedFor) wrong.add(`label ${nth} was asked for while something was unpaid`);
      return options.carrierSays?.(nth);
    },
  });
  const { store } = world;
  const commit = store.commit.bind(store);
  store.commit = async (before, change, now) => {
    const after = await commit(before, change, now);
    for (const sentence of wrongWith(before, change, after)) wrong.add(sentence);
    // The last moment the process can decide at: from here on it is the carrier's.
    if (change.shipments?.some((one) => one.status === "requested")) paidWhenAskedFor = isPaidInFull(after);
    return after;
  };
  return {
    world,
    transfers: new Map(),
    sentBack: [],
    told: new Map(),
    disputed: new Map(),
    accepts: kind !== "one that is complimentary",
    wrong,
    next: () => {
      count += 1;
      return count;
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const isRefund = (entry: LedgerEntry): entry is Refund => entry.kind === "refund";

/** What an invoice says: all but what has become of it. */
function contentOf(invoice: Invoice): string {
  const {
    status: _s,
    provider: _p,
    documentKey: _d,
    sentAt: _t,
    closedAt: _c,
    providerClosed: _x,
    ...content
  } = invoice;
  return JSON.stringify(Object.entries(content).sort(([a], [b]) => a.localeCompare(b)));
}
const NEXT_STATUS: Readonly<Record<Invoice["status"], readonly Invoice["status"][]>> = {
  draft: ["draft", "issued", "voided"],
  issued: ["issued", "superseded", "voided", "expired"],
  superseded: ["superseded"],
  voided: ["voided"],
  expired: ["expired"],
};
const FINAL = ["provider", "sentAt", "closedAt", "providerClosed"] as const;

/** R35: what is wrong with what became of an invoice. */
function invoiceWrongs(before: Invoice | undefined, after: Invoice): string[] {
  if (!before) return [];
  const { invoiceId, status } = before;
  const wrongs: string[] = [];
  if (!NEXT_STATUS[status].includes(after.status))
    wrongs.push(`${invoiceId}: ${status} became ${after.status}`);
  if (status === "draft") return wrongs;
  if (contentOf(before) !== contentOf(after)) wrongs.push(`${invoiceId} says something else than it did`);
  for (const field of FINAL)
    if (before[field] !== undefined && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      wrongs.push(`${invoiceId}: its ${field} has changed`);
  return wrongs;
}

/** R37: an entry stays what it was; a refund goes its way once. */
function entryWrongs(before: LedgerEntry, after: LedgerEntry | undefined): string[] {
  const { entryId } = before;
  if (!after) return [`${entryId} has vanished from the ledger`];
  const core = (entry: LedgerEntry) => [
    entry.kind,
    entry.invoiceId,
    entry.amountCents,
    entry.at,
    entry.method,
  ];
  const wrongs = core(before).join() === core(after).join() ? [] : [`${entryId} is another entry now`];
  if (!isRefund(before) || !isRefund(after) || before.status === after.status) return wrongs;
  return before.status === "failed" || after.status === "wanted"
    ? [...wrongs, `${entryId}: ${before.status} became ${after.status}`]
    : wrongs;
}

/** R40: what a new surcharge must rest on. */
function surchargeWrongs(after: CaseFile, { invoiceId, kind, totalCents }: Invoice): string[] {
  if (kind !== "surcharge") return [];
  const { process, receipt, carrierBill, surchargeRelease } = after.case;
  const billed = after.invoices
    .filter((one) => one.status === "issued" && one.kind !== "surcharge")
    .flatMap((one) => one.lines)
    .filter((line) => line.kind === "shipping");
  const over = receipt && (receipt.parcel.lengthIn > 8 || receipt.parcel.weightLb > 3);
  const due = (carrierBill?.amountCents ?? 0) - sum(billed.map((line) => line.amountCents));
  const right = over && process === "repair-and-maintenance" && !surchargeRelease && totalCents === due;
  return right ? [] : [`${invoiceId}: a surcharge of ${totalCents}, where ${due} is due`];
}

/** R37: what was paid before counts for what is asked for now, and the rest alone is asked for. */
function creditWrongs(before: CaseFile, after: CaseFile): string[] {
  const asking = new Set(before.invoices.filter(isInForce).map((one) => one.version));
  const asked = after.invoices.filter((one) => isInForce(one) && !asking.has(one.version));
  const total = sum(asked.map((one) => one.totalCents));
  const { invoicedCents, paidCents, refundedCents } = accountsOf(after);
  const beyond = paidCents - refundedCents - (invoicedCents - total);
  const right = Math.max(0, Math.min(total, beyond));
  const credit = sum(asked.map((one) => one.creditCents));
  return credit === right ? [] : [`a credit of ${credit} on what is newly asked for, where ${right} is held`];
}

/** What is wrong with a write, whoever it comes from. */
function wrongWith(before: CaseFile, change: Change, after: CaseFile): string[] {
  const { process, refundDueSince } = after.case;
  const { owedCents, creditCents } = accountsOf(after);
  const known = new Map(before.invoices.map((one) => [one.version, one]));
  const newest = Math.max(0, ...known.keys());
  const added = after.invoices.filter((one) => !known.has(one.version));
  const went = new Set((change.payments ?? []).filter(isRefund).map((one) => one.entryId));
  const wrongs = [
    ...after.invoices.flatMap((one) => invoiceWrongs(known.get(one.version), one)),
    ...before.payments.flatMap((one) =>
      entryWrongs(
        one,
        after.payments.find((other) => other.entryId === one.entryId),
      ),
    ),
    ...added.flatMap((one) => surchargeWrongs(after, one)),
    ...creditWrongs(before, after),
  ];
  const truths: Record<string, boolean> = {
    "no invoice is lost": before.invoices.every((one) =>
      after.invoices.some((other) => other.version === one.version),
    ),
    "versions are unique and increase":
      new Set(after.invoices.map((one) => one.version)).size === after.invoices.length &&
      added.every((one) => one.version > newest && one.invoiceId.endsWith(`-${one.version}`)),
    "the sum of an invoice is that of its lines": after.invoices.every(
      (one) => one.totalCents === sum(one.lines.map((line) => line.amountCents)),
    ),
    "finance is called when there is a refund to make": (refundDueSince !== undefined) === wantsRefund(after),
    "what is held beyond what is asked for is a refund to make":
      creditCents === 0 || refundDueSince !== undefined,
    "nothing is owed and due back at once": owedCents === 0 || creditCents === 0,
    "R9: a complimentary case owes nothing": process !== "complimentary-resizing" || owedCents === 0,
    "R9: nothing is asked of a complimentary case":
      process !== "complimentary-resizing" || !after.invoices.some(isInForce),
    "no more goes back than came in": after.invoices.every(({ invoiceId }) =>
      [true, false].every((byPage) => {
        const own = after.payments.filter(
          (one) => one.invoiceId === invoiceId && (one.method === "stripe") === byPage,
        );
        const went = own.filter(isRefund).filter((one) => one.status !== "failed");
        const came = own.filter((one) => !isRefund(one));
        return sum(went.map((one) => one.amountCents)) <= sum(came.map((one) => one.amountCents));
      }),
    ),
    "R37: what was worked for is not due back because the case is closed":
      before.case.endedAt !== undefined ||
      after.case.stage !== "closed" ||
      creditCents === accountsOf(before).creditCents,
    "before the end nothing goes back that is asked for":
      before.case.endedAt !== undefined ||
      ![...went].some((entryId) => !before.payments.some((one) => one.entryId === entryId)) ||
      owedCents === 0,
  };
  return [...wrongs, ...Object.keys(truths).filter((truth) => !truths[truth])];
}

/** What the ledger says of an invoice's payments by the provider's page, or by bank. */
const recorded = ({ world }: House, invoiceId: string, byPage: boolean): number =>
  sum(
    world
      .file()
      .payments.filter((one) => one.kind === "payment" && one.invoiceId === invoiceId)
      .filter((one) => (one.method === "stripe") === byPage)
      .map((one) => one.amountCents),
  );

/** Where the ledger differs from what provider and bank know; `all`: the provider has told everything. */
export function miscounted(house: House, all: boolean): string[] {
  const { world, transfers, told, sentBack, disputed } = house;
  const { payments, invoices } = world.file();
  const wrongs: string[] = [];
  for (const { id, invoiceId, takenCents } of world.payables) {
    const known = recorded(house, invoiceId, true);
    const least = all ? takenCents : Math.max(0, ...(told.get(id) ?? []));
    if (known < least || known > takenCents)
      wrongs.push(`${id}: ${takenCents} taken, ${known} in the ledger`);
  }
  for (const { invoiceId } of invoices) {
    const came = [...transfers.values()].filter((one) => one.invoiceId === invoiceId);
    const known = recorded(house, invoiceId, false);
    if (sum(came.map((one) => one.cents)) !== known)
      wrongs.push(`${invoiceId}: ${known} by bank in the ledger`);
    const asked = sentBack.filter((one) => one.invoiceId === invoiceId);
    const entries = payments.filter(isRefund).filter((one) => one.invoiceId === invoiceId);
    if (sum(asked.map((one) => one.cents)) !== sum(entries.map((one) => one.amountCents)))
      wrongs.push(`${invoiceId}: other refunds in the ledger than were ordered`);
  }
  const byProvider = payments.filter(isRefund).filter((one) => one.method === "stripe");
  for (const { entryId, amountCents, status } of byProvider) {
    const cents = sum(world.refunded.filter((one) => one.entryId === entryId).map((one) => one.cents));
    const right =
      status === "sent"
        ? cents === amountCents
        : status === "failed" || all
          ? cents === 0
          : cents <= amountCents;
    if (!right) wrongs.push(`${entryId}: ${status}, and ${cents} of ${amountCents} has gone`);
  }
  if (all) {
    const { paidCents, refundedCents } = accountsOf(world.file());
    const byBank = payments.filter(isRefund).filter((one) => one.method !== "stripe");
    const held =
      sum(world.payables.map((one) => one.takenCents)) -
      sum(world.refunded.map((one) => one.cents)) -
      sum([...disputed.values()]) +
      sum([...transfers.values()].map((one) => one.cents)) -
      sum(byBank.map((one) => one.amountCents));
    if (paidCents - refundedCents !== held)
      wrongs.push(`the ledger comes to ${paidCents - refundedCents}, provider and bank hold ${held}`);
  }
  return wrongs;
}

/** Once all that was ordered is done, and the provider has told everything: what is wrong with the money. */
export function unsettled(house: House): string[] {
  const { world, wrong } = house;
  const { invoices, payments, mails, events } = world.file();
  const times = (type: string) => events.filter((event) => event.type === type).length;
  const told = (invoiceId: string) =>
    mails.filter(
      ({ email, params }) => (email === "E7" || email === "E15") && params["invoiceId"] === invoiceId,
    ).length;
  const byNumber = new Map(invoices.map((one) => [one.invoiceId, one]));
  const truths: Record<string, boolean> = {
    "nothing is left to do with the provider":
      !isOutstanding(world.file()) &&
      [...world.store.settlements.values()].every((one) => one.dueAt === undefined),
    // One that was made just before its step died, and taken back before the next try, is known to nobody.
    "what asks for nothing takes no money": world.payables.every(
      ({ open, invoiceId, takenCents }) =>
        !open ||
        byNumber.get(invoiceId)?.status === "issued" ||
        (byNumber.get(invoiceId)?.provider === undefined && takenCents === 0),
    ),
    "each invoice that was sent was told once": invoices.every(
      (one) => told(one.invoiceId) === (one.sentAt === undefined ? 0 : 1),
    ),
    "the history tells of each once":
      times("InvoiceSent") === invoices.filter((one) => one.sentAt !== undefined).length &&
      times("RefundSent") <= payments.filter((one) => isRefund(one) && one.method === "stripe").length,
    "each refund was told once": payments.filter(isRefund).every(({ entryId, status }) => {
      const letters = mails.filter((one) => one.email === "E20" && one.params["entryId"] === entryId);
      return status === "sent" ? letters.length === 1 : letters.length <= 1;
    }),
  };
  return [...wrong, ...miscounted(house, true), ...Object.keys(truths).filter((truth) => !truths[truth])];
}

/** Of a case that has ended and come to rest: what is not as it must be. */
export function complaintsOf(house: House): string[] {
  const { world } = house;
  const { case: theCase, invoices, waits, mails, events } = world.file();
  const { stage, items, receipt, returnUnworked, cancellation, process } = theCase;
  const worked = stage === "closed" && !returnUnworked && process === "complimentary-resizing";
  const rings = [...world.store.rings.values()];
  const old = new Set(
    items.flatMap(({ serialNumber, dropped }) => (serialNumber && !dropped ? [serialNumber] : [])),
  );
  const labels = ["inbound", "return"].map(
    (leg) => world.labels.filter((one) => one.reference.includes(leg) && !one.cancelled).length,
  );
  const tendered = world.labels.filter((one) => one.reference.includes("inbound") && one.tendered).length;
  const ended = theCase.endedAt ?? "";
  const ends = events.filter((event) => event.type === "CaseEnded").length;
  const farewells = mails.filter(
    ({ email, params }) => ["E5", "E17"].includes(email) || params["variant"] === "expired",
  );
  const truths: Record<string, boolean> = {
    "the case has ended": theCase.endedAt !== undefined,
    "the ring is free for another case": rings.every((ring) => ring.openCase === undefined),
    "R5: the right is used by free work alone": rings.every(
      ({ serialNumber, right }) => right.state === (worked && old.has(serialNumber) ? "used" : "free"),
    ),
    "nobody is asked, and nothing is due": waits.every((wait) => wait.answer && wait.dueAt === undefined),
    "one mail tells each end": farewells.length === ends,
    "a cancellation took effect, unless the case was ending already":
      !cancellation || ["cancelled", "expired", "declined"].includes(stage),
    "what was received went home": labels[1] === (receipt ? 1 : 0),
    "no label is left that could be used": receipt !== undefined || labels[0] === tendered,
    "no draft of before the end is left": invoices.every(
      (one) => one.status !== "draft" || one.issuedAt >= ended,
    ),
    "no mail went out twice": new Set(world.mailed).size === world.mailed.length,
  };
  return [...unsettled(house), ...Object.keys(truths).filter((truth) => !truths[truth])];
}

/** Issued invoices, whatever became of them. */
export const issued = ({ world }: House): readonly Invoice[] =>
  world.file().invoices.filter((one) => one.status !== "draft");
export const nth = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

/** The provider tells what it has taken for an invoice so far. */
export async function tells({ world, told }: House, payable: FakePayable): Promise<void> {
  const { id, takenCents } = payable;
  told.set(id, [...(told.get(id) ?? []), takenCents]);
  await world.tell(payable);
}

/** What she can pay on the provider's page: she has its address from the mail. */
const payable = ({ world }: House): FakePayable[] =>
  world.payables.filter(
    ({ open, id }) => open && world.file().invoices.some((one) => one.provider?.id === id && one.sentAt),
  );

/** Money for an invoice on the provider's page. */
export async function paysOnPage(house: House, n: number, cents?: number, quietly = false): Promise<void> {
  const one = nth(payable(house), n);
  if (one) await pays(house, one, Math.max(1, cents ?? remainingOf(one)), quietly);
}
async function pays(house: House, payable: FakePayable, cents: number, quietly = false): Promise<void> {
  if (cents === 0) return;
  payable.takenCents += cents;
  if (!quietly) await tells(house, payable);
}

/** Money by bank, as finance records it. */
export async function transfers(house: House, invoice: Invoice | undefined, cents: number): Promise<void> {
  if (!invoice) return;
  const { invoiceId } = invoice;
  const reference = `T-${house.next()}`;
  await recordsTransfer(house, reference, invoiceId, cents);
}

/** Finance records a transfer; told again it is the same one, or refused. */
export async function recordsTransfer(
  { world, transfers, wrong }: House,
  reference: string,
  invoiceId: string,
  cents: number,
): Promise<void> {
  const known = transfers.get(reference);
  // Known before the answer: it may be recorded, and the answer die.
  const said = await world.act(STAFF, "payments", {
    invoiceId,
    amountCents: cents,
    currency: "USD",
    method: "bank-transfer",
    reference,
  });
  const expected =
    !known || (known.invoiceId === invoiceId && known.cents === cents) ? "done" : "already-answered";
  if (said !== expected) wrong.add(`a transfer was answered with ${said} instead of ${expected}`);
  if (!known && said === "done") transfers.set(reference, { invoiceId, cents });
}

/** Finance sends money back. */
export async function sendsBack(house: House, invoice: Invoice | undefined, cents: number): Promise<void> {
  if (!invoice || cents < 1) return;
  const { world, sentBack } = house;
  const { invoiceId } = invoice;
  const said = await world.act(STAFF, "refunds", {
    invoiceId,
    amountCents: cents,
    reason: `No. ${house.next()}`,
  });
  if (said === "done") sentBack.push({ invoiceId, cents });
}

/** Writes what the provider tells, again where somebody else wrote first. */
async function writes({ world }: House, decide: (file: CaseFile) => Change | undefined): Promise<void> {
  for (;;) {
    const before = world.file();
    const change = decide(before);
    if (!change) return;
    try {
      await world.store.commit(before, change, world.now());
      return;
    } catch {
      // Read again.
    }
  }
}

/** The payer's bank takes back what was paid on the page for an invoice; or gives it again. */
export async function disputes(
  house: House,
  { id, invoiceId, takenCents }: FakePayable,
  open: boolean,
): Promise<void> {
  // Settled once, it is not opened again: nothing is disputed of it any more.
  if (takenCents === 0 || (open ? house.disputed.has(id) : !house.disputed.get(id))) return;
  house.disputed.set(id, open ? takenCents : 0);
  await writes(house, (file) => recordDispute(file, [invoiceId], open));
}

/** The provider tells how its refunds went. */
export async function tellsRefunds(house: House): Promise<void> {
  for (const { entryId } of house.world.refunded)
    await writes(house, (file) =>
      recordRefundOutcome(file, { entryId, failed: false, reference: `re_${entryId}` }),
    );
}

/** A refund that was sent comes back: her card is closed. */
export async function refundComesBack(house: House, n: number): Promise<void> {
  const { refunded, file } = house.world;
  const sent = refunded.filter(({ entryId }) =>
    file().payments.some((one) => isRefund(one) && one.entryId === entryId && one.status === "sent"),
  );
  const one = nth(sent, n);
  if (!one) return;
  refunded.splice(refunded.indexOf(one), 1);
  await writes(house, (file) =>
    recordRefundOutcome(file, { entryId: one.entryId, failed: true, reference: `re_${one.entryId}` }),
  );
}

/** Everything that is owed is paid, whichever way is left. */
export async function paysUp(house: House): Promise<void> {
  const { world } = house;
  for (const payable of world.payables) await disputes(house, payable, false);
  for (const one of payable(house)) await pays(house, one, remainingOf(one));
  await world.settle();
  const file = world.file();
  const { process, endedAt } = file.case;
  if (process === "complimentary-resizing" || endedAt !== undefined) return;
  const { owedCents } = accountsOf(file);
  const asked = file.invoices.findLast(isInForce);
  if (owedCents > 0 && asked) await transfers(house, asked, owedCents);
  else if (file.invoices.length > 0 && !file.invoices.some((one) => one.kind === "order" && isInForce(one)))
    await world.act(STAFF, "invoices", { lines: [...LINES], dueDays: 1 + (house.next() % 90) });
}

/** Money, and whatever else people do who do what is asked of them. */
const MONEY: Readonly<Record<string, (house: House) => Promise<unknown>>> = {
  payment: paysUp,
  surcharge: paysUp,
  attention: async (house) => {
    await paysUp(house);
    return house.world.act(STAFF, "attention", { decision: "retry" });
  },
  conversion: ({ world, accepts }) => world.act(CUSTOMER, "conversion", { accept: accepts }),
};

const isAskedInVain = (world: World): boolean => {
  const { asks, answer } = world.wait();
  return !answer && (asks === "payment" || asks === "surcharge") && isPaidInFull(world.file());
};

/** Goes on until the case has ended; every turn is looked at. */
export async function proceeds(
  house: House,
  instead?: (house: House) => ((house: House) => Promise<unknown>) | undefined,
): Promise<void> {
  const { world, wrong } = house;
  await goesOn(world, {
    instead: () => {
      for (const sentence of miscounted(house, false)) wrong.add(sentence);
      if (isAskedInVain(world)) wrong.add("she is asked for money where all is paid");
      const otherwise = instead?.(house);
      if (otherwise) return () => otherwise(house);
      const { asks, answer } = world.wait();
      const does = answer ? undefined : MONEY[asks];
      if (!does) return undefined;
      return async () => {
        await does(house);
        await world.pass(60);
      };
    },
  });
}

/** The provider tells all it knows, and whatever is due in the next day is done. */
export async function comesToRest(house: House): Promise<void> {
  const { world } = house;
  for (const payable of world.payables) await tells(house, payable);
  await world.pass(24 * 60);
}
