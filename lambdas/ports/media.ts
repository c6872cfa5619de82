/** What the core needs to take in photos and videos, look at what truly arrived, and show the cleaned copy. */
import type { MediaType, RejectReason } from "../domain/media.ts";

/** Where the browser sends a file, and the form fields that must go with it. */
interface UploadTicket {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a ticket is for; it travels with the file, signed, and comes back when the file is opened. */
export interface UploadNote {
  readonly slot: string;
  readonly fileName: string;
  readonly byStaff: boolean;
}

export interface TicketOrder {
  readonly key: string;
  readonly contentType: MediaType;
  /** Bytes; the bucket itself refuses more. */
  readonly maxBytes: number;
  readonly note: UploadNote;
}

/** Signs, without calling anybody. */
export interface MediaSigner {
  signUpload(order: TicketOrder): Promise<UploadTicket>;
  /** A short-lived address; `fileName` is the name it is saved under. */
  signView(key: string, fileName: string): Promise<string>;
}

/** Bytes that are read piece by piece: a video never fits a function's memory. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `at` on; both lie inside the file. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/** A file as it arrived. Reads fail once another file takes its place under the same ticket. */
export interface ArrivedFile extends ByteSource {
  readonly key: string;
  /** As announced; the signed form let nothing else in. */
  readonly contentType: string;
  /** Absent on a file that came by no ticket of ours. */
  readonly note: UploadNote | undefined;
}

/** Bytes `from` (inclusive) to `to` (exclusive) become `bytes`, or zeros: never longer, never shorter. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly bytes?: Uint8Array;
}

export interface MediaFiles {
  /** `undefined`: nothing is there (any more). */
  open(key: string): Promise<ArrivedFile | undefined>;
  /** Writes a cleaned copy. A copy once written stays: a second write changes nothing. */
  keep(key: string, bytes: Uint8Array, type: MediaType): Promise<void>;
  /** The same for a file too big to hold: copied part by part, patched on the way. */
  keepPatched(source: ArrivedFile, key: string, type: MediaType, patches: readonly Patch[]): Promise<void>;
  discard(key: string): Promise<void>;
}

export type PhotoOutcome =
  | {
      readonly outcome: "clean";
      readonly bytes: Uint8Array;
      /** HEIC comes out as JPEG. */
      readonly type: MediaType;
      /** Pixels, the way it is shown. */
      readonly width: number;
      readonly height: number;
    }
  | { readonly outcome: "rejected"; readonly reason: RejectReason };

/** Looks at bytes, believes nothing, throws nothing over what is in them. */
export interface MediaInspector {
  /** What the first bytes say it is; `undefined`: none of ours. */
  typeOf(head: Uint8Array): MediaType | undefined;
  cleanPhoto(bytes: Uint8Array, type: MediaType): PhotoOutcome;
  /** What to overwrite so that a video tells no place; `undefined`: unreadable. */
  cleanMovie(source: ByteSource): Promise<readonly Patch[] | undefined>;
}
