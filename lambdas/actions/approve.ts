/**
 * Approval: the facts a representative has established, and the verdict by them. A complimentary case sets the ring's
 * right aside (R5); a paid one is told its schedule and asked for the money (R35, R62).
 */
import { objectionsTo } from "../domain/assess.ts";
import type { Assessment, Process } from "../domain/assessment.ts";
import type { CaseItem } from "../domain/case.ts";
import type { CaseFile, Change } from "../domain/case-file.ts";
import { type Fault, ruleBroken } from "../domain/problem.ts";
import type { Ring } from "../domain/ring.ts";
import { changesSize } from "../domain/services.ts";
import { isCertificateSlot } from "../domain/shots.ts";
import { type ActionContext, actorText } from "./action.ts";
import { catalogueFacts, judgeCase, reasonFaults } from "./judge.ts";
import { invoiceOf, termFaults, wantsSchedule } from "./paid-terms.ts";
import { pairItems, type ReviewedItem, type ReviewInput } from "./review-input.ts";
import { reserveRights, serialLookups } from "./rings.ts";

/** An item with what was established; a delivery date named here is confirmed, with the source given or the order. */
function established(item: CaseItem, given: ReviewedItem | undefined): CaseItem {
  if (!given) return item;
  if (given.drop) return { ...item, dropped: true };
  const { serialNumber, sizeAtPurchase, deliveryDate, deliverySource, customsValueCents, insuredValueCents } =
    given;
  return {
    ...item,
    serialNumber,
    ...(sizeAtPurchase === undefined ? {} : { sizeAtPurchase }),
    ...(deliveryDate === undefined ? {} : { deliveryDate, deliverySource: deliverySource ?? "order" }),
    ...(deliveryDate === undefined && deliverySource !== undefined && item.deliveryDate !== undefined
      ? { deliverySource }
      : {}),
    ...(customsValueCents === undefined ? {} : { customsValueCents }),
    ...(insuredValueCents === undefined ? {} : { insuredValueCents }),
  };
}

/** What must be known before approval (R22, R45), with the path of each gap. */
function gaps(
  item: CaseItem,
  path: string,
  { certified, waived, process }: { certified: boolean; waived: ReadonlySet<string>; process: Process },
): Fault[] {
  const free = process === "complimentary-resizing";
  const sized = free || changesSize(item);
  const faults: Fault[] = [];
  const want = (known: boolean, field: string, message: string, rule: string) => {
    if (!known) faults.push({ path: `${path}.${field}`, message, rule });
  };
  want(
    item.serialNumber !== undefined,
    "serialNumber",
    "the serial number must be known before approval",
    "R22",
  );
  want(
    !free || item.deliveryDate !== undefined,
    "deliveryDate",
    "the delivery date must be known before approval",
    "R22",
  );
  want(
    !sized || item.sizeAtPurchase !== undefined,
    "sizeAtPurchase",
    "the size at purchase must be known before approval",
    "R22",
  );
  want(
    !sized || typeof item.desiredSize === "number",
    "desiredSize",
    "the customer has not told the desired size yet",
    "R7",
  );
  want(
    item.catalogue !== undefined,
    "designNumber",
    "the design is not in the catalogue; a manager can add it",
    "R4",
  );
  want(item.customsValueCents !== undefined, "customsValueCents", "the customs value is missing", "R45");
  want(item.insuredValueCents !== undefined, "insuredValueCents", "the insured value is missing", "R45");
  want(certified || waived.has("R10"), "certificate", "there is no accepted photo of the certificate", "R10");
  return faults;
}

/** What the ledger knows of the ring wins over what anybody says of it here; `PUT /rings` corrects the ledger. */
const governed = (item: CaseItem, ring: Ring | undefined): CaseItem => ({
  ...item,
  designNumber: ring?.designNumber ?? item.designNumber,
  ...(ring?.sizeAtPurchase === undefined ? {} : { sizeAtPurchase: ring.sizeAtPurchase }),
  ...(item.deliveryDate === undefined && ring?.deliveryDate !== undefined
    ? { deliveryDate: ring.deliveryDate, deliverySource: ring.deliverySource ?? "order" }
    : {}),
});

