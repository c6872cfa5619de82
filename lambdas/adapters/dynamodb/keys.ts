/** Keys of the one table, and the cursors that page through its indexes. Nothing else spells a key. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { EnquiryId, isEnquiryId } from "../../domain/enquiry.ts";
import { CaseId, Instant } from "../../domain/identifiers.ts";
import { Problem } from "../../domain/problem.ts";
import type { LookupKind, Mark } from "../../ports/case-store.ts";

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const padded = (no: number, digits: number) => String(no).padStart(digits, "0");
const underCase = (caseId: string, sk: string): Key => ({ pk: `CASE#${caseId}`, sk });

export const enquiryKey = (enquiryId: string): Key => ({ pk: `ENQUIRY#${enquiryId}`, sk: "ENQUIRY" });
/** Where the mails of a case, or of an enquiry, lie. */
const partitionOf = (owner: string): string => (isEnquiryId(owner) ? enquiryKey(owner) : caseKey(owner)).pk;
/** The number of the case or enquiry in whose partition an item lies. */
export const ownerOf = (pk: string): string => pk.slice(pk.indexOf("#") + 1);

export const caseKey = (caseId: string) => underCase(caseId, "CASE");
/** The papers of the verdict: large, and seldom made anew. */
export const assessmentKey = (caseId: string) => underCase(caseId, "ASSESSMENT");
export const eventKey = (caseId: string, no: number) => underCase(caseId, `EVENT#${padded(no, 6)}`);
export const waitKey = (caseId: string, no: number) => underCase(caseId, `WAIT#${padded(no, 4)}`);
export const mediaKey = (caseId: string, mediaId: string) => underCase(caseId, `MEDIA#${mediaId}`);
/** Of a case or an enquiry. */
export const mailKey = (owner: string, mailId: string): Key => ({
  pk: partitionOf(owner),
  sk: `MAIL#${mailId}`,
});
export const shipmentKey = (caseId: string, leg: string, attempt: number) =>
  underCase(caseId, `SHIPMENT#${leg}#${padded(attempt, 2)}`);
export const linkKey = (caseId: string, hash: string) => underCase(caseId, `LINK#${hash}`);
export const noteKey = (caseId: string, at: Instant, n: number) =>
  underCase(caseId, `NOTE#${at}#${padded(n, 4)}`);
export const messageKey = (caseId: string, at: Instant, n: number) =>
  underCase(caseId, `MESSAGE#${at}#${padded(n, 4)}`);
export const invoiceKey = (caseId: string, version: number) =>
  underCase(caseId, `INVOICE#${padded(version, 3)}`);
export const paymentKey = (caseId: string, entryId: string) => underCase(caseId, `PAYMENT#${entryId}`);
export const settlementKey = (caseId: string, no: number) => underCase(caseId, `SETTLEMENT#${padded(no, 4)}`);
/** The mark of a case that stands in a list beside its stage's. */
export const markKey = (caseId: string, list: Mark) => underCase(caseId, `MARK#${list}`);
export const executionKey = (caseId: string, attempt: number) =>
  underCase(caseId, `EXECUTION#${padded(attempt, 4)}`);

/** One ring, however its number is typed: `sn-1` is not another ring with a right of its own (R5). */
export const ringKey = (serial: string): Key => ({ pk: `RING#${serial.toUpperCase()}`, sk: "RING" });
export const designKey = (designNumber: string): Key => ({ pk: `DESIGN#${designNumber}`, sk: "DESIGN" });
export const requestKey = (keyHash: string): Key => ({ pk: `REQUEST#${keyHash}`, sk: "REQUEST" });
export const exportKey = (date: string, senderHash: string, caseId: string): Key => ({
  pk: `EXPORT#${date}#${senderHash}`,
  sk: caseId,
});

/** Who a person is stands in no key in clear: an e-mail address is hashed, trade numbers are not personal. */
export const lookupPartition = (kind: LookupKind, value: string): string => {
  const normal = value.normalize("NFKC").trim().replace(/\s+/g, " ");
  return kind === "email"
    ? `LOOKUP#${kind}#${createHash("sha256").update(normal.toLowerCase()).digest("base64url")}`
    : `LOOKUP#${kind}#${normal.toUpperCase()}`;
};

export const QUEUE_INDEX = "queue";
export const DUE_INDEX = "due";
/** The one partition of the index of what is due. */
export const DUE_LIST = "due";

/** What a cursor says; everything else of the index key follows from it. */
const QueuePosition = z.strictObject({ since: Instant, id: z.union([CaseId, EnquiryId]) });
const DuePosition = z.strictObject({
  dueAt: Instant,
  owner: z.union([CaseId, EnquiryId]),
  sk: z.string().regex(/^(WAIT|MAIL|SETTLEMENT)#/),
});

const opaque = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const opened = <T>(schema: z.ZodType<T>, cursor: string): T => {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new Problem("invalid-request", [
      { path: "cursor", message: "not a cursor this list has given out" },
    ]);
  }
};

type StringItem = Record<string, string>;

/** Where an item stands in a list of the queue's index: by its moment, and by its number within one. */
export const queuePlace = (list: string, since: Instant, id: string) => ({
  queueStage: list,
  queueSince: `${since}#${id}`,
});
export const queueCursor = (last: StringItem): string => {
  const [since, id] = (last.queueSince ?? "").split("#");
  return opaque({ since, id });
};
/** @param keyOf the item's own key, by its number. @throws Problem 400 for a cursor this list has not given out */
export const queueStart = (list: string, keyOf: (id: string) => Key, cursor: string): StringItem => {
  const { since, id } = opened(QueuePosition, cursor);
  return { ...keyOf(id), ...queuePlace(list, since, id) };
};

export const dueCursor = (last: StringItem): string =>
  opaque({ dueAt: last.dueAt, owner: ownerOf(last.pk ?? ""), sk: last.sk });
/** @throws Problem 400 for a cursor this list has not given out */
export const dueStart = (cursor: string): StringItem => {
  const { dueAt, owner, sk } = opened(DuePosition, cursor);
  return { pk: partitionOf(owner), sk, dueList: DUE_LIST, dueAt };
};
