/** What a file is by its first bytes; the name and the announced type are only claims. */
import type { MediaType } from "../../domain/media.ts";
import { startsWith, textAt, u32be } from "./bytes.ts";

/** HEVC-coded HEIF; AVIF (`avif`, `avis`) is none of ours. */
const HEIC_BRAND = /^he(i[cxms]|v[cxms])$/;
const HEIF_BRAND = /^m[is]f1$/;
const MP4_BRAND = /^(isom|iso\d|mp4[12]|mp71|avc1|M4V |M4VP|MSNV|dash|3gp[456]|3g2a)$/;
/** Sound alone and still pictures that list a brand of ours among their own: the first brand says what they are. */
const OTHER_BRAND = /^(M4[ABP] |avi[fs]|crx )$/;
/** Boxes a QuickTime file from before `ftyp` may begin with. */
const OLD_QUICKTIME = ["moov", "mdat", "wide", "pnot"];

/** @param head the first bytes of the file, 64 or more if it has them */
export function typeOf(head: Uint8Array): MediaType | undefined {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  if (startsWith(head, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (startsWith(head, "RIFF") && startsWith(head, "WEBP", 8)) return "image/webp";
  if (startsWith(head, "ftyp", 4)) return typeOfBrands(brandsOf(head));
  return OLD_QUICKTIME.includes(textAt(head, 4, 4)) ? "video/quicktime" : undefined;
}

/** The major brand first, then the compatible ones. */
function brandsOf(head: Uint8Array): readonly string[] {
  const end = Math.min(u32be(head, 0), head.length);
  const brands = [textAt(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(head, at, 4));
  return brands;
}

function typeOfBrands(brands: readonly string[]): MediaType | undefined {
  const [major = ""] = brands;
  if (HEIC_BRAND.test(major)) return "image/heic";
  if (HEIF_BRAND.test(major)) return brands.some((one) => HEIC_BRAND.test(one)) ? "image/heic" : undefined;
  if (major === "qt  ") return "video/quicktime";
  return !OTHER_BRAND.test(major) && brands.some((one) => MP4_BRAND.test(one)) ? "video/mp4" : undefined;
}
