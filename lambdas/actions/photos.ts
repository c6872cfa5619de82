/**
 * Photos of every wanted shot (R28): each file looked at and accepted, the certificate among them. In the paid process
 * name, address and telephone come with them (R32).
 */
import * as z from "zod";
import { Contact } from "../domain/address.ts";
import type { CaseFile } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import { type Fault, Problem, ruleBroken } from "../domain/problem.ts";
import { checkContact, tidyAddress } from "../domain/us-address.ts";
import { type Action, actorText, openWaitFor } from "./action.ts";
import { mayStillArrive } from "./uploads.ts";

/** An id of no file at all is a missing file (422): to a client, ids are words without a form. */
const Input = z.strictObject({
  mediaIds: z.array(z.string().min(1).max(64)).max(60),
  contact: Contact.optional(),
});

const REASONS: Record<string, string> = {
  type: "this kind of file cannot be used; please send JPEG, PNG, HEIC, WebP, MP4 or MOV",
  "too-large": "the file is too large",
  "too-small": "the photo is too small to judge by; at least 640 pixels on the short side",
  unreadable: "the file cannot be opened",
  "not-an-image": "the certificate has to be a photo, not a video",
  mismatch: "the file is not what was announced",
};

/** @throws Problem media-pending while a file is still being looked at; rule-broken for rejected and missing ones. */
function checkFiles(file: CaseFile, mediaIds: readonly string[], now: Instant): void {
  const found = mediaIds.map((id) => file.media.find((media) => media.mediaId === id));
  const faults: Fault[] = found.flatMap((media, index) => {
    const path = `mediaIds[${index}]`;
    if (!media) {
      return mayStillArrive(file.case.caseId, mediaIds[index] ?? "", now)
        ? []
        : [{ path, message: "there is no such file in this case" }];
    }
    if (media.status !== "rejected") return [];
    return [{ path, message: `${media.slot}: ${REASONS[media.reason ?? "unreadable"]}`, rule: "R28" }];
  });
  if (faults.length > 0) throw ruleBroken(...faults);
  const pending = found.flatMap((media, index) =>
    media === undefined || media.status === "expected"
      ? [{ path: `mediaIds[${index}]`, message: "this file is still being checked" }]
      : [],
  );
  if (pending.length > 0) throw new Problem("media-pending", pending);
  // Wanted again means a new photo: one sent before the review that asked shows what failed (R29).
  const { review } = file.case;
  const since = review?.decision === "more-photos" ? review.at : "";
  const shown = new Set(found.flatMap((media) => (media && media.ticketAt > since ? media.slot : [])));
  const missing = file.case.shots.filter((shot) => !shown.has(shot.slot));
  if (missing.length > 0) {
    throw ruleBroken(
      ...missing.map((shot) => ({
        path: "mediaIds",
        message:
          since === "" ? `the photo "${shot.slot}" is missing` : `a new photo "${shot.slot}" is missing`,
        rule: "R28",
      })),
    );
  }
}

/** @throws Problem rule-broken (R32, R33) */
function checkContactGiven({ case: { process, shipping } }: CaseFile, contact: Contact | undefined): void {
  if (contact) {
    const faults = checkContact(contact).map((fault) => ({ ...fault, path: `contact.${fault.path}` }));
    if (faults.length > 0) throw ruleBroken(...faults);
  } else if (process === "repair-and-maintenance" && !shipping) {
    throw ruleBroken({
      path: "contact",
      message: "please tell us your name, address and telephone number together with the photos",
      rule: "R32",
    });
  }
}

export const photos: Action<z.infer<typeof Input>> = {
  name: "photos",
  customer: true,
  staff: [],
  input: Input,
  stages: ["photos-requested"],
  apply(file, { mediaIds, contact }, { actor, now }) {
    openWaitFor(file, "photos");
    checkContactGiven(file, contact);
    checkFiles(file, mediaIds, now);
    const by = actorText(actor);
    return {
      ...(contact
        ? {
            case: {
              shipping: { ...file.case.shipping, ...contact, address: tidyAddress(contact.address), at: now },
            },
          }
        : {}),
      events: [{ type: "PhotosSubmitted", by, shown: true, data: { count: mediaIds.length } }],
      answer: { outcome: "submitted", by },
    };
  },
};
