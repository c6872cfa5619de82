/**
 * The verdict (R4–R26): one pure function for the pre-check before filing and the verdict after it. What it was made
 * from and every rule it looked at are kept, so that it can be replayed.
 */
import type {
  Assessment,
  AssessmentInput,
  ItemAssessment,
  Process,
  Reason,
  StoredAssessment,
  Verdict,
} from "./assessment.ts";
import type { Instant } from "./identifiers.ts";
import { type Finding, rulesFor, type View, viewOf } from "./item-rules.ts";
import { permittedSizes } from "./ring-size.ts";
import { REASON_TEXTS } from "./texts.ts";
import { customerZone } from "./time-zones.ts";

/** The strictest of several verdicts is the first of these that occurs among them. */
const STRICTEST_FIRST: readonly Verdict[] = ["refused", "paid", "needs-review", "complimentary"];

const strictest = (verdicts: readonly Verdict[]): Verdict =>
  STRICTEST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? "needs-review";

interface Found extends Finding {
  readonly rule: string;
}

/**
 * A fee is certain even where a fact is missing; a missing fact matters only where the answer would else be yes.
 * An unknown design alone comes before the fee: a person decides (R4).
 */
const verdictOf = (found: readonly Found[], complimentary: boolean): Verdict => {
  const has = (kind: Finding["kind"]) => found.some((one) => one.kind === kind);
  if (has("refusal")) return "refused";
  if (has("unknown-design")) return "needs-review";
  if (has("fee")) return "paid";
  if (has("missing")) return "needs-review";
  return complimentary ? "complimentary" : "paid";
};

/** What comes too late or a second time carries a fee by R12; what the design costs needs no further word. */
const FEES_OF_R12 = ["after-window", "size-late", "right-used", "right-reserved"];
/** Reasons that explain and bar nothing; of an unlisted service a person decides, by approving it (R25). */
const EXPLANATIONS = ["fee-applies", "design-corrected", "delivery-date-provisional", "service-unlisted"];

/**
 * The reasons that keep an item from being approved, without those whose rule a manager set aside. Setting aside R12
 * covers the rules that lead to it (R5, R6, R7). In the paid process a fee is no objection.
 */
export const objectionsTo = (
  item: ItemAssessment,
  process: Process,
  waived: ReadonlySet<string> = new Set(),
): Reason[] =>
  item.verdict === (process === "complimentary-resizing" ? "complimentary" : "paid")
    ? []
    : item.reasons.filter(
        ({ rule, code }) =>
          !EXPLANATIONS.includes(code) &&
          !waived.has(rule) &&
          !(waived.has("R12") && FEES_OF_R12.includes(code)),
      );

/** What the customer is told: all that bears on the verdict, gravest first; a missing size always (contract). */
const reasonsOf = (found: readonly Found[], verdict: Verdict, view: View): Reason[] => {
  const told = (kind: Finding["kind"]) =>
    found.filter(
      (one) =>
        one.kind === kind &&
        (kind !== "missing" || verdict === "needs-review" || one.code === "size-missing"),
    );
  const texts = REASON_TEXTS[view.input.locale];
  const reasons = (...kinds: readonly Finding["kind"][]): Reason[] =>
    kinds.flatMap(told).map(({ rule, code, text }) => ({ rule, code, text: text(texts) }));
  const concluded = verdict === "paid" && found.some((one) => FEES_OF_R12.includes(one.code));
  return [
    ...reasons("refusal", "unknown-design", "fee"),
    // "Therefore …": right after what it follows from.
    ...(concluded ? [{ rule: "R12", code: "fee-applies", text: texts.feeApplies() }] : []),
    ...reasons("missing", "note"),
  ];
};

interface Judged {
  readonly result: ItemAssessment;
  readonly trace: StoredAssessment["trace"];
}

const judgeItem = (view: View): Judged => {
  const { item, known, complimentary, outcome, lastDay, wantsSize } = view;
  const looked = rulesFor(view).map(({ rule, look }) => ({ rule, said: look(view) }));
  const found = looked.flatMap(({ rule, said }) => (typeof said === "string" ? [] : [{ rule, ...said }]));
  const verdict = verdictOf(found, complimentary);
  return {
    result: {
      item: item.item,
      verdict,
      reasons: reasonsOf(found, verdict, view),
      permittedSizes: known.design
        ? permittedSizes(known.design, known.sizeAtPurchase, known.currentSize, outcome)
        : [],
      lastComplimentaryDay: lastDay,
      provisional: complimentary && known.customersDate,
      outcome: wantsSize ? outcome : null,
    },
    trace: looked.map(({ rule, said }) => ({
      item: item.item,
      rule,
      said: typeof said === "string" ? said : `${said.kind}: ${said.code}`,
    })),
  };
};

const unique = <T>(all: readonly T[], key: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [key(one), one])).values(),
];

const nextStage = (process: AssessmentInput["process"], verdict: Verdict): string | null => {
  if (verdict === "refused") return null;
  return process === "complimentary-resizing" && verdict === "paid"
    ? "conversion-offered"
    : "photos-requested";
};

/**
 * Over all items: the strictest verdict, every reason once, the sizes permitted for any of them (each item has its
 * own list), and the earliest last day, which is the one to keep.
 */
const together = (process: AssessmentInput["process"], items: readonly ItemAssessment[]): Assessment => {
  const verdict = strictest(items.map((one) => one.verdict));
  const lastDays = items.flatMap((one) => one.lastComplimentaryDay ?? []).sort();
  return {
    verdict,
    reasons: unique(
      items.flatMap((one) => one.reasons),
      (reason) => `${reason.rule} ${reason.code} ${reason.text}`,
    ),
    permittedSizes: [...new Set(items.flatMap((one) => one.permittedSizes))].sort((a, b) => a - b),
    lastComplimentaryDay: lastDays[0] ?? null,
    provisional: items.some((one) => one.provisional),
    items: [...items],
    next: nextStage(process, verdict),
  };
};

/**
 * Judges a request. `madeAt` is when the verdict is made; timeliness is judged by `input.contactAt` and the item's
 * `sizeAt` (R6, R7), and by `madeAt` only in that a size still missing after the last day can no longer be in time.
 * Never throws for a valid input; refusals are values.
 */
export const assess = (input: AssessmentInput, policyVersion: string, madeAt: Instant): StoredAssessment => {
  const zone = customerZone(input.timeZone);
  const judged = input.items.map((item) => judgeItem(viewOf(input, item, zone, madeAt)));
  return {
    policyVersion,
    madeAt,
    input,
    result: together(
      input.process,
      judged.map((one) => one.result),
    ),
    trace: judged.flatMap((one) => one.trace),
  };
};
