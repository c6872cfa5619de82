/** All that stands under one case number: what one Query reads and one transaction changes. */
import * as z from "zod";
import type { Case, CaseEvent } from "./case.ts";
import { Instant } from "./identifiers.ts";
import type { Invoice } from "./invoice.ts";
import type { Mail, MailOrder } from "./mail.ts";
import type { Media } from "./media.ts";
import type { LedgerEntry } from "./payment.ts";
import type { Ring } from "./ring.ts";
import type { Leg, Shipment } from "./shipment.ts";
import type { Machine, Wait } from "./wait.ts";

/** A customer's link: only the hash of its secret is kept. */
export const Link = z.strictObject({
  /** SHA-256 of the secret, base64url. */
  hash: z.string().length(43),
  createdAt: Instant,
});
export type Link = z.infer<typeof Link>;

/** Staff's own words on a case; the customer never sees them. */
export const Note = z.strictObject({ at: Instant, by: z.string().max(100), text: z.string().max(4000) });
export type Note = z.infer<typeof Note>;

export const Message = z.strictObject({
  /** Counts the messages of the case from 1; what a mail that carries one names it by. */
  no: z.int().min(1),
  at: Instant,
  from: z.enum(["customer", "staff"]),
  by: z.string().max(100),
  text: z.string().max(4000),
});
export type Message = z.infer<typeof Message>;

export interface CaseFile {
  readonly case: Case;
  /** Ordered by number. */
  readonly waits: readonly Wait[];
  readonly events: readonly CaseEvent[];
  readonly media: readonly Media[];
  readonly mails: readonly Mail[];
  readonly shipments: readonly Shipment[];
  readonly links: readonly Link[];
  readonly notes: readonly Note[];
  readonly messages: readonly Message[];
  /** Ordered by version. */
  readonly invoices: readonly Invoice[];
  /** The ledger, in the order of its entries. */
  readonly payments: readonly LedgerEntry[];
}

export type NewEvent = Omit<CaseEvent, "no" | "at">;

/** A change of the ring ledger: written only if the ring is still at `before` (0: not yet known). */
export interface RingChange {
  readonly before: number;
  readonly after: Ring;
}

/** Start of an execution: the one starter reads it from the stream. */
export interface Start {
  readonly machine: Machine;
  /** The state it begins at; absent: at the beginning. */
  readonly resumeAt?: string;
  /** `$.wait.no` it begins with. */
  readonly waitNo: number;
}

/** A case that comes out of another: the file as first written, and what is written with it. */
export interface NewCase {
  readonly file: CaseFile;
  readonly lookups: NonNullable<Change["lookups"]>;
  readonly start: Start;
}

/**
 * What an action or a step changes: prepared purely, then written in one transaction or not at all.
 * Never written in halves; conditions: the case's version, the wait unanswered, the rings' versions.
 */
export interface Change {
  /** Fields of the case to set; a field set to `undefined` is removed. `version`, `eventNo` are the store's. */
  readonly case?: { readonly [K in keyof Case]?: Case[K] | undefined };
  readonly events: readonly NewEvent[];
  /** Answers the open wait. */
  readonly answer?: { readonly outcome: string; readonly by: string };
  /** Wait items to create or replace whole (the next wait, a cleared `dueAt`, a reminder sent). */
  readonly waits?: readonly Wait[];
  readonly rings?: readonly RingChange[];
  readonly mails?: readonly MailOrder[];
  /** Media, shipment, note, message items to create or replace whole. */
  readonly media?: readonly Media[];
  readonly shipments?: readonly Shipment[];
  readonly notes?: readonly Note[];
  readonly messages?: readonly Message[];
  readonly links?: readonly Link[];
  readonly invoices?: readonly Invoice[];
  readonly payments?: readonly LedgerEntry[];
  /** Something is to be done with the payment provider that no state of the process does (see `settlement.ts`). */
  readonly settles?: true;
  /** Starts the next execution; raises `attempt`. */
  readonly start?: Start;
  /** Another case that begins in the same transaction; its rings are among `rings`. */
  readonly opens?: NewCase;
  /** Index rows beside the case: e-mail, serial, order and tracking number. */
  readonly lookups?: readonly {
    readonly kind: "email" | "serial" | "order" | "tracking" | "payment";
    readonly value: string;
  }[];
}

/** The newest wait, which is the one open or being moved on from. */
export const currentWait = (file: CaseFile): Wait => {
  const wait = file.waits.find((one) => one.no === file.case.waitNo);
  if (!wait) throw new Error(`case ${file.case.caseId} has no wait ${file.case.waitNo}`);
  return wait;
};

/** The present label of a leg. */
export const presentShipment = (file: CaseFile, leg: Leg): Shipment | undefined =>
  file.shipments.filter((one) => one.leg === leg).sort((a, b) => b.attempt - a.attempt)[0];
