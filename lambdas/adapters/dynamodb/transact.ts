/** One transaction: retried while it only collides, told apart from a lost answer, refused as a Conflict. */
import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { ThrottledError } from "../../domain/faults.ts";
import { Conflict } from "../../ports/case-store.ts";
import { calling } from "./client.ts";
import type { Part } from "./writes.ts";

/** A transaction holds at most 100 items; more is a mistake of the caller. */
const MOST_PARTS = 100;
/** Waits of at most 25, 50, 100, 200, 400 ms, a random part of each: at most 0.8 s in all, 0.4 s on average. */
const TRIES = 6;
const FIRST_WAIT_MS = 25;

/** Reasons that say nothing of our condition: another transaction was at one of the items, or the table was busy. */
const COLLISIONS = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @param writeId carried by every item it puts; also the token by which DynamoDB knows a repeat
 * @throws Conflict for the first part whose condition failed
 * @throws ThrottledError when it still collides after about a second
 */
export async function transact(
  client: DynamoDBClient,
  parts: readonly Part[],
  writeId: string,
): Promise<void> {
  if (parts.length > MOST_PARTS) throw new Error(`${parts.length} items do not fit in one transaction`);
  const command = () =>
    new TransactWriteItemsCommand({
      TransactItems: parts.map((part) => part.write),
      ClientRequestToken: writeId,
    });
  for (let tried = 1; ; tried++) {
    try {
      await calling(() => client.send(command()));
      return;
    } catch (error) {
      if (error instanceof TransactionCanceledException) {
        const reasons = error.CancellationReasons ?? [];
        if (isOurs(reasons, writeId)) return;
        const failed = reasons.findIndex((reason) => reason.Code === "ConditionalCheckFailed");
        const part = parts[failed];
        if (part) throw new Conflict(part.what, `condition of part ${failed} (${part.what}) failed`);
        if (!reasons.some((reason) => COLLISIONS.has(reason.Code ?? ""))) throw error;
      } else if (!isInProgress(error)) {
        throw error;
      }
      if (tried === TRIES) throw new ThrottledError("the transaction kept colliding", { cause: error });
      await pause(Math.random() * FIRST_WAIT_MS * 2 ** (tried - 1));
    }
  }
}

/** A failed condition on an item that carries our own mark: the first try was committed and its answer lost. */
const isOurs = (reasons: readonly CancellationReason[], writeId: string): boolean =>
  reasons.some((reason) => reason.Item?.writeId?.S === writeId);

const isInProgress = (error: unknown): boolean =>
  error instanceof Error && error.name === "TransactionInProgressException";
