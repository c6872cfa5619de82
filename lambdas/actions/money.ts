/** What money does to the wait that is open, once the books stand as they will (R37, R40). */
import { isPaidInFull } from "../domain/accounts.ts";
import { type Books, withBooks } from "../domain/books.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import type { Invoice } from "../domain/invoice.ts";
import { ruleBroken } from "../domain/problem.ts";

/** The answer of the open wait, if it asks for money and all of it is there. */
export function answeredByMoney(file: CaseFile, books: Partial<Books>, by: string): Pick<Change, "answer"> {
  const wait = currentWait(file);
  if (wait.answer || !isPaidInFull(withBooks(file, books))) return {};
  if (wait.asks === "payment") return { answer: { outcome: "paid", by } };
  return wait.asks === "surcharge" ? { answer: { outcome: "settled", by } } : {};
}

/** One that is no draft. @throws Problem rule-broken when the case has no such invoice */
export function issuedInvoice({ invoices }: CaseFile, invoiceId: string, path = "invoiceId"): Invoice {
  const invoice = invoices.find((one) => one.invoiceId === invoiceId && one.status !== "draft");
  if (!invoice) throw ruleBroken({ path, message: "this case has no such invoice", rule: "R35" });
  return invoice;
}
