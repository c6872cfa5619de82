/** Carrying out an action on a case: once, however often it is sent, and by the case as it is when it is written. */
import { type Action, type Actor } from "../actions/action.ts";
import type { Brand } from "../domain/brand.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import type { CaseId, Instant } from "../domain/identifiers.ts";
import { outOfTurn, Problem } from "../domain/problem.ts";
import { WAITS } from "../domain/wait-table.ts";
import { type CaseStore, Conflict } from "../ports/case-store.ts";
import { permit } from "./callers.ts";
import { randomCaseId } from "./case-number.ts";
import { fingerprint } from "./fingerprint.ts";
import { parsed } from "./http.ts";
import { readReference } from "./reference.ts";

export interface Deps {
  readonly store: Pick<CaseStore, "load" | "reference" | "commit">;
  readonly brand: Brand;
  readonly newCaseId?: () => CaseId;
  /** Milliseconds; tests give one that does not wait. */
  readonly pause?: (ms: number) => Promise<void>;
}
export interface Asked {
  readonly caseId: string;
  /** The case as the caller's link has just read it. */
  readonly file?: CaseFile;
  readonly actor: Actor;
  readonly body: unknown;
  readonly now: Instant;
  /** The version the caller has seen. */
  readonly version?: number | undefined;
}

/** Others write the same case now and then, hardly five times in a row: then it is somebody's loop. */
const MAX_CONFLICTS = 5;
const CONFLICT_PAUSE_MS = 40;
/** The process opens the next wait within some hundred milliseconds of an answer; after 3 s the caller hears 409. */
const MAX_PAUSES = 20;
const PAUSE_MS = 150;
/** An answer older than this is not about to be followed: the process is stuck, and the clock will see to it. */
const MOVING_MS = 15_000;

/** An answered wait whose process is just going on to the next. */
const isMoving = (file: CaseFile, now: Instant): boolean => {
  const { answer } = currentWait(file);
  return answer !== undefined && !file.case.endedAt && Date.parse(now) - Date.parse(answer.at) < MOVING_MS;
};

/** Characters of base64url: 132 bits tell the answers of one case apart. */
const PRINT_LENGTH = 22;
/** What `case.answers` keeps: what was said, and in which wait. */
const remembered = (print: string, waitNo: number) => `${print}@${waitNo}`;
const repeated = (file: CaseFile, name: string, print: string): number | undefined => {
  const [before, waitNo] = (file.case.answers[name] ?? "").split("@");
  return before === print ? Number(waitNo) : undefined;
};

/**
 * Whether the case asks for the action afresh, so that the words of last time are a new answer: `photos` in a second
 * round. Asked for the same right after it was answered, the words are a repeat (a recorded extension goes back to
 * awaiting the work); only `attention` then means that the retry has failed too.
 */
function isAskedAnew(file: CaseFile, name: string, answeredIn: number): boolean {
  const wait = currentWait(file);
  if (wait.answer || wait.no === answeredIn || WAITS[wait.asks]?.awaiting.action !== name) return false;
  const before = file.waits.find((one) => one.no === answeredIn);
  return wait.asks === "attention" || wait.no > answeredIn + 1 || before?.asks !== wait.asks;
}
const isEverAsked = (name: string): boolean =>
  Object.values(WAITS).some((row) => row.awaiting.action === name);

/** Out of turn for now or for good; anything else a rule says is final. */
async function prepared<Input>(
  deps: Deps,
  action: Action<Input>,
  file: CaseFile,
  input: Input,
  { actor, now }: Asked,
): Promise<{ readonly change: Change | undefined } | { readonly refused: Problem }> {
  if (!action.stages.includes(file.case.stage)) return { refused: outOfTurn(file.case.stage) };
  const wanted = action.needs?.(file, input) ?? { serials: [], designs: [] };
  const reference = await readReference(deps.store, wanted);
  try {
    const newCaseId = (deps.newCaseId ?? randomCaseId)();
    return { change: action.apply(file, input, { now, actor, brand: deps.brand, newCaseId, ...reference }) };
  } catch (error) {
    if (error instanceof Problem && error.code === "out-of-turn") return { refused: error };
    throw error;
  }
}

/**
 * Carries out the action and returns the case as it then stands. The same input again returns the case and writes
 * nothing; another one out of turn is refused.
 * @throws Problem forbidden, invalid-request, not-found, case-changed, out-of-turn, already-answered, rule-broken
 */
export async function perform<Input>(deps: Deps, action: Action<Input>, asked: Asked): Promise<CaseFile> {
  const { actor, caseId, now } = asked;
  if (actor.kind === "staff") permit(actor, action.staff);
  const input = parsed(action.input, asked.body);
  const print = fingerprint(input).slice(0, PRINT_LENGTH);
  const pause = deps.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const read = async (): Promise<CaseFile> => {
    const file = await deps.store.load(caseId);
    if (!file) throw new Problem("not-found");
    return file;
  };

  let file = asked.file ?? (await read());
  for (let conflicts = 0, pauses = 0; ; file = await read()) {
    const moving = isMoving(file, now) && pauses < MAX_PAUSES;
    const answeredIn = action.judgesRepeats ? undefined : repeated(file, action.name, print);
    if (answeredIn !== undefined && !isAskedAnew(file, action.name, answeredIn)) {
      const maySoonBe = moving && isEverAsked(action.name) && currentWait(file).no > answeredIn;
      if (!maySoonBe) return file;
    } else {
      const result = await prepared(deps, action, file, input, asked);
      // What is so already is no news of another version: the answer to it got lost.
      const isNews = "refused" in result || result.change !== undefined;
      if (isNews && asked.version !== undefined && asked.version !== file.case.version)
        throw new Problem("case-changed", [], { version: file.case.version });
      if ("refused" in result) {
        if (!moving) throw refusal(file, action.name, result.refused);
      } else if (result.change === undefined) {
        return file;
      } else {
        try {
          const change = action.judgesRepeats
            ? result.change
            : remembering(file, result.change, action.name, print);
          return await deps.store.commit(file, change, now);
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          conflicts += 1;
          if (conflicts === MAX_CONFLICTS) throw new Problem("case-changed");
          await pause(Math.random() * CONFLICT_PAUSE_MS * conflicts);
          continue;
        }
      }
    }
    pauses += 1;
    await pause(PAUSE_MS);
  }
}

/** The change with a note of what was said, by which a repeat is known. */
const remembering = (file: CaseFile, change: Change, name: string, print: string): Change => ({
  ...change,
  case: {
    ...change.case,
    answers: { ...(change.case?.answers ?? file.case.answers), [name]: remembered(print, file.case.waitNo) },
  },
});

/** A contradiction where the same was answered before, else out of turn; with the stage either way. */
const refusal = (file: CaseFile, name: string, refused: Problem): Problem =>
  file.case.answers[name] === undefined
    ? refused
    : new Problem("already-answered", [], { stage: file.case.stage });
