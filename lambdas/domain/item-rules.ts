/** The rules a verdict is made of, one entry each, in the order in which they are looked at (`assess.ts`). */
import type { AssessmentInput, ItemFacts } from "./assessment.ts";
import { addDays, dateIn } from "./calendar.ts";
import type { PlainDate } from "./identifiers.ts";
import { type KnownFacts, knownFacts } from "./known-facts.ts";
import { isAvailable, isInRange, outcomeOf, rangeAround, type SizeOutcome } from "./ring-size.ts";
import { changesSize } from "./services.ts";
import type { ReasonTexts } from "./texts.ts";

/** What a rule has against an item. */
export interface Finding {
  /**
   * `unknown-design` sends it to a person whatever else is true (R4); `missing` matters only on the way to yes;
   * `note` changes nothing and is told all the same.
   */
  readonly kind: "refusal" | "unknown-design" | "fee" | "missing" | "note";
  readonly code: string;
  readonly text: (texts: ReasonTexts) => string;
}

/** What the rules look at, for one item. */
export interface View {
  readonly input: AssessmentInput;
  readonly item: ItemFacts;
  readonly known: KnownFacts;
  readonly complimentary: boolean;
  /** Services asked for that are a change of size; the complimentary process is always one. */
  readonly wantsSize: boolean;
  readonly outcome: SizeOutcome | null;
  readonly contactOn: PlainDate;
  readonly today: PlainDate;
  readonly lastDay: PlainDate | null;
  /** The date on which the desired size arrived. */
  readonly sizeOn: PlainDate;
}

/** A rule answers with what it has against the item, or with a remark for the trace. */
export interface ItemRule {
  readonly rule: string;
  readonly look: (view: View) => Finding | string;
}

export const viewOf = (input: AssessmentInput, item: ItemFacts, zone: string, madeAt: string): View => {
  const known = knownFacts(item);
  const complimentary = input.process === "complimentary-resizing";
  const services = item.services ?? [];
  const wantsSize = complimentary || changesSize(item);
  const asksExchange = !complimentary && services.includes("paid-exchange");
  const designs = known.design ? outcomeOf(known.design) : null;
  return {
    input,
    item,
    known,
    complimentary,
    wantsSize,
    // R21: the outcome is the design's; only who asks for nothing but an exchange of a resizable design gets one.
    outcome:
      designs === "resize" && asksExchange && !services.includes("paid-resizing") ? "exchange" : designs,
    contactOn: dateIn(input.contactAt, zone),
    today: dateIn(madeAt, zone),
    // R26: the paid process has no time limit.
    lastDay:
      complimentary && known.deliveryDate !== undefined
        ? addDays(known.deliveryDate, input.contactDays)
        : null,
    sizeOn: dateIn(item.sizeAt ?? input.contactAt, zone),
  };
};

const finding = (kind: Finding["kind"], code: string, text: (texts: ReasonTexts) => string): Finding => ({
  kind,
  code,
  text,
});

const ofSomebodyElse = (view: View, caseId: string | undefined): boolean =>
  caseId !== undefined && caseId !== view.input.caseId;

const ABOUT_EVERY_ITEM: readonly ItemRule[] = [
  {
    rule: "R4",
    look: ({ known }) =>
      known.design
        ? `the design is of the category ${known.design.resizing.category}`
        : finding("unknown-design", "design-unknown", (texts) => texts.designUnknown()),
  },
  {
    rule: "R22",
    look: ({ item, known }) =>
      item.ring?.designNumber !== undefined && item.ring.designNumber !== item.designNumber
        ? finding("note", "design-corrected", (texts) =>
            texts.designCorrected(known.design?.name ?? item.ring?.designNumber ?? ""),
          )
        : "the ledger says nothing else of the design",
  },
  {
    rule: "R20",
    look: (view) =>
      ofSomebodyElse(view, view.item.ring?.openCase)
        ? finding("refusal", "open-case", (texts) => texts.openCase())
        : "no other case is open on the ring",
  },
  {
    rule: "R20",
    look: ({ input, item }) => {
      const { serialNumber } = item;
      return serialNumber !== undefined &&
        input.items.some(
          (other) =>
            other.item !== item.item && other.serialNumber?.toUpperCase() === serialNumber.toUpperCase(),
        )
        ? finding("refusal", "serial-twice", (texts) => texts.serialTwice(serialNumber))
        : "the serial number stands on one item only";
    },
  },
  {
    rule: "R5",
    look: ({ item }) =>
      item.ring?.successor !== undefined
        ? finding("refusal", "exchanged-away", (texts) => texts.exchangedAway())
        : "the ring was not exchanged for another",
  },
];

