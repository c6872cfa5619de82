/** What the machine of a case tells each of its steps. */
import * as z from "zod";
import { Instant } from "../../domain/identifiers.ts";

/** `at`: when the state was entered, the same for every retry (docs/adr). */
export const StepInput = z.object({ caseId: z.string(), attempt: z.int(), at: Instant });
