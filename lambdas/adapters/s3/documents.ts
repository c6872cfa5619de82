/** Papers in the bucket: `documents/<caseId>/<leg>-<attempt>/<name>.pdf`, invoices under `invoice-<version>`. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { PermanentError, ThrottledError, TransientError } from "../../domain/faults.ts";
import type { DocumentPlace, DocumentStore } from "../../ports/documents.ts";

export const documentKey = (place: DocumentPlace): string => {
  const folder = "leg" in place ? `${place.leg}-${place.attempt}` : `invoice-${place.invoice}`;
  return `documents/${place.caseId}/${folder}/${place.name}.pdf`;
};

/** What S3 and its client call too much, and what no retry mends. Everything else may pass: time-outs, 5xx, lost connections. */
const THROTTLED = new Set([
  "SlowDown",
  "TooManyRequests",
  "TooManyRequestsException",
  "RequestLimitExceeded",
]);
const FINAL = new Set(["NoSuchKey", "NotFound", "NoSuchBucket", "AccessDenied", "InvalidAccessKeyId"]);

function asFault(error: unknown, what: string): Error {
  const name = error instanceof Error ? error.name : "Unknown";
  const message = `${what}: ${name}`;
  if (THROTTLED.has(name)) return new ThrottledError(message, { cause: error });
  if (FINAL.has(name)) return new PermanentError(message, { cause: error });
  return new TransientError(message, { cause: error });
}

export interface DocumentBucket {
  readonly client: Pick<S3Client, "send">;
  readonly bucket: string;
}

export const createDocumentStore = ({ client, bucket }: DocumentBucket): DocumentStore => ({
  async put(place, pdf) {
    const key = documentKey(place);
    const object = { Bucket: bucket, Key: key, Body: pdf, ContentType: "application/pdf" };
    await client.send(new PutObjectCommand(object)).catch((error: unknown) => {
      throw asFault(error, `${key} was not kept`);
    });
    return key;
  },

  async get(key) {
    try {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (body === undefined) throw new PermanentError(`${key} is empty`);
      return await body.transformToByteArray();
    } catch (error) {
      throw error instanceof PermanentError ? error : asFault(error, `${key} was not read`);
    }
  },
});
