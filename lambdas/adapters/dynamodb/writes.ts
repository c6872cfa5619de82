/** What a change writes, as the parts of one transaction. */
import { isDeepStrictEqual } from "node:util";
import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Case } from "../../domain/case.ts";
import type { CaseFile, Change } from "../../domain/case-file.ts";
import { executionOf, type Writes } from "../../domain/change.ts";
import type { Ring } from "../../domain/ring.ts";
import type { Conflict, Mark, RememberedRequest } from "../../ports/case-store.ts";
import * as items from "./items.ts";
import * as keys from "./keys.ts";

/** One part of a transaction, and whose condition it is that may fail. */
export interface Part {
  readonly what: Conflict["what"];
  readonly write: TransactWriteItem;
}
/** Where parts are written, and the mark they carry, by which a lost answer is recognised. */
export interface Target {
  readonly tableName: string;
  readonly writeId: string;
}

/** How long an Idempotency-Key is remembered. */
const REQUEST_DAYS = 30;

export const marshalled = (item: object) => marshall(item, { removeUndefinedValues: true });

/** A condition with its names and values; names stand apart because some are reserved words. */
export interface Condition {
  readonly text: string;
  readonly names?: Record<string, string>;
  readonly values?: object;
}
export const ABSENT: Condition = { text: "attribute_not_exists(pk)" };
/** Fields that must still be as they were read: `{version: 3}`. */
export const unchanged = (fields: Record<string, string | number>): Condition => ({
  text: Object.keys(fields)
    .map((name) => `#${name} = :${name}`)
    .join(" AND "),
  names: Object.fromEntries(Object.keys(fields).map((name) => [`#${name}`, name])),
  values: Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
});

/** Fails with the stored item in the answer, so that its mark can be read without another call. */
export const put = (to: Target, item: items.Item, condition?: Condition) => ({
  TableName: to.tableName,
  Item: marshalled({ ...item, writeId: to.writeId }),
  ...(condition
    ? { ConditionExpression: condition.text, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const }
    : {}),
  ...(condition?.names ? { ExpressionAttributeNames: condition.names } : {}),
  ...(condition?.values ? { ExpressionAttributeValues: marshalled(condition.values) } : {}),
});

const created = (to: Target, item: items.Item, what: Conflict["what"] = "exists"): Part => ({
  what,
  write: { Put: put(to, item, ABSENT) },
});
/** A ring still at the version it was read at (0: not there yet). */
export const putRing = (to: Target, before: number, after: Ring) =>
  put(
    to,
    items.ringItem({ ...after, version: before + 1 }),
    before === 0 ? ABSENT : unchanged({ version: before }),
  );

/**
 * Writes only the attributes that differ: what a consumer wrote on the same item meanwhile (a new task token,
 * an inspection) is not the case's to overwrite. `undefined` when nothing differs.
 */
function changed(
  to: Target,
  before: items.Item,
  after: items.Item,
  unanswered = false,
): TransactWriteItem | undefined {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  if (fields.length === 0) return undefined;
  const set = fields.filter((name) => after[name] !== undefined);
  const removed = fields.filter((name) => after[name] === undefined);
  // Names are never spelled in the expression: some are reserved words.
  const alias = (name: string) => `#n${fields.indexOf(name)}`;
  const expression = [
    set.length > 0 ? `SET ${set.map((name) => `${alias(name)} = :v${fields.indexOf(name)}`).join(", ")}` : "",
    removed.length > 0 ? `REMOVE ${removed.map(alias).join(", ")}` : "",
  ];
  return {
    Update: {
      TableName: to.tableName,
      Key: marshalled({ pk: after.pk, sk: after.sk }),
      UpdateExpression: expression.join(" ").trim(),
      ConditionExpression: `attribute_exists(pk)${unanswered ? " AND attribute_not_exists(#answer)" : ""}`,
      ExpressionAttributeNames: {
        ...Object.fromEntries(fields.map((name) => [alias(name), name])),
        ...(unanswered ? { "#answer": "answer" } : {}),
      },
      ...(set.length > 0
        ? {
            ExpressionAttributeValues: marshalled(
              Object.fromEntries(set.map((name) => [`:v${fields.indexOf(name)}`, after[name]])),
            ),
          }
        : {}),
    },
  };
}

/** Each of `all` as a new item, or as the difference to its former self. */
const createdOrChanged = <T>(
  to: Target,
  all: readonly T[],
  former: (one: T) => T | undefined,
  itemOf: (one: T) => items.Item,
): Part[] =>
  all.flatMap((one): Part[] => {
    const before = former(one);
    if (before === undefined) return [created(to, itemOf(one))];
    const write = changed(to, itemOf(before), itemOf(one));
    return write === undefined ? [] : [{ what: "exists", write }];
  });

const ringParts = (to: Target, rings: Writes["rings"]): Part[] =>
  rings.map(({ before, after }) => ({
    what: "ring",
    write: { Put: putRing(to, before, after) },
  }));
const lookupParts = (to: Target, of: Case, lookups: NonNullable<Change["lookups"]>): Part[] => {
  const partitions = new Set(lookups.map(({ kind, value }) => keys.lookupPartition(kind, value)));
  return [...partitions].map((pk) => ({
    what: "exists",
    write: { Put: put(to, { pk, sk: of.caseId, at: of.contactAt }) },
  }));
};

