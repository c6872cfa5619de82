/** What becomes of a file that has arrived: the function's decisions, over a bucket and a case in memory. */
import { beforeEach, describe, expect, it } from "vitest";
import { mediaIdOf } from "../../lambdas/actions/uploads.ts";
import { inspector } from "../../lambdas/adapters/media/inspector.ts";
import type { Media } from "../../lambdas/domain/media.ts";
import {
  createMediaUploadedHandler,
  type ObjectCreated,
} from "../../lambdas/handlers/events/media-uploaded/media-uploaded.ts";
import { type CaseStore, Conflict } from "../../lambdas/ports/case-store.ts";
import type { ArrivedFile, MediaFiles } from "../../lambdas/ports/media.ts";
import { aCaseFile, aMedia, CASE_ID } from "../builders/case-file.ts";
import { aJpeg, ascii, fixture, HIDDEN, holds, patched, sourceOf } from "../builders/images.ts";

const TICKET_AT = "2026-03-14T11:59:00.000Z";
const MEDIA_ID = mediaIdOf(CASE_ID, TICKET_AT, new Uint8Array(6).fill(7));
const KEY = `uploads/${CASE_ID}/${MEDIA_ID}`;

interface Upload {
  bytes: Uint8Array;
  contentType: string;
  note: ArrivedFile["note"];
}
let bucket: Map<string, Upload>;
let kept: Map<string, { bytes: Uint8Array; type: string }>;
let rows: Media[];
let logged: string;

const files: MediaFiles = {
  open: (key) => {
    const upload = bucket.get(key);
    return Promise.resolve(upload && { key, ...sourceOf(upload.bytes), ...upload });
  },
  keep: (key, bytes, type) => Promise.resolve(void kept.set(key, { bytes, type })),
  keepPatched: (source, key, type, patches) =>
    Promise.resolve(
      void kept.set(key, { bytes: patched(bucket.get(source.key)?.bytes ?? ascii(""), patches), type }),
    ),
  discard: (key) => Promise.resolve(void bucket.delete(key)),
};
const store: Pick<CaseStore, "load" | "putMedia"> = {
  load: (caseId) => Promise.resolve(caseId === CASE_ID ? aCaseFile({ media: [...rows] }) : undefined),
  putMedia: (caseId, before, media) => {
    expect([caseId, before]).toEqual([CASE_ID, undefined]);
    if (rows.some(({ mediaId }) => mediaId === media.mediaId))
      return Promise.reject(new Conflict("exists", "there"));
    rows.push(media);
    return Promise.resolve();
  },
};
const log = {
  info: (message: string, details: object) => void (logged += message + JSON.stringify(details)),
};
const handler = createMediaUploadedHandler({ store, files, inspector, log });
const event = (key: string) =>
  ({ time: "2026-03-14T12:00:00Z", detail: { object: { key } } }) as unknown as ObjectCreated;
const arrive = (bytes: Uint8Array, contentType: string, slot = "top", byStaff = false) =>
  void bucket.set(KEY, { bytes, contentType, note: { slot, fileName: "jane-doe.jpg", byStaff } });
const inspected = async (...file: Parameters<typeof arrive>) => {
  arrive(...file);
  await handler(event(KEY));
  return rows[0];
};

beforeEach(() => {
  bucket = new Map();
  kept = new Map();
  rows = [];
  logged = "";
});

