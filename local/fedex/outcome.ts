/** What a route answers, and FedEx's form for a refusal and for a body of the wrong shape. */
import type * as z from "zod";
import type { FedexError } from "./refusals.ts";

export interface Outcome {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export const refuse = (status: number, ...errors: FedexError[]): Outcome => ({ status, body: { errors } });
export const answer = (output: unknown): Outcome => ({ status: 200, body: { output } });

/** One error, its parameters naming each field. */
export const misshapen = (error: z.core.$ZodError): Outcome =>
  refuse(400, {
    code: "INVALID.INPUT.EXCEPTION",
    message: "Invalid field value in the input",
    parameterList: error.issues.map((issue) => ({ key: issue.path.join("."), value: issue.message })),
  });
