/** The terms a paid case is approved on: what is to be paid (R35), and how long the work takes (R62). */
import { daysBetween } from "../domain/calendar.ts";
import type { CaseItem } from "../domain/case.ts";
import type { CaseFile } from "../domain/case-file.ts";
import type { Invoice } from "../domain/invoice.ts";
import { makeInvoice, ownLines } from "../domain/invoicing.ts";
import type { Fault } from "../domain/problem.ts";
import { changesSize } from "../domain/services.ts";
import { type ActionContext, actorText } from "./action.ts";
import type { ReviewInput } from "./review-input.ts";

/** The draft that the review names, as it was looked at. */
const draftOf = (file: CaseFile, invoiceId: string): Invoice | undefined =>
  file.invoices.find((one) => one.invoiceId === invoiceId && one.status === "draft");

/** Days are told for work that is no change of size: that one takes day 49 to 63, free or paid (R59, R62). */
export const wantsSchedule = ({ case: { process } }: CaseFile, live: readonly CaseItem[]): boolean =>
  process === "repair-and-maintenance" && live.some((item) => !changesSize(item));

/** What is wrong with the terms: a paid case has an invoice and a schedule, a complimentary one costs nothing (R9). */
export function termFaults(
  file: CaseFile,
  live: readonly CaseItem[],
  { schedule, invoice }: ReviewInput,
): Fault[] {
  const faults: Fault[] = [];
  if (schedule && schedule.latest < schedule.earliest)
    faults.push({ path: "schedule.latest", message: "not before the earliest day", rule: "R62" });
  if (file.case.process === "complimentary-resizing") {
    if (invoice)
      faults.push({
        path: "invoice",
        message: "the complimentary service costs the customer nothing; convert the case to charge for it",
        rule: "R9",
      });
    return faults;
  }
  if (!invoice)
    faults.push({ path: "invoice", message: "the paid process needs an invoice: its lines", rule: "R35" });
  else if ("draft" in invoice && !draftOf(file, invoice.draft))
    faults.push({ path: "invoice.draft", message: "this case has no such draft", rule: "R35" });
  if (!schedule && wantsSchedule(file, live))
    faults.push({
      path: "schedule",
      message: "please say after how many days the work will be done: earliest and latest",
      rule: "R62",
    });
  return faults;
}

/** What the review asks to be paid: its own lines, or those of the draft with its days to pay in. */
function linesOf(file: CaseFile, invoice: NonNullable<ReviewInput["invoice"]>) {
  if (!("draft" in invoice)) return invoice;
  const draft = draftOf(file, invoice.draft);
  if (!draft) throw new Error(`no draft ${invoice.draft}`);
  const { issuedOn, dueDate, version } = draft;
  return { lines: ownLines(draft), dueDays: daysBetween(issuedOn, dueDate), version };
}

/**
 * The invoice of the approval; undefined where it names none.
 * @param file as it stands once it is approved
 * @throws Problem rule-broken (R36, R38) with the path of each line
 */
export function invoiceOf(
  file: CaseFile,
  { invoice }: ReviewInput,
  { now, brand, actor }: ActionContext,
): Invoice | undefined {
  if (!invoice) return undefined;
  return makeInvoice(
    file,
    { kind: "order", status: "issued", ...linesOf(file, invoice) },
    { now, brand, by: actorText(actor), path: "invoice.lines" },
  );
}
