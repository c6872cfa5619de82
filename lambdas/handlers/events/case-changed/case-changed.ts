/**
 * The one consumer of the table's stream that moves processes (design, ideas 1 and 2): it starts executions and
 * completes waits. It relies on no order between items and writes nothing, so every record may come twice.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { Execution } from "../../../domain/change.ts";
import { Settlement } from "../../../domain/settlement.ts";
import { Wait } from "../../../domain/wait.ts";
import type { Processes } from "../../../ports/processes.ts";

export interface CaseChangedDeps {
  readonly processes: Processes;
  /** Told of each record that failed, by sequence number only. */
  readonly failed: (sequenceNumber: string, error: unknown) => void;
}

async function consume(image: Record<string, unknown>, processes: Processes): Promise<void> {
  const sk = String(image.sk);
  if (sk.startsWith("EXECUTION#")) {
    await processes.start(Execution.parse(withoutKeys(image, Execution.shape)));
  } else if (sk.startsWith("SETTLEMENT#")) {
    const settlement = Settlement.parse(withoutKeys(image, Settlement.shape));
    if (settlement.dueAt !== undefined) await processes.settle(settlement);
  } else if (sk.startsWith("WAIT#")) {
    const wait = Wait.parse(withoutKeys(image, Wait.shape));
    if (wait.token !== undefined && wait.answer) await processes.complete(wait.token, wait);
  }
}

/** Drops the table's own attributes, which the stored shapes know nothing of. */
const withoutKeys = (image: Record<string, unknown>, shape: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).filter(([key]) => key in shape));

export const createCaseChangedHandler =
  (deps: CaseChangedDeps) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const record of event.Records) {
      const image = record.dynamodb?.NewImage;
      if (!image) continue;
      try {
        await consume(unmarshall(image as Record<string, AttributeValue>), deps.processes);
      } catch (error) {
        const sequenceNumber = record.dynamodb?.SequenceNumber ?? "";
        deps.failed(sequenceNumber, error);
        // A stream is taken up again from the first failure on.
        return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
      }
    }
    return { batchItemFailures: [] };
  };
