/** What money does to the wait that is open, once the books stand as they will (R37, R40). */
import { isPaidInFull } from "../domain/accounts.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import type { Invoice } from "../domain/invoice.ts";
import { ruleBroken } from "../domain/problem.ts";

type Books = Partial<Pick<CaseFile, "invoices" | "payments">>;

/** The file with invoices and entries added, or put in the place of those of the same number. */
export const withBooks = (file: CaseFile, { invoices = [], payments = [] }: Books): CaseFile => ({
  ...file,
  invoices: [
    ...file.invoices.filter((one) => !invoices.some((other) => other.version === one.version)),
    ...invoices,
  ],
  payments: [
    ...file.payments.filter((one) => !payments.some((other) => other.entryId === one.entryId)),
    ...payments,
  ],
});

/** The answer of the open wait, if it asks for money and all of it is there. */
export function answeredByMoney(file: CaseFile, books: Books, by: string): Pick<Change, "answer"> {
  const wait = currentWait(file);
  if (wait.answer || !isPaidInFull(withBooks(file, books))) return {};
  if (wait.asks === "payment") return { answer: { outcome: "paid", by } };
  return wait.asks === "surcharge" ? { answer: { outcome: "settled", by } } : {};
}

/** @throws Problem rule-broken when the case has no such invoice, or only as a draft */
export function issuedInvoice(file: CaseFile, invoiceId: string, path = "invoiceId"): Invoice {
  const invoice = file.invoices.find((one) => one.invoiceId === invoiceId && one.status !== "draft");
  if (!invoice) throw ruleBroken({ path, message: "this case has no such invoice", rule: "R35" });
  return invoice;
}
