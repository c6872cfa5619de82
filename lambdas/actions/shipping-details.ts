/**
 * Name, address, telephone and the desired ship date (R31, R33, R34); in the paid process the date alone, once all is
 * paid (R32, R37). Given again before the first scan, the papers are made anew.
 */
import * as z from "zod";
import { Contact } from "../domain/address.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import { PlainDate } from "../domain/identifiers.ts";
import { type Fault, outOfTurn, ruleBroken } from "../domain/problem.ts";
import { checkShipDate } from "../domain/ship-date.ts";
import { zoneOfState } from "../domain/time-zones.ts";
import { checkContact, tidyAddress } from "../domain/us-address.ts";
import { type Action, type ActionContext, actorText } from "./action.ts";

const Details = z.strictObject({ ...Contact.shape, shipDate: PlainDate.optional() });
const ShipDate = z.strictObject({ shipDate: PlainDate });

/** Waits in which papers are made, or have been made, for a parcel the carrier has not yet had in hand. */
const REISSUABLE = new Set(["export-clearance", "dispatch", "receipt"]);
const LATER_STAGES = [
  "export-review",
  "preparing-documents",
  "documents-sent",
  "dispatched",
  "attention",
] as const;
/** Steps that make papers: where one could not be done, another address or date may be what mends it. */
const PAPERS = new Set(["Check export", "Prepare shipment"]);

type Outcome = "submitted" | "reissue" | "retry";

/**
 * The outcome of the open wait: details for the first time, papers to make anew, or another try at papers that could
 * not be made. @throws Problem out-of-turn
 */
function outcomeOf(file: CaseFile): Outcome {
  const wait = currentWait(file);
  if (!wait.answer && (wait.asks === "shipping-details" || wait.asks === "ship-date")) return "submitted";
  if (!wait.answer && wait.asks === "attention" && PAPERS.has(wait.resumeAt ?? "")) return "retry";
  const scanned = file.case.tracking.inbound?.firstScanAt !== undefined;
  if (wait.answer || scanned || !REISSUABLE.has(wait.asks)) throw outOfTurn(file.case.stage);
  return "reissue";
}

/** The carrier's calendar (R34); and apart from the shipment this one was split from (R47). */
const dateFault = (
  { case: { splitFrom } }: CaseFile,
  date: string,
  state: string,
  { now, brand }: ActionContext,
): Fault | undefined =>
  date === splitFrom?.shipDate
    ? {
        path: "shipDate",
        message: `the other part of your request (${splitFrom.caseId}) ships on this day: please choose another`,
        rule: "R47",
      }
    : checkShipDate(date, now, zoneOfState(state), brand.days);

const eventOf = (outcome: Outcome, addressKnown: boolean): string => {
  if (outcome !== "submitted") return "ShippingDetailsChanged";
  return addressKnown ? "ShipDateGiven" : "ShippingDetailsGiven";
};

function change(
  { case: { answers, shipping, process } }: CaseFile,
  given: Omit<NonNullable<CaseFile["case"]["shipping"]>, "at">,
  outcome: Outcome,
  { now, actor }: ActionContext,
): Change {
  const by = actorText(actor);
  const addressKnown = process === "repair-and-maintenance" && shipping !== undefined;
  // What was said of the former address, date and parcel is no repeat when it is said again of these.
  const { "shipping-details": _d, "ship-date": _s, dispatch: _p, ...others } = answers;
  return {
    case: {
      answers: others,
      shipping: { ...given, at: now },
      ...(outcome === "submitted" ? {} : { reportedSentAt: undefined }),
    },
    events: [{ type: eventOf(outcome, addressKnown), by, shown: true }],
    answer: { outcome, by },
  };
}

export const shippingDetails: Action<z.infer<typeof Details>> = {
  name: "shipping-details",
  customer: true,
  staff: [],
  input: Details,
  stages: ["shipping-details-requested", "ship-date-requested", ...LATER_STAGES],
  apply(file, { shipDate, ...contact }, context) {
    const outcome = outcomeOf(file);
    const date = shipDate ?? file.case.shipping?.shipDate;
    const faults: Fault[] = checkContact(contact);
    if (date === undefined) {
      faults.push({
        path: "shipDate",
        message: "please choose the day on which you will ship your package",
        rule: "R31",
      });
    } else {
      const fault = dateFault(file, date, tidyAddress(contact.address).state, context);
      if (fault) faults.push(fault);
    }
    if (faults.length > 0 || date === undefined) throw ruleBroken(...faults);
    return change(
      file,
      { ...contact, address: tidyAddress(contact.address), shipDate: date },
      outcome,
      context,
    );
  },
};

/** The date alone: another one, or the missing one of a case that knows name and address from before. */
export const shipDate: Action<z.infer<typeof ShipDate>> = {
  name: "ship-date",
  customer: true,
  staff: [],
  input: ShipDate,
  stages: ["shipping-details-requested", "ship-date-requested", ...LATER_STAGES],
  apply(file, input, context) {
    const outcome = outcomeOf(file);
    const { shipping } = file.case;
    if (!shipping) throw outOfTurn(file.case.stage);
    const fault = dateFault(file, input.shipDate, shipping.address.state, context);
    if (fault) throw ruleBroken(fault);
    const { at: _, ...given } = shipping;
    return change(file, { ...given, shipDate: input.shipDate }, outcome, context);
  },
};
