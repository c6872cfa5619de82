/**
 * A photo's and a video's whole way, with the functions as they deploy: ticket, form POST to the bucket, event,
 * inspection, what people are then shown. DynamoDB and S3 are those of local mode, which enforce the ticket's policy.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import type { FunctionName } from "../../lambdas/contracts/env.ts";
import { MAX_PHOTO_BYTES } from "../../lambdas/domain/media.ts";
import type { CaseStore } from "../../lambdas/ports/case-store.ts";
import { type S3, startS3 } from "../../local/s3/server.ts";
import { bundleAll, bundleFolder } from "../../scripts/bundle.ts";
import { answerOf, apiCall } from "../builders/api-call.ts";
import { startTable, type TestTable } from "../builders/dynamodb.ts";
import { ascii, COORDINATES, fixture, HIDDEN, holds, joined } from "../builders/images.ts";
import { aCaseId, aStoredCase, hashOf, SECRET } from "../builders/stored-case.ts";

const BUCKET = "case-files";
const CASE = aCaseId(1);
const AT = "2026-03-14T12:00:00.000Z";
type Handler = (event: unknown) => Promise<unknown>;

let folder: string;
let table: TestTable;
let s3: S3;
let server: Server;
let store: CaseStore;
let api: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
let inspect: Handler;
const created: string[] = [];
const calls: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "after-sales-media-"));
  table = await startTable();
  s3 = await startS3({
    buckets: [{ name: BUCKET, cors: [], events: true }],
    folder,
    prefix: "",
    secretOf: () => "test",
    announce: (object) => Promise.resolve(created.push(object.key) > 0),
    log: () => {},
    onCall: (_caller, operation) => void calls.push(operation),
  });
  server = createServer((request, response) => void s3.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED",
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    TABLE_NAME: table.tableName,
    BUCKET_NAME: BUCKET,
    POWERTOOLS_LOG_LEVEL: "SILENT",
  });
  await bundleAll();
  const load = (name: FunctionName): Handler =>
    createRequire(import.meta.url)(join(bundleFolder(name), "index.js")).handler;
  api = load("api-files") as typeof api;
  inspect = load("media-uploaded");
  store = createCaseStore(table);
  const request = { keyHash: hashOf("key"), bodyHash: hashOf("body"), caseId: CASE };
  await store.create(aStoredCase({ caseId: CASE }), {}, request);
});
afterAll(async () => {
  s3?.close();
  server?.closeAllConnections();
  server?.close();
  await table?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  created.length = 0;
  calls.length = 0;
});

interface Ticket {
  readonly mediaId: string;
  readonly url: string;
  readonly fields: Record<string, string>;
}
const ask = async (slot: string, contentType: string, size = 1000) =>
  answerOf(
    await api(
      apiCall({
        method: "POST",
        resource: "/v1/case/uploads",
        headers: { Authorization: `Bearer ${CASE}.${SECRET}` },
        body: { slot, fileName: "写真 1.jpg", contentType, size },
        at: AT,
      }),
    ),
  );
const ticketFor = async (slot: string, contentType: string): Promise<Ticket> =>
  (await ask(slot, contentType)).body;
const post = (ticket: Ticket, bytes: Uint8Array, change: Record<string, string> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...ticket.fields, ...change })) form.set(name, value);
  form.set("file", new Blob([Uint8Array.from(bytes)]));
  return fetch(ticket.url, { method: "POST", body: form });
};
const announced = async () => {
  for (const key of created.splice(0))
    await inspect({ time: "2026-03-14T12:01:00Z", detail: { object: { key } } });
};
const rowOf = async (mediaId: string) =>
  (await store.load(CASE))?.media.find((media) => media.mediaId === mediaId);
const shown = async (mediaId: string) => {
  const answer = answerOf(
    await api(
      apiCall({
        resource: "/v1/cases/{caseId}/documents/{name}",
        path: { caseId: CASE, name: mediaId },
        groups: "workshop",
      }),
    ),
  );
  return { answer, file: answer.status === 200 ? await fetch(answer.body.url) : undefined };
};

describe("R28: a file's whole way", () => {
  it.each([
    ["upright.jpg", "image/jpeg", "image/jpeg"],
    ["tagged.png", "image/png", "image/png"],
    ["tagged.webp", "image/webp", "image/webp"],
    ["upright.heic", "image/heic", "image/jpeg"],
    ["tail.mp4", "video/mp4", "video/mp4"],
    ["apple.mov", "video/quicktime", "video/quicktime"],
  ])("%s is taken, cleaned and shown", async (name, contentType, shownType) => {
    const ticket = await ticketFor("top", contentType);
    expect((await post(ticket, fixture(name))).status).toBe(204);
    await announced();
    expect(await rowOf(ticket.mediaId)).toMatchObject({
      status: "accepted",
      slot: "top",
      fileName: "写真 1.jpg",
      contentType,
      shownType,
      ticketAt: AT,
    });
    const { file } = await shown(ticket.mediaId);
    expect(file?.headers.get("content-type")).toBe(shownType);
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? []);
    expect(bytes.length).toBeGreaterThan(5000);
    expect(holds(bytes, HIDDEN) || holds(bytes, COORDINATES)).toBe(false);
  });

  it("a video of several parts is copied part by part, its length and pictures unchanged", async () => {
    const pictures = new Uint8Array(17_000_000).map((_, index) => index % 251);
    const header = Buffer.alloc(8);
    header.writeUInt32BE(pictures.length + 8);
    header.write("mdat", 4);
    const input = joined(fixture("tail.mp4"), header, pictures);
    expect(holds(input.subarray(0, 8000), HIDDEN)).toBe(true);
    const ticket = await ticketFor("side", "video/mp4");
    expect((await post(ticket, input)).status).toBe(204);
    await announced();
    expect(calls.filter((call) => call === "UploadPart").length).toBe(3);
    const { file } = await shown(ticket.mediaId);
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? []);
    expect(bytes.length).toBe(input.length);
    expect(Buffer.from(bytes.subarray(-pictures.length)).equals(pictures)).toBe(true);
    expect(holds(bytes.subarray(0, 8000), HIDDEN)).toBe(false);
  });

  it("what is not as announced is rejected with its reason and never shown", async () => {
    const ticket = await ticketFor("certificate", "image/jpeg");
    await post(ticket, fixture("tail.mp4"));
    await announced();
    expect(await rowOf(ticket.mediaId)).toMatchObject({ status: "rejected", reason: "not-an-image" });
    expect((await shown(ticket.mediaId)).answer.status).toBe(404);
  });

  it("a ticket used again changes nothing of what was accepted", async () => {
    const ticket = await ticketFor("inside", "image/jpeg");
    await post(ticket, fixture("upright.jpg"));
    await announced();
    const before = await rowOf(ticket.mediaId);
    await post(ticket, fixture("turned.jpg"));
    await announced();
    expect(await rowOf(ticket.mediaId)).toEqual(before);
    const { file } = await shown(ticket.mediaId);
    expect((await file?.arrayBuffer())?.byteLength).toBe(before?.shownSize);
  });

  it("the raw file is gone after inspection, and an event for it changes nothing", async () => {
    const ticket = await ticketFor("top", "image/png");
    await post(ticket, fixture("tagged.png"));
    const [key = ""] = created;
    await announced();
    calls.length = 0;
    await inspect({ time: "2026-03-14T12:02:00Z", detail: { object: { key } } });
    expect(calls).toEqual(["DeleteObject"]);
  });
});

describe("R28: the bucket itself refuses", () => {
  let ticket: Ticket;
  beforeEach(async () => {
    ticket = await ticketFor("top", "image/jpeg");
  });

  it.each([
    ["another type", { "Content-Type": "text/html" }],
    ["another key", { key: "media/elsewhere.jpg" }],
    ["another slot than the ticket's", { "x-amz-meta-slot": "certificate" }],
    ["a sender of one's own choosing", { "x-amz-meta-by": "staff" }],
    ["a field nobody signed", { "x-amz-storage-class": "STANDARD" }],
  ])("%s", async (_what, change) => {
    expect((await post(ticket, fixture("upright.jpg"), change)).status).toBe(403);
    expect(created).toEqual([]);
  });

  it("more bytes than the kind may have, and none at all", async () => {
    expect((await post(ticket, new Uint8Array(MAX_PHOTO_BYTES + 1))).status).toBe(400);
    expect((await post(ticket, ascii(""))).status).toBe(400);
    expect(created).toEqual([]);
  });
});

describe("R28: asking for a ticket", () => {
  it("answers id, address and fields", async () => {
    const { status, body } = await ask("top", "image/jpeg");
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["mediaId", "url", "fields"]);
    expect(body.mediaId).toMatch(/^[0-9a-f]{32}$/);
    expect(body.fields.key).toBe(`uploads/${CASE}/${body.mediaId}`);
  });

  it("answers 422 with the path of what is wrong, 400 for what breaks the schema, 401 without a link", async () => {
    expect((await ask("stones", "image/jpeg")).body).toMatchObject({
      status: 422,
      errors: [{ path: "slot", rule: "R28" }],
    });
    expect((await ask("top", "image/jpeg", MAX_PHOTO_BYTES + 1)).body.errors[0].path).toBe("size");
    expect((await ask("top", "image/jpeg", 0)).status).toBe(400);
    const noLink = apiCall({ method: "POST", resource: "/v1/case/uploads", body: {}, at: AT });
    expect((await api(noLink)).statusCode).toBe(401);
  });

  it("a document that is not there is 404; papers of others are never asked of the bucket", async () => {
    const call = apiCall({
      resource: "/v1/case/documents/{name}",
      path: { name: "label.pdf" },
      headers: { Authorization: `Bearer ${CASE}.${SECRET}` },
      at: AT,
    });
    expect((await api(call)).statusCode).toBe(404);
    expect(calls).toEqual([]);
  });
});
