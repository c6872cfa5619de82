/** Photos and videos the customer sends (R28, R29). */
import * as z from "zod";
import { Instant } from "./identifiers.ts";

export const MEDIA_TYPES = {
  "image/jpeg": { kind: "photo", extension: "jpg" },
  "image/png": { kind: "photo", extension: "png" },
  "image/webp": { kind: "photo", extension: "webp" },
  "image/heic": { kind: "photo", extension: "heic" },
  "video/mp4": { kind: "video", extension: "mp4" },
  "video/quicktime": { kind: "video", extension: "mov" },
} as const;
export const MediaType = z.enum([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "video/mp4",
  "video/quicktime",
]);
export type MediaType = z.infer<typeof MediaType>;

/** Bytes. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;
export const MAX_VIDEO_BYTES = 200 * 1024 * 1024;
/** How long a ticket to upload is good for. */
export const TICKET_SECONDS = 15 * 60;
/** How long an address to look at a file or a document is good for. */
export const VIEW_SECONDS = 5 * 60;
/** Pixels on the short side. */
export const MIN_PHOTO_SIDE = 640;

export const MediaId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ title: "Media id" });

/** A slot of the shot list; with several items it carries the item's number: `2-top`. */
export const Slot = z.string().regex(/^([1-9]\d?-)?[a-z][a-z0-9-]{0,30}$/);

export const RejectReason = z.enum([
  "type",
  "too-large",
  "too-small",
  "unreadable",
  "not-an-image",
  "mismatch",
]);
export type RejectReason = z.infer<typeof RejectReason>;

export const Media = z.strictObject({
  mediaId: MediaId,
  slot: Slot,
  fileName: z.string().max(120),
  /** As the customer announced it. */
  contentType: MediaType,
  size: z.int().min(1),
  ticketAt: Instant,
  /** `uploads/<caseId>/<mediaId>`: where the ticket lets the file arrive; deleted after seven days. */
  uploadKey: z.string(),
  status: z.enum(["expected", "accepted", "rejected"]),
  inspectedAt: Instant.optional(),
  reason: RejectReason.optional(),
  /** `media/<caseId>/<mediaId>.<ext>`: the cleaned copy that people are shown. */
  key: z.string().optional(),
  /** Type of the cleaned copy: HEIC is shown as JPEG. */
  shownType: MediaType.optional(),
  shownSize: z.int().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  /** Sent by staff, not by the customer. */
  byStaff: z.boolean().optional(),
});
export type Media = z.infer<typeof Media>;
