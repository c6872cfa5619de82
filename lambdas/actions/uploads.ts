/** Who may get a ticket to upload a photo or video, for which slot, when (R28); and what its id says. */
import * as z from "zod";
import { hasEnded } from "../domain/case.ts";
import type { CaseFile } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import {
  MAX_PHOTO_BYTES,
  MAX_VIDEO_BYTES,
  MEDIA_TYPES,
  MediaId,
  type MediaType,
  MediaType as MediaTypes,
  Slot,
  TICKET_SECONDS,
} from "../domain/media.ts";
import { outOfTurn, ruleBroken } from "../domain/problem.ts";
import { isCertificateSlot } from "../domain/shots.ts";
import type { Actor } from "./action.ts";

/** Longer names are cut: they only help a person to find the file again. */
const FILE_NAME_LENGTH = 120;

export const UploadRequest = z.strictObject({
  slot: Slot,
  fileName: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .transform((name) => name.slice(0, FILE_NAME_LENGTH).toWellFormed()),
  /** Which types are taken is a rule and answers 422; what is no type at all breaks the schema. */
  contentType: z
    .string()
    .max(100)
    .toLowerCase()
    .regex(/^[a-z0-9]+\/[a-z0-9.+-]+$/, "a media type, such as image/jpeg"),
  /** Bytes. */
  size: z.int().min(1),
});
export type UploadRequest = z.infer<typeof UploadRequest>;

/** What a ticket is made out for. */
export interface Upload {
  readonly slot: string;
  readonly fileName: string;
  readonly contentType: MediaType;
  readonly maxBytes: number;
  readonly byStaff: boolean;
}

/** Some systems call HEIC by its container's name. */
const typeNamed = (name: string): MediaType | undefined =>
  MediaTypes.safeParse(name === "image/heif" ? "image/heic" : name).data;

export const maxBytesOf = (type: MediaType): number =>
  MEDIA_TYPES[type].kind === "photo" ? MAX_PHOTO_BYTES : MAX_VIDEO_BYTES;

/** Files one case may hold: every shot of every item several times over, and no more. */
const mostFiles = (file: CaseFile): number => 30 + 30 * file.case.items.length;

/**
 * The customer sends the shots wanted of her while photos are awaited; staff add to any slot while the case is open.
 * @throws Problem out-of-turn, rule-broken with the path of each fault
 */
export function orderUpload(file: CaseFile, request: UploadRequest, actor: Actor): Upload {
  const byStaff = actor.kind === "staff";
  const { stage, shots } = file.case;
  if (byStaff ? hasEnded(stage) : stage !== "photos-requested") throw outOfTurn(stage);

  const { slot, fileName, size } = request;
  const fault = (path: string, message: string) => ruleBroken({ path, message, rule: "R28" });
  if (!byStaff && !shots.some((shot) => shot.slot === slot)) {
    throw fault("slot", "this photo is not wanted now");
  }
  if (file.media.length >= mostFiles(file)) throw fault("slot", "this case has too many files already");
  const contentType = typeNamed(request.contentType);
  if (!contentType) throw fault("contentType", "please send JPEG, PNG, HEIC, WebP, MP4 or MOV");
  if (isCertificateSlot(slot) && MEDIA_TYPES[contentType].kind !== "photo") {
    throw fault("contentType", "the certificate has to be a photo, not a video");
  }
  const maxBytes = maxBytesOf(contentType);
  if (size > maxBytes) throw fault("size", `at most ${maxBytes / (1024 * 1024)} MB`);
  return { slot, fileName, contentType, maxBytes, byStaff };
}

/** Whether one more file may be kept: a ticket does not know how many others were used. */
export const hasRoom = (file: CaseFile): boolean => file.media.length < mostFiles(file);

/** Where the ticket lets a file arrive, and where its cleaned copy is kept. */
export const uploadKeyOf = (caseId: string, mediaId: string): string => `uploads/${caseId}/${mediaId}`;
export const shownKeyOf = (caseId: string, mediaId: string, type: MediaType): string =>
  `media/${caseId}/${mediaId}.${MEDIA_TYPES[type].extension}`;

/** Hex digits of the milliseconds an id begins with, as in a UUIDv7; random ones follow, then those of its case. */
const TIME_DIGITS = 12;
const CASE_DIGITS = 8;
export const MEDIA_ID_RANDOM_BYTES = 6;
/** An inspection takes seconds; after this it has failed for good, and the customer sends the file again. */
const INSPECTION_MS = 10 * 60_000;
/** Clocks of two functions may differ a little. */
const SKEW_MS = 60_000;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
/** Digits by which a case knows its own ids (FNV-1a): they keep nothing secret. */
const caseDigits = (caseId: string, rest: string): string =>
  hex(
    [...`${caseId} ${rest}`].reduce(
      (sum, char) => Math.imul(sum ^ char.charCodeAt(0), 0x01_00_01_93) >>> 0,
      0x81_1c_9d_c5,
    ),
    CASE_DIGITS,
  );

/** An id that says for which case and when its ticket was made out, so that nothing is written for a file yet to come. */
export function mediaIdOf(caseId: string, now: Instant, random: Uint8Array): string {
  const rest = hex(Date.parse(now), TIME_DIGITS) + Array.from(random, (byte) => hex(byte, 2)).join("");
  return rest + caseDigits(caseId, rest);
}

/** When the ticket of a file was made out. */
export const ticketAt = (mediaId: string): Instant =>
  new Date(Number.parseInt(mediaId.slice(0, TIME_DIGITS), 16)).toISOString();

/** Whether a file of which the case knows nothing may still be on its way or under inspection. */
export function mayStillArrive(caseId: string, mediaId: string, now: Instant): boolean {
  const rest = mediaId.slice(0, -CASE_DIGITS);
  if (!MediaId.safeParse(mediaId).success || mediaId !== rest + caseDigits(caseId, rest)) return false;
  const age = Date.parse(now) - Date.parse(ticketAt(mediaId));
  return age >= -SKEW_MS && age <= TICKET_SECONDS * 1000 + INSPECTION_MS;
}
