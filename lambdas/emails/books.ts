/** What letters tell of the money of a case: invoices, what is still to be paid, what comes back (R35–R40). */
import { accountsOf, isInForce, paidOn, unpaidInvoices } from "../domain/accounts.ts";
import type { CaseFile } from "../domain/case-file.ts";
import { PermanentError } from "../domain/faults.ts";
import type { Invoice } from "../domain/invoice.ts";
import type { Refund } from "../domain/payment.ts";
import type { Bill, MoneyBack, Told } from "./mail-data.ts";

/** A page of the provider's, where there is one: a bank transfer is made at her own bank. */
const payUrlOf = ({ provider }: Invoice): string | undefined =>
  provider?.name === "stripe" ? provider.payUrl : undefined;

/** @throws PermanentError when the case has no such invoice, or only a draft of it */
export function invoiceNamed({ invoices }: CaseFile, invoiceId: unknown): Invoice {
  const invoice = invoices.find((one) => one.invoiceId === invoiceId && one.status !== "draft");
  if (!invoice) throw new PermanentError(`ordered without the invoice ${String(invoiceId)}`);
  return invoice;
}

/**
 * An invoice as it is when its mail is sent: paid meanwhile (a mail may be late), it asks for nothing any more.
 * @throws PermanentError when something is due and there is no way to pay it
 */
export function billOf(file: CaseFile, invoice: Invoice): Bill {
  const { invoiceId, totalCents, creditCents, dueDate, bankTransfer } = invoice;
  const isPaid = paidOn(file, invoice) >= totalCents;
  const dueCents = isPaid ? 0 : totalCents - creditCents;
  const payUrl = payUrlOf(invoice);
  const state = isInForce(invoice) ? (dueCents > 0 ? "due" : "covered") : "withdrawn";
  if (state === "due" && payUrl === undefined && bankTransfer === undefined)
    throw new PermanentError(`invoice ${invoiceId} names no way to pay it`);
  return {
    invoiceId,
    state,
    fileName: fileNameOf(invoice),
    totalCents,
    creditCents,
    dueCents,
    dueDate,
    payUrl,
    bankTransfer,
  };
}

/** How the PDF of an invoice is called in a mail. */
export const fileNameOf = ({ version }: Pick<Invoice, "version">): string => `invoice-${version}.pdf`;

/** Paid and not sent back. */
export const heldCents = (file: CaseFile): number => {
  const { paidCents, refundedCents } = accountsOf(file);
  return Math.max(0, paidCents - refundedCents);
};

export const moneyBackOf = (file: CaseFile): MoneyBack => {
  const { creditCents: backCents } = accountsOf(file);
  return { backCents, settling: backCents === 0 && file.case.refundDueSince !== undefined };
};

/** What a reminder of a payment names. */
export const unpaidOf = (file: CaseFile): Pick<Told["E12"], "owedCents" | "unpaid"> => ({
  owedCents: accountsOf(file).owedCents,
  unpaid: unpaidInvoices(file).map((invoice) => ({
    invoiceId: invoice.invoiceId,
    dueDate: invoice.dueDate,
    payUrl: payUrlOf(invoice),
  })),
});

/** The invoices that ask for money now. */
export const inForce = ({ invoices }: CaseFile): readonly string[] =>
  invoices.filter(isInForce).map((invoice) => invoice.invoiceId);

/** Invoices she was told of and did not pay, which the end of the case has closed. */
export const voidedByEnd = (file: CaseFile): readonly string[] =>
  file.invoices
    .filter(
      (invoice) =>
        invoice.closedAt !== undefined &&
        invoice.closedAt === file.case.endedAt &&
        invoice.sentAt !== undefined &&
        paidOn(file, invoice) < invoice.totalCents,
    )
    .map((invoice) => invoice.invoiceId);

/** @throws PermanentError unless the ledger has this refund, and it did not fail meanwhile */
export function refundNamed({ payments }: CaseFile, entryId: unknown): Refund {
  const entry = payments.find((one) => one.entryId === entryId);
  if (entry?.kind !== "refund" || entry.status === "failed")
    throw new PermanentError(`ordered without the refund ${String(entryId)}`);
  return entry;
}
