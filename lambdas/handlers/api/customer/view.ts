/** `GET /case`: the case as the customer who holds its link sees it. */
import type { CaseView, MessageList } from "../../../contracts/case-view.ts";
import { type CaseDocument, customerDocuments, invoiceFileName } from "../../../contracts/documents.ts";
import { paidOn } from "../../../domain/accounts.ts";
import type { Brand } from "../../../domain/brand.ts";
import type { CaseItem } from "../../../domain/case.ts";
import { type CaseFile, currentWait } from "../../../domain/case-file.ts";
import type { Invoice } from "../../../domain/invoice.ts";
import { reopenableUntil } from "../../../domain/reopening.ts";
import { describeSlot } from "../../../domain/shots.ts";
import { WAITS } from "../../../domain/wait-table.ts";
import { changesToComplimentary, changesToPaid, notices } from "./notices.ts";
import { timeline } from "./timeline.ts";

/** What is asked now, of whom, until when; nothing while the process is between two waits. */
function awaitingOf(file: CaseFile): CaseView["awaiting"] {
  const wait = currentWait(file);
  const row = WAITS[wait.asks];
  return wait.answer || !row ? null : { ...row.awaiting, deadline: wait.deadline ?? null };
}

/** Staff's values, findings and catalogue facts are not hers to see. */
const itemView = ({
  sizeAt: _at,
  deliverySource: _source,
  catalogue: _catalogue,
  customsValueCents: _customs,
  insuredValueCents: _insured,
  measuredSize: _measured,
  repairValueCents: _repair,
  ...shown
}: CaseItem): CaseView["items"][number] => shown;

export const documentView = ({ name, kind, contentType }: CaseDocument): CaseView["documents"][number] => ({
  name,
  kind,
  contentType,
});

const trackingView = (tracking: CaseFile["case"]["tracking"]): CaseView["tracking"] =>
  Object.fromEntries(
    Object.entries(tracking).flatMap(([leg, parcel]) =>
      parcel
        ? [
            [
              leg,
              {
                number: parcel.number,
                shipDate: parcel.shipDate,
                scans: parcel.scans,
                ...(parcel.deliveredAt === undefined ? {} : { deliveredAt: parcel.deliveredAt }),
              },
            ],
          ]
        : [],
    ),
  );

/** Why the other process is offered: what a person said, where one offered it, else the verdict's reasons. */
function conversionOf(file: CaseFile, brand: Brand): CaseView["conversion"] {
  const { stage, process, conversionOffer, assessment, customer } = file.case;
  if (stage !== "conversion-offered") return null;
  const toPaid = process === "complimentary-resizing";
  const reasons = toPaid ? assessment.result.reasons : [];
  return {
    reasons:
      conversionOffer?.text === undefined
        ? reasons
        : [{ rule: "R29", code: "review", text: conversionOffer.text }, ...reasons],
    changes: toPaid ? changesToPaid(customer.locale, brand) : changesToComplimentary(file, brand),
  };
}

/** Drafts are staff's own. Of one that is on its way to her, staff hear at once; she as soon as she can pay it. */
export const invoicesOf = (file: CaseFile, brand: Brand, unsent = false): CaseView["invoices"] =>
  file.invoices.flatMap((invoice) => {
    const { invoiceId, version, kind, lines, totalCents, dueDate, provider, sentAt, replaces } = invoice;
    if (invoice.status === "draft" || (sentAt === undefined && !unsent)) return [];
    const paidCents = Math.max(0, paidOn(file, invoice));
    return [
      {
        invoiceId,
        version,
        kind,
        status: invoiceStatus(invoice, paidCents),
        lines,
        totalCents,
        paidCents,
        dueDate,
        payUrl: provider?.payUrl ?? `${brand.site}/case`,
        document: invoiceFileName(invoice),
        ...(replaces === undefined ? {} : { replaces }),
      },
    ];
  });

/** `paid` is no state of its own: the ledger says so. */
export const invoiceStatus = ({ status, totalCents }: Invoice, paidCents: number): string =>
  status === "issued" && paidCents >= totalCents ? "paid" : status;

/** Name, address and telephone are to come with the photos (R32). */
const wantsContact = ({ case: { process, stage, shipping } }: CaseFile): boolean =>
  process === "repair-and-maintenance" && stage === "photos-requested" && shipping === undefined;

/** She reopens what silence ended, as long as her link opens it. */
function reopenUntilOf({ case: theCase }: CaseFile, brand: Brand): CaseView["reopenUntil"] {
  const moments = [reopenableUntil(theCase, brand.days), theCase.linksExpireAt];
  return theCase.stage === "expired" ? (moments.filter((one) => one !== undefined).sort()[0] ?? null) : null;
}

/** Slots are wanted while photos are asked for, and only then. */
const shotsOf = (file: CaseFile, brand: Brand): CaseView["shots"] =>
  file.case.stage === "photos-requested"
    ? file.case.shots.map((shot) => ({
        ...shot,
        ...describeSlot(shot.slot, brand, file.case.customer.locale),
      }))
    : [];

export const customerMessages = (file: CaseFile): MessageList => ({
  items: file.messages.map(({ at, from, text }) => ({ at, from, text })),
});

export function customerView(file: CaseFile, brand: Brand): CaseView {
  const { caseId, process, stage, since, version, contactAt, customer, items, shipping, window } = file.case;
  return {
    caseId,
    process,
    stage,
    since,
    version,
    contactAt,
    locale: customer.locale,
    ...(file.case.splitFrom ? { splitFrom: file.case.splitFrom } : {}),
    awaiting: awaitingOf(file),
    items: items.map(itemView),
    assessment: file.case.assessment.result,
    shots: shotsOf(file, brand),
    media: file.media
      .filter((media) => !media.byStaff)
      .map(({ mediaId, slot, fileName, status, reason }) => ({
        mediaId,
        slot,
        fileName,
        status,
        ...(reason === undefined ? {} : { reason }),
      })),
    timeline: timeline(file.events, customer.locale),
    documents: customerDocuments(file).map(documentView),
    tracking: trackingView(file.case.tracking),
    ...(shipping === undefined ? {} : { shipping }),
    window: window ?? null,
    invoices: invoicesOf(file, brand),
    wantsContact: wantsContact(file),
    conversion: conversionOf(file, brand),
    reopenUntil: reopenUntilOf(file, brand),
    notices: notices(file, brand),
  };
}
