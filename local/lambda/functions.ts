/**
 * Runs the functions: worker threads with an environment of their own, one event at a time in each as in the cloud,
 * more of them while several calls wait. The bundles are those that deploy.
 */
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { functionArn } from "../plan/identity.ts";
import type { FunctionPlan } from "../plan/plan-types.ts";
import type { Invocation, Reply, WorkerData } from "./worker.ts";

/** What a function threw, by type and message as the cloud reports it. */
export class FunctionError extends Error {
  override readonly name: string;
  /** JSON as Step Functions shows it in a cause. */
  readonly report: string;
  constructor(errorType: string, errorMessage: string, trace: readonly string[] = []) {
    super(`${errorType}: ${errorMessage}`);
    this.name = errorType;
    this.report = JSON.stringify({ errorType, errorMessage, trace });
  }
}
/** The error type of a time-out, for those who answer differently to it. */
export const TIMED_OUT = "Sandbox.Timedout";

export interface Functions {
  /** @throws FunctionError; an unknown name is a programming error. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  /** Starts a worker ahead of its first event. */
  readonly warm: (name: string) => Promise<void>;
  /** Calls running or waiting for a worker. */
  readonly busy: () => number;
  readonly close: () => Promise<void>;
}

export interface FunctionsOptions {
  readonly plans: readonly FunctionPlan[];
  /** The whole environment of a function. */
  readonly environment: (plan: FunctionPlan) => Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly compileCache: string;
  readonly log: (line: string) => void;
  /** After every call: which function, how long (ms), the error's type if any. */
  readonly onInvocation?: (name: string, ms: number, error: string | undefined) => void;
}

/** Workers a function may have at once: real concurrency for tests of races, little memory on two cores. */
const MOST_WORKERS = 3;
/** Idle workers are ended, as idle sandboxes are: those beyond the first soon, the first after some minutes. */
const IDLE_MS = 20_000;
const LAST_IDLE_MS = 300_000;

interface Call {
  readonly event: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}
interface Seat {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  call:
    | { readonly id: number; readonly call: Call; timer: NodeJS.Timeout | undefined; startedAt: number }
    | undefined;
  idleSince: number;
}
interface Pool {
  readonly plan: FunctionPlan;
  readonly seats: Set<Seat>;
  readonly waiting: Call[];
}

