/** JPEG: keeps what is needed to show the picture, drops every other segment and all behind its end. */
import { Kept, latin1, startsWith, u16be } from "./bytes.ts";
import { orientationOf, shownSize, tiffWithOrientation } from "./orientation.ts";
import type { CleanImage } from "./photo.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
/** Baseline, extended and progressive Huffman: what browsers show. */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** DHT, DQT, DRI: tables the decoder needs. */
const TABLES = [0xc4, 0xdb, 0xdd];
const EXIF_HEADER = "Exif\0\0";

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** `undefined`: not a JPEG that can be read to its end. */
export function cleanJpeg(input: Uint8Array): CleanImage | undefined {
  if (input[0] !== 0xff || input[1] !== SOI) return undefined;
  const kept = new Kept(input.length + 64);
  kept.add([0xff, SOI]);
  let size: { width: number; height: number } | undefined;
  let orientation: number | undefined;
  let scans = 0;
  let at = 2;
  while (at < input.length) {
    if (input[at] !== 0xff) return undefined;
    while (input[at] === 0xff) at++;
    const marker = input[at++];
    if (marker === undefined) return undefined;
    if (marker === EOI) {
      if (!size || scans === 0) return undefined;
      kept.add([0xff, EOI]);
      return { bytes: kept.bytes, ...shownSize(size, orientation ?? 1) };
    }
    const length = u16be(input, at);
    if (marker < 0xc0 || isRestart(marker) || marker === SOI || length < 2) return undefined;
    if (at + length > input.length) return undefined;
    const segment = input.subarray(at, at + length);
    at += length;

    if (FRAMES.includes(marker)) {
      if (size || length < 8) return undefined;
      size = { height: u16be(segment, 3), width: u16be(segment, 5) };
      if (size.width === 0 || size.height === 0) return undefined;
      kept.add([0xff, marker]);
      kept.add(segment);
    } else if (marker === SOS) {
      if (!size) return undefined;
      const end = endOfScan(input, at);
      if (end === undefined) return undefined;
      kept.add([0xff, SOS]);
      kept.add(segment);
      kept.add(input.subarray(at, end));
      at = end;
      scans++;
    } else if (isFrame(marker)) {
      return undefined;
    } else if (TABLES.includes(marker) || isNeededApplicationSegment(marker, segment)) {
      kept.add([0xff, marker]);
      kept.add(segment);
    } else if (marker === APP0 && startsWith(segment, "JFIF\0", 2) && length >= 16) {
      // Without the thumbnail, which may show what was cropped away.
      kept.add([0xff, APP0, 0, 16]);
      kept.add(segment.subarray(2, 14));
      kept.add([0, 0]);
    } else if (marker === APP1 && orientation === undefined && startsWith(segment, EXIF_HEADER, 2)) {
      orientation = orientationOf(segment.subarray(8));
      if (orientation !== 1) kept.add(orientationSegment(orientation));
    }
  }
  return undefined;
}

/** All SOFn: those not in `FRAMES` are lossless, hierarchical or arithmetic, which no browser shows. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The colour profile, and Adobe's note of how the channels are to be understood. */
const isNeededApplicationSegment = (marker: number, segment: Uint8Array): boolean =>
  (marker === APP2 && startsWith(segment, "ICC_PROFILE\0", 2)) ||
  (marker === APP14 && startsWith(segment, "Adobe", 2));

const orientationSegment = (orientation: number): readonly number[] => {
  const tiff = tiffWithOrientation(orientation);
  return [0xff, APP1, 0, tiff.length + 8, ...latin1(EXIF_HEADER), ...tiff];
};

/** Where the next marker after the coded picture data begins; `undefined`: it never ends. */
function endOfScan(input: Uint8Array, from: number): number | undefined {
  let at = from;
  for (;;) {
    at = input.indexOf(0xff, at);
    const next = at < 0 ? undefined : input[at + 1];
    if (next === undefined) return undefined;
    if (next === 0 || isRestart(next)) at += 2;
    else if (next === 0xff) at += 1;
    else return at;
  }
}
