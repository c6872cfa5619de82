/**
 * S3: s3rver keeps the objects; in front of it stands what it leaves out (signatures, POST policies, CORS on errors),
 * and beside it what tells of new objects, also of those a killed process never told of.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  appendFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
} from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import S3rver from "@20minutes/s3rver";
import S3Object from "@20minutes/s3rver/lib/models/object.js";
import { send } from "../http.ts";
import type { BucketPlan } from "../plan/plan.ts";
import { applyCors } from "./cors.ts";
import { receivePost } from "./form-post.ts";
import { S3Refusal, type SecretOf, verifyRequest } from "./signature.ts";

export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly reason: "PutObject" | "PostObject" | "CopyObject";
}

export interface S3Options {
  readonly buckets: readonly BucketPlan[];
  /** Objects lie here; they outlive the process. */
  readonly folder: string;
  /** The path under which requests arrive; it is part of what was signed. */
  readonly prefix: string;
  readonly secretOf: SecretOf;
  /** Tells the bus of a new object. @returns whether everyone who wanted to know took it. */
  readonly announce: (object: CreatedObject) => Promise<boolean>;
  readonly log: (line: string) => void;
  readonly onCall: (caller: string, operation: string, resource: string) => void;
}

export interface S3 {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Tells of every object that lies there and was never told of. */
  readonly announceForgotten: () => Promise<void>;
  readonly close: () => void;
}

const escape = (text: string): string => text.replace(/[<>&]/g, (char) => `&#${char.charCodeAt(0)};`);

