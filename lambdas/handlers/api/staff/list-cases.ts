/**
 * `GET /cases`: the queue of a stage, the cases whose customer waits for an answer, or those under an e-mail address,
 * serial, order or tracking number.
 */

import type { CaseList } from "../../../contracts/case-view.ts";
import { CaseQuery } from "../../../contracts/requests.ts";
import type { Brand } from "../../../domain/brand.ts";
import { hasEnded, listedFacts, Stage } from "../../../domain/case.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import { type Call, ok, parsed, type Reply } from "../../../platform/http.ts";
import type { CaseStore, Mark, QueueRow } from "../../../ports/case-store.ts";
import { caseRow } from "./view.ts";

type Store = Pick<CaseStore, "queue" | "marked" | "find" | "load">;
type Query = ReturnType<typeof CaseQuery.parse>;
interface Page {
  readonly cases: readonly QueueRow["case"][];
  readonly cursor?: string;
}

const LOOKUPS = ["email", "serial", "order", "tracking"] as const;
/** Lists beside the stages', by the filter that shows them. */
const MARKS = { unanswered: "unanswered", refundDue: "refund-due" } as const;
const FILTERS = [...LOOKUPS, "stage", ...(Object.keys(MARKS) as (keyof typeof MARKS)[])] as const;
const OPEN_STAGES = Stage.options.filter((stage) => !hasEnded(stage));
const badCursor = () =>
  new Problem("invalid-request", [{ path: "cursor", message: "not a cursor this list has given out" }]);

const read = async (store: Store, ids: readonly string[]): Promise<QueueRow["case"][]> =>
  (await Promise.all(ids.map((id) => store.load(id)))).flatMap((file) =>
    file ? [{ ...file.case, ...listedFacts(file.case) }] : [],
  );

async function marked(store: Store, mark: Mark, { cursor, limit }: Query): Promise<Page> {
  const { caseIds, ...more } = await store.marked(mark, cursor, limit);
  return { cases: await read(store, caseIds), ...more };
}

/** Few cases share an address or a number: each is read whole. The cursor is the last case shown. */
async function found(store: Store, query: Query, kind: (typeof LOOKUPS)[number]): Promise<Page> {
  const all = await store.find(kind, query[kind] ?? "");
  const after = query.cursor === undefined ? -1 : all.indexOf(query.cursor);
  if (query.cursor !== undefined && after < 0) throw badCursor();
  const ids = all.slice(after + 1, after + 1 + query.limit);
  const last = ids.at(-1);
  return {
    cases: await read(store, ids),
    ...(last !== undefined && last !== all.at(-1) ? { cursor: last } : {}),
  };
}

async function inStage(store: Store, { cursor, limit }: Query, stage: Stage): Promise<Page> {
  const { rows, ...more } = await store.queue(stage, cursor, limit);
  return { cases: rows.map((row) => row.case), ...more };
}

/** Stage after stage; the cursor names the stage it stopped in. */
async function inAllStages(store: Store, query: Query): Promise<Page> {
  const [at = OPEN_STAGES[0], from] = (query.cursor ?? "").split("~");
  const start = query.cursor === undefined ? 0 : OPEN_STAGES.findIndex((stage) => stage === at);
  if (start < 0) throw badCursor();
  const cases: QueueRow["case"][] = [];
  for (const stage of OPEN_STAGES.slice(start)) {
    const cursor = stage === at && from ? from : undefined;
    const page = await store.queue(stage, cursor, query.limit - cases.length);
    cases.push(...page.rows.map((row) => row.case));
    if (page.cursor !== undefined) return { cases, cursor: `${stage}~${page.cursor}` };
    const next = OPEN_STAGES[OPEN_STAGES.indexOf(stage) + 1];
    if (cases.length === query.limit) return { cases, ...(next ? { cursor: `${next}~` } : {}) };
  }
  return { cases };
}

function pageOf(store: Store, query: Query): Promise<Page> {
  const filters = FILTERS.filter((name) => query[name] !== undefined);
  if (filters.length > 1)
    throw new Problem("invalid-request", [{ path: filters[0] ?? "", message: "one filter at a time" }]);
  const kind = LOOKUPS.find((name) => query[name] !== undefined);
  if (kind !== undefined) return found(store, query, kind);
  if (query.unanswered !== undefined) return marked(store, MARKS.unanswered, query);
  if (query.refundDue !== undefined) return marked(store, MARKS.refundDue, query);
  return query.stage === undefined ? inAllStages(store, query) : inStage(store, query, query.stage);
}

export async function listCases(store: Store, brand: Brand, call: Call): Promise<Reply> {
  const { cases, cursor } = await pageOf(store, parsed(CaseQuery, call.query));
  const now: Instant = call.now;
  const list: CaseList = {
    items: cases.map((one) => caseRow(one, brand, now)),
    ...(cursor === undefined ? {} : { cursor }),
  };
  return ok(list);
}
