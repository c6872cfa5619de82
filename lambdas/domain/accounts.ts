/**
 * What is owed and what has been paid: sums over the invoices and the ledger of one case, in integer US cents. The gate
 * to shipping (R37) is such a sum and never an event; so is the surcharge (R40).
 */
import type { Books } from "./books.ts";
import type { Brand } from "./brand.ts";
import type { Case } from "./case.ts";
import type { CaseFile } from "./case-file.ts";
import type { Cents, Instant } from "./identifiers.ts";
import type { Invoice } from "./invoice.ts";
import { sumCents } from "./money.ts";
import { breaksLimits } from "./package-limits.ts";
import type { LedgerEntry } from "./payment.ts";

/** Asks for money: issued, and neither replaced nor taken back. */
export const isInForce = ({ status }: Invoice): boolean => status === "issued";

/** What an entry adds to the ledger: disputed money and failed refunds do not count, nor do other currencies. */
const worth = (entry: LedgerEntry): number => {
  if (entry.kind === "refund") return entry.status === "failed" ? 0 : -entry.amountCents;
  return entry.disputed || entry.currency !== "USD" ? 0 : entry.amountCents;
};

export interface Accounts {
  /** Total of the invoices in force. */
  readonly invoicedCents: number;
  readonly paidCents: number;
  readonly refundedCents: number;
  /** Still to be paid; 0 when nothing is. */
  readonly owedCents: number;
  /** Paid beyond what is asked for: to be refunded (or kept for the next invoice). */
  readonly creditCents: number;
}

export const accountsOf = ({ invoices, payments }: Books): Accounts => {
  const invoicedCents = sumCents(invoices.filter(isInForce).map((invoice) => invoice.totalCents));
  const paidCents = sumCents(payments.map((entry) => Math.max(0, worth(entry))));
  const refundedCents = sumCents(payments.map((entry) => Math.max(0, -worth(entry))));
  const balance = paidCents - refundedCents - invoicedCents;
  return {
    invoicedCents,
    paidCents,
    refundedCents,
    // Money that went back and is disputed as well is the house's loss: nobody owes more than is asked for.
    owedCents: Math.min(invoicedCents, Math.max(0, -balance)),
    creditCents: Math.max(0, balance),
  };
};

/** The invoice an entry counts for: the one it names, or the version that took its place, and so on. */
export const presentVersion = (invoices: readonly Invoice[], invoiceId: string): string => {
  const successor = invoices.find(({ replaces, status }) => replaces === invoiceId && status !== "draft");
  return successor ? presentVersion(invoices, successor.invoiceId) : invoiceId;
};

/** What has been paid on an invoice, with what was paid on the versions it took the place of; refunds taken off. */
export const paidOn = ({ invoices, payments }: Books, { invoiceId }: Pick<Invoice, "invoiceId">): number =>
  sumCents(
    payments
      .filter(
        (entry) => entry.invoiceId === invoiceId || presentVersion(invoices, entry.invoiceId) === invoiceId,
      )
      .map(worth),
  );

/** Money that came in under this very number and has not gone back. */
export const heldUnder = ({ payments }: Books, invoiceId: string): number =>
  sumCents(payments.filter((entry) => entry.invoiceId === invoiceId).map(worth));

/** The order a paid case ships under; part of a split shipment was paid for with the case it left (R47). */
const hasItsOrder = ({ case: { process, splitFrom }, invoices }: CaseFile): boolean =>
  process === "complimentary-resizing" ||
  splitFrom !== undefined ||
  invoices.some((invoice) => invoice.kind === "order" && isInForce(invoice));

/** The gate (R37): Σ paid − Σ refunded ≥ Σ of what is asked for, in US dollars; and in the paid process something is. */
export const isPaidInFull = (file: CaseFile): boolean =>
  hasItsOrder(file) && accountsOf(file).owedCents === 0;

