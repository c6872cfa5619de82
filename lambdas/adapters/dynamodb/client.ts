/** The DynamoDB client of every function, and its failures under the names the state machines retry by. */
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { ThrottledError, TransientError } from "../../domain/faults.ts";

const nothing = (): void => undefined;
/**
 * A log without `info` and `error`: for these the SDK copies every request and answer whole, even where nobody listens,
 * which is a fifth of what a call costs the processor.
 */
const QUIET = { trace: nothing, debug: nothing, warn: nothing } as unknown as NonNullable<
  DynamoDBClientConfig["logger"]
>;

/** Five tries with the SDK's own backoff: about two seconds, well inside every function's time-out. */
export const createDynamoClient = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 5, logger: QUIET });

const THROTTLED = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
]);
const BROKEN = new Set(["TimeoutError", "RequestTimeout", "InternalServerError", "ServiceUnavailable"]);
/** What a broken connection is called by Node. */
const DISCONNECTED = /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT)/;

/** Runs a call; what a retry may mend comes out as `ThrottledError` or `TransientError`, the rest as it is. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, $fault } = error as { code?: string; $fault?: string };
    if (THROTTLED.has(error.name)) throw new ThrottledError(error.name, { cause: error });
    if (BROKEN.has(error.name) || $fault === "server" || DISCONNECTED.test(code ?? ""))
      throw new TransientError(code ?? error.name, { cause: error });
    throw error;
  }
}