const ABOUT_A_SIZE_CHANGE: readonly ItemRule[] = [
  {
    rule: "R20",
    look: ({ known }) =>
      known.design && known.design.kind !== "ring"
        ? finding("refusal", "not-a-ring", (texts) => texts.notARing())
        : "a ring, or not known to be none",
  },
  {
    rule: "R17",
    look: ({ known }) =>
      known.design?.kind === "ring" && known.design.resizing.category === "unavailable"
        ? finding("refusal", "size-change-unavailable", (texts) => texts.sizeChangeUnavailable())
        : "not known to be unavailable",
  },
  {
    rule: "R18",
    look: ({ known: { design, desiredSize: size }, outcome }) =>
      design && outcome && size !== undefined && !isAvailable(design, size)
        ? finding("refusal", "size-not-available", (texts) => texts.sizeNotAvailable(size))
        : "nothing against the desired size",
  },
  {
    rule: "R19",
    look: ({ known: { design, desiredSize: size, sizeAtPurchase: base }, outcome }) => {
      if (base === undefined)
        return finding("missing", "size-at-purchase-missing", (texts) => texts.sizeAtPurchaseMissing());
      if (!design || outcome !== "resize") return "no range binds";
      const { from, to } = rangeAround(design, base);
      return size !== undefined && !isInRange(design, base, size, outcome)
        ? finding("refusal", "size-out-of-range", (texts) => texts.sizeOutOfRange(size, from, to))
        : `possible from ${from} to ${to}, counted from ${base}`;
    },
  },
  {
    rule: "R20",
    look: ({ known: { desiredSize: size, currentSize } }) =>
      size !== undefined && size === currentSize
        ? finding("refusal", "same-size", (texts) => texts.sameSize(size))
        : "not known to be the current size",
  },
];

/** R8: "I don't know" is an answer; it costs nothing but the question asked again. */
const sizeMissing: ItemRule["look"] = ({ known, lastDay, today }) =>
  known.desiredSize === undefined
    ? finding("missing", "size-missing", (texts) =>
        texts.sizeMissing(lastDay !== null && today <= lastDay ? lastDay : undefined),
      )
    : "the desired size is known";

const ABOUT_THE_COMPLIMENTARY_PROCESS: readonly ItemRule[] = [
  {
    rule: "R5",
    look: (view) => {
      const right = view.item.ring?.right;
      if (!right || right.state === "free" || right.by === view.input.caseId)
        return "the complimentary right is not known to be taken";
      return right.state === "used"
        ? finding("fee", "right-used", (texts) => texts.rightUsed())
        : finding("fee", "right-reserved", (texts) => texts.rightReserved());
    },
  },
  {
    rule: "R6",
    look: ({ known, lastDay, contactOn }) => {
      if (lastDay === null || known.deliveryDate === undefined)
        return finding("missing", "delivery-date-missing", (texts) => texts.deliveryDateMissing());
      if (contactOn > lastDay) return finding("fee", "after-window", (texts) => texts.afterWindow(lastDay));
      const date = known.deliveryDate;
      // One day of grace: where the parcel arrived the date may be ahead of the zone in which contact is judged.
      return date > addDays(contactOn, 1)
        ? finding("missing", "delivery-date-ahead", (texts) => texts.deliveryDateAhead(date))
        : `contact on ${contactOn}, last day ${lastDay}`;
    },
  },
  {
    rule: "R6",
    look: ({ known: { customersDate, deliveryDate: date } }) =>
      customersDate && date !== undefined
        ? finding("note", "delivery-date-provisional", (texts) => texts.deliveryDateProvisional(date))
        : "no date on the customer's word alone",
  },
  { rule: "R7", look: sizeMissing },
  {
    rule: "R7",
    look: ({ known, lastDay, contactOn, sizeOn, today }) => {
      if (lastDay === null || contactOn > lastDay) return "no last day to judge the size by";
      // A size still missing when its day has passed cannot arrive in time any more.
      const late = (known.desiredSize === undefined ? today : sizeOn) > lastDay;
      return late
        ? finding("fee", "size-late", (texts) => texts.sizeLate(lastDay))
        : "the desired size is in time, or may still be";
    },
  },
  {
    rule: "R16",
    look: ({ known }) =>
      known.design?.resizing.category === "exchange-paid"
        ? finding("fee", "exchange-paid", (texts) => texts.exchangePaid())
        : "no paid exchange",
  },
  {
    rule: "R13",
    look: ({ known }) =>
      known.design?.feeRequired
        ? finding("fee", "fee-always", (texts) => texts.feeAlways())
        : "the design carries no fee of its own",
  },
  {
    rule: "R22",
    look: ({ item }) =>
      item.serialNumber === undefined
        ? finding("missing", "serial-number-missing", (texts) => texts.serialNumberMissing())
        : "the serial number is known",
  },
];

const ABOUT_THE_PAID_PROCESS: readonly ItemRule[] = [
  {
    rule: "R23",
    look: (view) => {
      if (view.wantsSize) return sizeMissing(view);
      return (view.item.services ?? []).length === 0
        ? finding("missing", "service-missing", (texts) => texts.serviceMissing())
        : "a service is named";
    },
  },
  {
    rule: "R25",
    look: ({ item, known }) => {
      const { design } = known;
      const unlisted = design ? (item.services ?? []).filter((one) => !design.services.includes(one)) : [];
      return unlisted.length > 0
        ? finding("missing", "service-unlisted", (texts) => texts.serviceUnlisted(unlisted))
        : "the design allows the services named, as far as it is known";
    },
  },
];

/** The rules that apply to an item, in order. */
export const rulesFor = (view: View): readonly ItemRule[] => [
  ...ABOUT_EVERY_ITEM,
  ...(view.wantsSize ? ABOUT_A_SIZE_CHANGE : []),
  ...(view.complimentary ? ABOUT_THE_COMPLIMENTARY_PROCESS : ABOUT_THE_PAID_PROCESS),
];
