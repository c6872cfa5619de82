/**
 * From one process to the other (R1, R12): offered by the verdict or by a person, and done only with the customer's
 * yes. The case keeps its number, link, photos, contact date and answers; it is asked only for what is missing.
 */
import * as z from "zod";
import { isInForce } from "../domain/accounts.ts";
import type { Process, StoredAssessment } from "../domain/assessment.ts";
import { withBooks } from "../domain/books.ts";
import type { Case, CaseItem } from "../domain/case.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import type { Design } from "../domain/design.ts";
import { definedOnly } from "../domain/fields.ts";
import type { Invoice } from "../domain/invoice.ts";
import { closeInvoice } from "../domain/invoicing.ts";
import { governingDesignNumber } from "../domain/known-facts.ts";
import { Problem } from "../domain/problem.ts";
import { shipDateQuestion } from "../domain/reopening.ts";
import { isSizeService, servicesAfterConversion } from "../domain/services.ts";
import { wantedShots } from "../domain/shots.ts";
import type { Asks } from "../domain/wait.ts";
import { type Action, type ActionContext, actorText, openWaitFor } from "./action.ts";
import { goOnAt } from "./go-on.ts";
import { judgeCase, reasonFaults, referenceOf } from "./judge.ts";
import { offerDeclined } from "./offer-declined.ts";
import { releaseRights } from "./rings.ts";

export const otherProcess = (process: Process): Process =>
  process === "complimentary-resizing" ? "repair-and-maintenance" : "complimentary-resizing";

/** Without the size-change services of the paid process, which the complimentary one is by itself; and the other way round. */
function itemsFor(to: Process, items: readonly CaseItem[], { rings, designs }: ActionContext): CaseItem[] {
  const designOf = (item: CaseItem): Design | undefined => {
    const ring = rings.get(item.serialNumber ?? "");
    return designs.get(governingDesignNumber({ designNumber: item.designNumber, ...(ring ? { ring } : {}) }));
  };
  return items.map((item): CaseItem => {
    if (item.dropped) return item;
    const { outcome: _, services, ...rest } = item;
    return to === "repair-and-maintenance"
      ? { ...rest, services: [...servicesAfterConversion(services, designOf(item))] }
      : rest;
  });
}

/** The verdict the case would have in the other process. */
const judgedAs = (
  theCase: Case,
  to: Process,
  items: readonly CaseItem[],
  context: ActionContext,
): StoredAssessment => judgeCase({ ...theCase, process: to }, items, context, context.brand, context.now);

/** @throws Problem rule-broken, with the assessment, where the other process cannot take the case */
export function checkConversion(file: CaseFile, context: ActionContext): Process {
  const to = otherProcess(file.case.process);
  const { result } = judgedAs(file.case, to, itemsFor(to, file.case.items, context), context);
  const { verdict } = result;
  const possible =
    to === "repair-and-maintenance"
      ? verdict !== "refused"
      : (verdict === "complimentary" || verdict === "needs-review") && onlySizes(file.case.items);
  if (!possible) {
    const against = result.items.flatMap(({ item, reasons }) => reasonFaults(reasons, item));
    const beyond =
      to === "complimentary-resizing" && !onlySizes(file.case.items)
        ? [{ path: "decision", message: "only a change of size can be complimentary", rule: "R9" }]
        : [];
    throw new Problem("rule-broken", [...beyond, ...against], { assessment: result });
  }
  return to;
}

/** The complimentary process changes sizes and does nothing else. */
const onlySizes = (items: readonly CaseItem[]): boolean =>
  items.every((item) => item.dropped || (item.services ?? []).every(isSizeService));

/** Every photo that was asked for is here. */
const photosGiven = (file: CaseFile): boolean =>
  file.waits.findLast((wait) => wait.asks === "photos")?.answer?.outcome === "submitted";

/** What is asked first in the new process: what is missing, and else the review that agrees on its terms (R1). */
function firstQuestion(file: CaseFile, to: Process): Asks {
  const contact = to === "complimentary-resizing" || file.case.shipping !== undefined;
  return photosGiven(file) && contact ? "review" : "photos";
}

/** Invoices have no place in the complimentary process: what was paid is due back. */
const withdrawn = ({ invoices }: CaseFile, now: string): readonly Invoice[] =>
  invoices
    .filter((one) => isInForce(one) || one.status === "draft")
    .map((one) => closeInvoice(one, "voided", now));

