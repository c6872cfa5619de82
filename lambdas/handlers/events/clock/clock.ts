/**
 * Time is one more actor (design, idea 3): reads what is due, reminds, lets silence expire, sends an answer that never
 * arrived once more, takes a process up again whose execution is gone, and wants an unconfirmed mail once more.
 */
import { expire } from "../../../actions/expire.ts";
import { remind } from "../../../actions/remind.ts";
import type { Brand } from "../../../domain/brand.ts";
import { hasEnded } from "../../../domain/case.ts";
import { type CaseFile, type Change, currentWait } from "../../../domain/case-file.ts";
import { ANSWER_GRACE_MS, later, MAIL_GRACE_MS } from "../../../domain/change.ts";
import { PermanentError } from "../../../domain/faults.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import type { Mail } from "../../../domain/mail.ts";
import { resume } from "../../../domain/resume.ts";
import { isOutstanding, MAX_LATE } from "../../../domain/settlement.ts";
import { type CaseStore, Conflict, type DueRow } from "../../../ports/case-store.ts";
import type { Processes } from "../../../ports/processes.ts";
import type { AttentionNeeded } from "../../attention-needed.ts";

export interface ClockDeps {
  readonly brand: Brand;
  readonly store: CaseStore;
  readonly processes: Processes;
  /** Told of a row that failed, by the number of its case or enquiry only; it stays due. */
  readonly failed: (owner: string, error: unknown) => void;
  /** Told of a case that a person has to look at. */
  readonly attention: AttentionNeeded;
  /** Told of a mail that nothing confirmed: operations is alarmed by it. */
  readonly mailLost: (owner: string, mailId: string) => void;
}

const DAY_MS = 86_400_000;
const PAGE = 100;
/** A case that changed under the clock more often is still due, and found again in a minute. */
const ROUNDS = 3;
/** Given to SES this often before a person has to look (integrations.md). */
const MAIL_TRIES = 2;
/** `sweep: true` looks at every current wait, due or not: after a restore, and when the local cloud starts. */
export interface ClockEvent {
  readonly time: string;
  readonly sweep?: boolean;
}

export const createClockHandler = (deps: ClockDeps) => {
  const { store, processes } = deps;

  const lookAgain = (file: CaseFile, now: Instant): Change => ({
    events: [],
    waits: [{ ...currentWait(file), dueAt: later(now, ANSWER_GRACE_MS) }],
  });

  async function decideWait(
    file: CaseFile,
    no: number,
    now: Instant,
    sweep: boolean,
  ): Promise<Change | undefined> {
    const wait = file.waits.find((one) => one.no === no);
    if (!wait?.dueAt) return undefined;
    if (no !== file.case.waitNo || hasEnded(file.case.stage)) {
      const { dueAt: _, ...rest } = wait;
      return { events: [], waits: [rest] };
    }
    if (!wait.answer) {
      const change = expire(file, now, deps.brand) ?? remind(file, now);
      if (change || !sweep) return change;
    } else if (wait.dueAt > now && !sweep) return undefined;
    if (await processes.isRunning(file.case.machine, file.case.caseId, file.case.attempt)) {
      if (wait.answer && wait.token !== undefined) await processes.complete(wait.token, wait);
      return wait.answer && !sweep ? lookAgain(file, now) : undefined;
    }
    return resume(file, now);
  }

  async function lookAtWait(caseId: string, no: number, now: Instant, sweep: boolean): Promise<void> {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const file = await store.load(caseId);
      const change = file && (await decideWait(file, no, now, sweep));
      if (!file || !change) return;
      try {
        await store.commit(file, change, now);
        if (change.case?.attention)
          deps.attention({
            caseId,
            state: change.case.attention.resumeAt,
            error: change.case.attention.error,
          });
        return;
      } catch (error) {
        // Somebody answered at this very moment: decide again by what stands now.
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  async function lookAtMail(owner: string, mailId: string, now: Instant): Promise<void> {
    const mail = await store.mail(owner, mailId);
    if (!mail?.dueAt || mail.dueAt > now) return;
    const { dueAt: _, ...rest } = mail;
    const next: Mail =
      mail.status === "confirmed" || mail.status === "bounced"
        ? rest
        : mail.tries < MAIL_TRIES
          ? { ...rest, status: "wanted", dueAt: later(now, MAIL_GRACE_MS) }
          : { ...rest, status: "failed" };
    if (next.status === "failed" && mail.status !== "failed") deps.mailLost(owner, mailId);
    await store.putMail(owner, mail.status, mail.tries, next);
  }

  /**
   * Ordered, and not done: the provider did not answer, or the execution is gone. Started once more, later and later; in
   * the end once a day, and a person is told each time.
   */
  async function lookAtSettlement(caseId: string, no: number, now: Instant, sweep: boolean): Promise<void> {
    const settlement = await store.settlement(caseId, no);
    if (!settlement?.dueAt || (settlement.dueAt > now && !sweep)) return;
    const file = await store.load(caseId);
    const { dueAt, ...rest } = settlement;
    const { round } = settlement;
    if (!file || !isOutstanding(file)) return store.putSettlement(round, rest);
    // A sweep takes up what is lost; only what had its time and was not done counts against it.
    const late = settlement.late + (dueAt <= now ? 1 : 0);
    if (late >= MAX_LATE) deps.failed(caseId, new PermanentError(`settlement ${no} does not succeed`));
    return store.putSettlement(round, {
      ...rest,
      round: round + 1,
      late,
      dueAt: later(now, late >= MAX_LATE ? DAY_MS : ANSWER_GRACE_MS * 2 ** late),
    });
  }

  const look = (row: DueRow, now: Instant, sweep: boolean): Promise<void> => {
    switch (row.kind) {
      case "wait":
        return lookAtWait(row.caseId, row.no, now, sweep);
      case "settlement":
        return lookAtSettlement(row.caseId, row.no, now, sweep);
      case "mail":
        return lookAtMail(row.owner, row.mailId, now);
    }
  };

  return async (event: ClockEvent): Promise<void> => {
    const now = new Date(event.time).toISOString();
    const sweep = event.sweep === true;
    const until = sweep ? "9999-12-31T23:59:59.999Z" : now;
    let cursor: string | undefined;
    do {
      const page = await store.due(until, PAGE, cursor);
      for (const row of page.rows) {
        await look(row, now, sweep).catch((error: unknown) => {
          if (!(error instanceof Conflict)) deps.failed(row.kind === "mail" ? row.owner : row.caseId, error);
        });
      }
      cursor = page.cursor;
    } while (cursor);
  };
};
