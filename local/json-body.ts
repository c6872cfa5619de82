/** Bodies of the local endpoints: JSON of a known form, and the fault that says what is wrong with one. */
import type { IncomingMessage } from "node:http";
import type * as z from "zod";
import { readBody } from "./http.ts";

export class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  constructor(...errors: { readonly path: string; readonly message: string }[]) {
    super("Some of the information is missing or not in the right form");
    this.errors = errors;
  }
}

/** @throws BadRequest */
export const bodyOf = async <T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> => {
  let body: unknown;
  try {
    body = JSON.parse((await readBody(request, 65_536)).toString() || "{}");
  } catch {
    throw new BadRequest({ path: "", message: "not valid JSON" });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BadRequest(
    ...parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
  );
};
