import { describe, expect, it } from "vitest";
import { cleanMovie } from "../../lambdas/adapters/media/movie.ts";
import {
  aMovie,
  ascii,
  aTrack,
  box,
  COORDINATES,
  fixture,
  HIDDEN,
  holds,
  joined,
  patched,
  sourceOf,
  tableBox,
} from "../builders/images.ts";

const cleaned = async (bytes: Uint8Array) => patched(bytes, await cleanMovie(sourceOf(bytes)));
const isReadable = async (bytes: Uint8Array) => (await cleanMovie(sourceOf(bytes))) !== undefined;
/** Where the fixture's `mdat` lies, whose pictures must not change. */
const pictures = (bytes: Uint8Array): Buffer => {
  const file = Buffer.from(bytes);
  const at = file.indexOf("mdat") - 4;
  return file.subarray(at, at + file.readUInt32BE(at));
};
const PICTURE = ascii("PICT");

describe("R28: a video tells no place any more", () => {
  it.each([
    ["MP4 with ©xyz and loci, index last", "tail.mp4"],
    ["MP4 with loci and XMP, index first", "head.mp4"],
    ["MOV with Apple's location keys", "apple.mov"],
    ["MP4 in fragments", "fragmented.mp4"],
  ])("%s", async (_what, name) => {
    const input = fixture(name);
    const output = await cleaned(input);
    expect(output.length).toBe(input.length);
    expect(pictures(output).equals(pictures(input))).toBe(true);
    for (const secret of [HIDDEN, COORDINATES, "location", "\u00a9xyz", "loci", "udta"]) {
      expect(holds(output, secret)).toBe(false);
    }
  });

  it("a track of positions goes with all its samples; pictures and sound stay", async () => {
    const input = fixture("telemetry.mp4");
    const output = await cleaned(input);
    expect(holds(input, `${HIDDEN} GPS (35.6717, 139.7650)`)).toBe(true);
    expect(holds(output, HIDDEN)).toBe(false);
    expect(holds(output, COORDINATES)).toBe(false);
    const changed = pictures(output).filter((byte, index) => byte !== pictures(input)[index]).length;
    expect(changed).toBeLessThanOrEqual(80);
    expect(holds(output, "vide") && holds(output, "soun")).toBe(true);
  });

  it.each(["meta", "text", "sbtl", "subt", "gpmd"])(
    "a %s track is blanked where its samples lie",
    async (type) => {
      const data = joined(PICTURE, ascii(HIDDEN), PICTURE, ascii(HIDDEN));
      const input = aMovie(
        data,
        aTrack(2, type, [HIDDEN.length], 36),
        aTrack(3, type, [2, HIDDEN.length - 2], 52),
      );
      const output = await cleaned(input);
      expect(holds(input, HIDDEN)).toBe(true);
      expect(holds(output, HIDDEN)).toBe(false);
      expect(Buffer.from(output.subarray(32, 64)).toString("latin1").replaceAll("\0", "")).toBe("PICTPICT");
    },
  );

  it("boxes nobody knows are blanked at every level, and free space is emptied", async () => {
    const secret = ascii(HIDDEN);
    const input = joined(
      aMovie(PICTURE, box("meta", secret), box("udta", secret), box("uuid", secret), box("gps ", secret)),
      box("uuid", secret),
      box("free", secret),
      box("sefd", secret),
    );
    const output = await cleaned(input);
    expect(holds(output, HIDDEN)).toBe(false);
    expect(output.length).toBe(input.length);
  });

  it.each([
    ["bytes that are no box", ascii(`????${HIDDEN}`)],
    ["a box that claims too little", joined([0, 0, 0, 5], ascii(HIDDEN))],
    ["a box that claims too much", joined([0, 0, 9, 9], ascii(`SEFT${HIDDEN}`))],
    ["less than a header", ascii("HIDDEN-")],
  ])("what a camera leaves behind a complete video is blanked: %s", async (_what, tail) => {
    const output = await cleaned(joined(aMovie(PICTURE), tail));
    expect(holds(output, "HIDDEN-")).toBe(false);
  });

  it("a car camera's list of positions is followed", async () => {
    const data = joined(PICTURE, ascii(`free GPS ${HIDDEN}`), PICTURE);
    const list = tableBox("gps ", 1, 36, 9 + HIDDEN.length);
    const output = await cleaned(aMovie(data, list));
    expect(holds(output, HIDDEN)).toBe(false);
    expect(holds(output, "PICT")).toBe(true);
  });

  it("a table that points outside of the pictures blanks nothing there", async () => {
    const input = aMovie(PICTURE, aTrack(2, "meta", [60_000], 0));
    const output = await cleaned(input);
    expect(Buffer.from(output.subarray(0, 24)).equals(Buffer.from(input.subarray(0, 24)))).toBe(true);
    expect(output.length).toBe(input.length);
  });
});

describe("R28: reading a video", () => {
  it("reads headers and the index, never the pictures", async () => {
    const data = new Uint8Array(3_000_000);
    const source = sourceOf(aMovie(data));
    await cleanMovie(source);
    expect(source.reads.reduce((sum, one) => sum + one, 0)).toBeLessThan(2000);
  });

  it.each([
    ["without an index", joined(box("ftyp", ascii("isom")), box("mdat", PICTURE))],
    ["without pictures", box("moov", box("mvhd"))],
    ["of sound alone", fixture("sound.m4a")],
    ["cut off", fixture("tail.mp4").slice(0, 5000)],
    ["cut off in its index", fixture("tail.mp4").slice(0, 7000)],
    ["with two indexes", joined(aMovie(PICTURE), box("moov"))],
    [
      "whose index claims to be enormous",
      joined(
        box("ftyp", ascii("isom")),
        box("mdat", PICTURE),
        [0, 0, 0, 1],
        ascii("moov"),
        new Uint8Array(8).fill(255),
      ),
    ],
    ["of a thousand boxes", joined(aMovie(PICTURE), ...Array.from({ length: 1000 }, () => box("free")))],
    [
      "with a sample table longer than its box",
      aMovie(
        PICTURE,
        aTrack(2, "meta", [], 0).map((byte, index, all) => (index === all.length - 17 ? 255 : byte)),
      ),
    ],
    [
      "in fragments, with a track of positions in them",
      joined(
        aMovie(PICTURE, aTrack(2, "meta", [], 0)),
        box("moof", box("mfhd"), box("traf", tableBox("tfhd", 2))),
      ),
    ],
  ])("%s is unreadable", async (_what, bytes) => {
    expect(await isReadable(bytes)).toBe(false);
  });

  it("an index of more than 24 MB is not read at all", async () => {
    const start = joined(box("ftyp", ascii("isom")), box("mdat", PICTURE), [2, 0, 0, 0], ascii("moov"));
    const reads: number[] = [];
    const read = (at: number, length: number) => {
      reads.push(length);
      return Promise.resolve(joined(start.subarray(at), new Uint8Array(16)).slice(0, length));
    };
    expect(await cleanMovie({ size: start.length - 8 + 0x2000000, read })).toBeUndefined();
    expect(Math.max(...reads)).toBe(16);
  });

  it("failing to read is no verdict: it is thrown", async () => {
    const broken = { size: 100, read: () => Promise.reject(new Error("connection lost")) };
    await expect(cleanMovie(broken)).rejects.toThrow("connection lost");
  });
});
