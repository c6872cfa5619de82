/** Whatever bytes arrive: a verdict, in bounded time and memory, never an exception. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanJpeg } from "../../lambdas/adapters/media/jpeg.ts";
import { cleanMovie } from "../../lambdas/adapters/media/movie.ts";
import { cleanPhoto } from "../../lambdas/adapters/media/photo.ts";
import { cleanPng } from "../../lambdas/adapters/media/png.ts";
import { typeOf } from "../../lambdas/adapters/media/sniff.ts";
import { cleanWebp } from "../../lambdas/adapters/media/webp.ts";
import {
  aMovie,
  ascii,
  aTrack,
  fixture,
  HIDDEN,
  holds,
  joined,
  patched,
  sourceOf,
} from "../builders/images.ts";

/** A real file, with some bytes changed, a piece cut out and its end cut off. */
const damaged = (file: Uint8Array, reach = file.length): fc.Arbitrary<Uint8Array> =>
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

const READERS = [
  ["JPEG", cleanJpeg, "turned.jpg"],
  ["PNG", cleanPng, "tagged.png"],
  ["WebP", cleanWebp, "tagged.webp"],
] as const;

describe.each(READERS)("R28: a damaged %s", (_name, clean, sample) => {
  const file = fixture(sample);
  it("gets a verdict, and what is accepted is no longer and cleans to itself", () => {
    fc.assert(
      fc.property(damaged(file, 4000), (bytes) => {
        const image = clean(bytes);
        if (!image) return;
        expect(image.bytes.length).toBeLessThanOrEqual(bytes.length + 64);
        const again = clean(image.bytes);
        expect(again && Buffer.from(again.bytes).equals(image.bytes)).toBe(true);
        expect([again?.width, again?.height]).toEqual([image.width, image.height]);
      }),
      { numRuns: 1000 },
    );
  });

  it("so does any row of bytes behind its first ones", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(60), (tail, kept) => {
        clean(joined(file.subarray(0, kept), tail));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("R28: damaged files of the other kinds", () => {
  it("HEIC: a verdict, whatever the decoder makes of it", () => {
    fc.assert(
      fc.property(damaged(fixture("upright.heic"), 900), (bytes) => {
        expect(["clean", "rejected"]).toContain(cleanPhoto(bytes, "image/heic").outcome);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  const movie = joined(aMovie(ascii(`PICT${HIDDEN}`), aTrack(2, "meta", [HIDDEN.length], 36)));
  it.each([
    ["a small video", movie, movie.length],
    ["a real one", fixture("telemetry.mp4").subarray(0, 8063), 8063],
  ])("%s: patches inside the file, or none", async (_what, file, reach) => {
    await fc.assert(
      fc.asyncProperty(damaged(file, reach), async (bytes) => {
        const patches = await cleanMovie(sourceOf(bytes));
        for (const { from, to, bytes: written } of patches ?? []) {
          expect(from >= 0 && from < to && to <= bytes.length).toBe(true);
          if (written) expect(written.length).toBe(to - from);
        }
        if (patches) expect(patched(bytes, patches).length).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("undamaged, the small video loses its secret", async () => {
    expect(holds(patched(movie, await cleanMovie(sourceOf(movie))), HIDDEN)).toBe(false);
  });

  it("any row of bytes is one of our types or none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void typeOf(bytes)),
      { numRuns: 1000 },
    );
  });
});
