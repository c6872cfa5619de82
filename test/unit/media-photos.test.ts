import jpeg from "jpeg-js";
import { describe, expect, it } from "vitest";
import { cleanPhoto } from "../../lambdas/adapters/media/photo.ts";
import { MAX_PHOTO_BYTES, type MediaType } from "../../lambdas/domain/media.ts";
import {
  aJpeg,
  aPng,
  ascii,
  aTiff,
  aWebp,
  fixture,
  HIDDEN,
  holds,
  joined,
  jpegMarkers,
  jpegSegment,
  pngChunk,
  pngChunks,
  webpChunk,
  webpChunks,
  withSegments,
} from "../builders/images.ts";

function accepted(bytes: Uint8Array, type: MediaType) {
  const result = cleanPhoto(bytes, type);
  if (result.outcome !== "clean") throw new Error(`rejected: ${result.reason}`);
  return result;
}
const reason = (bytes: Uint8Array, type: MediaType) => {
  const result = cleanPhoto(bytes, type);
  return result.outcome === "rejected" ? result.reason : "accepted";
};
const pixelsOf = (file: Uint8Array): Buffer => Buffer.from(jpeg.decode(file, { useTArray: true }).data);
const exif = (orientation: number) => jpegSegment(0xe1, joined(ascii("Exif\0\0"), aTiff(orientation)));

