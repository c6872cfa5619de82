/** The two sparse indexes: a page costs the same however many cases there are. */
import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Instant } from "../../domain/identifiers.ts";
import type { CaseStore, DueRow } from "../../ports/case-store.ts";
import { calling } from "./client.ts";
import { type Item, listedFrom } from "./items.ts";
import {
  caseKey,
  DUE_INDEX,
  DUE_LIST,
  dueCursor,
  dueStart,
  type Key,
  markKey,
  ownerOf,
  QUEUE_INDEX,
  queueCursor,
  queueStart,
} from "./keys.ts";
import { marshalled } from "./writes.ts";

async function page(
  client: DynamoDBClient,
  input: QueryCommandInput,
  cursorOf: (last: Record<string, string>) => string,
): Promise<{ items: Item[]; cursor?: string }> {
  const answer: QueryCommandOutput = await calling(() => client.send(new QueryCommand(input)));
  const last = answer.LastEvaluatedKey && unmarshall(answer.LastEvaluatedKey);
  return {
    items: (answer.Items ?? []).map((one) => unmarshall(one)),
    ...(last ? { cursor: cursorOf(last) } : {}),
  };
}

/** A page of one list of the queue's index, the longest waiting first. @throws Problem for a foreign cursor */
export const listPage =
  (client: DynamoDBClient, tableName: string, keyOf: (id: string) => Key) =>
  (list: string, from: string | undefined, limit: number) =>
    page(
      client,
      {
        TableName: tableName,
        IndexName: QUEUE_INDEX,
        KeyConditionExpression: "queueStage = :list",
        ExpressionAttributeValues: marshalled({ ":list": list }),
        Limit: limit,
        ...(from === undefined ? {} : { ExclusiveStartKey: marshalled(queueStart(list, keyOf, from)) }),
      },
      queueCursor,
    );

/** Cases of one stage. */
export const queuePage =
  (
    client: DynamoDBClient,
    tableName: string,
    unreadable: (caseId: string, error: unknown) => void,
  ): CaseStore["queue"] =>
  async (stage, from, limit) => {
    const { items, ...more } = await listPage(client, tableName, caseKey)(stage, from, limit);
    const rows = items.flatMap((item) => {
      try {
        const one = listedFrom(item);
        return [{ caseId: one.caseId, stage: one.stage, since: one.since, case: one }];
      } catch (error) {
        // One row that another release wrote, or that is broken, must not hide the others.
        unreadable(ownerOf(String(item.pk)), error);
        return [];
      }
    });
    return { rows, ...more };
  };

/** Cases with a mark, in whatever stage. */
export const markedPage =
  (client: DynamoDBClient, tableName: string): CaseStore["marked"] =>
  async (mark, from, limit) => {
    const keyOf = (caseId: string) => markKey(caseId, mark);
    const { items, ...more } = await listPage(client, tableName, keyOf)(mark, from, limit);
    return { caseIds: items.map((one) => ownerOf(String(one.pk))), ...more };
  };

/** What is due until then, the longest due first. @throws Problem for a foreign cursor */
export const duePage =
  (client: DynamoDBClient, tableName: string): CaseStore["due"] =>
  async (until, limit, from) => {
    const { items, ...more } = await page(
      client,
      {
        TableName: tableName,
        IndexName: DUE_INDEX,
        KeyConditionExpression: "dueList = :list AND dueAt <= :until",
        ExpressionAttributeValues: marshalled({ ":list": DUE_LIST, ":until": until }),
        Limit: limit,
        ...(from === undefined ? {} : { ExclusiveStartKey: marshalled(dueStart(from)) }),
      },
      dueCursor,
    );
    return { rows: items.map(dueRow), ...more };
  };

function dueRow(item: Item): DueRow {
  const owner = ownerOf(String(item.pk));
  const sk = String(item.sk);
  const dueAt: Instant = String(item.dueAt);
  const [kind = "", ...rest] = sk.split("#");
  switch (kind) {
    case "WAIT":
      return { caseId: owner, kind: "wait", no: Number(rest[0]), dueAt };
    case "SETTLEMENT":
      return { caseId: owner, kind: "settlement", no: Number(rest[0]), dueAt };
    default:
      return { owner, kind: "mail", mailId: rest.join("#"), dueAt };
  }
}
