/** The books of a case: its invoices and its one ledger, each in its order. */
import type { CaseFile } from "./case-file.ts";
import { invoicesByVersion } from "./invoice.ts";
import { ledgerOrder } from "./payment.ts";

export type Books = Pick<CaseFile, "invoices" | "payments">;

/** The same with invoices and entries added, or put in the place of those of the same number. */
export const withBooks = <F extends Books>(file: F, { invoices = [], payments = [] }: Partial<Books>): F => ({
  ...file,
  invoices: invoicesByVersion([
    ...file.invoices.filter((one) => !invoices.some((other) => other.version === one.version)),
    ...invoices,
  ]),
  payments: ledgerOrder([
    ...file.payments.filter((one) => !payments.some((other) => other.entryId === one.entryId)),
    ...payments,
  ]),
});
