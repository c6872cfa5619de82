/** `CaseStore` on one DynamoDB table. */
import { randomBytes } from "node:crypto";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { applyChange } from "../../domain/change.ts";
import { type CaseStore, Conflict } from "../../ports/case-store.ts";
import { calling } from "./client.ts";
import { registerExport, withdrawExport } from "./exports.ts";
import { duePage, markedPage, queuePage } from "./indexes.ts";
import * as items from "./items.ts";
import * as keys from "./keys.ts";
import { batch, partition, single } from "./read.ts";
import { transact } from "./transact.ts";
import {
  ABSENT,
  type Condition,
  changeParts,
  fileParts,
  marshalled,
  put,
  putRing,
  type Target,
  unchanged,
} from "./writes.ts";

export interface CaseStoreOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Real time, epoch milliseconds: only idempotency keys live by it. */
  readonly realNow?: () => number;
  /** Told, by its number alone, of a case that a list had to leave out because its row could not be read. */
  readonly unreadable?: (caseId: string, error: unknown) => void;
}

export function createCaseStore({
  client,
  tableName,
  realNow = Date.now,
  unreadable = () => {},
}: CaseStoreOptions): CaseStore {
  /** A fresh mark for one write; unlike its content, no competitor's write can carry it. */
  const target = (): Target => ({ tableName, writeId: randomBytes(16).toString("base64url") });

  /** One conditioned item. @throws Conflict, unless the condition failed on our own write whose answer was lost */
  async function putOne(input: ReturnType<typeof put>, to: Target, what: Conflict["what"]): Promise<void> {
    try {
      await calling(() => client.send(new PutItemCommand(input)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item?.writeId?.S !== to.writeId) throw new Conflict(what, `${what} has changed`);
    }
  }
  const putItem = (item: items.Item, condition: Condition): Promise<void> => {
    const to = target();
    return putOne(put(to, item, condition), to, "exists");
  };

  return {
    async load(caseId) {
      return items.fileFrom(await partition(client, tableName, keys.caseKey(caseId).pk));
    },

    async create(file, change, request) {
      const to = target();
      await transact(client, fileParts(to, file, change, request, realNow()), to.writeId);
    },

    async commit(file, change, now) {
      const applied = applyChange(file, change, now);
      const to = target();
      await transact(client, changeParts(to, file, applied.writes), to.writeId);
      return applied.file;
    },

    async rememberedRequest(keyHash) {
      const { Item } = await calling(() =>
        client.send(
          new GetItemCommand({
            TableName: tableName,
            Key: marshalled(keys.requestKey(keyHash)),
            ConsistentRead: true,
          }),
        ),
      );
      const stored = Item && unmarshall(Item);
      if (!stored || stored.expiresAt * 1000 < realNow()) return undefined;
      const { bodyHash, caseId, reply } = stored;
      return { keyHash, bodyHash, caseId, ...(reply === undefined ? {} : { reply }) };
    },

    async reference({ serials, designs }) {
      const found = await batch(client, tableName, [
        ...serials.map(keys.ringKey),
        ...designs.map(keys.designKey),
      ]);
      const rings = found.filter((one) => one.sk === "RING").map(items.ringFrom);
      const known = found.filter((one) => one.sk === "DESIGN").map(items.designFrom);
      return {
        // By each number as it was asked for: a ring keeps the spelling it was first written with.
        rings: new Map(
          serials.flatMap((serial) => {
            const ring = rings.find((one) => one.serialNumber.toUpperCase() === serial.toUpperCase());
            return ring ? [[serial, ring] as const] : [];
          }),
        ),
        designs: new Map(known.map((design) => [design.designNumber, design])),
      };
    },

    async putDesign(design) {
      await calling(() => client.send(new PutItemCommand(put(target(), items.designItem(design)))));
    },

    putRing(before, ring) {
      const to = target();
      return putOne(putRing(to, before, ring), to, "ring");
    },

    queue: queuePage(client, tableName, unreadable),
    marked: markedPage(client, tableName),
    due: duePage(client, tableName),

    async find(kind, value) {
      const rows = await partition(client, tableName, keys.lookupPartition(kind, value));
      return rows
        .sort((a, b) => String(b.at).localeCompare(String(a.at)) || String(a.sk).localeCompare(String(b.sk)))
        .map((row) => String(row.sk));
    },

    async putWaitToken(caseId, wait, attempt) {
      try {
        await calling(() =>
          client.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: marshalled(keys.waitKey(caseId, wait.no)),
              // Nothing but these: an answer may be written on the item at the same moment.
              UpdateExpression: "SET #token = :token, #machine = :machine, #attempt = :attempt",
              // An execution that another has replaced must not take the wait back.
              ConditionExpression: "attribute_exists(pk) AND #attempt <= :attempt",
              ExpressionAttributeNames: { "#token": "token", "#machine": "machine", "#attempt": "attempt" },
              ExpressionAttributeValues: marshalled({
                ":token": wait.token,
                ":machine": wait.machine,
                ":attempt": attempt,
              }),
            }),
          ),
        );
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException)
          throw new Conflict("exists", `wait ${wait.no} is not there or belongs to a later attempt`);
        throw error;
      }
    },

    async mail(owner, mailId) {
      const stored = await single(client, tableName, keys.mailKey(owner, mailId));
      return stored && items.mailFrom(stored);
    },
    putMail: (owner, before, tries, mail) =>
      putItem(items.mailItem(owner, mail), unchanged({ status: before, tries })),
    async settlement(caseId, no) {
      const stored = await single(client, tableName, keys.settlementKey(caseId, no));
      return stored && items.settlementFrom(stored);
    },
    putSettlement: (round, settlement) => putItem(items.settlementItem(settlement), unchanged({ round })),
    putMedia: (caseId, before, media) =>
      putItem(items.mediaItem(caseId, media), before === undefined ? ABSENT : unchanged({ status: before })),
    putLink: (caseId, link) => putItem(items.linkItem(caseId, link), ABSENT),

    registerExport: (entry, former) => registerExport(client, target(), entry, former),
    withdrawExport: (entry) => withdrawExport(client, target(), entry),
  };
}
