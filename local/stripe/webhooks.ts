/** Tells the seller of every event: signed, in the background, again and again until it is taken with a 2xx. */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultBox } from "./faults.ts";
import type { Journal } from "./journal.ts";
import { signatureOf } from "./keys.ts";
import { shapeOf } from "./shapes.ts";

export interface WebhookOptions {
  readonly journal: Journal;
  readonly faults: FaultBox;
  readonly webhookSecret: string;
  /** Where they are sent. */
  readonly deliverTo: string;
  readonly payUrl: string;
  /** Real time, milliseconds. */
  readonly realNow: () => number;
  readonly log: (line: string) => void;
}

export interface Webhooks {
  /** Queues every event that nobody has taken and that is not under way. */
  readonly wake: () => void;
  /** Events under way: neither held back nor failed so often that only patience helps. */
  readonly pending: () => number;
  /** Whether an event was taken, dropped, or is held back. */
  readonly isDone: (event: string) => boolean;
  readonly close: () => void;
}

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 60_000;
/** 0.2 + 0.4 + … s: some 12 seconds. After so many refusals nobody waits for an event any more. */
const PATIENCE = 6;
const TIMEOUT_MS = 30_000;
/** With `reorder`: so long nothing new may come before what was gathered is sent. */
const GATHER_MS = 50;

const retryAfter = (attempts: number): number =>
  Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));

export const createWebhooks = (options: WebhookOptions): Webhooks => {
  const { journal, faults, realNow } = options;
  /** Oldest first. */
  const queue: string[] = [];
  /** Under way, with the attempts made. */
  const attempts = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  const ending = new AbortController();
  let isPumping = false;

  const deliver = async (id: string): Promise<boolean> => {
    const event = journal.find("event", id);
    if (!event) return true;
    const body = JSON.stringify(shapeOf(event, { ...journal, payUrl: options.payUrl }));
    const secret = faults.takeForgery() ? `whsec_${randomBytes(24).toString("hex")}` : options.webhookSecret;
    const send = async (): Promise<boolean> => {
      const response = await fetch(options.deliverTo, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
          "stripe-signature": signatureOf(secret, body, Math.floor(realNow() / 1000)),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      if (!response.ok) options.log(`webhook ${event.type}: ${response.status}`);
      return response.ok;
    };
    const sent = Array.from({ length: faults.webhooks.repeat }, () =>
      send().catch((error: Error) => {
        if (!ending.signal.aborted) options.log(`webhook ${event.type}: ${error.message}`);
        return false;
      }),
    );
    return (await Promise.all(sent)).every(Boolean);
  };

  const attempt = async (id: string): Promise<void> => {
    if (faults.webhooks.delayMs > 0)
      await sleep(faults.webhooks.delayMs, undefined, { signal: ending.signal });
    const taken = await deliver(id);
    if (ending.signal.aborted) return;
    if (taken) {
      journal.commit({ told: [id] });
      attempts.delete(id);
      return;
    }
    const made = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, made);
    const timer = setTimeout(() => {
      timers.delete(timer);
      queue.push(id);
      void pump();
    }, retryAfter(made));
    timer.unref();
    timers.add(timer);
  };

  /** What goes next: the oldest; with `reorder` all that came together, the newest first. */
  const nextBatch = async (): Promise<string[]> => {
    if (!faults.webhooks.reorder) return queue.splice(0, 1);
    for (let size = -1; size !== queue.length; ) {
      size = queue.length;
      await sleep(GATHER_MS, undefined, { signal: ending.signal });
    }
    return queue.splice(0).toReversed();
  };

  const pump = async (): Promise<void> => {
    if (isPumping) return;
    isPumping = true;
    const mayGo = (): boolean => !ending.signal.aborted && !faults.webhooks.hold;
    try {
      while (mayGo() && queue.length > 0) {
        const batch = await nextBatch();
        while (mayGo() && batch.length > 0) await attempt(batch.shift() ?? "");
        queue.unshift(...batch);
      }
    } catch (error) {
      if (!ending.signal.aborted) options.log(`webhooks: ${(error as Error).message}`);
    } finally {
      isPumping = false;
    }
  };

  const wake = (): void => {
    if (ending.signal.aborted) return;
    for (const { id, type } of journal.untold()) {
      if (attempts.has(id)) continue;
      if (faults.takeDrop()) {
        journal.commit({ told: [id] });
        options.log(`webhook ${type}: dropped, as ordered`);
        continue;
      }
      attempts.set(id, 0);
      queue.push(id);
    }
    void pump();
  };

  return {
    wake,
    pending: () =>
      faults.webhooks.hold ? 0 : [...attempts.values()].filter((made) => made < PATIENCE).length,
    isDone: (event) => faults.webhooks.hold || !attempts.has(event),
    close: () => {
      ending.abort();
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
