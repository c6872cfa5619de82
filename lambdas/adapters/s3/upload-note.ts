/** What a ticket is for, as the object's own metadata: signed with the ticket, so nobody else can have written it. */
import * as z from "zod";
import { Slot } from "../../domain/media.ts";
import type { UploadNote } from "../../ports/media.ts";

/** Headers carry ASCII only; a file's name may be in any script. */
const Metadata = z.object({
  slot: Slot,
  "file-name": z.string().transform((text, context) => {
    try {
      return decodeURIComponent(text);
    } catch {
      context.addIssue("not URI-encoded");
      return z.NEVER;
    }
  }),
  by: z.enum(["customer", "staff"]),
});

export const metadataOf = (note: UploadNote): Readonly<Record<string, string>> => ({
  slot: note.slot,
  "file-name": encodeURIComponent(note.fileName),
  by: note.byStaff ? "staff" : "customer",
});

/** `undefined` for a file that came by no ticket. */
export function noteFrom(metadata: Readonly<Record<string, string>> | undefined): UploadNote | undefined {
  const { data } = Metadata.safeParse(metadata);
  return data && { slot: data.slot, fileName: data["file-name"], byStaff: data.by === "staff" };
}
