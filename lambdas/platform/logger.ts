/** The log of every function: JSON lines with ids, names and numbers; never what a person wrote or where she lives. */
import { Logger } from "@aws-lambda-powertools/logger";

export const logger = new Logger({ serviceName: "after-sales" });

/** Errors whose messages this code writes itself, out of ids and numbers. */
const OWN = new Set(["Conflict", "PermanentError", "Superseded", "ThrottledError", "TransientError"]);

/**
 * What may be logged of an error: its name, where it came from, what AWS calls it. Its message (`why`: the logger keeps
 * `message` for its own) only where it is ours: others quote the data they choked on.
 */
export function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, $metadata } = error as { code?: unknown; $metadata?: { requestId?: string } };
  return {
    error: error.name,
    ...(OWN.has(error.name) ? { why: error.message } : {}),
    ...(typeof code === "string" ? { code } : {}),
    ...($metadata?.requestId ? { awsRequestId: $metadata.requestId } : {}),
    frames: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: described(error.cause) }),
  };
}
