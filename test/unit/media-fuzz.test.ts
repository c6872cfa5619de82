/** Whatever bytes arrive: a verdict, in bounded time and memory, never an exception. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanJpeg } from "../../lambdas/adapters/media/jpeg.ts";
import { cleanMovie } from "../../lambdas/adapters/media/movie.ts";
import { type CleanImage, cleanPhoto } from "../../lambdas/adapters/media/photo.ts";
import { cleanPng } from "../../lambdas/adapters/media/png.ts";
import { typeOf } from "../../lambdas/adapters/media/sniff.ts";
import { cleanWebp } from "../../lambdas/adapters/media/webp.ts";
import { MediaType } from "../../lambdas/domain/media.ts";
import type { Patch } from "../../lambdas/ports/media.ts";
import { aMovie, ascii, aTrack, fixture, HIDDEN, joined, patched, sourceOf } from "../builders/images.ts";

/** A real file, with some of its first `reach` bytes changed, a piece cut out and its end cut off. */
const damaged = (file: Uint8Array, reach: number): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.nat(reach - 1), fc.nat(255)), { maxLength: 8 }),
      cut: fc.tuple(fc.nat(reach - 1), fc.nat(40)),
      end: fc.oneof({ weight: 3, arbitrary: fc.constant(file.length) }, fc.nat(file.length)),
    })
    .map(({ changes, cut: [at, length], end }) => {
      const copy = file.slice(0, end);
      for (const [index, value] of changes) if (index < copy.length) copy[index] = value;
      return joined(copy.subarray(0, at), copy.subarray(at + length));
    });

/** Refused, or a file no longer than it came, of which a second cleaning makes the same. */
function isSound(clean: (bytes: Uint8Array) => CleanImage | undefined, bytes: Uint8Array): boolean {
  const image = clean(bytes);
  if (!image) return true;
  const again = clean(image.bytes);
  return (
    image.bytes.length <= bytes.length + 64 &&
    again !== undefined &&
    Buffer.from(again.bytes).equals(image.bytes) &&
    again.width === image.width &&
    again.height === image.height
  );
}

/** Refused, or patches inside the file that keep its length. */
const areSound = (patches: readonly Patch[] | undefined, bytes: Uint8Array): boolean =>
  patches === undefined ||
  (patches.every(
    ({ from, to, bytes: written }) =>
      from >= 0 && from < to && to <= bytes.length && (written?.length ?? to - from) === to - from,
  ) &&
    patched(bytes, patches).length === bytes.length);

describe.each([
  ["JPEG", cleanJpeg, "turned.jpg"],
  ["PNG", cleanPng, "tagged.png"],
  ["WebP", cleanWebp, "tagged.webp"],
] as const)("R28: a damaged %s", (_name, clean, sample) => {
  const file = fixture(sample);

  it("gets a verdict", () => {
    const property = fc.property(damaged(file, 4000), (bytes) => isSound(clean, bytes));
    expect(fc.check(property, { numRuns: 1000 }).counterexample).toBeNull();
  });

  it("so does any row of bytes behind its first ones", () => {
    const tail = fc.uint8Array({ maxLength: 300 });
    const property = fc.property(tail, fc.nat(60), (bytes, kept) =>
      isSound(clean, joined(file.subarray(0, kept), bytes)),
    );
    expect(fc.check(property, { numRuns: 2000 }).counterexample).toBeNull();
  });
});

describe("R28: damaged files of the other kinds", () => {
  it("HEIC: a verdict, whatever the decoder makes of it", () => {
    const property = fc.property(damaged(fixture("upright.heic"), 900), (bytes) =>
      ["clean", "rejected"].includes(cleanPhoto(bytes, "image/heic").outcome),
    );
    expect(fc.check(property, { numRuns: 40 }).counterexample).toBeNull();
  }, 60_000);

  it.each([
    ["made by hand", joined(aMovie(ascii(`PICT${HIDDEN}`), aTrack(2, "meta", [HIDDEN.length], 36)))],
    ["with a track of positions", fixture("telemetry.mp4")],
    ["in fragments", fixture("fragmented.mp4")],
  ])("a video %s: patches inside the file, or none", async (_what, file) => {
    const property = fc.asyncProperty(damaged(file, file.length), async (bytes) =>
      areSound(await cleanMovie(sourceOf(bytes)), bytes),
    );
    expect((await fc.check(property, { numRuns: 1000 })).counterexample).toBeNull();
  });

  it("any row of bytes is one of our types or none", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const type = typeOf(bytes);
      return type === undefined || MediaType.safeParse(type).success;
    });
    expect(fc.check(property, { numRuns: 1000 }).counterexample).toBeNull();
  });
});
