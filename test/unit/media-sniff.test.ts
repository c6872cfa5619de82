import { describe, expect, it } from "vitest";
import { typeOf } from "../../lambdas/adapters/media/sniff.ts";
import { aJpeg, aPng, ascii, box, fixture, joined } from "../builders/images.ts";

const ftyp = (...brands: string[]) =>
  box("ftyp", ascii(brands[0] ?? ""), [0, 0, 0, 0], ...brands.slice(1).map(ascii));

describe("R28: what a file is, is read from its first bytes", () => {
  it.each([
    ["a JPEG", aJpeg(), "image/jpeg"],
    ["a PNG", aPng(), "image/png"],
    ["a WebP", fixture("tagged.webp"), "image/webp"],
    ["a HEIC", fixture("upright.heic"), "image/heic"],
    ["an MP4", fixture("tail.mp4"), "video/mp4"],
    ["a MOV", fixture("apple.mov"), "video/quicktime"],
    ["HEIF's general brand with HEVC inside", ftyp("mif1", "heic"), "image/heic"],
    ["a sequence of HEICs", ftyp("msf1", "hevc"), "image/heic"],
    ["an MP4 of an unknown maker", ftyp("XAVC", "mp42"), "video/mp4"],
    ["an MP4 by an older Android", ftyp("3gp4", "isom"), "video/mp4"],
    ["a MOV from before brands", box("moov", box("mvhd")), "video/quicktime"],
  ])("%s", (_what, bytes, type) => {
    expect(typeOf(bytes.subarray(0, 4096))).toBe(type);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a PDF", ascii("%PDF-1.7 ...............")],
    ["an AVIF, though it names a brand in common", ftyp("avif", "mif1", "miaf")],
    ["HEIF without HEVC", ftyp("mif1", "avif")],
    ["sound alone", fixture("sound.m4a")],
    ["a RIFF that is no WebP", ascii("RIFF\0\0\0\0WAVEfmt ")],
    ["a web page", ascii("<!doctype html><script>")],
    ["a brand list longer than the file", joined([0xff, 0xff, 0xff, 0xff], ascii("ftypxxxx"))],
  ])("none of ours: %s", (_what, bytes) => {
    expect(typeOf(bytes.subarray(0, 4096))).toBeUndefined();
  });
});
