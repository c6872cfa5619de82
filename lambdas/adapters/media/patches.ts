/** Overwrites a part of a file on its way through. */
import type { Patch } from "../../ports/media.ts";

/** @param at where in the file `part` begins; it is changed in place */
export function applyPatches(part: Uint8Array, at: number, patches: readonly Patch[]): void {
  const end = at + part.length;
  for (const patch of patches) {
    const from = Math.max(patch.from, at);
    const to = Math.min(patch.to, end);
    if (from >= to) continue;
    if (patch.bytes) part.set(patch.bytes.subarray(from - patch.from, to - patch.from), from - at);
    else part.fill(0, from - at, to - at);
  }
}
