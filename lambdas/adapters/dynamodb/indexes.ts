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
import { caseFrom, type Item } from "./items.ts";
import { DUE_INDEX, DUE_LIST, dueCursor, dueStart, QUEUE_INDEX, queueCursor, queueStart } from "./keys.ts";
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

/** Cases of one stage, the longest waiting first. @throws Problem for a foreign cursor */
export const queuePage =
  (client: DynamoDBClient, tableName: string): CaseStore["queue"] =>
  async (stage, from, limit) => {
    const { items, ...more } = await page(
      client,
      {
        TableName: tableName,
        IndexName: QUEUE_INDEX,
        KeyConditionExpression: "queueStage = :stage",
        ExpressionAttributeValues: marshalled({ ":stage": stage }),
        Limit: limit,
        ...(from === undefined ? {} : { ExclusiveStartKey: marshalled(queueStart(stage, from)) }),
      },
      queueCursor,
    );
    const rows = items.map(caseFrom).map((one) => ({
      caseId: one.caseId,
      stage: one.stage,
      since: one.since,
      case: one,
    }));
    return { rows, ...more };
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
  const caseId = String(item.pk).slice("CASE#".length);
  const sk = String(item.sk);
  const dueAt: Instant = String(item.dueAt);
  return sk.startsWith("WAIT#")
    ? { caseId, kind: "wait", no: Number(sk.slice("WAIT#".length)), dueAt }
    : { caseId, kind: "mail", mailId: sk.slice("MAIL#".length), dueAt };
}
