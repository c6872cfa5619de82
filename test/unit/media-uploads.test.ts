import { describe, expect, it } from "vitest";
import type { Actor } from "../../lambdas/actions/action.ts";
import {
  hasRoom,
  mayStillArrive,
  mediaIdOf,
  orderUpload,
  ticketAt,
  UploadRequest,
} from "../../lambdas/actions/uploads.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { MAX_PHOTO_BYTES, MAX_VIDEO_BYTES, MediaId } from "../../lambdas/domain/media.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import { aCaseFile, aMedia, anItem } from "../builders/case-file.ts";

const CUSTOMER: Actor = { kind: "customer" };
const STAFF: Actor = { kind: "staff", name: "Sato", roles: ["workshop"] };
const aRequest = (overrides: Record<string, unknown> = {}): UploadRequest =>
  UploadRequest.parse({
    slot: "top",
    fileName: "IMG_0001.jpg",
    contentType: "image/jpeg",
    size: 1000,
    ...overrides,
  });
const order = (
  overrides: Record<string, unknown> = {},
  file: CaseFile = aCaseFile(),
  actor: Actor = CUSTOMER,
) => orderUpload(file, aRequest(overrides), actor);
const problem = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, paths: error.errors.map(({ path }) => path) };
    throw error;
  }
  return undefined;
};
const broken = (path: string) => ({ code: "rule-broken", paths: [path] });

describe("R28: a ticket to upload", () => {
  it("is for a slot wanted now, with the limit of its kind", () => {
    expect(order()).toEqual({
      slot: "top",
      fileName: "IMG_0001.jpg",
      contentType: "image/jpeg",
      maxBytes: MAX_PHOTO_BYTES,
      byStaff: false,
    });
    expect(order({ contentType: "video/quicktime", size: MAX_VIDEO_BYTES }).maxBytes).toBe(MAX_VIDEO_BYTES);
    expect(problem(() => order({ slot: "stones" }))).toEqual(broken("slot"));
  });

  it.each(["image/jpeg", "image/png", "image/webp", "image/heic", "video/mp4", "video/quicktime"])(
    "takes %s",
    (contentType) => {
      expect(order({ contentType }).contentType).toBe(contentType);
    },
  );

  it("takes HEIC under its container's name; nothing else", () => {
    expect(order({ contentType: "IMAGE/HEIF" }).contentType).toBe("image/heic");
    for (const contentType of ["image/gif", "image/svg+xml", "application/pdf", "text/html"]) {
      expect(problem(() => order({ contentType }))).toEqual(broken("contentType"));
    }
  });

  it("is refused for 20 MB and one byte of a photo, 200 MB and one byte of a video", () => {
    expect(problem(() => order({ size: MAX_PHOTO_BYTES }))).toBeUndefined();
    expect(problem(() => order({ size: MAX_PHOTO_BYTES + 1 }))).toEqual(broken("size"));
    expect(problem(() => order({ contentType: "video/mp4", size: MAX_VIDEO_BYTES + 1 }))).toEqual(
      broken("size"),
    );
  });

  it("R10: of the certificate only a photo, also of the second item's", () => {
    const file = aCaseFile({ case: { shots: [{ slot: "2-certificate" }] } });
    const video = { slot: "2-certificate", contentType: "video/mp4" };
    expect(problem(() => order(video, file))).toEqual(broken("contentType"));
    expect(problem(() => order({ ...video, contentType: "image/heic" }, file))).toBeUndefined();
  });

  it("is the customer's only while photos are awaited; staff's while the case is open, for any slot", () => {
    const received = aCaseFile({ case: { stage: "received" } });
    expect(problem(() => order({}, received))).toEqual({ code: "out-of-turn", paths: [] });
    expect(order({ slot: "damage" }, received, STAFF)).toMatchObject({ slot: "damage", byStaff: true });
    const closed = aCaseFile({ case: { stage: "closed" } });
    expect(problem(() => order({}, closed, STAFF))).toEqual({ code: "out-of-turn", paths: [] });
  });

  it("is refused once a case holds 60 files, more with more items", () => {
    const media = Array.from({ length: 60 }, (_, index) =>
      aMedia({ mediaId: index.toString(16).padStart(32, "0") }),
    );
    expect(problem(() => order({}, aCaseFile({ media: media.slice(1) })))).toBeUndefined();
    expect(problem(() => order({}, aCaseFile({ media })))).toEqual(broken("slot"));
    expect(hasRoom(aCaseFile({ media }))).toBe(false);
    const two = aCaseFile({ media, case: { items: [anItem(), anItem({ item: 2 })] } });
    expect(problem(() => order({}, two))).toBeUndefined();
  });

  it("cuts a long file name, also in the middle of a character", () => {
    expect(aRequest({ fileName: `${"a".repeat(119)}💍.jpg` }).fileName).toBe(`${"a".repeat(119)}\ufffd`);
    expect(UploadRequest.safeParse({ ...aRequest(), fileName: "a".repeat(256) }).success).toBe(false);
  });
});

describe("R28: the id of a file yet to come", () => {
  const NOW = "2026-03-14T12:00:00.000Z";
  const CASE_ID = "CW-7K3M9Q2XAB";
  const id = mediaIdOf(CASE_ID, NOW, new Uint8Array(6).fill(0xab));
  const after = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

  it("says when its ticket was made out", () => {
    expect(MediaId.parse(id)).toMatch(new RegExp(`^019cec37b600${"ab".repeat(6)}`));
    expect(ticketAt(id)).toBe(NOW);
  });

  it("may still arrive for 15 minutes, and be under inspection for 10 more", () => {
    expect(mayStillArrive(CASE_ID, id, NOW)).toBe(true);
    expect(mayStillArrive(CASE_ID, id, after(25))).toBe(true);
    expect(mayStillArrive(CASE_ID, id, after(26))).toBe(false);
  });

  it("of another case, or made up, it will never arrive", () => {
    expect(mayStillArrive("CW-7K3M9Q2XAC", id, NOW)).toBe(false);
    for (const made of ["0".repeat(32), "f".repeat(32), id.replace("ab", "ac"), id.slice(1), "photo-1", ""]) {
      expect(mayStillArrive(CASE_ID, made, NOW)).toBe(false);
    }
  });
});