const refuse = (response: ServerResponse, error: S3Refusal): void =>
  send(
    response,
    error.status,
    { "content-type": "application/xml" },
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escape(error.message)}</Message><RequestId>${randomUUID()}</RequestId></Error>`,
  );

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

const REASONS: Readonly<Record<string, CreatedObject["reason"]>> = {
  "ObjectCreated:Put": "PutObject",
  "ObjectCreated:Post": "PostObject",
  "ObjectCreated:Copy": "CopyObject",
};

export const startS3 = async (options: S3Options): Promise<S3> => {
  const objects = join(options.folder, "objects");
  const journal = join(options.folder, "announced.log");
  const spool = join(options.folder, "spool");
  mkdirSync(objects, { recursive: true });
  await rm(spool, { recursive: true, force: true });
  const server = new S3rver({
    directory: objects,
    silent: true,
    vhostBuckets: false,
    allowMismatchedSignatures: true,
    configureBuckets: options.buckets.map(({ name }) => ({ name })),
  });
  server.store.putContent = putContentWhole;
  // s3rver's own also removes folders it finds empty, with whatever another upload has put there a moment later.
  server.store.deleteObject = async (bucket, key) => {
    const files = (["object", "object.md5", "metadata.json"] as const).map((part) =>
      server.store.getResourcePath(bucket, key, part),
    );
    await Promise.all(files.map((file) => rm(file, { force: true })));
  };
  // The guard below has checked who asks; s3rver wants an account only to let a presigned URL set answer headers.
  server.middleware.unshift(async (context: { state: { account?: unknown } }, next: () => Promise<void>) => {
    context.state.account = {};
    await next();
  });
  server.on("error", (error) => {
    if (!/NoSuch|ENOENT|Precondition/.test(`${(error as { code?: string }).code} ${error.message}`)) {
      options.log(`S3: ${error.message}`);
    }
  });
  await server.configureBuckets();
  const pass = server.callback();

  const announced = new Set(existsSync(journal) ? readFileSync(journal, "utf8").split("\n") : []);
  const mark = (object: Pick<CreatedObject, "bucket" | "key" | "etag">): string =>
    JSON.stringify([object.bucket, object.key, object.etag]);
  const announce = async (object: CreatedObject): Promise<void> => {
    if (!options.buckets.some((bucket) => bucket.name === object.bucket && bucket.events)) return;
    // Written once it was taken: told twice is harmless, told never is not.
    if (await options.announce(object)) appendFileSync(journal, `${mark(object)}\n`);
  };
  server.on("event", ({ Records }) => {
    for (const { eventName, s3 } of Records) {
      const reason = REASONS[eventName];
      if (!reason) continue;
      const { key, size = 0, eTag = "" } = s3.object;
      void announce({ bucket: s3.bucket.name, key, size, etag: eTag.replaceAll('"', ""), reason });
    }
  });

  const post = async (request: IncomingMessage, response: ServerResponse, bucket: string): Promise<void> => {
    if (!options.buckets.some(({ name }) => name === bucket)) {
      request.resume();
      throw new S3Refusal("NoSuchBucket", 404, "The specified bucket does not exist");
    }
    const posted = await receivePost(request, bucket, spool, options.secretOf);
    const metadata = Object.fromEntries(posted.fields);
    const { md5 } = await server.store.putObject(
      new S3Object(bucket, posted.key, createReadStream(posted.path), metadata),
    );
    await rm(posted.path, { force: true });
    const credential = posted.fields.get("x-amz-credential")?.split("/")[0] ?? "";
    options.onCall(credential, "PutObject", `${bucket}/${posted.key}`);
    void announce({ bucket, key: posted.key, size: posted.size, etag: md5, reason: "PostObject" });
    const etag = `"${md5}"`;
    const redirect = posted.fields.get("success_action_redirect");
    if (redirect) {
      const location = new URL(redirect);
      for (const [name, value] of Object.entries({ bucket, key: posted.key, etag }))
        location.searchParams.set(name, value);
      return send(response, 303, { etag, location: location.href });
    }
    const wanted = Number(posted.fields.get("success_action_status"));
    const status = [200, 201].includes(wanted) ? wanted : 204;
    if (status !== 201) return send(response, status, { etag });
    send(
      response,
      201,
      { etag, "content-type": "application/xml" },
      `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Bucket>${bucket}</Bucket><Key>${escape(posted.key)}</Key><ETag>${etag}</ETag></PostResponse>`,
    );
  };

  return {
    handle: async (request, response) => {
      const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
      const path = url.pathname.slice(options.prefix.length) || "/";
      const [, bucketName = ""] = path.split("/");
      const bucket = options.buckets.find(({ name }) => name === bucketName);
      const cors = applyCors(request, bucket?.cors ?? []);
      for (const [name, value] of Object.entries(cors.headers)) response.setHeader(name, value);
      try {
        if (request.method === "OPTIONS") {
          if (cors.allowed) return send(response, 200, {});
          throw new S3Refusal("AccessForbidden", 403, "CORSResponse: This CORS request is not allowed.");
        }
        if (
          request.method === "POST" &&
          /^multipart\/form-data/i.test(request.headers["content-type"] ?? "")
        ) {
          return await post(request, response, bucketName);
        }
        const caller = verifyRequest(request, url, options.secretOf);
        options.onCall(caller, url.searchParams.get("x-id") ?? `${request.method}`, path.slice(1));
        delete request.headers.authorization;
        for (const name of Array.from(url.searchParams.keys())) {
          if (/^x-amz-/i.test(name) || name === "x-id") url.searchParams.delete(name);
        }
        request.url = path + (url.searchParams.size > 0 ? `?${url.searchParams.toString()}` : "");
        await pass(request, response);
      } catch (error) {
        request.resume();
        if (error instanceof S3Refusal) return refuse(response, error);
        options.log(`S3: ${(error as Error).message}`);
        refuse(
          response,
          new S3Refusal("InternalError", 500, "We encountered an internal error. Please try again."),
        );
      }
    },
    announceForgotten: async () => {
      for (const { name, events } of options.buckets) {
        if (!events) continue;
        const { objects: found } = await server.store.listObjects(name, {});
        for (const { key, size, metadata } of found) {
          const object = { bucket: name, key, size, etag: metadata.etag.replaceAll('"', "") };
          if (!announced.has(mark(object))) void announce({ ...object, reason: "PutObject" });
        }
      }
    },
    close: () => {
      server.logger.exceptions.unhandle();
      server.logger.close();
    },
  };
};
