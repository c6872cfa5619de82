/** HEIC: decoded and encoded anew as JPEG, for no browser but Safari shows it. Nothing but pixels and colours survives. */
/* oxlint-disable no-underscore-dangle -- libheif's C functions as emscripten names them */
import jpeg from "jpeg-js";
import libheif from "libheif-js/libheif-wasm/libheif-bundle.js";
import type { CleanImage } from "./photo.ts";

/** 50 megapixels, the most today's telephones save; decoding them takes 0.6 GB. */
const MAX_SIDE = 7100;
/** Above 25 megapixels two by two pixels become one: enough to judge a ring by, a quarter of the bytes. */
const MAX_SHOWN_PIXELS = 25_000_000;
const QUALITY = 88;
/** What fits in one JPEG segment beside its header; telephones' profiles have some 500 bytes. */
const MAX_PROFILE_BYTES = 65_519;

/** Values of libheif's enumerations. */
const COLORSPACE_RGB = 1;
const CHROMA_INTERLEAVED_RGB = 10;
const CHANNEL_INTERLEAVED = 10;

interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly profile: Uint8Array | undefined;
}

/** `undefined`: libheif cannot read it. */
export function heicToJpeg(input: Uint8Array): CleanImage | "too-large" | undefined {
  const pixels = decode(input);
  if (typeof pixels !== "object") return pixels;
  const { data, width, height, profile } = pixels;
  const encoded = jpeg.encode({ data, width, height }, QUALITY).data;
  return { bytes: profile ? withProfile(encoded, profile) : encoded, width, height };
}

/** The instance is dropped with its memory after each image: one broken file cannot harm the next. */
function decode(input: Uint8Array): Pixels | "too-large" | undefined {
  const silent = (): void => {};
  const heif = libheif({ print: silent, printErr: silent });
  const error = heif._malloc(12);
  const out = heif._malloc(4);
  const failed = (): boolean => heif.HEAP32[error >> 2] !== 0;
  const result = (): number => heif.HEAPU32[out >> 2] ?? 0;
  try {
    const context = heif._heif_context_alloc();
    heif._heif_context_set_maximum_image_size_limit(context, MAX_SIDE);
    const file = heif._malloc(input.length);
    heif.HEAPU8.set(input, file);
    heif._heif_context_read_from_memory(error, context, file, input.length, 0);
    if (failed()) return undefined;
    heif._heif_context_get_primary_image_handle(error, context, out);
    if (failed()) return undefined;
    const handle = result();
    const width = heif._heif_image_handle_get_width(handle);
    const height = heif._heif_image_handle_get_height(handle);
    if (width * height > MAX_SIDE * MAX_SIDE) return "too-large";
    const profile = profileOf(heif, handle, error);
    heif._heif_decode_image(error, handle, out, COLORSPACE_RGB, CHROMA_INTERLEAVED_RGB, 0);
    if (failed()) return undefined;
    const plane = heif._heif_image_get_plane_readonly2(result(), CHANNEL_INTERLEAVED, out);
    if (plane === 0 || width === 0 || height === 0) return undefined;
    return { ...shrunk(heif.HEAPU8, plane, result(), width, height), profile };
  } catch {
    // An abort inside the WASM: the file broke the decoder.
    return undefined;
  }
}

type Libheif = ReturnType<typeof libheif>;

function profileOf(heif: Libheif, handle: number, error: number): Uint8Array | undefined {
  const size = heif._heif_image_handle_get_raw_color_profile_size(handle);
  if (size === 0 || size > MAX_PROFILE_BYTES) return undefined;
  const at = heif._malloc(size);
  heif._heif_image_handle_get_raw_color_profile(error, handle, at);
  return heif.HEAP32[error >> 2] === 0 ? heif.HEAPU8.slice(at, at + size) : undefined;
}

/** RGB rows of `stride` bytes from `plane` on become RGBA, halved as long as they are too many. */
function shrunk(
  heap: Uint8Array,
  plane: number,
  stride: number,
  storedWidth: number,
  storedHeight: number,
): Omit<Pixels, "profile"> {
  let step = 1;
  while ((storedWidth / step) * (storedHeight / step) > MAX_SHOWN_PIXELS) step *= 2;
  const width = Math.floor(storedWidth / step);
  const height = Math.floor(storedHeight / step);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = 0; row < step; row++) {
          const from = plane + (y * step + row) * stride + x * step * 3 + channel;
          for (let column = 0; column < step; column++) sum += heap[from + column * 3] ?? 0;
        }
        data[to + channel] = sum / (step * step);
      }
    }
  }
  return { data, width, height };
}

/** Puts the colour profile behind the encoder's JFIF segment; without it a wide-gamut photo looks pale. */
function withProfile(encoded: Uint8Array, profile: Uint8Array): Uint8Array {
  const behindJfif = 20;
  const length = profile.length + 16;
  const header = [0xff, 0xe2, length >> 8, length & 0xff];
  const name = Buffer.from("ICC_PROFILE\0\x01\x01", "latin1");
  return Buffer.concat([
    encoded.subarray(0, behindJfif),
    Buffer.from(header),
    name,
    profile,
    encoded.subarray(behindJfif),
  ]);
}
