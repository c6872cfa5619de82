/** The default event bus: rules by pattern, schedules, and what asynchronous invocation does when a function fails. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { matchesPattern } from "../event-pattern.ts";
import { ruleArn } from "../plan/identity.ts";
import { ACCOUNT, REGION } from "../plan/intrinsics.ts";
import type { RulePlan } from "../plan/plan-types.ts";

export interface BusEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface EventBus {
  /** Resolves once every target has taken the event, or was given up on. @returns whether all took it. */
  readonly publish: (event: BusEvent) => Promise<boolean>;
  /** The event a schedule's rule sends, at an instant of business time. */
  readonly scheduled: (rule: RulePlan, at: Date) => unknown;
  /** Begins to fire the schedules. */
  readonly startSchedules: () => void;
  /** Deliveries under way, waits between tries included. */
  readonly pending: () => number;
  readonly close: () => void;
}

export interface EventBusOptions {
  readonly rules: readonly RulePlan[];
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** Lambda tries a failed asynchronous event twice more; there after 1 and 2 minutes, here sooner. */
const DELAYS_MS = [200, 2000];

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(30 minutes)` in milliseconds. @throws for anything else: cron expressions are not run locally. */
export const rateOf = (schedule: string): number => {
  const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  if (!(ms > 0)) throw new Error(`schedule ${schedule} is not run locally`);
  return ms;
};

/** EventBridge writes whole seconds. */
export const wholeSeconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

export const createEventBus = ({ rules, invoke, now, log }: EventBusOptions): EventBus => {
  let pending = 0;
  const ending = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const periods = rules.flatMap((rule) => (rule.schedule ? [{ rule, ms: rateOf(rule.schedule) }] : []));

  const deliver = async (functionName: string, event: unknown): Promise<boolean> => {
    pending += 1;
    try {
      for (let tries = 0; !ending.signal.aborted; tries += 1) {
        try {
          await invoke(functionName, event);
          return true;
        } catch (error) {
          log(`${functionName}: ${(error as Error).message}`);
          const delay = DELAYS_MS[tries];
          if (delay === undefined) break;
          await sleep(delay);
        }
      }
      // In the cloud it would now lie in the function's failure queue.
      if (!ending.signal.aborted) log(`${functionName}: event given up after ${DELAYS_MS.length + 1} tries`);
      return false;
    } finally {
      pending -= 1;
    }
  };

  const envelope = (at: Date, event: BusEvent): unknown => ({
    version: "0",
    id: randomUUID(),
    "detail-type": event["detail-type"],
    source: event.source,
    account: ACCOUNT,
    time: wholeSeconds(at),
    region: REGION,
    resources: event.resources,
    detail: event.detail,
  });

  const scheduled = (rule: RulePlan, at: Date): unknown =>
    envelope(at, {
      "detail-type": "Scheduled Event",
      source: "aws.events",
      resources: [ruleArn(rule.name)],
      detail: {},
    });

  const fire = (rule: RulePlan): void => {
    const event = scheduled(rule, now());
    for (const { functionName, input } of rule.targets)
      void deliver(functionName, input ? JSON.parse(input) : event);
  };

  return {
    publish: async (event) => {
      const whole = envelope(now(), event);
      const targets = rules
        .filter((rule) => rule.pattern && matchesPattern(whole, rule.pattern))
        .flatMap((rule) => rule.targets);
      const taken = await Promise.all(
        targets.map(({ functionName, input }) => deliver(functionName, input ? JSON.parse(input) : whole)),
      );
      return taken.every(Boolean);
    },
    scheduled,
    startSchedules: () => {
      for (const { rule, ms } of periods) timers.push(setInterval(() => fire(rule), ms).unref());
    },
    pending: () => pending,
    close: () => {
      ending.abort();
      for (const timer of timers) clearInterval(timer);
    },
  };
};
