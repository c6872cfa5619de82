/** Moves business time from due to due, in order, so that everything happens at its own hour and not all at the end. */
import type { BusinessClock } from "./business-clock.ts";

export interface AdvanceDeps {
  readonly clock: BusinessClock;
  /** The earliest `dueAt` after `after` and not after `until`; undefined when nothing is due. */
  readonly nextDue: (after: string, until: string) => Promise<string | undefined>;
  readonly runClock: (at: Date) => Promise<void>;
  readonly pollTracking: (at: Date) => Promise<void>;
  readonly quiescent: () => Promise<void>;
}

/** Events carry whole seconds: a moment within one is reached at its end. */
const endOfSecond = (at: Date): Date => new Date(Math.ceil(at.getTime() / 1000) * 1000);

/** Resolves once all that fell due until `target` has run to rest, one tracking poll included. */
export const advanceTo = async (target: Date, deps: AdvanceDeps): Promise<void> => {
  const { clock, nextDue, runClock, pollTracking, quiescent } = deps;
  const until = target.toISOString();
  await quiescent();
  // What stays due though the clock has looked at it (a row that fails) must not stop the clock.
  let passed = "";
  for (;;) {
    const due = await nextDue(passed, until);
    if (due === undefined) break;
    const at = endOfSecond(new Date(Math.max(Date.parse(due), clock.now().getTime())));
    if (at > target) break;
    clock.moveTo(at);
    await runClock(at);
    await quiescent();
    if ((await nextDue(passed, until)) === due) passed = due;
  }
  clock.moveTo(target);
  await runClock(target);
  await quiescent();
  await pollTracking(target);
  await quiescent();
};
