/** Opening a wait: what `ask` writes, prepared purely (design, idea 2). */
import { isPaidInFull, unpaidInvoices } from "./accounts.ts";
import type { Brand } from "./brand.ts";
import { addDays, dateIn, daysBetween, endOfDay } from "./calendar.ts";
import { cancellationEffect } from "./cancelling.ts";
import { type CaseFile, type Change, currentWait, type NewEvent, presentShipment } from "./case-file.ts";
import { ANSWER_GRACE_MS, later } from "./change.ts";
import { endingByCancellation, endingOnDelivery } from "./ending.ts";
import type { Instant, PlainDate } from "./identifiers.ts";
import type { MailOrder } from "./mail.ts";
import { mailOrder } from "./mail-params.ts";
import { customerZone } from "./time-zones.ts";
import type { Asks, Machine, Wait } from "./wait.ts";
import { silenceFrom, waitRow } from "./wait-table.ts";

const DAY_MS = 86_400_000;
/** Reason of an `attention` that the clock opened, since restarts did not help. */
export const RESTARTS = "Restarts";

export interface Question {
  readonly asks: Asks;
  readonly machine: Machine;
  readonly attempt: number;
  readonly token?: string;
  /** For `attention`: where a retry goes back to, and the name of the error. */
  readonly resumeAt?: string;
  readonly error?: string;
}

interface Standing {
  readonly outcome: string;
  readonly by: string;
  /** What the answer means for the case. */
  readonly case?: Change["case"];
}

/** A fact that answers the wait before anybody is asked: a cancellation, a scan. */
function standingAnswer(file: CaseFile, asks: Asks): Standing | undefined {
  const { cancellation, tracking } = file.case;
  const effect = cancellation && cancellationEffect(file, asks);
  if (cancellation && (effect === "return" || effect === "end")) {
    return {
      outcome: "cancelled",
      by: cancellation.by,
      case: effect === "return" ? { returnUnworked: true } : { ending: endingByCancellation(cancellation) },
    };
  }
  // Money is a fact whenever it comes: the gate is its sum (R37, R40).
  if (asks === "payment" && isPaidInFull(file)) return { outcome: "paid", by: "system" };
  if (asks === "surcharge" && isPaidInFull(file)) return { outcome: "settled", by: "system" };
  if (asks === "dispatch" && tracking.inbound?.firstScanAt) return { outcome: "dispatched", by: "carrier" };
  if (asks === "return-delivery" && tracking.return?.deliveredAt)
    return { outcome: "delivered", by: "carrier", case: { ending: endingOnDelivery(file.case) } };
  // The process had stopped again and again behind this very answer, and a person said: try again.
  const wait = currentWait(file);
  const before = file.waits.find((one) => one.no === wait.no - 1);
  if (wait.asks === "attention" && wait.reason === RESTARTS && before?.asks === asks && before.answer) {
    return { outcome: before.answer.outcome, by: before.answer.by };
  }
  return undefined;
}

/** The last day to pay by is the one the invoice says; not one that has passed while something else was asked. */
const dueDateOf = (file: CaseFile, today: PlainDate): PlainDate | undefined =>
  unpaidInvoices(file)
    .map((invoice) => invoice.dueDate)
    .filter((date) => date >= today)
    .sort()
    .at(-1);

/** The mail that asks, or tells the stage has been reached; its id makes a second one impossible. */
function mailOf(
  file: CaseFile,
  asks: Asks,
  no: number,
  deadline: Instant | undefined,
): MailOrder | undefined {
  const id = String(no).padStart(4, "0");
  const until = deadline === undefined ? {} : { deadline };
  switch (asks) {
    case "conversion":
      return mailOrder("E6", id, until);
    case "photos":
      return mailOrder(file.case.review?.decision === "more-photos" ? "E3" : "E2", id, until);
    case "shipping-details":
      return mailOrder("E4", id, until);
    case "ship-date":
      return mailOrder("E8", id, until);
    case "export-clearance":
      return mailOrder("E11", id, {});
    case "dispatch":
      // One document mail a label: asking again for the same label sends nothing.
      return mailOrder("E10", `inbound-${presentShipment(file, "inbound")?.attempt ?? 0}`, until);
    case "discrepancy":
      return mailOrder("E15", id, { variant: "discrepancy" });
    case "work": {
      const last = file.case.window?.extensions.at(-1);
      return last === undefined
        ? mailOrder("E13", "received", {})
        : mailOrder("E14", id, { days: last.days, cause: last.cause, text: last.text });
    }
    case "return-delivery":
      return mailOrder("E16", `return-${presentShipment(file, "return")?.attempt ?? 0}`, {});
    default:
      return undefined;
  }
}

