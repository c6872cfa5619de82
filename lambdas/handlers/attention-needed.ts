/** One line of the log a case that a person has to look at: operations is alarmed by it (`lib/monitoring`). */
import { logger } from "../platform/logger.ts";

export type AttentionNeeded = (facts: {
  readonly caseId: string;
  /** Where a retry goes back to. */
  readonly state: string;
  readonly error: string;
}) => void;

/** A warning: an error of its own function would count as that as well. */
export const attentionNeeded: AttentionNeeded = (facts) => logger.warn("attention needed", { ...facts });