/** Why the verdict forbids an approval, unless a manager has set aside every rule it rests on. */
const objections = (result: Assessment, process: Process, waived: ReadonlySet<string>): Fault[] =>
  result.items.flatMap((judged) => reasonFaults(objectionsTo(judged, process, waived), judged.item));

/** @throws Problem rule-broken naming every gap and objection; nothing is recorded then. */
export function approve(file: CaseFile, input: ReviewInput, context: ActionContext): Change {
  const { now, actor, brand, rings, designs } = context;
  const { process } = file.case;
  const paired = pairItems(file, input.items ?? []);
  const waived = new Set((input.overrides ?? []).map((override) => override.rule));
  const items = file.case.items.map((item) => {
    const given = established(item, paired.get(item.item)?.given);
    const known = governed(given, rings.get(given.serialNumber ?? ""));
    const design = designs.get(known.designNumber);
    return design ? { ...known, catalogue: catalogueFacts(design) } : known;
  });
  const live = items.filter((item) => !item.dropped);
  if (live.length === 0)
    throw ruleBroken({ path: "items", message: "no item is left; decline the request instead", rule: "R30" });
  const certificates = new Set(
    file.media
      .filter((media) => media.status === "accepted" && isCertificateSlot(media.slot))
      .map((media) => media.slot),
  );
  const faults = live.flatMap((item) =>
    gaps(item, paired.get(item.item)?.path ?? `items[${item.item - 1}]`, {
      certified: certificates.has(item.item === 1 ? "certificate" : `${item.item}-certificate`),
      waived,
      process,
    }),
  );
  faults.push(...termFaults(file, live, input));
  if (faults.length > 0) throw ruleBroken(...faults);

  const assessment = judgeCase(file.case, items, { rings, designs }, brand, now);
  const objected = objections(assessment.result, process, waived);
  if (objected.length > 0) throw ruleBroken(...objected);
  // A date on the customer's word alone counts once a representative has named it, or its source, here (R6).
  const unconfirmed = assessment.result.items.filter((judged) => {
    const given = paired.get(judged.item)?.given;
    return judged.provisional && given?.deliveryDate === undefined && given?.deliverySource === undefined;
  });
  if (unconfirmed.length > 0) {
    throw ruleBroken(
      ...unconfirmed.map((judged) => ({
        path: `${paired.get(judged.item)?.path ?? `items[${judged.item - 1}]`}.deliverySource`,
        message: "the delivery date rests on the customer's word: please confirm it with its source",
        rule: "R6",
      })),
    );
  }

  const by = actorText(actor);
  const approved = items.map((item): CaseItem => {
    if (item.dropped) return item;
    const outcome = assessment.result.items.find((judged) => judged.item === item.item)?.outcome;
    return { ...item, outcome: outcome ?? "service" };
  });
  const schedule = wantsSchedule(file, live) ? input.schedule : undefined;
  const { schedule: _, ...known } = file.case;
  const agreed = { ...known, items: approved, ...(schedule ? { schedule } : {}) };
  const invoice = invoiceOf({ ...file, case: agreed }, input, context);
  return {
    case: {
      items: approved,
      assessment,
      schedule,
      shots: [],
      review: { decision: "approve", at: now, by },
      // Those of an approval before it, in the other process, are not of this one.
      overrides: input.overrides,
    },
    rings: reserveRights(rings, file.case, items, waived, now),
    ...(invoice ? { invoices: [invoice] } : {}),
    lookups: serialLookups(live, file.case.items),
    events: [
      { type: "RequestApproved", by, shown: true },
      ...(invoice
        ? [
            {
              type: "InvoiceIssued",
              by,
              shown: false,
              data: { invoiceId: invoice.invoiceId, totalCents: invoice.totalCents },
            },
          ]
        : []),
      ...(input.overrides ?? []).map((override) => ({
        type: "RuleSetAside",
        by,
        shown: false,
        data: { rule: override.rule, reason: override.reason },
      })),
    ],
    answer: { outcome: "approved", by },
  };
}
