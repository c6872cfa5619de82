/** `GET /cases`: the queue of a stage, or the cases under an e-mail address, serial, order or tracking number. */
import { CaseQuery } from "../../../contracts/api.ts";
import type { CaseList } from "../../../contracts/case-view.ts";
import type { Brand } from "../../../domain/brand.ts";
import { hasEnded, Stage } from "../../../domain/case.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import { type Call, ok, parsed, type Reply } from "../../../platform/http.ts";
import type { CaseStore, QueueRow } from "../../../ports/case-store.ts";
import { caseRow } from "./view.ts";

type Store = Pick<CaseStore, "queue" | "find" | "load">;
type Query = ReturnType<typeof CaseQuery.parse>;
interface Page {
  readonly cases: readonly QueueRow["case"][];
  readonly cursor?: string;
}

const LOOKUPS = ["email", "serial", "order", "tracking"] as const;
const OPEN_STAGES = Stage.options.filter((stage) => !hasEnded(stage));
const badCursor = () =>
  new Problem("invalid-request", [{ path: "cursor", message: "not a cursor this list has given out" }]);

/** Few cases share an address or a number: each is read whole. The cursor is the last case shown. */
async function found(store: Store, query: Query, kind: (typeof LOOKUPS)[number]): Promise<Page> {
  const all = await store.find(kind, query[kind] ?? "");
  const after = query.cursor === undefined ? -1 : all.indexOf(query.cursor);
  if (query.cursor !== undefined && after < 0) throw badCursor();
  const ids = all.slice(after + 1, after + 1 + query.limit);
  const files = await Promise.all(ids.map((id) => store.load(id)));
  const last = ids.at(-1);
  return {
    cases: files.flatMap((file) => file?.case ?? []),
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
  const kinds = LOOKUPS.filter((kind) => query[kind] !== undefined);
  if (kinds.length + (query.stage === undefined ? 0 : 1) > 1)
    throw new Problem("invalid-request", [{ path: kinds[0] ?? "stage", message: "one filter at a time" }]);
  if (kinds[0] !== undefined) return found(store, query, kinds[0]);
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