/** What was agreed on in the former process is agreed on anew. */
const TERMS = {
  conversionOffer: undefined,
  review: undefined,
  schedule: undefined,
  overrides: undefined,
} as const satisfies Change["case"];

/** Her yes: the case goes on in the other process. */
function convert(file: CaseFile, context: ActionContext): Change {
  const { actor, now, brand, designs } = context;
  const { case: theCase } = file;
  const to = otherProcess(theCase.process);
  const items = itemsFor(to, theCase.items, context);
  const by = actorText(actor);
  const invoices = to === "complimentary-resizing" ? withdrawn(file, now) : [];
  const shots = photosGiven(file)
    ? []
    : theCase.shots.length > 0
      ? theCase.shots
      : wantedShots(
          items
            .filter((item) => !item.dropped)
            .map((item) => ({ item: item.item, design: designs.get(item.designNumber) ?? null })),
          brand,
        );
  const changed: Partial<Case> = {
    process: to,
    items,
    assessment: judgedAs(theCase, to, items, context),
    shots,
    conversionAcceptedAt: now,
  };
  const asks = firstQuestion(file, to);
  const known = definedOnly({ ...theCase, ...changed, ...TERMS }) as Case;
  const gone = goOnAt(withBooks({ ...file, case: known }, { invoices }), asks, to, context);
  return {
    ...gone,
    case: { ...changed, ...gone.case, ...TERMS },
    rings: to === "repair-and-maintenance" ? releaseRights(context.rings, theCase) : [],
    ...(invoices.length > 0 ? { invoices, settles: true } : {}),
    events: [{ type: "ConversionAccepted", by, shown: true, data: { to } }, ...gone.events],
    answer: { outcome: "accepted", by },
  };
}

const Input = z.strictObject({ accept: z.boolean() });

export const conversion: Action<z.infer<typeof Input>> = {
  name: "conversion",
  customer: true,
  staff: [],
  input: Input,
  stages: ["conversion-offered"],
  needs: (file) => referenceOf(file.case.items),
  apply(file, { accept }, context) {
    openWaitFor(file, "conversion");
    if (accept) return convert(file, context);
    const by = actorText(context.actor);
    const { process, conversionOffer } = file.case;
    // A fee she does not want ends the case (R12); a paid service offered for nothing she may still have as it was.
    if (process === "complimentary-resizing" || !conversionOffer)
      return {
        case: { ending: { stage: "declined", code: "conversion-refused" } },
        events: [{ type: "ConversionRefused", by, shown: true }],
        answer: { outcome: "refused", by },
      };
    return offerDeclined(file, conversionOffer, by, context);
  },
};

const Offer = z.strictObject({ reason: z.string().trim().min(1).max(1000) });

/** Questions after which the other process can still be offered: all before the documents are out. */
const OFFERABLE = [
  "photos",
  "review",
  "shipping-details",
  "payment",
  "ship-date",
  "export-clearance",
] as const;

/** Where a no leads back to: with the papers held, to the ship date, from which they follow. */
const backTo = ({ case: { process } }: CaseFile, asks: Asks): Asks =>
  asks === "export-clearance" ? shipDateQuestion(process) : asks;

/** Staff offer the other process, from any stage before shipping; the customer decides. */
export const conversionOffer: Action<z.infer<typeof Offer>> = {
  // The customer's answer at the same address is another matter.
  name: "conversion-offer",
  customer: false,
  staff: ["representative"],
  input: Offer,
  judgesRepeats: true,
  stages: [
    "conversion-offered",
    "photos-requested",
    "in-review",
    "shipping-details-requested",
    "invoice-sent",
    "ship-date-requested",
    "export-review",
  ],
  needs: (file) => referenceOf(file.case.items),
  apply(file, { reason }, context) {
    // Offered in these words already.
    if (file.case.stage === "conversion-offered" && file.case.conversionOffer?.text === reason)
      return undefined;
    openWaitFor(file, ...OFFERABLE);
    const { asks } = currentWait(file);
    const to = checkConversion(file, context);
    const by = actorText(context.actor);
    const offer = { to, text: reason, at: context.now, by, from: backTo(file, asks) };
    const known = { ...file, case: { ...file.case, conversionOffer: offer } };
    const gone = goOnAt(known, "conversion", file.case.process, context);
    return {
      ...gone,
      case: { ...gone.case, conversionOffer: offer },
      answer: { outcome: "offered", by },
    };
  },
};
