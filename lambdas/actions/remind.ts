/** A reminder in the middle of a wait (R64): a mail to the customer, a mark for staff. */
import { unpaidInvoices } from "../domain/accounts.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import { later } from "../domain/change.ts";
import type { Instant } from "../domain/identifiers.ts";
import { mailOrder, RemindedOf } from "../domain/mail-params.ts";
import { waitRow } from "../domain/wait-table.ts";

/** A wait that neither reminds nor expires any more stays in the index of what is due, so that the sweep finds it. */
const BACKSTOP_MS = 300 * 86_400_000;

/** Payment is awaited while nothing asks for it. */
export const isWithoutInvoice = (file: CaseFile): boolean =>
  currentWait(file).asks === "payment" && unpaidInvoices(file).length === 0;

/** Undefined when the wait is answered, or not due. */
export function remind(file: CaseFile, now: Instant): Change | undefined {
  const wait = currentWait(file);
  if (wait.answer || !wait.dueAt || wait.dueAt > now) return undefined;
  const { remindAt, ...rest } = wait;
  const next = { ...rest, dueAt: wait.deadline ?? later(now, BACKSTOP_MS) };
  if (!remindAt) return { events: [], waits: [next] };
  // An invoice taken back, and none in its place yet: it is finance that is waited for.
  const customer = waitRow(wait.asks).awaiting.by === "customer" && !isWithoutInvoice(file);
  const id = String(wait.no).padStart(4, "0");
  return {
    waits: [next],
    events: [
      {
        type: customer ? "ReminderSent" : "WaitOverdue",
        by: "clock",
        shown: customer,
        data: { asks: wait.asks },
      },
    ],
    ...(customer
      ? {
          mails: [
            mailOrder("E12", `${id}-reminder`, {
              variant: "reminder",
              asks: RemindedOf.parse(wait.asks),
              deadline: wait.deadline,
            }),
          ],
        }
      : {}),
  };
}
