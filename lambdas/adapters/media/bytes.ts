/** Reading numbers and tags out of bytes. Callers check bounds first; beyond the end everything reads as 0. */

export const u16be = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const u32be = (bytes: Uint8Array, at: number): number =>
  u16be(bytes, at) * 0x10000 + u16be(bytes, at + 2);
export const u16le = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const u32le = (bytes: Uint8Array, at: number): number =>
  u16le(bytes, at) + u16le(bytes, at + 2) * 0x10000;
/** As far as a double holds integers exactly, which is far beyond any file taken here. */
export const u64be = (bytes: Uint8Array, at: number): number =>
  u32be(bytes, at) * 0x1_0000_0000 + u32be(bytes, at + 4);

/** Latin-1, so that any byte is one character. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

export const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  textAt(bytes, at, text.length) === text;

export const latin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Collects what is kept of a file. One allocation: what is kept is never longer than the input and the slack. */
export class Kept {
  readonly #bytes: Uint8Array;
  #length = 0;
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }
  add(part: Uint8Array | readonly number[]): void {
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
  }
  get length(): number {
    return this.#length;
  }
  /** The bytes so far; shares memory with what is added later. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
