/** PNG: keeps the chunks that make the picture look right, drops all others and all behind its end. */
import { crc32 } from "node:zlib";
import { Kept, latin1, startsWith, textAt, u32be } from "./bytes.ts";
import { orientationOf, shownSize, tiffWithOrientation } from "./orientation.ts";
import type { CleanImage } from "./photo.ts";

const SIGNATURE = "\x89PNG\r\n\x1a\n";
const NEEDED = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs".split(" "),
);
/** Everything of a chunk but its data: length, name, checksum. */
const FRAME = 12;

/** `undefined`: not a PNG that can be read to its end. */
export function cleanPng(input: Uint8Array): CleanImage | undefined {
  if (!startsWith(input, SIGNATURE)) return undefined;
  const kept = new Kept(input.length + 64);
  kept.add(input.subarray(0, SIGNATURE.length));
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let picture = false;
  for (let at = SIGNATURE.length; at + FRAME <= input.length; ) {
    const length = u32be(input, at);
    const end = at + FRAME + length;
    if (end > input.length) return undefined;
    const name = textAt(input, at + 4, 4);
    const data = input.subarray(at + 8, at + 8 + length);
    if (!/^[A-Za-z]{4}$/.test(name) || (name === "IHDR") !== (size === undefined)) return undefined;
    if (name === "IHDR") {
      size = { width: u32be(data, 0), height: u32be(data, 4) };
      if (length !== 13 || size.width === 0 || size.height === 0) return undefined;
    }
    if (name === "eXIf") orientation = orientationOf(data);
    if (name === "IEND" && orientation !== 1) kept.add(orientationChunk(orientation));
    if (NEEDED.has(name)) {
      if (crc32(input.subarray(at + 4, end - 4)) !== u32be(input, end - 4)) return undefined;
      kept.add(input.subarray(at, end));
    } else if (isCritical(name)) {
      return undefined;
    }
    picture ||= name === "IDAT";
    if (name === "IEND") {
      return size && picture ? { bytes: kept.bytes, ...shownSize(size, orientation) } : undefined;
    }
    at = end;
  }
  return undefined;
}

/** An upper-case first letter: without it the picture cannot be shown. */
const isCritical = (name: string): boolean => name.charCodeAt(0) < 0x60;

function orientationChunk(orientation: number): readonly number[] {
  const tiff = tiffWithOrientation(orientation);
  const named = [...latin1("eXIf"), ...tiff];
  const checksum = crc32(Uint8Array.from(named));
  return [0, 0, 0, tiff.length, ...named, ...[24, 16, 8, 0].map((shift) => (checksum >>> shift) & 0xff)];
}
