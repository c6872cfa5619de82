/** S3 on one machine: what is signed, what a browser may post, and who hears of it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import { recorder, rule, startFixture, temporaryFolder } from "./local-fixture.ts";

const Bucket = "fixture-files";
const folder = temporaryFolder();
const seen = join(folder, "seen.jsonl");
const failing = join(folder, "failing");
const fixture = {
  functions: {
    uploaded: `if (require("node:fs").existsSync(${JSON.stringify(failing)})) throw new Error("not now");
${recorder(seen)}`,
    where: "exports.handler = async () => process.env;",
  },
  resources: {
    OnUpload: rule("uploaded", {
      EventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [Bucket] }, object: { key: [{ prefix: "uploads/" }] } },
      },
    }),
  },
};

let cloud: Cloud;
let client: S3Client;

const clientOf = async (of: Cloud): Promise<S3Client> => {
  const env = (await of.invoke("fixture-where", {})) as Record<string, string>;
  return new S3Client({
    endpoint: env["AWS_ENDPOINT_URL_S3"] ?? "",
    region: "us-east-1",
    requestChecksumCalculation: "WHEN_REQUIRED",
    credentials: {
      accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
    maxAttempts: 1,
  });
};
beforeAll(async () => {
  cloud = await startFixture(folder, fixture);
  client = await clientOf(cloud);
});
afterAll(async () => {
  await cloud.kill();
  rmSync(folder, { recursive: true, force: true });
});

interface Seen {
  readonly source: string;
  readonly detail: {
    readonly object: { readonly key: string; readonly size: number };
    readonly reason: string;
  };
}
const events = (): Seen[] =>
  existsSync(seen)
    ? readFileSync(seen, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Seen)
    : [];

const ticket = (Key: string, more: Partial<PresignedPostOptions> = {}) =>
  createPresignedPost(client, {
    Bucket,
    Key,
    Fields: { "Content-Type": "image/jpeg" },
    Conditions: [["content-length-range", 1, 1000]],
    Expires: 60,
    ...more,
  });
const post = (
  url: string,
  fields: Record<string, string>,
  file: Blob | null = new Blob(["x".repeat(10)]),
  headers: Record<string, string> = {},
) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file) form.append("file", file, "photo.jpg");
  return fetch(url, { method: "POST", body: form, headers });
};
const codeOf = async (answer: Response): Promise<string> =>
  `${answer.status} ${/<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? ""}`;

describe("a presigned POST", () => {
  it("uploads, with its type, and is told of", async () => {
    const { url, fields } = await ticket("uploads/a/1");
    const answer = await post(url, fields, new Blob(["hello"]));
    expect(answer.status).toBe(204);
    const stored = await client.send(new GetObjectCommand({ Bucket, Key: "uploads/a/1" }));
    expect(stored.ContentType).toBe("image/jpeg");
    expect(await stored.Body?.transformToString()).toBe("hello");
    await cloud.quiescent();
    expect(events().at(-1)).toMatchObject({
      source: "aws.s3",
      detail: { bucket: { name: Bucket }, object: { key: "uploads/a/1", size: 5 }, reason: "PostObject" },
    });
  });

  it("takes files as large as the policy says and no larger or smaller", async () => {
    const { url, fields } = await ticket("uploads/size", {
      Conditions: [["content-length-range", 100, 300_000]],
    });
    const sized = (size: number) => post(url, fields, new Blob([new Uint8Array(size)]));
    expect(await codeOf(await sized(99))).toBe("400 EntityTooSmall");
    expect((await sized(100)).status).toBe(204);
    expect((await sized(300_000)).status).toBe(204);
    expect(await codeOf(await sized(300_001))).toBe("400 EntityTooLarge");
  });

  it("is refused when anything differs from what was signed", async () => {
    const { url, fields } = await ticket("uploads/b");
    const tampered = {
      ...fields,
      Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString("base64"),
    };
    const { Policy: _policy, ...withoutPolicy } = fields;
    for (const [what, given, code] of [
      ["another key", { ...fields, key: "uploads/c" }, "403 AccessDenied"],
      ["another type", { ...fields, "Content-Type": "text/html" }, "403 AccessDenied"],
      ["a field the policy does not name", { ...fields, "x-amz-meta-a": "1" }, "403 AccessDenied"],
      ["another policy", tampered, "403 SignatureDoesNotMatch"],
      ["no policy", withoutPolicy, "403 AccessDenied"],
      [
        "another signer",
        { ...fields, "X-Amz-Credential": "nobody/20260101/us-east-1/s3/aws4_request" },
        "403 InvalidAccessKeyId",
      ],
    ] as const) {
      expect([what, await codeOf(await post(url, given))]).toEqual([what, code]);
    }
    expect(await codeOf(await post(url, fields, null))).toBe("400 InvalidArgument");
    expect(events().filter(({ detail }) => /uploads\/[bc]$/.test(detail.object.key))).toEqual([]);
  });

  it("expires", async () => {
    const { url, fields } = await ticket("uploads/late", { Expires: -1 });
    expect(await codeOf(await post(url, fields))).toBe("403 AccessDenied");
  });

  it("carries CORS headers for the brand's pages on success and on refusal", async () => {
    const { url, fields } = await ticket("uploads/cors");
    const origin = { origin: cloud.url };
    for (const answer of [
      await post(url, fields, new Blob(["1"]), origin),
      await post(url, { ...fields, key: "no" }, new Blob(["1"]), origin),
    ]) {
      expect(answer.headers.get("access-control-allow-origin")).toBe(cloud.url);
    }
    const foreign = await post(url, fields, new Blob(["1"]), { origin: "https://elsewhere.example" });
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    const preflight = (from: string) =>
      fetch(url, { method: "OPTIONS", headers: { origin: from, "access-control-request-method": "POST" } });
    expect((await preflight(cloud.url)).status).toBe(200);
    expect((await preflight("https://elsewhere.example")).status).toBe(403);
  });
});

describe("signed requests", () => {
  it("store, read and delete for who holds a key, with what a link says of the answer", async () => {
    const Key = "documents/x y/label é.pdf";
    await client.send(new PutObjectCommand({ Bucket, Key, Body: "pdf", ContentType: "application/pdf" }));
    const url = await getSignedUrl(
      client,
      new GetObjectCommand({ Bucket, Key, ResponseContentDisposition: 'attachment; filename="l.pdf"' }),
      { expiresIn: 60 },
    );
    const answer = await fetch(url);
    expect(await answer.text()).toBe("pdf");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="l.pdf"');
    expect((await fetch(url.replace("label", "other"))).status).toBe(403);
    expect((await fetch(url.split("?")[0] ?? "")).status).toBe(403);
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect((await fetch(url)).status).toBe(404);
  });

  it("expire", async () => {
    const command = new GetObjectCommand({ Bucket, Key: "uploads/a/1" });
    const url = await getSignedUrl(client, command, {
      expiresIn: 1,
      signingDate: new Date(Date.now() - 5000),
    });
    expect(await codeOf(await fetch(url))).toBe("403 AccessDenied");
  });
});

it("tells after a restart of an upload nobody was told of, and only of that one", async () => {
  writeFileSync(failing, "");
  // A fresh sandbox: the function now fails to load.
  await cloud.kill();
  cloud = await startFixture(folder, fixture);
  client = await clientOf(cloud);
  const { url, fields } = await ticket("uploads/forgotten");
  expect((await post(url, fields)).status).toBe(204);
  await cloud.kill();
  rmSync(failing);
  const before = events().length;
  cloud = await startFixture(folder, fixture);
  await cloud.quiescent();
  expect(
    events()
      .slice(before)
      .map(({ detail }) => detail.object.key),
  ).toEqual(["uploads/forgotten"]);
});
