/** Photos and videos for tests: fixtures made by real encoders, and small files put together byte by byte. */
import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import jpeg from "jpeg-js";
import { applyPatches } from "../../lambdas/adapters/media/patches.ts";
import type { ByteSource, Patch } from "../../lambdas/ports/media.ts";

/** The words every fixture hides wherever its format has room for a place, beside coordinates. */
export const HIDDEN = "HIDDEN-PLACE";
/** How the fixtures' coordinates read as text. */
export const COORDINATES = "35.67";

/** A file of `test/fixtures/media`, made with ImageMagick, libheif, ffmpeg and exiftool. */
export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url)));

export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
export const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
export const holds = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes).includes(text, 0, "latin1");

/** A grey JPEG. */
export const aJpeg = (width = 800, height = 700): Uint8Array =>
  new Uint8Array(jpeg.encode({ width, height, data: new Uint8Array(width * height * 4).fill(128) }, 50).data);

export const jpegSegment = (marker: number, content: Uint8Array): Uint8Array =>
  joined([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff], content);

/** Puts segments behind the start of a JPEG. */
export const withSegments = (file: Uint8Array, ...segments: readonly Uint8Array[]): Uint8Array =>
  joined(file.subarray(0, 2), ...segments, file.subarray(2));

/** Markers of a JPEG's segments up to its first scan, in hexadecimal. */
export function jpegMarkers(file: Uint8Array): readonly string[] {
  const markers: string[] = [];
  for (let at = 2; at + 4 < file.length; ) {
    const marker = file[at + 1] ?? 0;
    markers.push(marker.toString(16));
    if (marker === 0xda) break;
    at += 2 + ((file[at + 2] ?? 0) << 8) + (file[at + 3] ?? 0);
  }
  return markers;
}

/** EXIF's TIFF block with a place in it, and the picture turned. */
export const aTiff = (orientation: number): Uint8Array =>
  joined(
    ascii("II*\0"),
    [8, 0, 0, 0, 1, 0],
    [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    [0, 0, 0, 0],
    ascii(HIDDEN),
  );

const u32 = (value: number): readonly number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

export const pngChunk = (name: string, data: Uint8Array): Uint8Array => {
  const named = joined(ascii(name), data);
  return joined(u32(data.length), named, u32(crc32(named)));
};
/** A grey PNG with chunks before and behind its picture. */
export const aPng = (
  width = 800,
  height = 700,
  before: Uint8Array[] = [],
  behind: Uint8Array[] = [],
): Uint8Array =>
  joined(
    ascii("\x89PNG\r\n\x1a\n"),
    pngChunk("IHDR", joined(u32(width), u32(height), [8, 0, 0, 0, 0])),
    ...before,
    pngChunk("IDAT", new Uint8Array(deflateSync(new Uint8Array((width + 1) * height)))),
    ...behind,
    pngChunk("IEND", new Uint8Array()),
  );
/** Names of a PNG's chunks. */
export function pngChunks(file: Uint8Array): readonly string[] {
  const names: string[] = [];
  const view = Buffer.from(file);
  for (let at = 8; at + 12 <= view.length; at += 12 + view.readUInt32BE(at)) {
    names.push(view.toString("latin1", at + 4, at + 8));
  }
  return names;
}

export const webpChunk = (name: string, data: Uint8Array): Uint8Array =>
  joined(ascii(name), u32(data.length).toReversed(), data, data.length % 2 === 1 ? [0] : []);
export const aWebp = (...chunks: readonly Uint8Array[]): Uint8Array => {
  const content = joined(ascii("WEBP"), ...chunks);
  return joined(ascii("RIFF"), u32(content.length).toReversed(), content);
};
/** Names of a WebP's chunks. */
export function webpChunks(file: Uint8Array): readonly string[] {
  const names: string[] = [];
  const view = Buffer.from(file);
  for (let at = 12; at + 8 <= view.length; ) {
    names.push(view.toString("latin1", at, at + 4));
    const length = view.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return names;
}

/** A box (atom) of MP4 and QuickTime. */
export const box = (type: string, ...content: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = joined(...content);
  return joined(u32(body.length + 8), ascii(type), body);
};
/** A box of version 0 whose content is 32-bit numbers. */
export const tableBox = (type: string, ...numbers: readonly number[]): Uint8Array =>
  box(type, [0, 0, 0, 0], numbers.flatMap(u32));

const handler = (type: string): Uint8Array => box("hdlr", new Uint8Array(8), ascii(type), new Uint8Array(13));

/** A track whose samples of these sizes lie in one chunk. */
export const aTrack = (id: number, type: string, sizes: readonly number[], chunkAt: number): Uint8Array =>
  box(
    "trak",
    box("tkhd", new Uint8Array(12), u32(id), new Uint8Array(64)),
    box(
      "mdia",
      handler(type),
      box(
        "minf",
        box(
          "stbl",
          tableBox("stsz", 0, sizes.length, ...sizes),
          tableBox("stsc", 1, 1, sizes.length, 1),
          tableBox("stco", 1, chunkAt),
        ),
      ),
    ),
  );

/** A video with whatever else is put into its index. */
export const aMovie = (data: Uint8Array, ...index: readonly Uint8Array[]): Uint8Array =>
  joined(
    box("ftyp", ascii("isom"), u32(0), ascii("isommp42")),
    box("mdat", data),
    box("moov", box("mvhd", new Uint8Array(100)), aTrack(1, "vide", [4], 32), ...index),
  );

/** Bytes that are read piece by piece, as from the bucket; counts what was read. */
export const sourceOf = (bytes: Uint8Array): ByteSource & { readonly reads: number[] } => {
  const reads: number[] = [];
  return {
    size: bytes.length,
    reads,
    read(at, length) {
      if (at < 0 || length < 0 || at + length > bytes.length) throw new Error("read outside of the file");
      reads.push(length);
      return Promise.resolve(bytes.slice(at, at + length));
    },
  };
};

export const patched = (bytes: Uint8Array, patches: readonly Patch[] | undefined): Uint8Array => {
  if (!patches) throw new Error("unreadable");
  const copy = bytes.slice();
  applyPatches(copy, 0, patches);
  return copy;
};
