/** The part of s3rver used here; it ships no types. */
declare module "@20minutes/s3rver" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface Store {
    putObject(object: unknown): Promise<{ size: number; md5: string }>;
    listObjects(
      bucket: string,
      options: { maxKeys?: number },
    ): Promise<{ objects: { key: string; size: number; metadata: { etag: string } }[] }>;
    deleteObject(bucket: string, key: string): Promise<void>;
    getResourcePath(bucket: string, key: string, part: "object" | "object.md5" | "metadata.json"): string;
    putContent(path: string, content: Buffer | NodeJS.ReadableStream): Promise<[size: number, md5: string]>;
  }
  interface S3Event {
    Records: {
      eventName: string;
      s3: { bucket: { name: string }; object: { key: string; size?: number; eTag?: string } };
    }[];
  }
  class S3rver {
    constructor(options: {
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      allowMismatchedSignatures: boolean;
      configureBuckets: { name: string }[];
    });
    store: Store;
    middleware: unknown[];
    configureBuckets(): Promise<unknown>;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: "event", listener: (event: S3Event) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    logger: { close(): void; exceptions: { unhandle(): void } };
  }
  export default S3rver;
}
declare module "@20minutes/s3rver/lib/models/object.js" {
  // oxlint-disable-next-line typescript/no-extraneous-class -- as the package has it
  export default class S3Object {
    constructor(bucket: string, key: string, content: unknown, metadata: Record<string, string>);
  }
}
