/** WebP: keeps the picture, its transparency and its colours, drops EXIF, XMP and whatever is unknown. */
import { Kept, latin1, startsWith, textAt, u16le, u32le } from "./bytes.ts";
import { orientationOf, shownSize, tiffWithOrientation } from "./orientation.ts";
import type { CleanImage } from "./photo.ts";

const FLAG_ANIMATION = 0x02;
const FLAG_XMP = 0x04;
const FLAG_EXIF = 0x08;

const u32leBytes = (value: number): readonly number[] =>
  [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/** `undefined`: not a still WebP that can be read to its end. */
export function cleanWebp(input: Uint8Array): CleanImage | undefined {
  const end = 8 + u32le(input, 4);
  if (!startsWith(input, "RIFF") || !startsWith(input, "WEBP", 8) || end > input.length) return undefined;
  const kept = new Kept(end + 64);
  kept.add(input.subarray(0, 12));
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let flagsAt: number | undefined;
  for (let at = 12; at + 8 <= end; ) {
    const length = u32le(input, at + 4);
    const data = input.subarray(at + 8, at + 8 + length);
    const next = at + 8 + length + (length & 1);
    if (next > end) return undefined;
    const name = textAt(input, at, 4);
    if (name === "VP8X") {
      if (at !== 12 || length < 10 || ((data[0] ?? 0) & FLAG_ANIMATION) !== 0) return undefined;
      flagsAt = kept.length + 8;
    }
    if (name === "VP8 " || name === "VP8L") {
      if (size) return undefined;
      size = name === "VP8 " ? lossySize(data) : losslessSize(data);
      if (!size || size.width === 0 || size.height === 0) return undefined;
    }
    if (["VP8X", "VP8 ", "VP8L", "ALPH", "ICCP"].includes(name)) kept.add(input.subarray(at, next));
    if (name === "EXIF") orientation = orientationOf(startsWith(data, "Exif\0\0") ? data.subarray(6) : data);
    at = next;
  }
  if (!size) return undefined;
  // Only the extended form has a place for an orientation.
  if (flagsAt === undefined) orientation = 1;
  else finishExtended(kept, flagsAt, orientation);
  const bytes = kept.bytes;
  bytes.set(u32leBytes(bytes.length - 8), 4);
  return { bytes, ...shownSize(size, orientation) };
}

/** Says again which way up it is where that matters, and makes the flags true. */
function finishExtended(kept: Kept, flagsAt: number, orientation: number): void {
  const turned = orientation !== 1;
  if (turned) {
    const tiff = tiffWithOrientation(orientation);
    kept.add([...latin1("EXIF"), ...u32leBytes(tiff.length), ...tiff]);
  }
  const flags = kept.bytes[flagsAt] ?? 0;
  kept.bytes[flagsAt] = (flags & ~(FLAG_EXIF | FLAG_XMP)) | (turned ? FLAG_EXIF : 0);
}

/** The head of a VP8 key frame: tag, start code, 14 bits each. */
const lossySize = (data: Uint8Array): { width: number; height: number } | undefined =>
  data.length >= 10 && ((data[0] ?? 1) & 1) === 0 && startsWith(data, "\x9d\x01\x2a", 3)
    ? { width: u16le(data, 6) & 0x3fff, height: u16le(data, 8) & 0x3fff }
    : undefined;

/** The head of a VP8L stream: signature, then width − 1 and height − 1 in 14 bits each. */
const losslessSize = (data: Uint8Array): { width: number; height: number } | undefined =>
  data.length >= 5 && data[0] === 0x2f
    ? {
        width: 1 + (u32le(data, 1) & 0x3fff),
        height: 1 + ((u32le(data, 1) >>> 14) & 0x3fff),
      }
    : undefined;