export const createFunctions = (options: FunctionsOptions): Functions => {
  const pools = new Map<string, Pool>(
    options.plans.map((plan) => [plan.name, { plan, seats: new Set(), waiting: [] }]),
  );
  const ending = new AbortController();
  let nextId = 1;

  const finish = (pool: Pool, seat: Seat, outcome: { result: unknown } | { error: FunctionError }): void => {
    const { call } = seat;
    if (!call) return;
    clearTimeout(call.timer);
    seat.call = undefined;
    seat.idleSince = Date.now();
    const error = "error" in outcome ? outcome.error : undefined;
    options.onInvocation?.(pool.plan.name, performance.now() - call.startedAt, error?.name);
    if ("error" in outcome) call.call.reject(outcome.error);
    else call.call.resolve(outcome.result);
    serve(pool);
  };

  const end = (pool: Pool, seat: Seat): void => {
    pool.seats.delete(seat);
    void seat.worker.terminate();
  };

  const openSeat = (pool: Pool): Seat => {
    const { plan } = pool;
    if (plan.folder === undefined) throw new Error(`${plan.name} has no bundle`);
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      env: { ...options.environment(plan) },
      workerData: {
        functionName: plan.name,
        folder: plan.folder,
        handler: plan.handler,
        memoryMb: plan.memoryMb,
        arn: functionArn(plan.name),
        compileCache: options.compileCache,
      } satisfies WorkerData,
      // As little memory as the function has in the cloud: too much ends the worker, not the local cloud.
      resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb },
      stdout: true,
      stderr: true,
      execArgv: ["--no-warnings"],
    });
    const write = (chunk: Buffer): void => {
      if (!ending.signal.aborted) appendFileSync(options.logFile, chunk);
    };
    worker.stdout.on("data", write);
    worker.stderr.on("data", write);
    const { promise: ready, resolve: isReady } = Promise.withResolvers<void>();
    const seat: Seat = { worker, ready, call: undefined, idleSince: Date.now() };
    worker.on("message", (reply: Reply) => {
      if ("ready" in reply) {
        isReady();
      } else if (reply.id === seat.call?.id) {
        if ("error" in reply) {
          const { errorType, errorMessage, trace } = reply.error;
          finish(pool, seat, { error: new FunctionError(errorType, errorMessage, trace) });
        } else {
          finish(pool, seat, { result: JSON.parse(reply.result) });
        }
      }
    });
    const died = (why: string): void => {
      isReady();
      pool.seats.delete(seat);
      if (ending.signal.aborted) return;
      finish(pool, seat, {
        error: new FunctionError("Lambda.Unknown", `the function's environment ended: ${why}`),
      });
      serve(pool);
    };
    worker.once("error", (error: Error) => died(error.message));
    worker.once("exit", (code) => died(`exit ${code}`));
    worker.unref();
    pool.seats.add(seat);
    return seat;
  };

  const timeOut = (pool: Pool, seat: Seat): void => {
    // The sandbox is thrown away: a module's state does not outlive a time-out.
    end(pool, seat);
    const after = pool.plan.timeoutSeconds.toFixed(2);
    finish(pool, seat, { error: new FunctionError(TIMED_OUT, `Task timed out after ${after} seconds`) });
  };

  const start = (pool: Pool, seat: Seat, call: Call): void => {
    const id = nextId++;
    seat.call = { id, call, timer: undefined, startedAt: performance.now() };
    void begin(pool, seat, id);
  };

  /** Loading the bundle does not count against the time-out, as a cold start does not. */
  const begin = async (pool: Pool, seat: Seat, id: number): Promise<void> => {
    await seat.ready;
    if (seat.call?.id !== id) return;
    const ms = pool.plan.timeoutSeconds * 1000;
    seat.call.timer = setTimeout(() => timeOut(pool, seat), ms);
    seat.call.startedAt = performance.now();
    const invocation: Invocation = {
      id,
      requestId: randomUUID(),
      event: seat.call.call.event,
      deadline: Date.now() + ms,
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
    seat.worker.postMessage(invocation);
  };

  const serve = (pool: Pool): void => {
    while (pool.waiting.length > 0 && !ending.signal.aborted) {
      let seat = [...pool.seats].find((one) => !one.call);
      if (!seat && pool.seats.size < MOST_WORKERS) seat = openSeat(pool);
      if (!seat) return;
      const call = pool.waiting.shift();
      if (call) start(pool, seat, call);
    }
  };

  const poolOf = (name: string): Pool => {
    const pool = pools.get(name);
    if (!pool) throw new Error(`there is no function ${name}`);
    return pool;
  };

  const reaper = setInterval(() => {
    for (const pool of pools.values()) {
      for (const seat of pool.seats) {
        const limit = pool.seats.size > 1 ? IDLE_MS : LAST_IDLE_MS;
        if (!seat.call && Date.now() - seat.idleSince > limit) end(pool, seat);
      }
    }
  }, IDLE_MS);
  reaper.unref();

  return {
    invoke: (name, event) =>
      new Promise((resolve, reject) => {
        if (ending.signal.aborted)
          return reject(new FunctionError("Lambda.ServiceException", "the local cloud is closing"));
        const pool = poolOf(name);
        // As over the wire: a function never shares an object with its caller.
        pool.waiting.push({ event: JSON.parse(JSON.stringify(event ?? null)), resolve, reject });
        serve(pool);
      }),
    warm: async (name) => {
      const pool = poolOf(name);
      await (pool.seats.size > 0 ? [...pool.seats][0] : openSeat(pool))?.ready;
    },
    busy: () =>
      [...pools.values()].reduce(
        (sum, pool) => sum + pool.waiting.length + [...pool.seats].filter((seat) => seat.call).length,
        0,
      ),
    close: async () => {
      ending.abort();
      clearInterval(reaper);
      const seats = [...pools.values()].flatMap((pool) => [...pool.seats]);
      for (const seat of seats) if (seat.call) clearTimeout(seat.call.timer);
      await Promise.all(seats.map((seat) => seat.worker.terminate()));
    },
  };
};
