/** Applies a prepared change to a case file: pure; the store writes what comes out, in one transaction. */
import * as z from "zod";
import type { Case, CaseEvent } from "./case.ts";
import {
  type CaseFile,
  type Change,
  currentWait,
  type Link,
  type Message,
  type NewCase,
  type Note,
  type RingChange,
  type Start,
} from "./case-file.ts";
import { CaseId, type Instant } from "./identifiers.ts";
import type { Mail, MailOrder } from "./mail.ts";
import type { Media } from "./media.ts";
import type { Shipment } from "./shipment.ts";
import type { Wait } from "./wait.ts";

/** How long after an answer the process must have asked again, before the clock looks why not (design, idea 3). */
export const ANSWER_GRACE_MS = 5 * 60_000;
/** How long a mail may stay unconfirmed (integrations.md). */
export const MAIL_GRACE_MS = 15 * 60_000;

/** One execution of a state machine, named `<caseId>-<attempt>`; its insertion starts it. */
export const Execution = z.strictObject({
  caseId: CaseId,
  attempt: z.int().min(1),
  machine: z.enum(["complimentary-resizing", "repair-and-maintenance", "service-order"]),
  resumeAt: z.string().max(80).optional(),
  waitNo: z.int().min(0),
  verdict: z.string().max(20),
  startedAt: z.string(),
});
export type Execution = z.infer<typeof Execution>;

/** The execution of the case's present attempt. */
export const executionOf = (theCase: Case, start: Start, startedAt: Instant): Execution => ({
  caseId: theCase.caseId,
  attempt: theCase.attempt,
  ...start,
  verdict: theCase.assessment.result.verdict,
  startedAt,
});

/** The whole items one transaction writes. */
export interface Writes {
  readonly case: Case;
  readonly events: readonly CaseEvent[];
  readonly waits: readonly Wait[];
  /** Number of the wait that must still be unanswered for the transaction to hold. */
  readonly answers?: number;
  readonly rings: readonly RingChange[];
  readonly mails: readonly Mail[];
  readonly media: readonly Media[];
  readonly shipments: readonly Shipment[];
  readonly notes: readonly Note[];
  readonly messages: readonly Message[];
  readonly links: readonly Link[];
  readonly execution?: Execution;
  readonly lookups: NonNullable<Change["lookups"]>;
  readonly opens?: NewCase;
}
export interface Applied {
  readonly file: CaseFile;
  readonly writes: Writes;
}

export const later = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();

/** A mail as it is first written: whoever reads the stream sends it. */
export const wanted = (order: MailOrder, now: Instant): Mail => ({
  ...order,
  orderedAt: now,
  status: "wanted",
  tries: 0,
  dueAt: later(now, MAIL_GRACE_MS),
});

const replace = <T>(
  all: readonly T[],
  changed: readonly T[],
  same: (a: T, b: T) => boolean,
): readonly T[] => [...all.filter((one) => !changed.some((other) => same(one, other))), ...changed];

const definedOnly = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** @throws Error when the change answers a wait that is answered already: an action must not have let it come here. */
export function applyChange(file: CaseFile, change: Change, now: Instant): Applied {
  const attempt = file.case.attempt + (change.start ? 1 : 0);
  const merged = definedOnly({ ...file.case, ...change.case }) as Case;
  const events = change.events.map((event, index) => ({
    ...event,
    no: file.case.eventNo + index + 1,
    at: now,
  }));
  const next: Case = {
    ...merged,
    version: file.case.version + 1,
    attempt,
    eventNo: file.case.eventNo + events.length,
    ...(change.start ? { machine: change.start.machine } : {}),
    ...(merged.stage !== file.case.stage ? { since: now } : {}),
  };

  const waits = [...(change.waits ?? [])];
  let answers: number | undefined;
  if (change.answer) {
    const wait = currentWait(file);
    if (wait.answer) throw new Error(`wait ${wait.no} of ${file.case.caseId} is answered already`);
    const { remindAt: _, ...rest } = wait;
    waits.push({ ...rest, answer: { ...change.answer, at: now }, dueAt: later(now, ANSWER_GRACE_MS) });
    answers = wait.no;
  }
  const mails = (change.mails ?? [])
    .filter((order) => !file.mails.some((mail) => mail.mailId === order.mailId))
    .map((order) => wanted(order, now));

  const writes: Writes = {
    case: next,
    events,
    waits,
    ...(answers === undefined ? {} : { answers }),
    rings: change.rings ?? [],
    mails,
    media: change.media ?? [],
    shipments: change.shipments ?? [],
    notes: change.notes ?? [],
    messages: change.messages ?? [],
    links: change.links ?? [],
    lookups: change.lookups ?? [],
    ...(change.opens ? { opens: change.opens } : {}),
    ...(change.start ? { execution: executionOf(next, change.start, now) } : {}),
  };
  return {
    writes,
    file: {
      case: next,
      waits: [...replace(file.waits, writes.waits, (a, b) => a.no === b.no)].sort((a, b) => a.no - b.no),
      events: [...file.events, ...events],
      media: replace(file.media, writes.media, (a, b) => a.mediaId === b.mediaId),
      mails: replace(file.mails, mails, (a, b) => a.mailId === b.mailId),
      shipments: replace(
        file.shipments,
        writes.shipments,
        (a, b) => a.leg === b.leg && a.attempt === b.attempt,
      ),
      links: replace(file.links, writes.links, (a, b) => a.hash === b.hash),
      notes: [...file.notes, ...writes.notes],
      messages: [...file.messages, ...writes.messages],
    },
  };
}
