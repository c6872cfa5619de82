/**
 * MP4 and QuickTime: finds everything but pictures, sound and what plays them, and says how to blank it in place.
 * Lengths stay, so no offset changes and the file can be copied in a stream. Blanked whole, not only where a known
 * key tells a place: makers invent new keys (`©xyz`, `loci`, `com.apple.quicktime.location.*`, XMP, GoPro's, DJI's).
 */
import type { ByteSource, Patch } from "../../ports/media.ts";
import { type Box, boxAt, boxesIn, HEADER_BYTES, type Piece, Unreadable } from "./boxes.ts";
import { latin1, textAt, u32be } from "./bytes.ts";
import { type Span, sampleSpans } from "./samples.ts";

/** Bytes; an hour of video has an index of some megabytes. */
const MAX_INDEX_BYTES = 24 * 1024 * 1024;
/** Every box costs a read; a recording in fragments has one or two a second. */
const MAX_BOXES = 1000;
const MAX_PATCHES = 200_000;

const FILE = ["ftyp", "styp", "moov", "moof", "mdat", "sidx", "ssix", "mfra"];
/** What may stay, by container. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  moov: ["mvhd", "trak", "mvex", "iods"],
  trak: ["tkhd", "mdia", "edts", "tref", "tapt", "clip", "matt", "load"],
  mdia: ["mdhd", "hdlr", "minf", "elng"],
  minf: ["vmhd", "smhd", "gmhd", "nmhd", "hdlr", "dinf", "stbl"],
  moof: ["mfhd", "traf"],
  traf: ["tfhd", "trun", "tfdt", "sbgp", "sgpd", "subs", "saiz", "saio", "senc"],
};
/** Picture, its depth or mask, sound, frame numbers. All else is text or metadata, such as a track of positions. */
const SHOWN_TRACKS = ["vide", "auxv", "soun", "tmcd"];

