/** Upload tickets and addresses to look at: signed by the function's own role, without a call to S3. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { TICKET_SECONDS, VIEW_SECONDS } from "../../domain/media.ts";
import type { MediaSigner, TicketOrder } from "../../ports/media.ts";
import { metadataOf } from "./upload-note.ts";

export interface SignerOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

/**
 * The form a browser posts to the bucket. The bucket refuses another key, another type, more bytes, an empty file, or
 * a field that is not as signed; what is really inside is looked at when it has arrived.
 */
async function signUpload({ client, bucket }: SignerOptions, order: TicketOrder) {
  const { url, fields } = await createPresignedPost(client, {
    Bucket: bucket,
    Key: order.key,
    Expires: TICKET_SECONDS,
    Fields: {
      "Content-Type": order.contentType,
      ...Object.fromEntries(
        Object.entries(metadataOf(order.note)).map(([name, value]) => [`x-amz-meta-${name}`, value]),
      ),
    },
    Conditions: [["content-length-range", 1, order.maxBytes]],
  });
  return { url, fields };
}

/** Shown in the browser, and saved under the name given. */
const signView = ({ client, bucket }: SignerOptions, key: string, fileName: string): Promise<string> =>
  getSignedUrl(
    client,
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: `inline; filename="${fileName}"`,
      ResponseCacheControl: "private, no-store",
    }),
    { expiresIn: VIEW_SECONDS },
  );

export const createMediaSigner = (options: SignerOptions): MediaSigner => ({
  signUpload: (order) => signUpload(options, order),
  signView: (key, fileName) => signView(options, key, fileName),
});
