/** s3rver as the keeper of objects, with what it does wrongly put right. */
import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import S3rver from "@20minutes/s3rver";
import type { BucketPlan } from "../plan/plan-types.ts";

/** s3rver writes in place, and answers before a buffer is on the disk: a kill would leave half an object. */
const putContentWhole = async (
  path: string,
  content: Buffer | NodeJS.ReadableStream,
): Promise<[number, string]> => {
  const md5 = createHash("md5");
  let size = 0;
  const draft = `${path}.${randomUUID()}.draft`;
  const counted = new PassThrough();
  counted.on("data", (chunk: Buffer) => {
    md5.update(chunk);
    size += chunk.length;
  });
  const source = Buffer.isBuffer(content) ? [content] : content;
  await pipeline(source as NodeJS.ReadableStream, counted, createWriteStream(draft));
  await rename(draft, path);
  return [size, md5.digest("hex")];
};

const PARTS = ["object", "object.md5", "metadata.json"] as const;

/** Its own removes folders it finds empty as well, with whatever another upload has put there a moment later. */
const deleteFiles =
  (store: S3rver["store"]) =>
  async (bucket: string, key: string): Promise<void> => {
    await Promise.all(PARTS.map((part) => rm(store.getResourcePath(bucket, key, part), { force: true })));
  };

/** @param folder outlives the process. */
export const openStore = async (
  folder: string,
  buckets: readonly BucketPlan[],
  log: (line: string) => void,
): Promise<S3rver> => {
  const server = new S3rver({
    directory: folder,
    silent: true,
    vhostBuckets: false,
    allowMismatchedSignatures: true,
    configureBuckets: buckets.map(({ name }) => ({ name })),
  });
  server.store.putContent = putContentWhole;
  server.store.deleteObject = deleteFiles(server.store);
  // The guard before it has checked who asks; it wants an account only to let a presigned URL set answer headers.
  server.middleware.unshift(async (context: { state: { account?: unknown } }, next: () => Promise<void>) => {
    context.state.account = {};
    await next();
  });
  server.on("error", (error) => {
    if (!/NoSuch|ENOENT|Precondition/.test(`${(error as { code?: string }).code} ${error.message}`)) {
      log(`S3: ${error.message}`);
    }
  });
  await server.configureBuckets();
  return server;
};
