/** How long the work takes, as it is told with the approval and counted from the receipt (R59, R62). */
import type { Brand } from "./brand.ts";
import type { Case } from "./case.ts";

/** Whole days from the receipt in Japan to the return. */
export interface WorkDays {
  readonly earliest: number;
  readonly latest: number;
  /** A size is changed: day 49 to day 63, free or paid (R59). */
  readonly sized: boolean;
  /** A person has told a schedule for this very piece (R62). */
  readonly scheduled: boolean;
}

/** All pieces go home together: of a change of size and other work the later days count. */
export function workDaysOf(
  { items, schedule }: Pick<Case, "items" | "schedule">,
  { days }: Pick<Brand, "days">,
): WorkDays {
  const live = items.filter((item) => !item.dropped);
  // Told for work that is no change of size; where only sizes are left, it is nobody's.
  const told = live.every((item) => item.outcome && item.outcome !== "service") ? undefined : schedule;
  const sized = told === undefined || live.some((item) => item.outcome && item.outcome !== "service");
  return {
    earliest: Math.max(told?.earliest ?? 0, sized ? days.windowEarliest : 0),
    latest: Math.max(told?.latest ?? 0, sized ? days.windowLatest : 0),
    sized,
    scheduled: told !== undefined,
  };
}
