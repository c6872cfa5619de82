/** Uploads as they lie in the bucket, and their cleaned copies: `uploads/<caseId>/…` → `media/<caseId>/…`. */
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { MediaType } from "../../domain/media.ts";
import type { ArrivedFile, MediaFiles, Patch } from "../../ports/media.ts";
import { noteFrom } from "./upload-note.ts";

export interface MediaFilesOptions {
  readonly client: Pick<S3Client, "send">;
  readonly bucket: string;
  /** Overwrites what the patches say in a part that begins at `at` of the file. */
  readonly applyPatches: (part: Uint8Array, at: number, patches: readonly Patch[]) => void;
  /** Bytes of a part: S3 takes no less than 5 MiB, and two parts are all that is in memory. */
  readonly partBytes?: number;
}

const PART_BYTES = 8 * 1024 * 1024;
/** The first read already holds most photos, and the beginning of a video's boxes. */
const FIRST_READ_BYTES = 1024 * 1024;

const isNamed = (error: unknown, ...names: string[]): boolean =>
  error instanceof Error && names.includes(error.name);

export function createMediaFiles(options: MediaFilesOptions): MediaFiles {
  const { client, bucket, applyPatches, partBytes = PART_BYTES } = options;
  const send: S3Client["send"] = client.send.bind(client);

  async function open(key: string): Promise<ArrivedFile | undefined> {
    const range = (from: number, length: number) => `bytes=${from}-${from + length - 1}`;
    const first = await send(
      new GetObjectCommand({ Bucket: bucket, Key: key, Range: range(0, FIRST_READ_BYTES) }),
    ).catch((error: unknown) => {
      // Looked at already and removed, or empty, which no ticket allows.
      if (isNamed(error, "NoSuchKey", "InvalidRange")) return undefined;
      throw error;
    });
    if (!first?.Body) return undefined;
    const head = await first.Body.transformToByteArray();
    const size = Number(first.ContentRange?.split("/")[1] ?? head.length);
    return {
      key,
      size,
      contentType: first.ContentType ?? "",
      note: noteFrom(first.Metadata),
      async read(at, length) {
        if (at + length <= head.length) return head.slice(at, at + length);
        // A ticket can be used again: parts of two files must never be taken for one.
        const part = await send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: key,
            Range: range(at, length),
            ...(first.ETag === undefined ? {} : { IfMatch: first.ETag }),
          }),
        );
        const bytes = await part.Body?.transformToByteArray();
        if (bytes?.length !== length) throw new Error(`a part of ${key} came incomplete`);
        return bytes;
      },
    };
  }

  /** What people have been shown never changes afterwards, not even by a second run over a ticket used again. */
  const onlyOnce = async (writing: Promise<unknown>): Promise<void> => {
    await writing.catch((error: unknown) => {
      if (!isNamed(error, "PreconditionFailed")) throw error;
    });
  };

  const keep = (key: string, bytes: Uint8Array, type: MediaType): Promise<void> =>
    onlyOnce(
      send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: type,
          IfNoneMatch: "*",
        }),
      ),
    );

  async function patchedPart(source: ArrivedFile, at: number, patches: readonly Patch[]) {
    const part = await source.read(at, Math.min(partBytes, source.size - at));
    applyPatches(part, at, patches);
    return part;
  }

  async function keepPatched(
    source: ArrivedFile,
    key: string,
    type: MediaType,
    patches: readonly Patch[],
  ): Promise<void> {
    if (source.size <= partBytes) return keep(key, await patchedPart(source, 0, patches), type);
    const target = { Bucket: bucket, Key: key };
    // The checksum is named here because S3 refuses parts with one that the upload did not announce. Given up uploads
    // are removed by the bucket's lifecycle.
    const { UploadId } = await send(
      new CreateMultipartUploadCommand({ ...target, ContentType: type, ChecksumAlgorithm: "CRC32" }),
    );
    const Parts: { PartNumber: number; ETag?: string; ChecksumCRC32?: string }[] = [];
    for (let at = 0; at < source.size; at += partBytes) {
      const PartNumber = Parts.length + 1;
      const Body = await patchedPart(source, at, patches);
      const { ETag, ChecksumCRC32 } = await send(
        new UploadPartCommand({ ...target, UploadId, PartNumber, Body, ChecksumAlgorithm: "CRC32" }),
      );
      Parts.push({ PartNumber, ...(ETag ? { ETag } : {}), ...(ChecksumCRC32 ? { ChecksumCRC32 } : {}) });
    }
    await onlyOnce(
      send(
        new CompleteMultipartUploadCommand({
          ...target,
          UploadId,
          MultipartUpload: { Parts },
          IfNoneMatch: "*",
        }),
      ),
    );
  }

  return {
    open,
    keep,
    keepPatched,
    async discard(key) {
      await send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}
