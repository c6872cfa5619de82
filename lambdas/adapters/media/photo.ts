/** A photo as it arrived → the copy that people are shown, or the reason why not (R28). */
import { MAX_PHOTO_BYTES, type MediaType, MIN_PHOTO_SIDE } from "../../domain/media.ts";
import type { PhotoOutcome } from "../../ports/media.ts";
import { heicToJpeg } from "./heic.ts";
import { cleanJpeg } from "./jpeg.ts";
import { cleanPng } from "./png.ts";
import { cleanWebp } from "./webp.ts";

export interface CleanImage {
  readonly bytes: Uint8Array;
  /** Pixels, the way it is shown. */
  readonly width: number;
  readonly height: number;
}

/** More than any camera makes; a picture of this size in 20 MB is made to choke whoever opens it. */
const MAX_PIXELS = 120_000_000;

const rejected = (reason: Extract<PhotoOutcome, { outcome: "rejected" }>["reason"]): PhotoOutcome => ({
  outcome: "rejected",
  reason,
});

function clean(bytes: Uint8Array, type: MediaType): CleanImage | "too-large" | undefined {
  switch (type) {
    case "image/jpeg":
      return cleanJpeg(bytes);
    case "image/png":
      return cleanPng(bytes);
    case "image/webp":
      return cleanWebp(bytes);
    case "image/heic":
      return heicToJpeg(bytes);
    default:
      return undefined;
  }
}

/** @param type what the bytes begin like (`typeOf`) */
export function cleanPhoto(bytes: Uint8Array, type: MediaType): PhotoOutcome {
  if (bytes.length > MAX_PHOTO_BYTES) return rejected("too-large");
  const image = clean(bytes, type);
  if (image === undefined) return rejected("unreadable");
  if (image === "too-large" || image.width * image.height > MAX_PIXELS) return rejected("too-large");
  if (Math.min(image.width, image.height) < MIN_PHOTO_SIDE) return rejected("too-small");
  return { outcome: "clean", ...image, type: type === "image/heic" ? "image/jpeg" : type };
}