/** Lists beside the stage's that the case enters or leaves. */
const markParts = (to: Target, before: Case, after: Case): Part[] => {
  const former = items.marksOf(before);
  return Object.entries(items.marksOf(after)).flatMap(([list, since]): Part[] =>
    since === former[list as Mark]
      ? []
      : [{ what: "case", write: { Put: put(to, items.markItem(after.caseId, list as Mark, since)) } }],
  );
};

/** The transaction of `commit`: every item of a change, or none. */
export function changeParts(to: Target, file: CaseFile, writes: Writes): Part[] {
  const id = file.case.caseId;
  // The answer comes last in `waits` and speaks for its item: one item is written once in a transaction.
  const waits = [...new Map(writes.waits.map((wait) => [wait.no, wait])).values()];
  const waitParts = waits.flatMap((wait): Part[] => {
    const before = file.waits.find((one) => one.no === wait.no);
    if (!before) return [created(to, items.waitItem(id, wait))];
    const answers = wait.no === writes.answers;
    const write = changed(to, items.waitItem(id, before), items.waitItem(id, wait), answers);
    return write === undefined ? [] : [{ what: "case", write }];
  });
  return [
    {
      what: "case",
      write: {
        Put: put(to, items.caseItem(writes.case), unchanged({ version: file.case.version })),
      },
    },
    ...(writes.case.assessment === file.case.assessment
      ? []
      : [{ what: "case" as const, write: { Put: put(to, items.assessmentItem(writes.case)) } }]),
    ...waitParts,
    ...ringParts(to, writes.rings),
    ...writes.events.map((event) => created(to, items.eventItem(id, event), "case")),
    ...writes.mails.map((mail) => created(to, items.mailItem(id, mail))),
    ...createdOrChanged(
      to,
      writes.media,
      (one) => file.media.find((other) => other.mediaId === one.mediaId),
      (one) => items.mediaItem(id, one),
    ),
    ...createdOrChanged(
      to,
      writes.shipments,
      (one) => file.shipments.find((other) => other.leg === one.leg && other.attempt === one.attempt),
      (one) => items.shipmentItem(id, one),
    ),
    ...createdOrChanged(
      to,
      writes.links,
      (one) => file.links.find((other) => other.hash === one.hash),
      (one) => items.linkItem(id, one),
    ),
    ...writes.notes.map((note, n) => created(to, items.noteItem(id, note, file.notes.length + n))),
    ...writes.messages.map((message) => created(to, items.messageItem(id, message))),
    ...createdOrChanged(
      to,
      writes.invoices,
      (one) => file.invoices.find((other) => other.version === one.version),
      items.invoiceItem,
    ),
    ...createdOrChanged(
      to,
      writes.payments,
      (one) => file.payments.find((other) => other.entryId === one.entryId),
      (one) => items.paymentItem(id, one),
    ),
    ...(writes.settlement ? [created(to, items.settlementItem(writes.settlement))] : []),
    ...(writes.execution ? [created(to, items.executionItem(writes.execution))] : []),
    ...markParts(to, file.case, writes.case),
    ...lookupParts(to, writes.case, writes.lookups),
    ...(writes.opens ? newCaseParts(to, writes.opens.file, writes.opens) : []),
  ];
}

/** Every item of a case that is written for the first time. */
const newCaseParts = (
  to: Target,
  file: CaseFile,
  { start, lookups = [] }: Pick<Change, "lookups" | "start">,
): Part[] => {
  const id = file.case.caseId;
  return [
    created(to, items.caseItem(file.case), "case"),
    ...[
      items.assessmentItem(file.case),
      ...file.waits.map((one) => items.waitItem(id, one)),
      ...file.events.map((one) => items.eventItem(id, one)),
      ...file.media.map((one) => items.mediaItem(id, one)),
      ...file.mails.map((one) => items.mailItem(id, one)),
      ...file.shipments.map((one) => items.shipmentItem(id, one)),
      ...file.links.map((one) => items.linkItem(id, one)),
      ...file.notes.map((one, n) => items.noteItem(id, one, n)),
      ...file.messages.map((one) => items.messageItem(id, one)),
      ...file.invoices.map(items.invoiceItem),
      ...file.payments.map((one) => items.paymentItem(id, one)),
      ...(start ? [items.executionItem(executionOf(file.case, start, file.case.since))] : []),
    ].map((one) => created(to, one)),
    ...lookupParts(to, file.case, lookups),
  ];
};

/** The transaction of `create`: the file as first written, and the key that makes a repeat of the request harmless. */
export function fileParts(
  to: Target,
  file: CaseFile,
  change: Pick<Change, "rings" | "lookups" | "start">,
  request: RememberedRequest,
  realNow: number,
): Part[] {
  const seconds = Math.floor(realNow / 1000);
  const remembered = {
    ...keys.requestKey(request.keyHash),
    bodyHash: request.bodyHash,
    caseId: request.caseId,
    reply: request.reply,
    expiresAt: seconds + REQUEST_DAYS * 86_400,
  };
  // DynamoDB deletes what has expired hours later: until then it must not stand in the way.
  const forgotten: Condition = {
    text: "attribute_not_exists(pk) OR expiresAt < :now",
    values: { ":now": seconds },
  };
  return [
    { what: "exists", write: { Put: put(to, remembered, forgotten) } },
    ...newCaseParts(to, file, change),
    ...ringParts(to, change.rings ?? []),
  ];
}
