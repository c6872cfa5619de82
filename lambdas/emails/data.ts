/** What each letter is written from, prepared purely: a case file, the order's params, the brand, the fresh link. */
import type { Process } from "../domain/assessment.ts";
import type { Brand } from "../domain/brand.ts";
import { dateIn } from "../domain/calendar.ts";
import { type CaseFile, presentShipment } from "../domain/case-file.ts";
import type { Enquiry } from "../domain/enquiry.ts";
import { PermanentError } from "../domain/faults.ts";
import type { Instant, Locale, PlainDate } from "../domain/identifiers.ts";
import { ownLines } from "../domain/invoicing.ts";
import type { Mail } from "../domain/mail.ts";
import { MAIL_PARAMS, type OrderableEmail } from "../domain/mail-params.ts";
import { lastDayToReopen } from "../domain/reopening.ts";
import type { Leg, Shipment } from "../domain/shipment.ts";
import { customerZone, WORKSHOP_ZONE } from "../domain/time-zones.ts";
import { workDaysOf } from "../domain/work-days.ts";
import {
  billOf,
  heldCents,
  inForce,
  invoiceNamed,
  moneyBackOf,
  refundNamed,
  unpaidOf,
  voidedByEnd,
} from "./books.ts";
import type { AnswerData, Bill, Common, Item, MailData, Parcel, Told } from "./mail-data.ts";
import { missingFacts } from "./missing-facts.ts";
import { shotRows } from "./shot-rows.ts";

type Order = Pick<Mail, "params" | "orderedAt">;

interface Source {
  readonly file: CaseFile;
  readonly params: Mail["params"];
  readonly orderedAt: Instant;
  readonly brand: Brand;
  readonly zone: string;
  readonly items: readonly Item[];
}

const itemsOf = (file: CaseFile, dropped: boolean): readonly Item[] =>
  file.case.items
    .filter((item) => (item.dropped ?? false) === dropped && item.movedTo === undefined)
    .map((item) => ({
      item: item.item,
      name: item.catalogue?.name ?? item.design,
      designNumber: item.designNumber,
      kind: item.catalogue?.kind,
      services: item.services,
      engraving: item.engraving,
      serialNumber: item.serialNumber,
      desiredSize: item.desiredSize,
      measuredSize: item.measuredSize,
      newSerialNumber: item.newSerialNumber,
      outcome: item.outcome,
    }));

/** @throws PermanentError: the letter was ordered for a case that cannot say it; sending it would say nonsense. */
const required = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new PermanentError(`ordered without ${what}`);
  return value;
};

const labelled = (file: CaseFile, leg: Leg): { shipment: Shipment; parcel: Parcel } => {
  const shipment = required(presentShipment(file, leg), `a shipment (${leg})`);
  const { declaration } = shipment;
  return {
    shipment,
    parcel: {
      trackingNumber: required(shipment.trackingNumber, "a tracking number"),
      shipDate: declaration.shipDate,
      insuredCents: declaration.insuredValueCents,
      insurance: declaration.insurance,
    },
  };
};

/** Documents made anew are mailed anew (R34). */
const isRepeated = (file: CaseFile, email: "E9" | "E10"): boolean =>
  file.mails.filter((mail) => mail.email === email).length > 1;

/** The strictest of the pieces' days, so that what is said is right for all of them. */
const lastComplimentaryDay = ({ case: theCase }: CaseFile): PlainDate | null => {
  if (theCase.process !== "complimentary-resizing") return null;
  const days = theCase.assessment.result.items.map((item) => item.lastComplimentaryDay);
  return days.includes(null) ? null : (days.filter((day) => day !== null).sort()[0] ?? null);
};

/** What a verdict also says, and no fee follows from. */
const NO_FEES = ["size-missing", "design-corrected", "delivery-date-provisional"];

/** Of the paid process name, address and telephone are wanted before its review (R32). */
const lacksContact = (file: CaseFile, process: Process): boolean =>
  process === "repair-and-maintenance" && file.case.shipping === undefined;

/** The process that is, or was last, offered; the wait remembers where it was offered, whatever was answered since. */
function offeredProcess({ case: { process, conversionOffer }, waits }: CaseFile): Process {
  if (conversionOffer) return conversionOffer.to;
  const from = waits.findLast((wait) => wait.asks === "conversion")?.machine ?? process;
  return from === "repair-and-maintenance" ? "complimentary-resizing" : "repair-and-maintenance";
}

