/** Filing: a request becomes a case, with its verdict, in one transaction (R22, R23). */
import * as z from "zod";
import { Process } from "../domain/assessment.ts";
import type { Brand } from "../domain/brand.ts";
import type { Case, CaseItem } from "../domain/case.ts";
import { CaseItem as CaseItemShape, Customer } from "../domain/case.ts";
import type { CaseFile, Change } from "../domain/case-file.ts";
import { ANSWER_GRACE_MS, later, wanted } from "../domain/change.ts";
import { definedOnly } from "../domain/fields.ts";
import type { CaseId, Instant } from "../domain/identifiers.ts";
import { OrderNumber, PlainDate } from "../domain/identifiers.ts";
import { mailOrder } from "../domain/mail-params.ts";
import { Problem, ruleBroken } from "../domain/problem.ts";
import { beyondSize, engravingText, wishFaults, wishGaps } from "../domain/services.ts";
import { wantedShots } from "../domain/shots.ts";
import { catalogueFacts, judge, type Reference, reasonFaults } from "./judge.ts";
import { openRings, serialLookups } from "./rings.ts";

const {
  designNumber,
  serialNumber,
  sizeAtPurchase,
  desiredSize,
  deliveryDate,
  priceCents,
  services,
  engraving,
  description,
} = CaseItemShape.shape;

/** An item as a customer tells of it. */
export const RequestItem = z.strictObject({
  design: z.string().trim().min(1).max(80),
  designNumber,
  serialNumber,
  sizeAtPurchase,
  desiredSize,
  deliveryDate,
  priceCents,
  services,
  engraving,
  description,
});
export type RequestItem = z.infer<typeof RequestItem>;

export const OpenCaseRequest = z.strictObject({
  process: Process,
  customer: Customer.extend({ locale: Customer.shape.locale.default("en") }),
  items: z.array(RequestItem).min(1).max(10),
  order: z.strictObject({ date: PlainDate.optional(), number: OrderNumber.optional() }).default({}),
});
export type OpenCaseRequest = z.infer<typeof OpenCaseRequest>;

/** `POST /assessments`: what filing it now would give. */
export const AssessmentRequest = z.strictObject({
  process: Process.default("complimentary-resizing"),
  timeZone: Customer.shape.timeZone,
  locale: Customer.shape.locale.default("en"),
  items: z
    .array(RequestItem.extend({ design: RequestItem.shape.design.optional() }))
    .min(1)
    .max(10),
});
export type AssessmentRequest = z.infer<typeof AssessmentRequest>;

/** Numbers the items and notes when each size arrived (R7); a delivery date is the customer's word (R6). */
export const numbered = (
  items: AssessmentRequest["items"],
  now: Instant,
  designs: Reference["designs"],
): CaseItem[] =>
  items.map((item, index) => {
    const design = designs.get(item.designNumber);
    const { engraving, ...told } = item;
    const text = engravingText(engraving);
    return {
      ...definedOnly(told),
      ...(text === "" ? {} : { engraving: text }),
      item: index + 1,
      design: item.design ?? item.designNumber,
      ...(typeof item.desiredSize === "number" ? { sizeAt: now } : {}),
      ...(item.deliveryDate === undefined ? {} : { deliverySource: "customer" as const }),
      ...(design ? { catalogue: catalogueFacts(design) } : {}),
    };
  });

export interface Opening {
  readonly now: Instant;
  readonly brand: Brand;
  readonly caseId: CaseId;
}
export interface Opened {
  readonly file: CaseFile;
  readonly change: Pick<Change, "rings" | "lookups" | "start">;
}

/**
 * What contradicts itself in a request, and what the policy does not do (R9, R18, R23, R24).
 * @param gaps what else is wrong with each item: a verdict can do without what a request must say
 */
export function checkWishes(
  { process, items }: Pick<AssessmentRequest, "process" | "items">,
  brand: Brand,
  gaps: typeof wishGaps = () => [],
): void {
  const faults = items.flatMap((item, index) => {
    const path = `items[${index}]`;
    return process === "complimentary-resizing"
      ? beyondSize(item, path)
      : [...gaps(item, path), ...wishFaults(item, brand, path)];
  });
  if (faults.length > 0) throw ruleBroken(...faults);
}

/** @throws Problem rule-broken, with the assessment, when the verdict is `refused`: then there is no case. */
export function openCase(
  request: OpenCaseRequest,
  reference: Reference,
  { now, brand, caseId }: Opening,
): Opened {
  checkWishes(request, brand, wishGaps);
  const items = numbered(request.items, now, reference.designs);
  const { customer, order } = request;
  const assessment = judge(
    {
      process: request.process,
      contactAt: now,
      caseId,
      locale: customer.locale,
      timeZone: customer.timeZone,
      items,
    },
    reference,
    brand,
    now,
  );
  const { verdict, reasons } = assessment.result;
  if (verdict === "refused") {
    const errors = assessment.result.items.flatMap(({ item, reasons }) => reasonFaults(reasons, item));
    throw new Problem("rule-broken", errors, { assessment: assessment.result });
  }
  const offered = verdict === "paid" && request.process === "complimentary-resizing";
  const theCase: Case = {
    caseId,
    schemaVersion: 1,
    version: 1,
    process: request.process,
    stage: offered ? "conversion-offered" : "photos-requested",
    since: now,
    contactAt: now,
    customer: definedOnly(customer),
    order: definedOnly(order),
    items,
    assessment,
    machine: request.process,
    attempt: 1,
    eventNo: 1,
    waitNo: 0,
    answers: {},
    shots: wantedShots(
      items.map((item) => ({ item: item.item, design: reference.designs.get(item.designNumber) ?? null })),
      brand,
    ),
    tracking: {},
  };
  const rings = openRings(reference.rings, caseId, items);
  return {
    file: {
      case: theCase,
      // Filing is wait 0, answered already: should the process never begin, the clock finds it.
      waits: [
        {
          no: 0,
          asks: "filing",
          machine: request.process,
          attempt: 1,
          openedAt: now,
          answer: { outcome: "filed", at: now, by: "customer" },
          dueAt: later(now, ANSWER_GRACE_MS),
        },
      ],
      events: [
        {
          no: 1,
          at: now,
          type: "RequestReceived",
          by: "customer",
          shown: true,
          data: { verdict, reasons: reasons.map((reason) => reason.code).join(" ") },
        },
      ],
      media: [],
      // A request that carries a fee is answered by the offer itself (E6), which the first wait mails.
      mails: offered ? [] : [wanted(mailOrder("E1", "filed", {}), now)],
      shipments: [],
      links: [],
      notes: [],
      messages: [],
      invoices: [],
      payments: [],
    },
    change: {
      rings,
      lookups: [
        { kind: "email", value: customer.email },
        ...serialLookups(items),
        ...(order.number === undefined ? [] : [{ kind: "order" as const, value: order.number }]),
      ],
      start: { machine: request.process, waitNo: 0 },
    },
  };
}
