/**
 * Going on at a question that the running execution would not come to: a case reopened, one that changes its process,
 * a return that waits for money. The wait is opened here and not by the process: an open wait needs no execution, so a
 * start that gets lost loses nothing; the former execution finds its attempt superseded and ends quietly.
 */
import type { CaseFile, Change } from "../domain/case-file.ts";
import { openWait } from "../domain/open-wait.ts";
import type { Asks, Machine } from "../domain/wait.ts";
import { waitRow } from "../domain/wait-table.ts";
import type { ActionContext } from "./action.ts";

/** @param file as it stands once the rest of the change is in it */
export function goOnAt(
  file: CaseFile,
  asks: Asks,
  machine: Machine,
  { now, brand }: Pick<ActionContext, "now" | "brand">,
): Required<Pick<Change, "case" | "waits" | "events" | "start" | "mails">> {
  const { waitNo, attempt } = file.case;
  const opened = openWait(file, { asks, machine, attempt: attempt + 1 }, now, brand);
  return {
    case: opened.case ?? {},
    waits: (opened.waits ?? []).filter((wait) => wait.no > waitNo),
    mails: opened.mails ?? [],
    events: opened.events,
    start: { machine, resumeAt: waitRow(asks).state, waitNo },
  };
}
