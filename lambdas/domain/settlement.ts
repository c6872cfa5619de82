/**
 * What is outstanding with the payment provider, and the order to do it. Invoices are sent by the paid process itself;
 * what comes at other times (a supplement, a surcharge, a refund, an invoice taken back) is ordered by an item of the
 * table, whose insertion starts the machine `settlement`.
 */
import * as z from "zod";
import { presentVersion } from "./accounts.ts";
import type { Books } from "./books.ts";
import { CaseId, Instant } from "./identifiers.ts";
import type { Invoice } from "./invoice.ts";
import type { Payment, Refund } from "./payment.ts";

export const Settlement = z.strictObject({
  caseId: CaseId,
  /** Counts the settlements of the case from 1. */
  no: z.int().min(1),
  /** How often it was started: a new start is another execution. */
  round: z.int().min(1),
  /** How often it fell due without having been done. */
  late: z.int().min(0),
  orderedAt: Instant,
  /** When the clock must look whether it was done; absent once it is. */
  dueAt: Instant.optional(),
});
export type Settlement = z.infer<typeof Settlement>;

/** So often late a person has to look: the provider refuses, or is not there. */
export const MAX_LATE = 5;

/** Name of its execution. */
export const settlementName = ({ caseId, no, round }: Settlement): string =>
  `${caseId}-settle-${no}-${round}`;

/** Drafts without a preview. */
export const unprinted = ({ invoices }: Pick<Books, "invoices">): readonly Invoice[] =>
  invoices.filter(({ status, documentKey }) => status === "draft" && documentKey === undefined);

/** Issued and not yet told to the customer. */
export const unsent = ({ invoices }: Pick<Books, "invoices">): readonly Invoice[] =>
  invoices.filter(({ status, sentAt }) => status === "issued" && sentAt === undefined);

/** No longer asking for money, though the provider still takes it. */
export const unclosed = ({ invoices }: Pick<Books, "invoices">): readonly Invoice[] =>
  invoices.filter(
    ({ status, provider, providerClosed }) =>
      status !== "draft" && status !== "issued" && provider !== undefined && !providerClosed,
  );

/** To be sent back by the provider. */
export const unrefunded = ({ payments }: Pick<Books, "payments">): readonly Refund[] =>
  payments.filter((entry): entry is Refund => entry.kind === "refund" && entry.status === "wanted");

export interface Uncredited {
  readonly payment: Payment;
  /** Whose page asks for the money as well. */
  readonly invoice: Invoice;
}
/** Came in by bank, or late on a former version, for an invoice that has a page to pay on: that must not ask for it any more. */
export const uncredited = ({ invoices, payments }: Books): readonly Uncredited[] =>
  payments.flatMap((payment): Uncredited[] => {
    if (payment.kind !== "payment" || payment.credited || payment.currency !== "USD") return [];
    const number = presentVersion(invoices, payment.invoiceId);
    const invoice = invoices.find((one) => one.invoiceId === number);
    const page = invoice?.status === "issued" ? invoice.provider?.name : undefined;
    if (!invoice || page === undefined || page === "bank-transfer") return [];
    // What came in by itself it does not ask for; nor, of money for a version before it, what was here at its issue.
    const known = number === payment.invoiceId ? page === payment.method : payment.at <= invoice.issuedAt;
    return known ? [] : [{ payment, invoice }];
  });

export const isOutstanding = (file: Books): boolean =>
  [unprinted(file), unsent(file), unclosed(file), unrefunded(file), uncredited(file)].some(
    (all) => all.length > 0,
  );
