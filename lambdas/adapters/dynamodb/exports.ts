/** Shipments' values by sender and ship date: what R46 adds up. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ExportEntry } from "../../ports/case-store.ts";
import { exportKey, type Key } from "./keys.ts";
import { partition } from "./read.ts";
import { transact } from "./transact.ts";
import { marshalled, type Part, put, type Target } from "./writes.ts";

const keysOf = (entry: ExportEntry): Key[] =>
  [...new Set(entry.senderHashes)].map((hash) => exportKey(entry.shipDate, hash, entry.caseId));
const same = (a: Key, b: Key) => a.pk === b.pk && a.sk === b.sk;

const removed = (to: Target, key: Key): Part => ({
  what: "exists",
  write: { Delete: { TableName: to.tableName, Key: marshalled(key) } },
});

/** Writes the case's entry under each of its senders and takes away what a former entry leaves behind. */
export async function registerExport(
  client: DynamoDBClient,
  to: Target,
  entry: ExportEntry,
  former: ExportEntry | undefined,
): Promise<{ readonly othersCents: number; readonly others: readonly string[] }> {
  const present = keysOf(entry);
  const left = (former ? keysOf(former) : []).filter((key) => !present.some((other) => same(key, other)));
  await transact(
    client,
    [
      ...present.map(
        (key): Part => ({ what: "exists", write: { Put: put(to, { ...key, cents: entry.cents }) } }),
      ),
      ...left.map((key) => removed(to, key)),
    ],
    to.writeId,
  );
  // Each case writes first and sums afterwards, consistently: of two at once, at least the later one sees both.
  const others = new Map<string, number>();
  for (const { pk } of present)
    for (const item of await partition(client, to.tableName, pk))
      if (item.sk !== entry.caseId) others.set(String(item.sk), Number(item.cents));
  return {
    othersCents: [...others.values()].reduce((sum, cents) => sum + cents, 0),
    others: [...others.keys()].sort(),
  };
}

/** The shipment will not leave on that day, or not at all. */
export async function withdrawExport(client: DynamoDBClient, to: Target, entry: ExportEntry): Promise<void> {
  await transact(
    client,
    keysOf(entry).map((key) => removed(to, key)),
    to.writeId,
  );
}
