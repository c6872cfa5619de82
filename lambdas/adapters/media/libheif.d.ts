/** The little of libheif's C interface that is used; libheif-js ships no types for the bundle that holds its WASM. */
declare module "libheif-js/libheif-wasm/libheif-bundle.js" {
  /** Pointers are numbers into the heap; a function that can fail writes its `heif_error` where the first argument says. */
  interface Libheif {
    /** Replaced whenever the heap grows: never kept across calls. */
    readonly HEAPU8: Uint8Array;
    readonly HEAP32: Int32Array;
    readonly HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    _heif_context_alloc(): number;
    /** No image of more than `side` × `side` pixels is decoded. */
    _heif_context_set_maximum_image_size_limit(context: number, side: number): void;
    _heif_context_read_from_memory(
      error: number,
      context: number,
      bytes: number,
      length: number,
      options: number,
    ): void;
    _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
    _heif_image_handle_get_width(handle: number): number;
    _heif_image_handle_get_height(handle: number): number;
    _heif_image_handle_get_raw_color_profile_size(handle: number): number;
    _heif_image_handle_get_raw_color_profile(error: number, handle: number, bytes: number): void;
    _heif_decode_image(
      error: number,
      handle: number,
      image: number,
      colorspace: number,
      chroma: number,
      options: number,
    ): void;
    _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number;
  }
  /** A fresh instance with a memory of its own. */
  export default function libheif(options?: {
    readonly print?: (line: string) => void;
    readonly printErr?: (line: string) => void;
  }): Libheif;
}
