/** Applies a prepared change to a case file: pure; the store writes what comes out, in one transaction. */
import * as z from "zod";
import { wantsRefund } from "./accounts.ts";
import { withBooks } from "./books.ts";
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
import { definedOnly } from "./fields.ts";
import { CaseId, type Instant } from "./identifiers.ts";
import type { Invoice } from "./invoice.ts";
import type { Mail, MailOrder } from "./mail.ts";
import type { Media } from "./media.ts";
import type { LedgerEntry } from "./payment.ts";
import type { Settlement } from "./settlement.ts";
import type { Shipment } from "./shipment.ts";
import { Machine, type Wait } from "./wait.ts";

/** How long after an answer the process must have asked again, before the clock looks why not (design, idea 3). */
export const ANSWER_GRACE_MS = 5 * 60_000;
/** How long a mail may stay unconfirmed (integrations.md). */
export const MAIL_GRACE_MS = 15 * 60_000;

/** One execution of a state machine, named `<caseId>-<attempt>`; its insertion starts it. */
export const Execution = z.strictObject({
  caseId: CaseId,
  attempt: z.int().min(1),
  machine: Machine,
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
  readonly invoices: readonly Invoice[];
  readonly payments: readonly LedgerEntry[];
  readonly settlement?: Settlement;
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

/** Marked for finance, or no longer so: by the file once everything of the change is in it, since money is a sum over all. */
function withRefundMark(file: CaseFile, now: Instant): CaseFile {
  const { refundDueSince, ...rest } = file.case;
  const since = wantsRefund(file) ? (refundDueSince ?? now) : undefined;
  if (since === refundDueSince) return file;
  return { ...file, case: since === undefined ? rest : { ...rest, refundDueSince: since } };
}

/** @throws Error when the change answers a wait that is answered already: an action must not have let it come here. */
export function applyChange(file: CaseFile, change: Change, now: Instant): Applied {
  const attempt = file.case.attempt + (change.start ? 1 : 0);
  const merged = definedOnly({ ...file.case, ...change.case }) as Case;
  const events = change.events.map((event, index) => ({
    ...event,
    no: file.case.eventNo + index + 1,
    at: now,
  }));
  const settlementNo = (file.case.settlementNo ?? 0) + 1;
  const next: Case = {
    ...merged,
    version: file.case.version + 1,
    attempt,
    eventNo: file.case.eventNo + events.length,
    ...(change.start ? { machine: change.start.machine } : {}),
    ...(change.settles ? { settlementNo } : {}),
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
  const { invoices = [], payments = [] } = change;

  const after = withRefundMark(
    withBooks(
      {
        case: next,
        waits: [...replace(file.waits, waits, (a, b) => a.no === b.no)].sort((a, b) => a.no - b.no),
        events: [...file.events, ...events],
        media: replace(file.media, change.media ?? [], (a, b) => a.mediaId === b.mediaId),
        mails: replace(file.mails, mails, (a, b) => a.mailId === b.mailId),
        shipments: replace(
          file.shipments,
          change.shipments ?? [],
          (a, b) => a.leg === b.leg && a.attempt === b.attempt,
        ),
        links: replace(file.links, change.links ?? [], (a, b) => a.hash === b.hash),
        notes: [...file.notes, ...(change.notes ?? [])],
        messages: [...file.messages, ...(change.messages ?? [])],
        invoices: file.invoices,
        payments: file.payments,
      },
      { invoices, payments },
    ),
    now,
  );
  return {
    file: after,
    writes: {
      case: after.case,
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
      invoices,
      payments,
      lookups: change.lookups ?? [],
      ...(change.opens ? { opens: change.opens } : {}),
      ...(change.start ? { execution: executionOf(after.case, change.start, now) } : {}),
      ...(change.settles
        ? {
            settlement: {
              caseId: next.caseId,
              no: settlementNo,
              round: 1,
              late: 0,
              orderedAt: now,
              dueAt: later(now, ANSWER_GRACE_MS),
            },
          }
        : {}),
    },
  };
}
