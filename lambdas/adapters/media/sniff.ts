/** What a file is by its first bytes; the name and the announced type are only claims. */
import type { MediaType } from "../../domain/media.ts";
import { startsWith, textAt, u32be } from "./bytes.ts";

/** HEVC-coded HEIF; AVIF (`avif`, `avis`) is none of ours. */
const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];
const HEIF_BRANDS = ["mif1", "msf1"];
const MP4_BRANDS = [
  ...["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9"],
  ...["mp41", "mp42", "mp71", "avc1", "M4V ", "M4VP", "MSNV", "dash", "3gp4", "3gp5", "3gp6", "3g2a"],
];
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
  const major = brands[0] ?? "";
  const has = (known: readonly string[]): boolean => brands.some((brand) => known.includes(brand));
  if (HEIC_BRANDS.includes(major)) return "image/heic";
  if (HEIF_BRANDS.includes(major)) return has(HEIC_BRANDS) ? "image/heic" : undefined;
  if (major === "qt  ") return "video/quicktime";
  // Sound alone and other still pictures share the family of brands; what they are decides, not what they resemble.
  if (["M4A ", "M4B ", "avif", "avis", "crx "].includes(major)) return undefined;
  return has(MP4_BRANDS) ? "video/mp4" : undefined;
}