describe("R28: a JPEG", () => {
  it("loses EXIF, XMP, IPTC, comment and thumbnail; keeps its picture and its colour profile", () => {
    const input = fixture("upright.jpg");
    expect(holds(input, HIDDEN)).toBe(true);
    const { bytes, width, height } = accepted(input, "image/jpeg");
    expect({ width, height }).toEqual({ width: 960, height: 720 });
    expect(holds(bytes, HIDDEN)).toBe(false);
    expect(holds(bytes, "Exif")).toBe(false);
    expect(jpegMarkers(bytes).filter((marker) => marker.startsWith("e") || marker === "fe")).toEqual([
      "e0",
      "e2",
    ]);
    expect(pixelsOf(bytes).equals(pixelsOf(input))).toBe(true);
  });

  it("that is progressive and turned keeps which way up it is, and nothing else of EXIF", () => {
    const { bytes, width, height } = accepted(fixture("turned.jpg"), "image/jpeg");
    expect({ width, height }).toEqual({ width: 720, height: 960 });
    expect(holds(bytes, "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")).toBe(
      true,
    );
    expect(holds(bytes, HIDDEN)).toBe(false);
  });

  it("loses whatever lies behind its end: a second picture, a motion photo's video", () => {
    const { bytes } = accepted(joined(aJpeg(), aJpeg(), ascii(HIDDEN)), "image/jpeg");
    expect(bytes.length).toBe(accepted(aJpeg(), "image/jpeg").bytes.length);
    expect([...bytes.subarray(-2)]).toEqual([0xff, 0xd9]);
  });

  it("keeps Adobe's note on its channels; loses MPF's directory and the JFIF thumbnail", () => {
    const plain = aJpeg();
    const jfif = joined(ascii("JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01"), ascii(HIDDEN).subarray(0, 3));
    const input = withSegments(
      joined(plain.subarray(0, 2), plain.subarray(20)),
      jpegSegment(0xe0, jfif),
      jpegSegment(0xe2, ascii(`MPF\0${HIDDEN}`)),
      jpegSegment(0xee, ascii("Adobe\0\x64\0\0\0\0\x01")),
      jpegSegment(0xfe, ascii(HIDDEN)),
    );
    const { bytes } = accepted(input, "image/jpeg");
    expect(jpegMarkers(bytes).slice(0, 3)).toEqual(["e0", "ee", "db"]);
    expect([...bytes.subarray(2, 6)]).toEqual([0xff, 0xe0, 0, 16]);
    expect(holds(bytes, "HID")).toBe(false);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("R28: orientation %i is shown as the camera meant it", (orientation) => {
    const { bytes, width } = accepted(withSegments(aJpeg(), exif(orientation)), "image/jpeg");
    expect(width).toBe(orientation >= 5 ? 700 : 800);
    expect(jpegMarkers(bytes).includes("e1")).toBe(orientation !== 1);
    expect(holds(bytes, HIDDEN)).toBe(false);
  });

  it.each([
    ["cut off", aJpeg().subarray(0, 2000)],
    ["without its end", aJpeg().slice(0, -2)],
    ["of arithmetic coding", withSegments(aJpeg(), jpegSegment(0xc9, new Uint8Array(15)))],
    ["with a segment longer than the file", joined([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff], ascii("Exif"))],
    ["of nothing but its start and end", Uint8Array.from([0xff, 0xd8, 0xff, 0xd9])],
  ])("%s is unreadable", (_what, input) => {
    expect(reason(input, "image/jpeg")).toBe("unreadable");
  });
});

describe("R28: a PNG", () => {
  it("loses EXIF, texts and dates; keeps picture and colours", () => {
    const input = fixture("tagged.png");
    expect(pngChunks(input)).toContain("eXIf");
    const { bytes, width, height } = accepted(input, "image/png");
    expect({ width, height }).toEqual({ width: 960, height: 720 });
    expect(holds(bytes, HIDDEN)).toBe(false);
    const dropped = pngChunks(input).filter((name) => !pngChunks(bytes).includes(name));
    expect(dropped).toContain("eXIf");
    expect(pngChunks(bytes).filter((name) => /^[a-z]/.test(name))).toEqual(
      pngChunks(input).filter((name) => ["gAMA", "cHRM", "bKGD", "tRNS", "pHYs"].includes(name)),
    );
  });

  it("loses unknown chunks and whatever lies behind its end, and keeps which way up it is", () => {
    const input = joined(
      aPng(
        800,
        700,
        [pngChunk("tEXt", ascii(HIDDEN)), pngChunk("caNv", ascii(HIDDEN))],
        [pngChunk("eXIf", aTiff(8))],
      ),
      ascii(HIDDEN),
    );
    const { bytes, width } = accepted(input, "image/png");
    expect(pngChunks(bytes)).toEqual(["IHDR", "IDAT", "eXIf", "IEND"]);
    expect(width).toBe(700);
    expect(holds(bytes, HIDDEN)).toBe(false);
  });

  it.each([
    ["cut off", aPng().slice(0, -8)],
    ["with a wrong checksum", aPng().map((byte, index) => (index === 60 ? byte ^ 1 : byte))],
    ["without a picture", joined(aPng().subarray(0, 33), pngChunk("IEND", new Uint8Array()))],
    ["that needs a chunk nobody knows", aPng(800, 700, [pngChunk("ABCD", new Uint8Array())])],
  ])("%s is unreadable", (_what, input) => {
    expect(reason(input, "image/png")).toBe("unreadable");
  });
});

describe("R28: a WebP", () => {
  it("loses EXIF and XMP and says so in its header", () => {
    const input = fixture("tagged.webp");
    expect(webpChunks(input)).toEqual(["VP8X", "VP8 ", "EXIF", "XMP "]);
    const { bytes, width, height } = accepted(input, "image/webp");
    expect({ width, height }).toEqual({ width: 960, height: 720 });
    expect(webpChunks(bytes)).toEqual(["VP8X", "VP8 "]);
    expect(bytes[20]).toBe(0);
    expect(Buffer.from(bytes).readUInt32LE(4)).toBe(bytes.length - 8);
    expect(holds(bytes, HIDDEN)).toBe(false);
  });

  it("without loss is measured by its own head", () => {
    const { bytes, width, height } = accepted(fixture("lossless.webp"), "image/webp");
    expect({ width, height }).toEqual({ width: 960, height: 720 });
    expect(Buffer.from(bytes).equals(fixture("lossless.webp"))).toBe(true);
  });

  it("keeps which way up it is, and nothing else of EXIF", () => {
    const [extended, picture] = [
      fixture("tagged.webp").slice(20, 30),
      fixture("tagged.webp").slice(38, 7888),
    ];
    const input = aWebp(
      webpChunk("VP8X", extended),
      webpChunk("VP8 ", picture),
      webpChunk("EXIF", aTiff(6)),
      webpChunk("UNKN", ascii(HIDDEN)),
    );
    const { bytes, width } = accepted(input, "image/webp");
    expect(width).toBe(720);
    expect(webpChunks(bytes)).toEqual(["VP8X", "VP8 ", "EXIF"]);
    expect(bytes[20]).toBe(0x08);
    expect(holds(bytes, HIDDEN)).toBe(false);
  });

  it("that is animated or cut off is unreadable", () => {
    const animated = fixture("tagged.webp");
    animated[20] = 0x02;
    expect(reason(animated, "image/webp")).toBe("unreadable");
    expect(reason(fixture("lossless.webp").slice(0, 5000), "image/webp")).toBe("unreadable");
  });
});

describe("R28: a HEIC", () => {
  it("comes out as JPEG with its colours and nothing else", () => {
    const input = fixture("upright.heic");
    expect(holds(input, HIDDEN)).toBe(true);
    const { bytes, type, width, height } = accepted(input, "image/heic");
    expect({ type, width, height }).toEqual({ type: "image/jpeg", width: 960, height: 720 });
    expect(jpegMarkers(bytes).filter((marker) => marker.startsWith("e"))).toEqual(["e0", "e2"]);
    expect(holds(bytes, HIDDEN)).toBe(false);
    expect(accepted(bytes, "image/jpeg")).toMatchObject({ width, height });
  });

  it("is turned as its container says", () => {
    const input = Buffer.from(fixture("upright.heic"));
    // The profile's place is taken by a rotation; of a HEIC its EXIF's orientation counts for nothing.
    const at = input.indexOf("colr");
    input.write("irot", at, "latin1");
    input[at + 4] = 1;
    expect(accepted(new Uint8Array(input), "image/heic")).toMatchObject({ width: 720, height: 960 });
  });

  it("that is cut off or made up is unreadable", () => {
    expect(reason(fixture("upright.heic").slice(0, 9000), "image/heic")).toBe("unreadable");
    expect(reason(joined(fixture("upright.heic").slice(0, 32), new Uint8Array(500)), "image/heic")).toBe(
      "unreadable",
    );
  });
});

describe("R28: size", () => {
  it("640 pixels on the short side are enough, 639 are not", () => {
    expect(reason(aJpeg(900, 640), "image/jpeg")).toBe("accepted");
    expect(reason(aJpeg(900, 639), "image/jpeg")).toBe("too-small");
    expect(reason(aPng(639, 900), "image/png")).toBe("too-small");
  });

  it("20 MB are enough, one byte more is not", () => {
    const filled = (length: number) => joined(aJpeg(), new Uint8Array(length - aJpeg().length));
    expect(reason(filled(MAX_PHOTO_BYTES), "image/jpeg")).toBe("accepted");
    expect(reason(filled(MAX_PHOTO_BYTES + 1), "image/jpeg")).toBe("too-large");
  });

  it("a picture of more pixels than any camera makes is refused before anybody opens it", () => {
    const huge = Buffer.from(aJpeg());
    const frame = huge.indexOf(Uint8Array.from([0xff, 0xc0]));
    huge.writeUInt16BE(60_000, frame + 5);
    huge.writeUInt16BE(60_000, frame + 7);
    expect(reason(new Uint8Array(huge), "image/jpeg")).toBe("too-large");
  });
});
