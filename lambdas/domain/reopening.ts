/** Taking a case up again that has ended (R64): until when, and with which question. */
import { isPaidInFull } from "./accounts.ts";
import type { Process, Verdict } from "./assessment.ts";
import type { Brand } from "./brand.ts";
import { addDays, dateIn, endOfDay } from "./calendar.ts";
import type { Case } from "./case.ts";
import type { CaseFile } from "./case-file.ts";
import type { Instant, PlainDate } from "./identifiers.ts";
import { customerZone } from "./time-zones.ts";
import type { Asks } from "./wait.ts";

type Customer = Pick<Case["customer"], "timeZone">;

/** The last day on which a case that ended then can be reopened, on the customer's calendar. */
export const lastDayToReopen = (endedAt: Instant, { timeZone }: Customer, days: Brand["days"]): PlainDate =>
  addDays(dateIn(endedAt, customerZone(timeZone)), days.reopen);

/** The last moment of that day; undefined while the case is open. */
export const reopenableUntil = (
  { endedAt, customer }: Pick<Case, "endedAt" | "customer">,
  days: Brand["days"],
): Instant | undefined =>
  endedAt === undefined
    ? undefined
    : endOfDay(lastDayToReopen(endedAt, customer, days), customerZone(customer.timeZone));

/** The wait whose answer is the ship date, from which all papers follow (R31, R32). */
export const shipDateQuestion = (process: Process): Asks =>
  process === "complimentary-resizing" ? "shipping-details" : "ship-date";

/** Waits after a ship date was given: when the case ends there, the date passes and its label is withdrawn. */
const SHIP_DATE_GIVEN: ReadonlySet<Asks> = new Set<Asks>(["export-clearance", "dispatch", "receipt"]);

/** Questions that come after the payment, and the payment itself. */
const MONEY_FIRST: ReadonlySet<Asks> = new Set<Asks>(["payment", "ship-date", ...SHIP_DATE_GIVEN]);

/**
 * The question a reopened case goes on with: the one it ended with, or the one before a failure (`attention`). Where a
 * label was awaited or sent, its ship date is over: the date is asked for again. Before approval the verdict, made
 * anew, says whether the offer of the paid process comes first (R12).
 */
export function questionAgain(file: CaseFile, verdict: Verdict): Asks {
  const { process, review, conversionOffer } = file.case;
  const last = file.waits.findLast((wait) => wait.asks !== "attention")?.asks ?? "filing";
  // What was paid and has gone back meanwhile is asked for again first (R37).
  if (MONEY_FIRST.has(last) && process === "repair-and-maintenance" && !isPaidInFull(file)) return "payment";
  if (SHIP_DATE_GIVEN.has(last)) return shipDateQuestion(process);
  const offers = process === "complimentary-resizing" && review?.decision !== "approve";
  if (offers && verdict === "paid") return "conversion";
  if (last === "conversion" && conversionOffer) return "conversion";
  return last === "filing" || last === "conversion" ? "photos" : last;
}
