/**
 * A file has arrived: what it truly is decides, not what was announced. Accepted ones are cleaned of everything that
 * tells a place and kept under a key no ticket reaches; the raw file goes. A repeat of the event changes nothing.
 */
import type { EventBridgeEvent } from "aws-lambda";
import { hasRoom, maxBytesOf, shownKeyOf, ticketAt } from "../../../actions/uploads.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import { MEDIA_TYPES, type Media, MediaType, type RejectReason } from "../../../domain/media.ts";
import { isCertificateSlot } from "../../../domain/shots.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";
import type { ArrivedFile, MediaFiles, MediaInspector, UploadNote } from "../../../ports/media.ts";

export interface MediaUploadedDeps {
  readonly store: Pick<CaseStore, "load" | "putMedia">;
  readonly files: MediaFiles;
  readonly inspector: MediaInspector;
  readonly log: { info(message: string, details: Record<string, unknown>): void };
}

/** The part of S3's event that is read. */
export type ObjectCreated = EventBridgeEvent<"Object Created", { readonly object: { readonly key: string } }>;

const UPLOAD_KEY = /^uploads\/(CW-[0-9A-HJKMNP-TV-Z]{10})\/([0-9a-f]{32})$/;
/** Enough for every brand a file may list. */
const HEAD_BYTES = 4096;

type Verdict =
  | ({ readonly status: "accepted" } & Pick<Media, "key" | "shownType" | "shownSize" | "width" | "height">)
  | { readonly status: "rejected"; readonly reason: RejectReason };
const rejected = (reason: RejectReason): Verdict => ({ status: "rejected", reason });

export const createMediaUploadedHandler = (deps: MediaUploadedDeps) => {
  const { store, files, inspector, log } = deps;

  /** Looks, cleans and keeps. @param keyFor where a copy of this type is kept */
  async function inspect(
    arrived: ArrivedFile,
    note: UploadNote,
    announced: MediaType,
    keyFor: (type: MediaType) => string,
  ): Promise<Verdict> {
    const head = await arrived.read(0, Math.min(HEAD_BYTES, arrived.size));
    const type = inspector.typeOf(head);
    if (!type) return rejected("type");
    const { kind } = MEDIA_TYPES[type];
    if (kind !== "photo" && isCertificateSlot(note.slot)) return rejected("not-an-image");
    if (kind !== MEDIA_TYPES[announced].kind) return rejected("mismatch");
    if (arrived.size > maxBytesOf(type)) return rejected("too-large");

    if (kind === "video") {
      const patches = await inspector.cleanMovie(arrived);
      if (!patches) return rejected("unreadable");
      const key = keyFor(type);
      await files.keepPatched(arrived, key, type, patches);
      return { status: "accepted", key, shownType: type, shownSize: arrived.size };
    }
    const photo = inspector.cleanPhoto(await arrived.read(0, arrived.size), type);
    if (photo.outcome === "rejected") return rejected(photo.reason);
    const { bytes, width, height } = photo;
    const key = keyFor(photo.type);
    await files.keep(key, bytes, photo.type);
    return { status: "accepted", key, shownType: photo.type, shownSize: bytes.length, width, height };
  }

  /** @returns what became of it; `undefined` when it is none of the case's files, or one already looked at */
  async function lookAt(
    key: string,
    caseId: string,
    mediaId: string,
    now: Instant,
  ): Promise<Media | undefined> {
    const file = await store.load(caseId);
    if (!file || file.media.some((one) => one.mediaId === mediaId) || !hasRoom(file)) return undefined;
    const arrived = await files.open(key);
    const announced = MediaType.safeParse(arrived?.contentType).data;
    if (!arrived?.note || !announced) return undefined;
    const { note } = arrived;
    const verdict = await inspect(arrived, note, announced, (type) => shownKeyOf(caseId, mediaId, type));
    return {
      mediaId,
      slot: note.slot,
      fileName: note.fileName,
      contentType: announced,
      size: arrived.size,
      ticketAt: ticketAt(mediaId),
      uploadKey: key,
      inspectedAt: now,
      ...(note.byStaff ? { byStaff: true } : {}),
      ...verdict,
    };
  }

  /** @throws whatever keeps S3 or the table from answering: the event comes again */
  return async (event: ObjectCreated): Promise<void> => {
    const { key } = event.detail.object;
    const [, caseId, mediaId] = UPLOAD_KEY.exec(key) ?? [];
    if (caseId === undefined || mediaId === undefined) return;
    const now = new Date(event.time).toISOString();
    const media = await lookAt(key, caseId, mediaId, now);
    if (media) {
      try {
        await store.putMedia(caseId, undefined, media);
      } catch (error) {
        // The same event twice at once: the other has written the same.
        if (!(error instanceof Conflict)) throw error;
      }
      const { status, reason, shownType, size } = media;
      log.info("file inspected", { caseId, mediaId, status, reason, shownType, size });
    }
    await files.discard(key);
  };
};
