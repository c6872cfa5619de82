/** The boxes (atoms) MP4 and QuickTime files are made of: length, four letters, content. */
import { textAt, u32be, u64be } from "./bytes.ts";

/** What is in the bytes makes no sense; nothing outside this folder ever sees it. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

export interface Box {
  /** Four letters; empty for left-over bytes that are no box. */
  readonly type: string;
  /** Where its header, its content and what follows it begin. */
  readonly from: number;
  readonly body: number;
  readonly to: number;
}

/** What a header needs at most. */
export const HEADER_BYTES = 16;
/** A container holds some dozens. */
const MAX_CHILDREN = 10_000;

/**
 * The box whose header begins at `at` of `bytes`, which stand at `base` of the file.
 * @param end where its container ends; `undefined` for what does not fit into it
 */
export function boxAt(bytes: Uint8Array, at: number, base: number, end: number): Box | undefined {
  const from = base + at;
  if (from + 8 > end) return undefined;
  const short = u32be(bytes, at);
  const body = from + (short === 1 ? 16 : 8);
  const length = short === 1 ? u64be(bytes, at + 8) : short === 0 ? end - from : short;
  if (body > end || from + length < body || from + length > end) return undefined;
  return { type: textAt(bytes, at + 4, 4), from, body, to: from + length };
}

/** A piece of the file held in memory, and where in the file it stands. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly base: number;
}

/** The boxes side by side between two places of the file. @throws Unreadable */
export function boxesIn(piece: Piece, { body, to }: Pick<Box, "body" | "to">): readonly Box[] {
  const boxes: Box[] = [];
  for (let at = body; at < to; ) {
    const local = at - piece.base;
    // QuickTime may close a list with a zero; what follows belongs to nothing.
    if (to - at < 8 || u32be(piece.bytes, local) === 0) {
      boxes.push({ type: "", from: at, body: at, to });
      break;
    }
    const box = boxAt(piece.bytes, local, piece.base, to);
    if (!box || boxes.length === MAX_CHILDREN) throw new Unreadable();
    boxes.push(box);
    at = box.to;
  }
  return boxes;
}
