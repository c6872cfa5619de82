/** Takes a form POST: fields first, then the file, which goes to a spool until its size and the whole policy are found right. */

import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import busboy from "busboy";
import { checkPolicy } from "./post-policy.ts";
import { S3Refusal, type SecretOf, verifyPolicy } from "./signature.ts";

export interface PostedFile {
  readonly fields: ReadonlyMap<string, string>;
  readonly key: string;
  readonly size: number;
  /** The spooled file; the caller moves it on and removes it. */
  readonly path: string;
}

/** What S3 takes of fields before the file. */
const FIELD_BYTES = 20_480;

const tooLarge = (): S3Refusal =>
  new S3Refusal("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");

/**
 * Reads the whole request, also when it is refused: an answer before its end would break the client's connection.
 * @throws S3Refusal
 */
export const receivePost = async (
  request: IncomingMessage,
  bucket: string,
  spool: string,
  secretOf: SecretOf,
): Promise<PostedFile> => {
  await mkdir(spool, { recursive: true });
  const path = join(spool, randomUUID());
  const fields = new Map<string, string>([["bucket", bucket]]);
  let fieldBytes = 0;
  let failure: Error | undefined;
  let key: string | undefined;
  let size = 0;
  let range = { min: 0, max: 0 };
  let writing: Promise<void> | undefined;

  const parser = (() => {
    try {
      return busboy({ headers: request.headers, limits: { files: 2, fieldSize: FIELD_BYTES } });
    } catch {
      throw new S3Refusal(
        "MalformedPOSTRequest",
        400,
        "The body of your POST request is not well-formed multipart/form-data.",
      );
    }
  })();
  parser.on("field", (name, value) => {
    // S3 ignores what comes after the file.
    if (writing || failure) return;
    fieldBytes += name.length + value.length;
    fields.set(name.toLowerCase(), value);
  });
  parser.on("file", (name, stream, { filename }) => {
    if (failure || writing || name !== "file") return void stream.resume();
    try {
      if (fieldBytes > FIELD_BYTES) {
        throw new S3Refusal(
          "MaxPostPreDataLengthExceeded",
          400,
          "Your POST request fields preceding the upload file were too large.",
        );
      }
      if (fields.get("bucket") !== bucket)
        throw new S3Refusal("AccessDenied", 403, "Invalid according to Policy: bucket");
      const given = fields.get("key");
      if (!given)
        throw new S3Refusal("InvalidArgument", 400, "Bucket POST must contain a field named 'key'.");
      if (fields.has("policy")) verifyPolicy(fields, secretOf);
      range = checkPolicy(fields, Date.now());
      key = given.replace("${filename}", filename ?? "");
    } catch (error) {
      failure = error as Error;
      return void stream.resume();
    }
    const file = createWriteStream(path);
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= range.max) {
        if (!file.write(chunk)) {
          stream.pause();
          file.once("drain", () => stream.resume());
        }
      } else {
        failure ??= tooLarge();
      }
    });
    stream.once("end", () => file.end());
    writing = finished(file);
  });

  try {
    request.pipe(parser);
    await finished(parser);
    await writing;
    if (failure) throw failure;
    if (!writing || key === undefined) {
      throw new S3Refusal("InvalidArgument", 400, "POST requires exactly one file upload per request.");
    }
    if (size < range.min)
      throw new S3Refusal(
        "EntityTooSmall",
        400,
        "Your proposed upload is smaller than the minimum allowed size",
      );
    return { fields, key, size, path };
  } catch (error) {
    request.unpipe(parser);
    request.resume();
    await rm(path, { force: true });
    if (error instanceof S3Refusal) throw error;
    throw new S3Refusal("MalformedPOSTRequest", 400, (error as Error).message);
  }
};
