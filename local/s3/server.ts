/**
 * S3: s3rver keeps the objects; in front of it stands what it leaves out (signatures, POST policies, CORS on errors),
 * and beside it what tells of new objects, also of those a killed process never told of.
 */
import { randomUUID } from "node:crypto";
import {
  appendFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import S3Object from "@20minutes/s3rver/lib/models/object.js";
import { send } from "../http.ts";
import type { BucketPlan } from "../plan/plan-types.ts";
import { applyCors } from "./cors.ts";
import { receivePost } from "./form-post.ts";
import { S3Refusal, type SecretOf, verifyRequest } from "./signature.ts";
import { openStore } from "./store.ts";

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
  const server = await openStore(objects, options.buckets, options.log);
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
      const known: string[] = [];
      const forgotten: CreatedObject[] = [];
      for (const { name, events } of options.buckets) {
        if (!events) continue;
        const { objects: found } = await server.store.listObjects(name, {});
        for (const { key, size, metadata } of found) {
          const object = { bucket: name, key, size, etag: metadata.etag.replaceAll('"', "") };
          if (announced.has(mark(object))) known.push(mark(object));
          else forgotten.push({ ...object, reason: "PutObject" });
        }
      }
      // Without those deleted since, or the journal would grow for ever.
      writeFileSync(`${journal}.new`, known.map((line) => `${line}\n`).join(""));
      renameSync(`${journal}.new`, journal);
      for (const object of forgotten) void announce(object);
    },
    close: () => {
      server.logger.exceptions.unhandle();
      server.logger.close();
    },
  };
};