/**
 * What the customer has still to pay now, for a process that has reached the question. Money of the case that was paid
 * on no invoice in force, or on one too much, covers the others in their order.
 */
export const unpaidInvoices = (file: Books): readonly Invoice[] => {
  const missing = (invoice: Invoice): number => Math.max(0, invoice.totalCents - paidOn(file, invoice));
  const short = file.invoices.filter((invoice) => isInForce(invoice) && missing(invoice) > 0);
  let elsewhere = sumCents(short.map(missing)) - accountsOf(file).owedCents;
  return short.filter((invoice) => {
    const covered = missing(invoice) <= elsewhere;
    if (covered) elsewhere -= missing(invoice);
    return !covered;
  });
};

/** Money of another currency that nobody has asked for, and that only a person can send back. */
const isForeign = (entry: LedgerEntry): boolean => entry.kind === "payment" && entry.currency !== "USD";

/** Part of its shipment went on in another case, under the order of this one (R47). */
export const isDivided = ({ case: { items } }: CaseFile): boolean =>
  items.some((item) => item.movedTo !== undefined);

/**
 * Whether a person of finance has to look at the money: more is held than is asked for, in a currency that is none of
 * ours, paid for work that was never done (or for part of it, where the rest goes on), or disputed while the case is open.
 */
export const wantsRefund = (file: CaseFile): boolean => {
  const { returnUnworked, endedAt, stage } = file.case;
  const { creditCents, paidCents } = accountsOf(file);
  const undone = returnUnworked === true || (isDivided(file) && stage !== "closed");
  return (
    creditCents > 0 ||
    (endedAt !== undefined && undone && paidCents > 0 && !decided(file, endedAt)) ||
    (endedAt === undefined && file.payments.some((entry) => entry.kind === "payment" && entry.disputed)) ||
    file.payments.some((entry) => isForeign(entry) && !settled(file, entry))
  );
};

/** Finance has said what becomes of the money for work that was never done: sent it back, or asked for less. */
const decided = ({ invoices, payments }: Books, endedAt: Instant): boolean =>
  invoices.some((invoice) => isInForce(invoice) && invoice.issuedAt > endedAt) ||
  payments.some((entry) => entry.kind === "refund" && entry.status !== "failed" && entry.at > endedAt);

/** Foreign money counts as settled once finance has noted its return under the same invoice. */
const settled = ({ payments }: Books, entry: LedgerEntry): boolean =>
  payments.some(
    (other) => other.kind === "refund" && other.invoiceId === entry.invoiceId && other.at > entry.at,
  );

/** Shipping to Japan that was billed in advance (R38, R40). */
export const shippingBilledCents = ({ invoices }: Pick<CaseFile, "invoices">): Cents =>
  sumCents(
    invoices
      .filter((invoice) => isInForce(invoice) && invoice.kind !== "surcharge")
      .flatMap((invoice) => invoice.lines)
      .map((line) => (line.kind === "shipping" ? line.amountCents : 0)),
  );

/**
 * The surcharge (R40): only in the paid process, only for a parcel over the limits, and only what the carrier billed
 * beyond what was billed in advance. 0 otherwise, and where a manager has let it go.
 */
export const surchargeCents = (
  file: Pick<CaseFile, "invoices"> & {
    readonly case: Pick<Case, "process" | "receipt" | "carrierBill" | "surchargeRelease" | "splitFrom">;
  },
  limits: Brand["packageLimits"],
): Cents => {
  const { process, receipt, carrierBill, surchargeRelease, splitFrom } = file.case;
  // What was billed in advance for this part stands in the case it left (R47): there is nothing to compare with.
  if (splitFrom && shippingBilledCents(file) === 0) return 0;
  if (process !== "repair-and-maintenance" || !receipt || !carrierBill || surchargeRelease) return 0;
  if (!breaksLimits(receipt.parcel, limits)) return 0;
  return Math.max(0, carrierBill.amountCents - shippingBilledCents(file));
};