const toldAs: Partial<Record<Asks, NewEvent["type"]>> = {
  conversion: "ConversionOffered",
  photos: "PhotosRequested",
  review: "ReviewStarted",
  "shipping-details": "ShippingDetailsRequested",
  payment: "PaymentRequested",
  "ship-date": "ShipDateRequested",
  surcharge: "SurchargeDue",
  "export-clearance": "ExportHeld",
  dispatch: "DocumentsSent",
  discrepancy: "DiscrepancyFound",
  work: "WorkStarted",
  inspection: "InspectionStarted",
  "return-delivery": "ReturnShipped",
  attention: "AttentionNeeded",
};

/** The payment is asked for by the invoice itself; an attention is staff's. */
const toldOf = ({ case: { conversionOffer } }: CaseFile, asks: Asks): Pick<NewEvent, "shown" | "data"> => ({
  shown: asks !== "attention" && asks !== "payment",
  ...(asks === "conversion" && conversionOffer ? { data: { to: conversionOffer.to } } : {}),
});

/**
 * Opens wait `case.waitNo + 1`, clears the one before it from the index of what is due and orders the mail that asks.
 * A wait a standing fact answers is written answered, asks nobody and mails nothing.
 */
export function openWait(file: CaseFile, question: Question, now: Instant, brand: Brand): Change {
  const { asks, machine, attempt, token } = question;
  const row = waitRow(asks);
  const no = file.case.waitNo + 1;
  const standing = standingAnswer(file, asks);
  const zone = customerZone(file.case.customer.timeZone);
  const today = dateIn(now, zone);
  const from = silenceFrom(asks, file.case, today);
  const ahead = daysBetween(today, from);
  const usual = later(now, (ahead + brand.days[row.remindAfter]) * DAY_MS);
  // The whole last day is hers, as a mail tells it: a date, not an hour.
  const lastDay = row.expiresAfter && addDays(from, brand.days[row.expiresAfter]);
  const deadline = lastDay && endOfDay((asks === "payment" && dueDateOf(file, today)) || lastDay, zone);
  // An invoice may be due before the usual day: she is reminded half way (R64).
  const remindAt =
    asks === "payment" && deadline !== undefined && deadline <= usual
      ? later(now, (Date.parse(deadline) - Date.parse(now)) / 2)
      : usual;
  const wait: Wait = {
    no,
    asks,
    machine,
    attempt,
    openedAt: now,
    ...(token === undefined ? {} : { token }),
    ...(asks === "attention" ? { resumeAt: question.resumeAt ?? "", reason: question.error ?? "" } : {}),
    ...(standing
      ? {
          answer: { outcome: standing.outcome, by: standing.by, at: now },
          dueAt: later(now, ANSWER_GRACE_MS),
        }
      : deadline === undefined
        ? { remindAt, dueAt: remindAt }
        : // Days are configuration: a wait may end before its reminder.
          { remindAt, deadline, dueAt: remindAt < deadline ? remindAt : deadline }),
  };
  const { dueAt: _, ...former } = currentWait(file);
  const mail = standing ? undefined : mailOf(file, asks, no, deadline);
  const type = toldAs[asks];
  return {
    case: {
      stage: row.stage,
      waitNo: no,
      restarts: undefined,
      attention:
        asks === "attention"
          ? {
              resumeAt: question.resumeAt ?? "",
              error: question.error ?? "",
              text: `"${question.resumeAt}" could not be done`,
            }
          : undefined,
      ...standing?.case,
    },
    waits: [former, wait],
    events: standing || !type ? [] : [{ type, by: "system", ...toldOf(file, asks) }],
    ...(mail ? { mails: [mail] } : {}),
  };
}
