/** The verdict of a case as it stands: the same pure function as the pre-check, fed with the case's own facts. */
import { assess } from "../domain/assess.ts";
import type { AssessmentInput, Process, Reason, StoredAssessment } from "../domain/assessment.ts";
import type { Brand } from "../domain/brand.ts";
import type { Case, CaseItem } from "../domain/case.ts";
import type { Design } from "../domain/design.ts";
import { pick } from "../domain/fields.ts";
import type { Instant, Locale } from "../domain/identifiers.ts";
import { governingDesignNumber } from "../domain/known-facts.ts";
import type { Fault } from "../domain/problem.ts";
import type { Ring } from "../domain/ring.ts";

export interface Judged {
  readonly process: Process;
  /** When the request reached the server: kept by the case, whatever happens later (R6). */
  readonly contactAt: Instant;
  readonly caseId?: string;
  readonly locale: Locale;
  readonly timeZone?: string | undefined;
  readonly items: readonly CaseItem[];
}

/** Facts of the ring's ledger and of the catalogue, by number. */
export interface Reference {
  readonly rings: ReadonlyMap<string, Ring>;
  readonly designs: ReadonlyMap<string, Design>;
}

/** What the papers need of a design, kept with the item. */
export const catalogueFacts = ({
  name,
  kind,
  material,
  harmonizedCode,
}: Design): NonNullable<CaseItem["catalogue"]> => ({
  name,
  kind,
  material,
  harmonizedCode,
});

/** Designs the verdict may need: those named, and those the ledger knows better. */
export const referenceOf = (
  items: readonly { serialNumber?: string | undefined; designNumber?: string }[],
) => ({
  serials: [...new Set(items.flatMap((item) => item.serialNumber ?? []))],
  designs: [...new Set(items.flatMap((item) => item.designNumber ?? []))],
});

export function judge(
  judged: Judged,
  { rings, designs }: Reference,
  brand: Brand,
  now: Instant,
): StoredAssessment {
  const input: AssessmentInput = {
    process: judged.process,
    contactAt: judged.contactAt,
    ...(judged.timeZone === undefined ? {} : { timeZone: judged.timeZone }),
    locale: judged.locale,
    contactDays: brand.days.contact,
    ...(judged.caseId === undefined ? {} : { caseId: judged.caseId }),
    items: judged.items
      .filter((item) => !item.dropped)
      .map((item) => {
        const ring = item.serialNumber === undefined ? undefined : rings.get(item.serialNumber);
        return {
          item: item.item,
          designNumber: item.designNumber,
          design:
            designs.get(
              governingDesignNumber({ designNumber: item.designNumber, ...(ring ? { ring } : {}) }),
            ) ?? null,
          ring: ring ?? null,
          ...pick(item, [
            "serialNumber",
            "sizeAtPurchase",
            "desiredSize",
            "sizeAt",
            "deliveryDate",
            "deliverySource",
            "services",
          ]),
        };
      }),
  };
  return assess(input, brand.policyVersion, now);
}

/** The verdict of a case, with some items changed. */
export const judgeCase = (
  theCase: Case,
  items: readonly CaseItem[],
  reference: Reference,
  brand: Brand,
  now: Instant,
): StoredAssessment =>
  judge(
    {
      process: theCase.process,
      contactAt: theCase.contactAt,
      caseId: theCase.caseId,
      locale: theCase.customer.locale,
      timeZone: theCase.customer.timeZone,
      items,
    },
    reference,
    brand,
    now,
  );

/** Reasons against an item as faults of what was sent; at the item's own place, unless it was named elsewhere. */
export const reasonFaults = (
  reasons: readonly Reason[],
  item: number,
  path = `items[${item - 1}]`,
): Fault[] => reasons.map(({ text, rule }) => ({ path, message: text, rule }));
