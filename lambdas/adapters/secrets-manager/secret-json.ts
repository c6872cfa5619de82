/** A secret kept as JSON, read when it is needed: a rotated one is picked up by itself. */
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type * as z from "zod";
import { PermanentError } from "../../domain/faults.ts";

/** @throws PermanentError when the secret does not fit its schema; its content is never told. */
export const secretJson =
  <T>(client: Pick<SecretsManagerClient, "send">, secretId: string, schema: z.ZodType<T>) =>
  async (): Promise<T> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    let json: unknown;
    try {
      json = JSON.parse(SecretString ?? "");
    } catch {
      throw new PermanentError(`the secret ${secretId} is no JSON`);
    }
    const checked = schema.safeParse(json);
    if (!checked.success) throw new PermanentError(`the secret ${secretId} has another shape`);
    return checked.data;
  };
