/** A case store in memory: the same pure `applyChange`, the same conditions; what a test did not foresee throws. */
import { listedFacts } from "../../lambdas/domain/case.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { type Applied, applyChange } from "../../lambdas/domain/change.ts";
import type { Design } from "../../lambdas/domain/design.ts";
import type { Ring } from "../../lambdas/domain/ring.ts";
import type { Settlement } from "../../lambdas/domain/settlement.ts";
import { type CaseStore, Conflict, type DueRow, type ExportEntry } from "../../lambdas/ports/case-store.ts";

export interface MemoryStore extends CaseStore {
  readonly files: Map<string, CaseFile>;
  readonly rings: Map<string, Ring>;
  readonly designs: Map<string, Design>;
  readonly settlements: Map<string, Settlement>;
  /** What each commit wrote, in order. */
  readonly written: Applied["writes"][];
  /** Makes the next commits fail as if somebody else had written first. */
  conflicts: number;
  file(caseId: string): CaseFile;
}

const unforeseen = (name: string) => () => Promise.reject(new Error(`the test did not foresee ${name}`));

/** As in the table: a partition a day and sender, an item a case. */
const exportDay = ({ shipDate }: ExportEntry, hash: string): string => `${shipDate} ${hash} `;
const exportKeys = (entry: ExportEntry): string[] =>
  entry.senderHashes.map((hash) => exportDay(entry, hash) + entry.caseId);

export function memoryStore(...files: readonly CaseFile[]): MemoryStore {
  const stored = new Map<string, CaseFile>(files.map((file) => [file.case.caseId, file]));
  const rings = new Map<string, Ring>();
  const designs = new Map<string, Design>();
  const exports = new Map<string, ExportEntry>();
  const settlements = new Map<string, Settlement>();
  const get = (caseId: string): CaseFile => {
    const file = stored.get(caseId);
    if (!file) throw new Error(`no case ${caseId}`);
    return file;
  };
  const store: MemoryStore = {
    files: stored,
    settlements,
    rings,
    designs,
    written: [],
    conflicts: 0,
    file: get,
    load: (caseId) => Promise.resolve(stored.get(caseId)),
    commit(file, change, now) {
      const { caseId } = file.case;
      if (store.conflicts > 0) {
        store.conflicts -= 1;
        return Promise.reject(new Conflict("case", "somebody else wrote first"));
      }
      if (get(caseId).case.version !== file.case.version)
        return Promise.reject(new Conflict("case", "the case has changed"));
      for (const { before, after } of change.rings ?? []) {
        if ((rings.get(after.serialNumber)?.version ?? 0) !== before)
          return Promise.reject(new Conflict("ring", "the ring has changed"));
      }
      const serials = (change.rings ?? []).map(({ after }) => after.serialNumber);
      if (new Set(serials).size < serials.length)
        return Promise.reject(new Error("ValidationException: a transaction writes an item once"));
      const applied = applyChange(file, change, now);
      for (const { after } of change.rings ?? []) rings.set(after.serialNumber, after);
      stored.set(caseId, applied.file);
      const { settlement } = applied.writes;
      if (settlement) settlements.set(`${caseId} ${settlement.no}`, settlement);
      if (change.opens) stored.set(change.opens.file.case.caseId, change.opens.file);
      store.written.push(applied.writes);
      return Promise.resolve(applied.file);
    },
    reference: ({ serials, designs: numbers }) =>
      Promise.resolve({
        rings: new Map(
          serials.flatMap((serial) => (rings.has(serial) ? [[serial, rings.get(serial) as Ring]] : [])),
        ),
        designs: new Map(
          numbers.flatMap((number) => (designs.has(number) ? [[number, designs.get(number) as Design]] : [])),
        ),
      }),
    putWaitToken(caseId, wait, attempt) {
      const file = get(caseId);
      const { token, machine } = wait;
      stored.set(caseId, {
        ...file,
        waits: file.waits.map((one) =>
          one.no === wait.no ? { ...one, machine, attempt, ...(token === undefined ? {} : { token }) } : one,
        ),
      });
      return Promise.resolve();
    },
    mail: (owner, mailId) => Promise.resolve(stored.get(owner)?.mails.find((one) => one.mailId === mailId)),
    putMail(caseId, before, tries, mail) {
      const file = get(caseId);
      const known = file.mails.find((one) => one.mailId === mail.mailId);
      if (known?.status !== before || known.tries !== tries)
        return Promise.reject(new Conflict("exists", "the mail has changed"));
      stored.set(caseId, {
        ...file,
        mails: file.mails.map((one) => (one.mailId === mail.mailId ? mail : one)),
      });
      return Promise.resolve();
    },
    queue: (stage) =>
      Promise.resolve({
        rows: [...stored.values()]
          .filter((file) => file.case.stage === stage)
          .map((file) => ({
            caseId: file.case.caseId,
            stage,
            since: file.case.since,
            case: { ...file.case, ...listedFacts(file.case) },
          })),
      }),
    due(until) {
      const rows = [...stored.values()].flatMap((file): DueRow[] => [
        ...file.waits.flatMap((wait) =>
          wait.dueAt !== undefined && wait.dueAt <= until
            ? [{ caseId: file.case.caseId, kind: "wait" as const, no: wait.no, dueAt: wait.dueAt }]
            : [],
        ),
        ...file.mails.flatMap((mail) =>
          mail.dueAt !== undefined && mail.dueAt <= until
            ? [{ owner: file.case.caseId, kind: "mail" as const, mailId: mail.mailId, dueAt: mail.dueAt }]
            : [],
        ),
      ]);
      for (const { caseId, no, dueAt } of settlements.values())
        if (dueAt !== undefined && dueAt <= until) rows.push({ caseId, kind: "settlement", no, dueAt });
      return Promise.resolve({ rows: rows.sort((a, b) => a.dueAt.localeCompare(b.dueAt)) });
    },
    registerExport(entry, former) {
      for (const key of former ? exportKeys(former) : []) exports.delete(key);
      for (const key of exportKeys(entry)) exports.set(key, entry);
      const days = entry.senderHashes.map((hash) => exportDay(entry, hash));
      const others = new Map(
        [...exports].flatMap(([key, one]) =>
          one.caseId !== entry.caseId && days.some((day) => key.startsWith(day))
            ? [[one.caseId, one.cents]]
            : [],
        ),
      );
      return Promise.resolve({
        othersCents: [...others.values()].reduce((sum, cents) => sum + cents, 0),
        others: [...others.keys()],
      });
    },
    withdrawExport(entry) {
      for (const key of exportKeys(entry)) exports.delete(key);
      return Promise.resolve();
    },
    marked: (mark) =>
      Promise.resolve({
        caseIds: [...stored.values()]
          .filter(({ case: one }) =>
            mark === "unanswered" ? one.unansweredSince !== undefined : one.refundDueSince !== undefined,
          )
          .map((file) => file.case.caseId),
      }),
    settlement: (caseId, no) => Promise.resolve(settlements.get(`${caseId} ${no}`)),
    putSettlement(round, settlement) {
      const key = `${settlement.caseId} ${settlement.no}`;
      if (settlements.get(key)?.round !== round)
        return Promise.reject(new Conflict("exists", "the settlement has changed"));
      settlements.set(key, settlement);
      return Promise.resolve();
    },
    create: unforeseen("create"),
    rememberedRequest: unforeseen("rememberedRequest"),
    putDesign: unforeseen("putDesign"),
    putRing: unforeseen("putRing"),
    find: unforeseen("find"),
    putMedia: unforeseen("putMedia"),
    putLink: unforeseen("putLink"),
  };
  return store;
}
