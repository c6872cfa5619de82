/**
 * Photos of every wanted shot (R28): each file looked at and accepted, the certificate among them. In the paid process
 * name, address and telephone come with them (R32).
 */
import * as z from "zod";
import { Contact } from "../domain/address.ts";
import type { CaseFile } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import { type Fault, Problem, ruleBroken } from "../domain/problem.ts";
import { shotOf } from "../domain/shots.ts";
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

/** A slot in words: which photo, and of which item where there are several. */
function photoNamed(slot: string): string {
  const { item, shot } = shotOf(slot);
  return item === 1 ? `the photo "${shot}"` : `the photo "${shot}" of item ${item}`;
}

/**
 * When photos were last wanted again: that means new ones, for those sent before the review show what failed (R29).
 * A conversion forgets the review; its wait tells all the same.
 */
function wantedAgainAt({ case: { review }, waits }: CaseFile): Instant | undefined {
  const answer = waits.findLast((wait) => wait.asks === "review")?.answer;
  if (answer?.outcome === "more-photos") return answer.at;
  return review?.decision === "more-photos" ? review.at : undefined;
}

interface Looked {
  readonly faults: readonly Fault[];
  /** Files still being looked at; while there are any, nobody knows what is missing. */
  readonly pending: readonly Fault[];
}

/** What is wrong with the files sent: rejected ones first, then those not looked at yet, then what is missing. */
function lookAt(file: CaseFile, mediaIds: readonly string[], now: Instant): Looked {
  const found = mediaIds.map((id) => file.media.find((media) => media.mediaId === id));
  const faults: Fault[] = found.flatMap((media, index) => {
    const path = `mediaIds[${index}]`;
    if (!media) {
      return mayStillArrive(file.case.caseId, mediaIds[index] ?? "", now)
        ? []
        : [{ path, message: "there is no such file in this case" }];
    }
    if (media.status !== "rejected") return [];
    const message = `${photoNamed(media.slot)}: ${REASONS[media.reason ?? "unreadable"]}`;
    return [{ path, message, rule: "R28" }];
  });
  if (faults.length > 0) return { faults, pending: [] };
  const pending = found.flatMap((media, index) =>
    media === undefined || media.status === "expected"
      ? [{ path: `mediaIds[${index}]`, message: "this file is still being checked" }]
      : [],
  );
  if (pending.length > 0) return { faults: [], pending };
  const since = wantedAgainAt(file);
  const shown = new Set(
    found.flatMap((media) => (media && media.ticketAt > (since ?? "") ? media.slot : [])),
  );
  const missing = file.case.shots.filter((shot) => !shown.has(shot.slot));
  return {
    faults: missing.map(({ slot }) => ({
      path: "mediaIds",
      message: `${since === undefined ? photoNamed(slot) : photoNamed(slot).replace("the", "a new")} is missing`,
      rule: "R28",
    })),
    pending: [],
  };
}

/** Name, address and telephone: valid where they are given, and given in the paid process (R32, R33). */
function contactFaults({ case: { process, shipping } }: CaseFile, contact: Contact | undefined): Fault[] {
  if (contact) return checkContact(contact, "contact");
  if (process !== "repair-and-maintenance" || shipping) return [];
  return [
    {
      path: "contact",
      message: "please tell us your name, address and telephone number together with the photos",
      rule: "R32",
    },
  ];
}

export const photos: Action<z.infer<typeof Input>> = {
  name: "photos",
  customer: true,
  staff: [],
  input: Input,
  stages: ["photos-requested"],
  apply(file, { mediaIds, contact }, { actor, now }) {
    openWaitFor(file, "photos");
    const { faults, pending } = lookAt(file, mediaIds, now);
    const wrong = [...contactFaults(file, contact), ...faults];
    if (wrong.length > 0) throw ruleBroken(...wrong);
    if (pending.length > 0) throw new Problem("media-pending", pending);
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