describe("R28: a file that has arrived", () => {
  it("is accepted, cleaned, kept under a key of its own, and the raw one goes", async () => {
    const input = fixture("upright.jpg");
    const row = await inspected(input, "image/jpeg");
    const key = `media/${CASE_ID}/${MEDIA_ID}.jpg`;
    expect(row).toEqual({
      mediaId: MEDIA_ID,
      slot: "top",
      fileName: "jane-doe.jpg",
      contentType: "image/jpeg",
      size: input.length,
      ticketAt: TICKET_AT,
      uploadKey: KEY,
      inspectedAt: "2026-03-14T12:00:00.000Z",
      status: "accepted",
      key,
      shownType: "image/jpeg",
      shownSize: kept.get(key)?.bytes.length,
      width: 960,
      height: 720,
    });
    expect([...kept.keys()]).toEqual([key]);
    expect(holds(kept.get(key)?.bytes ?? input, HIDDEN)).toBe(false);
    expect(bucket.size).toBe(0);
  });

  it("is recorded as what it is, not as what was announced", async () => {
    expect(await inspected(fixture("tagged.png"), "image/jpeg")).toMatchObject({
      status: "accepted",
      contentType: "image/jpeg",
      shownType: "image/png",
      key: `media/${CASE_ID}/${MEDIA_ID}.png`,
    });
  });

  it("as HEIC is shown as JPEG", async () => {
    expect(await inspected(fixture("upright.heic"), "image/heic")).toMatchObject({
      status: "accepted",
      shownType: "image/jpeg",
      key: `media/${CASE_ID}/${MEDIA_ID}.jpg`,
    });
  });

  it("as a video keeps its length and loses its place", async () => {
    const input = fixture("apple.mov");
    const row = await inspected(input, "video/mp4", "side");
    const key = `media/${CASE_ID}/${MEDIA_ID}.mov`;
    expect(row).toMatchObject({
      status: "accepted",
      key,
      shownType: "video/quicktime",
      shownSize: input.length,
    });
    expect(holds(kept.get(key)?.bytes ?? input, HIDDEN)).toBe(false);
  });

  it("sent by staff says so", async () => {
    expect(await inspected(aJpeg(), "image/jpeg", "damage", true)).toMatchObject({
      slot: "damage",
      byStaff: true,
    });
  });

  it.each([
    ["type", "a document", ascii("%PDF-1.7"), "image/jpeg", "top"],
    ["unreadable", "half a photo", fixture("upright.jpg").slice(0, 9000), "image/jpeg", "top"],
    ["unreadable", "half a video", fixture("tail.mp4").slice(0, 5000), "video/mp4", "top"],
    ["too-small", "a small photo", aJpeg(639, 639), "image/jpeg", "top"],
    ["not-an-image", "a video of the certificate (R10)", fixture("tail.mp4"), "image/jpeg", "2-certificate"],
    ["mismatch", "a video for a photo's ticket", fixture("tail.mp4"), "image/jpeg", "top"],
    ["mismatch", "a photo for a video's ticket", aJpeg(), "video/mp4", "top"],
  ])("is rejected as %s: %s", async (reason, _what, bytes, contentType, slot) => {
    const row = await inspected(bytes, contentType, slot);
    expect(row).toMatchObject({ status: "rejected", reason });
    expect(row?.key).toBeUndefined();
    expect([kept.size, bucket.size]).toEqual([0, 0]);
  });

  it("is looked at once: the same event again, and a ticket used again, change nothing", async () => {
    const first = await inspected(fixture("upright.jpg"), "image/jpeg");
    const copy = kept.get(first?.key ?? "");
    await handler(event(KEY));
    arrive(ascii("%PDF-1.7"), "image/jpeg");
    await handler(event(KEY));
    expect(rows).toEqual([first]);
    expect(kept.get(first?.key ?? "")).toBe(copy);
    expect(bucket.size).toBe(0);
  });

  it("twice at once is recorded once", async () => {
    arrive(aJpeg(), "image/jpeg");
    await Promise.all([handler(event(KEY)), handler(event(KEY))]);
    expect(rows.length).toBe(1);
    expect(bucket.size).toBe(0);
  });

  it("for a case that is full, or that is not there, only goes", async () => {
    rows = Array.from({ length: 60 }, (_, index) =>
      aMedia({ mediaId: index.toString(16).padStart(32, "0") }),
    );
    arrive(aJpeg(), "image/jpeg");
    await handler(event(KEY));
    expect([rows.length, kept.size, bucket.size]).toEqual([60, 0, 0]);
    const strange = `uploads/CW-0000000000/${MEDIA_ID}`;
    bucket.set(strange, { bytes: aJpeg(), contentType: "image/jpeg", note: undefined });
    await handler(event(strange));
    expect(bucket.size).toBe(0);
  });

  it("that came by no ticket of ours only goes; one elsewhere is left alone", async () => {
    bucket.set(KEY, { bytes: aJpeg(), contentType: "image/jpeg", note: undefined });
    bucket.set("documents/label.pdf", { bytes: aJpeg(), contentType: "image/jpeg", note: undefined });
    await handler(event(KEY));
    await handler(event("documents/label.pdf"));
    expect([...bucket.keys()]).toEqual(["documents/label.pdf"]);
    expect(rows).toEqual([]);
  });

  it("that cannot be fetched is thrown and comes again, the raw file still there", async () => {
    arrive(aJpeg(), "image/jpeg");
    const failing = createMediaUploadedHandler({
      store,
      files: { ...files, keep: () => Promise.reject(new Error("S3 is away")) },
      inspector,
      log,
    });
    await expect(failing(event(KEY))).rejects.toThrow("S3 is away");
    expect([rows.length, bucket.size]).toEqual([0, 1]);
    await handler(event(KEY));
    expect(rows[0]).toMatchObject({ status: "accepted" });
  });

  it("leaves no name of a person or a file in the log", async () => {
    await inspected(aJpeg(), "image/jpeg");
    expect(logged).toContain(MEDIA_ID);
    expect(logged).not.toContain("jane-doe");
  });
});
