/** Domain objects as items of the table and back. What is read is parsed, so a drifted item is found where it is read. */
import type * as z from "zod";
import { StoredAssessment } from "../../domain/assessment.ts";
import { Case, CaseEvent, ListedCase, listedFacts } from "../../domain/case.ts";
import { type CaseFile, Link, Message, Note } from "../../domain/case-file.ts";
import type { Execution } from "../../domain/change.ts";
import { Design } from "../../domain/design.ts";
import { Enquiry } from "../../domain/enquiry.ts";
import type { Instant } from "../../domain/identifiers.ts";
import { Invoice } from "../../domain/invoice.ts";
import { Mail } from "../../domain/mail.ts";
import { Media } from "../../domain/media.ts";
import { LedgerEntry, ledgerOrder } from "../../domain/payment.ts";
import { Ring } from "../../domain/ring.ts";
import { Settlement } from "../../domain/settlement.ts";
import { Shipment } from "../../domain/shipment.ts";
import { Wait } from "../../domain/wait.ts";
import type { Mark } from "../../ports/case-store.ts";
import * as keys from "./keys.ts";

/** A plain (unmarshalled) item. */
export type Item = Record<string, unknown>;

/** The shape items are written in; a release that changes it reads the former ones too. */
const SCHEMA_VERSION = 1;

/** Only items with a `dueAt` are in the sparse index. */
const due = (one: { readonly dueAt?: string | undefined }) =>
  one.dueAt === undefined ? {} : { dueList: keys.DUE_LIST };
export const item = (key: keys.Key, body: object, index: object = {}): Item => ({
  ...key,
  schemaVersion: SCHEMA_VERSION,
  ...body,
  ...index,
});

/** Without its assessment, which is an item of its own: every change writes the snapshot and hardly one the verdict. */
export const caseItem = (one: Case): Item => {
  const { assessment: _, ...snapshot } = one;
  const place = keys.queuePlace(one.stage, one.since, one.caseId);
  return item(keys.caseKey(one.caseId), snapshot, { ...listedFacts(one), ...place });
};
export const assessmentItem = ({ caseId, assessment }: Case): Item =>
  item(keys.assessmentKey(caseId), assessment);
/** Since when a case stands in the lists beside its stage's. */
export const marksOf = ({
  unansweredSince,
  refundDueSince,
}: Case): Readonly<Record<Mark, Instant | undefined>> => ({
  unanswered: unansweredSince,
  "refund-due": refundDueSince,
});
/** Out of the list again when it has no place in it: nothing needs to be deleted. */
export const markItem = (caseId: string, list: Mark, since: Instant | undefined): Item =>
  item(keys.markKey(caseId, list), {}, since === undefined ? {} : keys.queuePlace(list, since, caseId));
export const eventItem = (caseId: string, one: CaseEvent): Item => item(keys.eventKey(caseId, one.no), one);
export const waitItem = (caseId: string, one: Wait): Item =>
  item(keys.waitKey(caseId, one.no), one, due(one));
export const mediaItem = (caseId: string, one: Media): Item => item(keys.mediaKey(caseId, one.mediaId), one);
/** @param owner the case or the enquiry */
export const mailItem = (owner: string, one: Mail): Item =>
  item(keys.mailKey(owner, one.mailId), one, due(one));
export const shipmentItem = (caseId: string, one: Shipment): Item =>
  item(keys.shipmentKey(caseId, one.leg, one.attempt), one);
export const linkItem = (caseId: string, one: Link): Item => item(keys.linkKey(caseId, one.hash), one);
/** `n` counts the notes of the case, so that two of one instant keep apart. */
export const noteItem = (caseId: string, one: Note, n: number): Item =>
  item(keys.noteKey(caseId, one.at, n), one);
export const messageItem = (caseId: string, one: Message): Item =>
  item(keys.messageKey(caseId, one.at, one.no), one);
export const invoiceItem = (one: Invoice): Item => item(keys.invoiceKey(one.caseId, one.version), one);
export const paymentItem = (caseId: string, one: LedgerEntry): Item =>
  item(keys.paymentKey(caseId, one.entryId), one);
export const settlementItem = (one: Settlement): Item =>
  item(keys.settlementKey(one.caseId, one.no), one, due(one));
export const executionItem = (one: Execution): Item => item(keys.executionKey(one.caseId, one.attempt), one);
export const ringItem = (one: Ring): Item => item(keys.ringKey(one.serialNumber), one);
export const designItem = (one: Design): Item => item(keys.designKey(one.designNumber), one);

/** Parses an item into what it holds. @throws Error for an item another release wrote, ZodError for a broken one */
function parseItem<T>(schema: z.ZodType<T>, stored: Item): T {
  const { pk, sk, schemaVersion, writeId: _w, queueStage: _q, queueSince: _s, dueList: _d, ...body } = stored;
  if (schemaVersion !== SCHEMA_VERSION)
    throw new Error(
      `${String(pk)} ${String(sk)} has schema version ${String(schemaVersion)}; this release reads ${SCHEMA_VERSION}`,
    );
  return schema.parse(sk === "CASE" ? { ...body, schemaVersion } : body);
}

export const settlementFrom = (stored: Item): Settlement => parseItem(Settlement, stored);
export const ringFrom = (stored: Item): Ring => parseItem(Ring, stored);
export const mailFrom = (stored: Item): Mail => parseItem(Mail, stored);
export const enquiryFrom = (stored: Item): Enquiry => parseItem(Enquiry, stored);
export const designFrom = (stored: Item): Design => parseItem(Design, stored);
/** From the index, which holds no more of a case than a list shows. */
export const listedFrom = (stored: Item): ListedCase => parseItem(ListedCase, stored);
const Snapshot = Case.omit({ assessment: true });

/** What one Query of a case's partition returned, put together; undefined when it holds no case. */
export function fileFrom(items: readonly Item[]): CaseFile | undefined {
  const under = <T>(prefix: string, schema: z.ZodType<T>): T[] =>
    items.filter((one) => String(one.sk).startsWith(prefix)).map((one) => parseItem(schema, one));
  const [snapshot] = items.filter((one) => one.sk === "CASE");
  if (!snapshot) return undefined;
  const { verdict: _v, parcels: _p, ...rest } = snapshot;
  const [assessment] = under("ASSESSMENT", StoredAssessment);
  if (!assessment) throw new Error(`${String(snapshot.pk)} has no assessment`);
  return {
    case: { ...parseItem(Snapshot, rest), assessment },
    waits: under("WAIT#", Wait),
    events: under("EVENT#", CaseEvent),
    media: under("MEDIA#", Media).sort((a, b) => a.ticketAt.localeCompare(b.ticketAt)),
    mails: under("MAIL#", Mail).sort((a, b) => a.orderedAt.localeCompare(b.orderedAt)),
    shipments: under("SHIPMENT#", Shipment),
    links: under("LINK#", Link),
    notes: under("NOTE#", Note),
    messages: under("MESSAGE#", Message).sort((a, b) => a.no - b.no),
    invoices: under("INVOICE#", Invoice),
    payments: ledgerOrder(under("PAYMENT#", LedgerEntry)),
  };
}
