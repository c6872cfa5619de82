/**
 * What is owed and what has been paid: sums over the invoices and the ledger of one case, in integer US cents. The gate
 * to shipping (R37) is such a sum and never an event; so is the surcharge (R40).
 */
import type { Brand } from "./brand.ts";
import type { Case } from "./case.ts";
import type { CaseFile } from "./case-file.ts";
import type { Cents } from "./identifiers.ts";
import type { Invoice } from "./invoice.ts";
import { sumCents } from "./money.ts";
import { breaksLimits } from "./package-limits.ts";
import type { LedgerEntry } from "./payment.ts";

type Books = Pick<CaseFile, "invoices" | "payments">;

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
    owedCents: Math.max(0, -balance),
    creditCents: Math.max(0, balance),
  };
};

/** The invoice an entry counts for: the one it names, or the version that took its place, and so on. */
const presentVersion = (invoices: readonly Invoice[], invoiceId: string): string => {
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

/** What the customer has still to pay now, for a process that has reached the question. */
export const unpaidInvoices = (file: Books): readonly Invoice[] =>
  file.invoices.filter((invoice) => isInForce(invoice) && paidOn(file, invoice) < invoice.totalCents);

/** Money of another currency that nobody has asked for, and that only a person can send back. */
const isForeign = (entry: LedgerEntry): boolean => entry.kind === "payment" && entry.currency !== "USD";

/**
 * Whether a person of finance has to look at the money: more is held than is asked for, in a currency that is none of
 * ours, or paid for work that was never done.
 */
export const wantsRefund = (file: CaseFile): boolean => {
  const { returnUnworked, endedAt } = file.case;
  const { creditCents, paidCents, refundedCents } = accountsOf(file);
  const unworked = returnUnworked === true && endedAt !== undefined && paidCents > 0 && refundedCents === 0;
  const reworded = file.invoices.some(
    (invoice) => isInForce(invoice) && endedAt !== undefined && invoice.issuedAt > endedAt,
  );
  return (
    creditCents > 0 ||
    (unworked && !reworded) ||
    file.payments.some((entry) => isForeign(entry) && !settled(file, entry))
  );
};

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
    readonly case: Pick<Case, "process" | "receipt" | "carrierBill" | "surchargeRelease">;
  },
  limits: Brand["packageLimits"],
): Cents => {
  const { process, receipt, carrierBill, surchargeRelease } = file.case;
  if (process !== "repair-and-maintenance" || !receipt || !carrierBill || surchargeRelease) return 0;
  if (!breaksLimits(receipt.parcel, limits)) return 0;
  return Math.max(0, carrierBill.amountCents - shippingBilledCents(file));
};
