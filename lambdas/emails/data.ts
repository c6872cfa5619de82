/** What each letter is written from, prepared purely: a case file, the order's params, the brand, the fresh link. */
import type { Brand } from "../domain/brand.ts";
import { dateIn } from "../domain/calendar.ts";
import { type CaseFile, presentShipment } from "../domain/case-file.ts";
import type { Enquiry } from "../domain/enquiry.ts";
import { PermanentError } from "../domain/faults.ts";
import type { Instant, Locale, PlainDate } from "../domain/identifiers.ts";
import type { Mail } from "../domain/mail.ts";
import { MAIL_PARAMS, type OrderableEmail } from "../domain/mail-params.ts";
import { lastDayToReopen } from "../domain/reopening.ts";
import type { Leg, Shipment } from "../domain/shipment.ts";
import { customerZone, WORKSHOP_ZONE } from "../domain/time-zones.ts";
import type { AnswerData, Common, Item, MailData, Parcel, Told } from "./mail-data.ts";
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

const TELL: { readonly [E in OrderableEmail]: (source: Source) => Told[E] } = {
  E1: ({ file }) => ({
    missing: missingFacts(file.case),
    lastComplimentaryDay: lastComplimentaryDay(file),
    provisional: file.case.assessment.result.provisional,
  }),
  E2: ({ file, brand }) => ({
    shots: shotRows(file.case, brand),
    wantsContact: file.case.process === "repair-and-maintenance" && file.case.shipping === undefined,
  }),
  E3: ({ file, brand }) => ({ shots: shotRows(file.case, brand), words: file.case.review?.text }),
  E4: ({ file, brand }) => ({
    splitFrom: file.case.splitFrom,
    dropped: itemsOf(file, true),
    exportHoldCents: brand.exportHoldCents,
    days: brand.days,
  }),
  E5: ({ file }) => ({
    code: file.case.review?.code,
    words: file.case.review?.text ?? file.case.ending?.text,
  }),
  E6: ({ file, brand }) => {
    const { review, assessment } = file.case;
    const said = review?.decision === "convert" ? [review.text] : [];
    const reasons = assessment.result.items.flatMap((item) =>
      item.verdict === "paid"
        ? item.reasons.filter(({ code }) => !NO_FEES.includes(code)).map((reason) => reason.text)
        : [],
    );
    return {
      reasons: [...new Set([...said, ...reasons].filter((text) => text !== undefined))],
      limits: brand.packageLimits,
    };
  },
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
  }),
  E13: ({ file }) => ({
    receivedOn: dateIn(required(file.case.receipt, "a receipt").at, WORKSHOP_ZONE),
    window: required(file.case.window, "a window"),
  }),
  E14: ({ file }) => ({ window: required(file.case.window, "a window") }),
  E15: ({ file, items }) => ({
    mismatches: required(file.case.receipt, "a receipt").mismatches.map(({ item, text }) => ({
      piece: items.length > 1 ? items.find((one) => one.item === item)?.name : undefined,
      text,
    })),
  }),
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
