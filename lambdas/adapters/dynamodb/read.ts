/** Reading the table: whole partitions, and several single items at once. */
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { ThrottledError } from "../../domain/faults.ts";
import { calling } from "./client.ts";
import type { Item } from "./items.ts";
import type { Key } from "./keys.ts";
import { marshalled } from "./writes.ts";

/** Every item of a partition, consistently, in key order; further pages only where one does not hold it all (1 MB). */
export async function partition(client: DynamoDBClient, tableName: string, pk: string): Promise<Item[]> {
  const items: Item[] = [];
  let from: QueryCommandInput["ExclusiveStartKey"];
  do {
    const page: QueryCommandOutput = await calling(() =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: marshalled({ ":pk": pk }),
          ExclusiveStartKey: from,
        }),
      ),
    );
    items.push(...(page.Items ?? []).map((one) => unmarshall(one)));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

/** One item, consistently: by a Query, which every reader of cases may make. */
export async function single(
  client: DynamoDBClient,
  tableName: string,
  { pk, sk }: Key,
): Promise<Item | undefined> {
  const { Items } = await calling(() =>
    client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND sk = :sk",
        ExpressionAttributeValues: marshalled({ ":pk": pk, ":sk": sk }),
      }),
    ),
  );
  const [stored] = Items ?? [];
  return stored && unmarshall(stored);
}

/** A BatchGet leaves keys over only when the table is busy; asked for at most five times. */
const BATCH_TRIES = 5;

/** Up to 100 items by their keys, consistently; missing ones are absent. @throws ThrottledError */
export async function batch(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Key[],
): Promise<Item[]> {
  const items: Item[] = [];
  const distinct = new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, marshalled(key)]));
  let wanted = [...distinct.values()];
  for (let tried = 0; wanted.length > 0; tried++) {
    if (tried === BATCH_TRIES) throw new ThrottledError("BatchGetItem left keys over");
    const answer = await calling(() =>
      client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: true } } }),
      ),
    );
    items.push(...(answer.Responses?.[tableName] ?? []).map((one) => unmarshall(one)));
    wanted = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
}
