/** A request as the verdict sees it: timely, complete, and free unless a test says otherwise. */
import { assess } from "../../lambdas/domain/assess.ts";
import {
  type Assessment,
  AssessmentInput,
  type ItemFacts,
  StoredAssessment,
} from "../../lambdas/domain/assessment.ts";
import { aDesign } from "./case-file.ts";

export const facts = (overrides: Partial<ItemFacts> = {}): ItemFacts => ({
  item: 1,
  designNumber: "R-1001",
  design: aDesign(),
  ring: null,
  serialNumber: "SN-2026-0001",
  sizeAtPurchase: 11,
  desiredSize: 13,
  deliveryDate: "2026-03-01",
  deliverySource: "order",
  ...overrides,
});

/** The same without a fact, which `undefined` cannot say. */
export const without = (item: ItemFacts, ...keys: (keyof ItemFacts)[]): ItemFacts =>
  Object.fromEntries(
    Object.entries(item).filter(([key]) => !(keys as string[]).includes(key)),
  ) as unknown as ItemFacts;

export const input = (
  items: ItemFacts[] = [facts()],
  overrides: Partial<AssessmentInput> = {},
): AssessmentInput =>
  AssessmentInput.parse({
    process: "complimentary-resizing",
    contactAt: "2026-03-13T22:30:00.000Z",
    timeZone: "America/New_York",
    locale: "en",
    contactDays: 30,
    items,
    ...overrides,
  });

/** The stored verdict passes its own schema, whatever the input. */
export const stored = (request: AssessmentInput, madeAt: string = request.contactAt): StoredAssessment =>
  StoredAssessment.parse(assess(request, "2026-11", madeAt));

export const verdictOn = (
  items: ItemFacts[],
  overrides: Partial<AssessmentInput> = {},
  madeAt?: string,
): Assessment => stored(input(items, overrides), madeAt).result;

export const codes = (result: { reasons: readonly { code: string }[] }): string[] =>
  result.reasons.map((reason) => reason.code);