/** `undefined`: not a video that can be read. Failures of reading itself pass through. */
export async function cleanMovie(source: ByteSource): Promise<readonly Patch[] | undefined> {
  try {
    return await new Movie(source).patches();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Movie {
  readonly #source: ByteSource;
  readonly #patches: Patch[] = [];
  /** Where samples lie: nothing else may be blanked by what a table says. */
  readonly #data: Box[] = [];
  readonly #removed: Span[] = [];
  readonly #removedTracks = new Set<number>();
  #hasPicture = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async patches(): Promise<readonly Patch[]> {
    const boxes = await this.#topLevel();
    const indexes = boxes.filter(({ type }) => type === "moov");
    if (indexes.length !== 1) throw new Unreadable();
    for (const box of boxes) {
      if (box.type === "mdat") this.#data.push(box);
      else if (!FILE.includes(box.type)) this.#blank(box);
    }
    for (const box of indexes) this.#index(await this.#piece(box), box);
    for (const box of boxes) if (box.type === "moof") this.#fragment(await this.#piece(box), box);
    if (!this.#hasPicture || this.#data.length === 0) throw new Unreadable();
    for (const span of this.#removed) this.#blankSamples(span);
    return this.#patches;
  }

  async #topLevel(): Promise<readonly Box[]> {
    const { size } = this.#source;
    const boxes: Box[] = [];
    for (let at = 0; at < size; ) {
      if (boxes.length === MAX_BOXES) throw new Unreadable();
      const header = await this.#source.read(at, Math.min(HEADER_BYTES, size - at));
      const box = boxAt(header, 0, at, size);
      // Behind a complete video some cameras leave data of their own; before one it is no video.
      const complete = ["moov", "mdat"].every((type) => boxes.some((one) => one.type === type));
      if (!box && !complete) throw new Unreadable();
      boxes.push(box ?? { type: "", from: at, body: at, to: size });
      at = box?.to ?? size;
    }
    return boxes;
  }

  async #piece(box: Box): Promise<Piece> {
    if (box.to - box.from > MAX_INDEX_BYTES) throw new Unreadable();
    return { bytes: await this.#source.read(box.from, box.to - box.from), base: box.from };
  }

  #index(piece: Piece, moov: Box): void {
    for (const box of boxesIn(piece, moov)) {
      if (box.type === "trak") this.#track(piece, box);
      else if (!KEPT.moov?.includes(box.type)) {
        if (box.type === "gps ") this.#remove(dashcamSpans(piece, box));
        this.#blank(box);
      }
    }
  }

  #track(piece: Piece, trak: Box): void {
    const mdia = only(boxesIn(piece, trak), "mdia");
    const parts = boxesIn(piece, mdia);
    const hdlr = only(parts, "hdlr");
    const handler = textAt(piece.bytes, hdlr.body - piece.base + 8, 4);
    if (SHOWN_TRACKS.includes(handler)) {
      this.#hasPicture ||= handler === "vide";
      this.#keepKnown(piece, trak, "trak");
      this.#keepKnown(piece, mdia, "mdia");
      for (const minf of parts.filter(({ type }) => type === "minf")) this.#keepKnown(piece, minf, "minf");
      return;
    }
    const tkhd = only(boxesIn(piece, trak), "tkhd");
    this.#removedTracks.add(trackIdOf(piece, tkhd));
    const stbl = only(boxesIn(piece, only(parts, "minf")), "stbl");
    this.#remove(sampleSpans(piece, stbl));
    this.#blank(trak);
  }

  /** A recording in fragments: each has a small index of its own. */
  #fragment(piece: Piece, moof: Box): void {
    this.#keepKnown(piece, moof, "moof");
    for (const traf of boxesIn(piece, moof).filter(({ type }) => type === "traf")) {
      this.#keepKnown(piece, traf, "traf");
      const tfhd = only(boxesIn(piece, traf), "tfhd");
      // No telephone records positions in fragments; what cannot be blanked is not shown to anyone.
      if (this.#removedTracks.has(u32be(piece.bytes, tfhd.body - piece.base + 4))) throw new Unreadable();
    }
  }

  #keepKnown(piece: Piece, container: Box, name: string): void {
    for (const box of boxesIn(piece, container)) if (!KEPT[name]?.includes(box.type)) this.#blank(box);
  }

  /** Turns a box into `free` space of the same length. */
  #blank({ from, to }: Span): void {
    if (to - from < 8) return this.#add({ from, to });
    const length = to - from;
    const header = [length >>> 24, length >>> 16, length >>> 8, length].map((byte) => byte & 0xff);
    this.#add({ from, to: from + 8, bytes: Uint8Array.from([...header, ...latin1("free")]) });
    if (length > 8) this.#add({ from: from + 8, to });
  }

  #remove(spans: readonly Span[]): void {
    for (const span of spans) {
      if (this.#removed.length === MAX_PATCHES) throw new Unreadable();
      this.#removed.push(span);
    }
  }

  #blankSamples({ from, to }: Span): void {
    for (const data of this.#data) {
      const span = { from: Math.max(from, data.body), to: Math.min(to, data.to) };
      if (span.from < span.to) this.#add(span);
    }
  }

  #add(patch: Patch): void {
    if (this.#patches.length === MAX_PATCHES) throw new Unreadable();
    this.#patches.push(patch);
  }
}

function only(boxes: readonly Box[], type: string): Box {
  const [box, other] = boxes.filter((one) => one.type === type);
  if (!box || other) throw new Unreadable();
  return box;
}

/** Behind two dates of four bytes each, or of eight from version 1 on. */
const trackIdOf = (piece: Piece, { body }: Box): number =>
  u32be(piece.bytes, body - piece.base + (piece.bytes[body - piece.base] === 0 ? 12 : 20));

/** Car cameras keep a list of offset and length of position blocks strewn among the pictures. */
function dashcamSpans(piece: Piece, { body, to }: Box): readonly Span[] {
  const spans: Span[] = [];
  for (let at = body + 8; at + 8 <= to && spans.length < MAX_PATCHES; at += 8) {
    const from = u32be(piece.bytes, at - piece.base);
    spans.push({ from, to: from + u32be(piece.bytes, at - piece.base + 4) });
  }
  return spans;
}
