/** Where cases, rings and designs are kept. One transaction a change; nothing is ever written in halves. */
import type { ListedCase } from "../domain/case.ts";
import type { CaseFile, Change, Link } from "../domain/case-file.ts";
import type { Design } from "../domain/design.ts";
import type { Instant } from "../domain/identifiers.ts";
import type { Mail } from "../domain/mail.ts";
import type { Media } from "../domain/media.ts";
import type { Ring } from "../domain/ring.ts";
import type { Settlement } from "../domain/settlement.ts";
import type { Wait } from "../domain/wait.ts";

/** Somebody else wrote first: read again and decide again. `what` says whose condition failed. */
export class Conflict extends Error {
  override readonly name = "Conflict";
  readonly what: "case" | "ring" | "exists";
  constructor(what: "case" | "ring" | "exists", message: string) {
    super(message);
    this.what = what;
  }
}

/** What a case can be found by. */
export type LookupKind = NonNullable<Change["lookups"]>[number]["kind"];
/** Lists of cases beside those of the stages: a message waits for staff, or money for finance. */
export type Mark = "unanswered" | "refund-due";

/** One Idempotency-Key, saved in the transaction of what it asked for; lives 30 days. */
export interface RememberedRequest {
  /** SHA-256 of the key, base64url. */
  readonly keyHash: string;
  readonly bodyHash: string;
  readonly caseId: string;
  /** What was answered, as JSON, so that the same can be answered again. */
  readonly reply?: string;
}

/** A row of a staff list. */
export interface QueueRow {
  readonly caseId: string;
  readonly stage: string;
  readonly since: Instant;
  readonly case: ListedCase;
}

/** What the index of due things returns: the key of the item, to be read with its case. */
export type DueRow =
  | {
      readonly caseId: string;
      readonly kind: "wait" | "settlement";
      readonly no: number;
      readonly dueAt: Instant;
    }
  /** `owner`: the case or the enquiry. */
  | { readonly owner: string; readonly kind: "mail"; readonly mailId: string; readonly dueAt: Instant };

/** A shipment's value on its day, by sender: R46 sums over the same sender's shipments of one ship date. */
export interface ExportEntry {
  readonly caseId: string;
  readonly shipDate: string;
  readonly senderHashes: readonly string[];
  readonly cents: number;
}

export interface CaseStore {
  /** One strongly consistent Query (pages on if the case is very long). */
  load(caseId: string): Promise<CaseFile | undefined>;
  /** One transaction: the file as first written (version 1), its rings, lookups, mails, link, execution and idempotency key. */
  create(
    file: CaseFile,
    change: Pick<Change, "rings" | "lookups" | "start">,
    request: RememberedRequest,
  ): Promise<void>;
  /** Applies and writes in one transaction, conditioned on the case's version. Returns the file as it then stands. @throws Conflict */
  commit(file: CaseFile, change: Change, now: Instant): Promise<CaseFile>;
  rememberedRequest(keyHash: string): Promise<RememberedRequest | undefined>;

  /** One BatchGet for both. Missing ones are absent from the maps. */
  reference(wanted: { readonly serials: readonly string[]; readonly designs: readonly string[] }): Promise<{
    readonly rings: ReadonlyMap<string, Ring>;
    readonly designs: ReadonlyMap<string, Design>;
  }>;
  putDesign(design: Design): Promise<void>;
  /** Conditioned on the version read (0: not there yet). @throws Conflict */
  putRing(before: number, ring: Ring): Promise<void>;

  /** A page of the staff queue, oldest in its stage first. */
  queue(
    stage: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly rows: readonly QueueRow[]; readonly cursor?: string }>;
  /** Numbers of the cases in such a list, the longest in it first. */
  marked(
    mark: Mark,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly caseIds: readonly string[]; readonly cursor?: string }>;
  /** Case numbers under a lookup, newest first. */
  find(kind: LookupKind, value: string): Promise<readonly string[]>;
  /** What is due at `now` or before, oldest first; `until` far in the future reads all (the sweep). */
  due(
    until: Instant,
    limit: number,
    cursor?: string,
  ): Promise<{ readonly rows: readonly DueRow[]; readonly cursor?: string }>;

  /** Single items, for consumers that own them; each conditioned so that a repeat changes nothing. */
  putWaitToken(caseId: string, wait: Wait, attempt: number): Promise<void>;
  /** Mails belong to a case or to an enquiry: `owner` is the number of either. */
  mail(owner: string, mailId: string): Promise<Mail | undefined>;
  putMail(owner: string, before: Mail["status"], tries: number, mail: Mail): Promise<void>;
  settlement(caseId: string, no: number): Promise<Settlement | undefined>;
  /** Conditioned on the round read. @throws Conflict */
  putSettlement(round: number, settlement: Settlement): Promise<void>;
  putMedia(caseId: string, before: Media["status"] | undefined, media: Media): Promise<void>;
  putLink(caseId: string, link: Link): Promise<void>;

  /** Registers the shipment's value under its senders and day (replacing the case's former entry), then sums consistently. */
  registerExport(
    entry: ExportEntry,
    former?: ExportEntry,
  ): Promise<{ readonly othersCents: number; readonly others: readonly string[] }>;
  withdrawExport(entry: ExportEntry): Promise<void>;
}
