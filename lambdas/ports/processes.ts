/** What the core needs from whatever runs the processes. */
import type { Execution } from "../domain/change.ts";
import type { Settlement } from "../domain/settlement.ts";
import type { Machine, Wait } from "../domain/wait.ts";

export interface Processes {
  /** Starts `<caseId>-<attempt>`; started already is fine. */
  start(execution: Execution): Promise<void>;
  /** Starts `<caseId>-settle-<no>-<round>`; started already is fine. */
  settle(settlement: Settlement): Promise<void>;
  /** Completes an answered wait. `gone`: the token is used, late or of an execution that is no more. */
  complete(token: string, wait: Wait): Promise<"completed" | "gone">;
  /** Whether the execution of this attempt still runs. */
  isRunning(machine: Machine, caseId: string, attempt: number): Promise<boolean>;
}