/** Why the verdict is a fee, each reason once (R12). */
const reasonsOfFee = ({ case: { assessment } }: CaseFile): readonly string[] => [
  ...new Set(
    assessment.result.items
      .filter((item) => item.verdict === "paid")
      .flatMap((item) => item.reasons)
      .filter(({ code }) => !NO_FEES.includes(code))
      .map((reason) => reason.text),
  ),
];

/** What waits for the payment of an invoice (R37). */
const nextOf = ({ case: { endedAt, receipt } }: CaseFile, { state }: Bill): Told["E7"]["next"] => {
  if (endedAt !== undefined || state === "withdrawn") return undefined;
  return receipt ? "return" : "ship-date";
};

const TELL: { readonly [E in OrderableEmail]: (source: Source) => Told[E] } = {
  E1: ({ file }) => ({
    missing: missingFacts(file.case),
    lastComplimentaryDay: lastComplimentaryDay(file),
    provisional: file.case.assessment.result.provisional,
  }),
  E2: ({ file, brand }) => ({
    shots: shotRows(file.case, brand),
    wantsContact: lacksContact(file, file.case.process),
  }),
  E3: ({ file, brand }) => ({ shots: shotRows(file.case, brand), words: file.case.review?.text }),
  E4: ({ file, brand }) => ({
    splitFrom: file.case.splitFrom,
    dropped: itemsOf(file, true),
    contactKnown: file.case.shipping !== undefined,
    workDays: workDaysOf(file.case, brand),
    exportHoldCents: brand.exportHoldCents,
    days: brand.days,
  }),
  E5: ({ file }) => ({
    code: file.case.review?.code,
    words: file.case.review?.text ?? file.case.ending?.text,
    ...moneyBackOf(file),
  }),
  E6: ({ file, brand }) => {
    const to = offeredProcess(file);
    const words = file.case.conversionOffer?.text;
    const photos = file.waits.findLast((wait) => wait.asks === "photos")?.answer;
    return {
      to,
      words,
      reasons: words === undefined && to === "repair-and-maintenance" ? reasonsOfFee(file) : [],
      wantsPhotos: photos?.outcome !== "submitted",
      wantsContact: lacksContact(file, to),
      limits: brand.packageLimits,
      paidCents: heldCents(file),
      invoices: inForce(file),
    };
  },
  E7: ({ file, params, brand }) => {
    const invoice = invoiceNamed(file, params.invoiceId);
    const { version, kind, replaces, order } = invoice;
    const lines = ownLines(invoice);
    const bill = billOf(file, invoice);
    return {
      ...bill,
      version,
      kind,
      replaces,
      order,
      lines,
      returnIncluded: lines.length < invoice.lines.length,
      dropped: itemsOf(file, true),
      workDays: kind === "order" ? workDaysOf(file.case, brand) : undefined,
      limits: brand.packageLimits,
      next: nextOf(file, bill),
      ...moneyBackOf(file),
    };
  },
  E8: ({ file, brand }) => ({
    splitFrom: file.case.splitFrom,
    dropped: itemsOf(file, true),
    paidCents: heldCents(file),
    exportHoldCents: brand.exportHoldCents,
    days: brand.days,
    ...moneyBackOf(file),
  }),
  E9: ({ file }) => ({ ...labelled(file, "inbound").parcel, reissued: isRepeated(file, "E9") }),
  E10: ({ file, brand }) => {
    const { shipment, parcel } = labelled(file, "inbound");
    return {
      ...parcel,
      invoiceNumber: shipment.declaration.invoiceNumber,
      limits: brand.packageLimits,
      reissued: isRepeated(file, "E10"),
    };
  },
  E11: ({ file, brand }) => {
    const hold = required(file.case.exportHold, "an export hold");
    return {
      totalCents: hold.totalCents,
      exportHoldCents: brand.exportHoldCents,
      feeCents: brand.fees.exportFilingCents,
      withOthers: hold.others.length > 0,
    };
  },
  E12: ({ file, orderedAt, brand }) => ({
    reopenUntil: lastDayToReopen(file.case.endedAt ?? orderedAt, file.case.customer, brand.days),
    offered: offeredProcess(file),
    wantsPhotos: file.case.shots.length > 0,
    wantsContact: lacksContact(file, file.case.process),
    ...unpaidOf(file),
    voided: voidedByEnd(file),
    ...moneyBackOf(file),
  }),
  E13: ({ file }) => ({
    receivedOn: dateIn(required(file.case.receipt, "a receipt").at, WORKSHOP_ZONE),
    window: required(file.case.window, "a window"),
    scheduled: file.case.schedule !== undefined,
  }),
  E14: ({ file }) => ({ window: required(file.case.window, "a window") }),
  E15: ({ file, params, items, brand }) => {
    if (params.variant === "surcharge") {
      const invoice = invoiceNamed(file, params.invoiceId);
      return {
        variant: "surcharge",
        ...billOf(file, invoice),
        evidence: required(invoice.evidence, "what the surcharge rests on"),
        limits: brand.packageLimits,
      };
    }
    return {
      variant: "discrepancy",
      mismatches: required(file.case.receipt, "a receipt").mismatches.map(({ item, text }) => ({
        piece: items.length > 1 ? items.find((one) => one.item === item)?.name : undefined,
        text,
      })),
    };
  },
  E16: ({ file }) => ({
    ...labelled(file, "return").parcel,
    manifest: required(file.case.manifest, "a manifest"),
    unworked: file.case.returnUnworked ?? false,
  }),
  E17: ({ file, orderedAt, zone }) => {
    const day = lastComplimentaryDay(file);
    return {
      unworked: file.case.returnUnworked === true && file.case.manifest !== undefined,
      hadLabel: file.shipments.some((one) => one.leg === "inbound" && one.trackingNumber !== undefined),
      lastComplimentaryDay: day !== null && day >= dateIn(orderedAt, zone) ? day : undefined,
      voided: voidedByEnd(file),
      ...moneyBackOf(file),
    };
  },
  E18: ({ file, params }) =>
    params.variant === "message"
      ? {
          variant: "message",
          text: required(
            file.messages.find((message) => message.no === params.no),
            "its message",
          ).text,
        }
      : { variant: "link" },
  E20: ({ file, params }) => {
    const { amountCents, invoiceId, method, reason } = refundNamed(file, params.entryId);
    return { amountCents, invoiceId, method, reason };
  },
};

