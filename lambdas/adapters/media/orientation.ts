/** The one thing of EXIF that must survive: which way up the picture is. */
import { latin1, startsWith, u16be, u16le, u32be, u32le } from "./bytes.ts";

const TAG_ORIENTATION = 0x0112;
const TYPE_SHORT = 3;
/** A directory has some dozens of entries; more is not read. */
const MAX_ENTRIES = 512;

/** 1 (upright) to 8, as TIFF numbers them; 1 whenever the data does not clearly say otherwise. */
export function orientationOf(tiff: Uint8Array): number {
  const little = startsWith(tiff, "II*\0");
  if (!little && !startsWith(tiff, "MM\0*")) return 1;
  const u16 = little ? u16le : u16be;
  const directory = (little ? u32le : u32be)(tiff, 4);
  if (directory < 8 || directory + 2 > tiff.length) return 1;
  const entries = Math.min(u16(tiff, directory), MAX_ENTRIES);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.length) return 1;
    if (u16(tiff, at) !== TAG_ORIENTATION || u16(tiff, at + 2) !== TYPE_SHORT) continue;
    const value = u16(tiff, at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** From 5 on the picture lies on its side: shown width and height change places. */
export const shownSize = (
  stored: { readonly width: number; readonly height: number },
  orientation: number,
): { readonly width: number; readonly height: number } =>
  orientation >= 5 ? { width: stored.height, height: stored.width } : stored;

/** A TIFF block that says the orientation and nothing else, 26 bytes. */
export const tiffWithOrientation = (orientation: number): readonly number[] => [
  ...latin1("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"),
  orientation,
  ...latin1("\0\0\0\0\0\0"),
];
