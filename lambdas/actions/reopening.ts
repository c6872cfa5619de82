/**
 * A case that silence ended goes on where it stopped, with its contact date (R64). Staff may also reopen one that was
 * cancelled or declined before its ring was received. The wait is opened here and not by the process: an open wait
 * needs no execution, so a start that gets lost loses nothing.
 */
import * as z from "zod";
import { objectionsTo } from "../domain/assess.ts";
import { withBooks } from "../domain/books.ts";
import { type Case, hasEnded, type Stage, Stage as Stages } from "../domain/case.ts";
import type { CaseFile, Change } from "../domain/case-file.ts";
import type { Invoice } from "../domain/invoice.ts";
import { reissued } from "../domain/invoicing.ts";
import { outOfTurn, Problem, ruleBroken } from "../domain/problem.ts";
import { questionAgain, reopenableUntil } from "../domain/reopening.ts";
import { type Action, type ActionContext, actorText } from "./action.ts";
import { goOnAt } from "./go-on.ts";
import { judgeCase, reasonFaults, referenceOf } from "./judge.ts";
import { openRings, reserveRights } from "./rings.ts";

const Input = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() });

const ENDINGS: Record<"customer" | "staff", readonly Stage[]> = {
  customer: ["expired"],
  staff: ["expired", "cancelled", "declined"],
};

/** What the end, and the way to it, left on the case: void once it goes on. */
const VOID = {
  ending: undefined,
  endedAt: undefined,
  linksExpireAt: undefined,
  cancellation: undefined,
  conversionAcceptedAt: undefined,
  returnUnworked: undefined,
  reportedSentAt: undefined,
  exportHold: undefined,
  exportStatement: undefined,
  exportEntry: undefined,
  tracking: {},
  carrierBill: undefined,
  // Said before the end, the same words are an answer again.
  answers: {},
} as const satisfies Change["case"];

/** @throws Problem out-of-turn, or rule-broken (R64) when it is too late */
function checkInTime(theCase: Case, { actor, brand, now }: ActionContext): void {
  const endings = ENDINGS[actor.kind === "staff" ? "staff" : "customer"];
  const until = reopenableUntil(theCase, brand.days);
  if (!endings.includes(theCase.stage) || theCase.receipt || until === undefined)
    throw outOfTurn(theCase.stage);
  if (now > until)
    throw ruleBroken({
      path: "",
      rule: "R64",
      message: `a case can be reopened for ${brand.days.reopen} days; please file a new request`,
    });
}

/** The verdict and the rings as they are today. @throws Problem rule-broken: R20, R5, or whatever has changed since */
function takenUpAgain({ case: theCase }: CaseFile, { rings, designs, brand, now }: ActionContext) {
  const assessment = judgeCase(theCase, theCase.items, { rings, designs }, brand, now);
  const { result } = assessment;
  const approved = theCase.review?.decision === "approve";
  const waived = new Set((theCase.overrides ?? []).map((override) => override.rule));
  const objections = result.items.flatMap((judged) =>
    // Before approval a fee is no objection: it is offered (R12).
    approved || judged.verdict === "refused"
      ? reasonFaults(objectionsTo(judged, theCase.process, waived), judged.item)
      : [],
  );
  if (objections.length > 0) throw new Problem("rule-broken", objections, { assessment: result });
  return {
    assessment,
    rings: approved
      ? reserveRights(rings, theCase, theCase.items, waived, now)
      : openRings(rings, theCase.caseId, theCase.items),
  };
}

/** Name and address are kept for the form, the ship date is over. */
const withoutShipDate = (shipping: Case["shipping"]): Case["shipping"] => {
  if (!shipping) return undefined;
  const { shipDate: _, ...rest } = shipping;
  return rest;
};

/** Without what would answer the new wait at once: the cancellation, or the answer a stuck process was retried behind. */
function revived(file: CaseFile, assessment: Case["assessment"]): CaseFile {
  const { cancellation: _, ...rest } = file.case;
  const waits = file.waits.map(({ reason: _reason, ...wait }) => wait);
  return { ...file, waits, case: { ...rest, assessment } };
}

/** The end closes drafts as well: they had asked for nothing. What was issued may have ended before it was sent. */
const wasIssued = ({ events }: CaseFile, { invoiceId, sentAt }: Invoice): boolean =>
  sentAt !== undefined ||
  events.some((event) => event.type === "InvoiceIssued" && event.data?.["invoiceId"] === invoiceId);

/** Invoices that the end closed are asked for again, as new versions with new due dates; what was paid counts for them. */
function askedAgain(file: CaseFile, by: string, { now, brand }: ActionContext): readonly Invoice[] {
  const { endedAt } = file.case;
  const again: Invoice[] = [];
  for (const former of file.invoices) {
    const asked = former.closedAt === endedAt && former.kind !== "surcharge" && wasIssued(file, former);
    if (!asked || file.invoices.some((other) => other.replaces === former.invoiceId)) continue;
    const known = withBooks(file, { invoices: again });
    again.push(reissued(known, former, { now, by, brand }));
  }
  return again;
}

export const reopening: Action<z.infer<typeof Input>> = {
  name: "reopening",
  customer: true,
  staff: ["representative"],
  input: Input,
  judgesRepeats: true,
  stages: Stages.options,
  needs: (file) => referenceOf(file.case.items),
  apply(file, { reason }, context) {
    const { case: theCase } = file;
    const { actor, now } = context;
    if (actor.kind === "staff" && reason === undefined)
      throw new Problem("invalid-request", [{ path: "reason", message: "please say why" }]);
    if (!hasEnded(theCase.stage) && theCase.reopenedAt) return undefined;
    checkInTime(theCase, context);

    const { assessment, rings } = takenUpAgain(file, context);
    const by = actorText(actor);
    const again = askedAgain(file, by, context);
    const known = withBooks(revived(file, assessment), { invoices: again });
    const asks = questionAgain(known, assessment.result.verdict);
    const gone = goOnAt(known, asks, theCase.process, context);
    return {
      ...gone,
      case: {
        ...VOID,
        ...gone.case,
        assessment,
        shipping: withoutShipDate(theCase.shipping),
        reopenedAt: now,
      },
      rings,
      invoices: again,
      // The wait is open already, and may be left before a state of its process could have sent them.
      ...(again.length > 0 ? { settles: true } : {}),
      events: [
        {
          type: "CaseReopened",
          by,
          shown: true,
          ...(reason === undefined ? {} : { data: { reason } }),
        },
        ...again.map(({ invoiceId, totalCents }) => ({
          type: "InvoiceIssued",
          by,
          shown: false,
          data: { invoiceId, totalCents },
        })),
        ...gone.events,
      ],
    };
  },
};
