/** Where in the file the samples of a track lie: only asked of tracks that are to be blanked. */
import { type Box, boxesIn, type Piece, Unreadable } from "./boxes.ts";
import { u16be, u32be, u64be } from "./bytes.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** An hour of telemetry has some ten thousand chunks. */
const MAX_CHUNKS = 200_000;

/** A table of numbers behind `head` bytes of a box; never longer than the box itself. */
function table(piece: Piece, box: Box, head: number, count: number, bits: number): (index: number) => number {
  const start = box.body + head - piece.base;
  const room = Math.floor(((box.to - box.body - head) * 8) / bits);
  if (count > room) throw new Unreadable();
  const { bytes } = piece;
  if (bits === 64) return (index) => u64be(bytes, start + index * 8);
  if (bits === 32) return (index) => u32be(bytes, start + index * 4);
  if (bits === 16) return (index) => u16be(bytes, start + index * 2);
  if (bits === 8) return (index) => bytes[start + index] ?? 0;
  return (index) => ((bytes[start + (index >> 1)] ?? 0) >> (index % 2 === 0 ? 4 : 0)) & 0x0f;
}

interface Sizes {
  readonly count: number;
  /** Bytes of each sample, or of all alike. */
  readonly uniform: number;
  readonly of: (index: number) => number;
}

function sizesOf(piece: Piece, boxes: readonly Box[]): Sizes {
  const at = (box: Box, offset: number): number => u32be(piece.bytes, box.body - piece.base + offset);
  const stsz = boxes.find(({ type }) => type === "stsz");
  if (stsz) {
    const [uniform, count] = [at(stsz, 4), at(stsz, 8)];
    return { count, uniform, of: uniform ? () => uniform : table(piece, stsz, 12, count, 32) };
  }
  const stz2 = boxes.find(({ type }) => type === "stz2");
  if (!stz2) throw new Unreadable();
  const bits = at(stz2, 4) & 0xff;
  if (![4, 8, 16].includes(bits)) throw new Unreadable();
  return { count: at(stz2, 8), uniform: 0, of: table(piece, stz2, 12, at(stz2, 8), bits) };
}

function chunksOf(piece: Piece, boxes: readonly Box[]): { count: number; of: (index: number) => number } {
  const box = boxes.find(({ type }) => type === "stco" || type === "co64");
  if (!box) throw new Unreadable();
  const count = u32be(piece.bytes, box.body - piece.base + 4);
  if (count > MAX_CHUNKS) throw new Unreadable();
  return { count, of: table(piece, box, 8, count, box.type === "stco" ? 32 : 64) };
}

/** One span a chunk. @param stbl the track's sample table @throws Unreadable */
export function sampleSpans(piece: Piece, stbl: Box): readonly Span[] {
  const boxes = boxesIn(piece, stbl);
  const sizes = sizesOf(piece, boxes);
  const chunks = chunksOf(piece, boxes);
  const stsc = boxes.find(({ type }) => type === "stsc");
  if (!stsc) throw new Unreadable();
  const runs = u32be(piece.bytes, stsc.body - piece.base + 4);
  const run = table(piece, stsc, 8, runs * 3, 32);

  const spans: Span[] = [];
  let sample = 0;
  for (let chunk = 0, current = 0; chunk < chunks.count; chunk++) {
    // Each run holds from its first chunk (counted from 1) to the next run's.
    while (current + 1 < runs && run((current + 1) * 3) <= chunk + 1) current++;
    const wanted = runs === 0 ? 0 : run(current * 3 + 1);
    const samples = Math.min(wanted, sizes.count - sample);
    let length = sizes.uniform * samples;
    if (sizes.uniform === 0) for (let one = 0; one < samples; one++) length += sizes.of(sample + one);
    sample += samples;
    const from = chunks.of(chunk);
    if (length > 0) spans.push({ from, to: from + length });
  }
  return spans;
}