/** @throws PermanentError when the order's params or the case do not hold what the letter must say. */
export function mailData<E extends OrderableEmail>(
  email: E,
  file: CaseFile,
  order: Order,
  brand: Brand,
  linkUrl: string,
): MailData[E] {
  const params = MAIL_PARAMS[email].safeParse(order.params);
  if (!params.success) throw new PermanentError(`${email} was ordered with params it does not understand`);
  const { deadline, ...rest } = params.data as { readonly deadline?: Instant };
  const zone = customerZone(file.case.customer.timeZone);
  const items = itemsOf(file, false);
  const common: Common = {
    caseId: file.case.caseId,
    customerName: file.case.customer.name,
    brandName: brand.name,
    senderName: brand.sender.name,
    linkUrl,
    links: brand.links,
    process: file.case.process,
    items,
    contactDate: dateIn(file.case.contactAt, zone),
  };
  return {
    ...common,
    ...rest,
    ...(deadline === undefined ? {} : { deadline: { at: deadline, zone } }),
    ...(TELL[email] as (source: Source) => object)({
      file,
      params: order.params,
      orderedAt: order.orderedAt,
      brand,
      zone,
      items,
    }),
  } as MailData[E];
}

/** @throws PermanentError without an answer */
export const answerData = (enquiry: Enquiry, brand: Brand): AnswerData => ({
  enquiryId: enquiry.enquiryId,
  customerName: enquiry.customer.name,
  brandName: brand.name,
  senderName: brand.sender.name,
  linkUrl: brand.links.contact,
  links: brand.links,
  topic: enquiry.topic,
  question: enquiry.text,
  answer: required(enquiry.answer, "an answer").text,
  receivedOn: dateIn(enquiry.receivedAt, customerZone(enquiry.customer.timeZone)),
});

/** The language of the customer's letters. */
export const localeOf = (file: CaseFile): Locale => file.case.customer.locale;
