/**
 * Writes down what every function calls on AWS while the local cloud runs, for `check-permissions`:
 * `node --import ./scripts/record-calls.ts scripts/demo.ts`. Each call becomes a line
 * `{function, action, target}` of `dist/calls.jsonl`, as IAM would name it. Bodies are read, never written down.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { ClientRequest } from "node:http";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";
import type { Worker, WorkerOptions } from "node:worker_threads";
import { type Call, iamCalls } from "./iam-calls.ts";

const OUT = fileURLToPath(new URL("../dist", import.meta.url));
const FILE = `${OUT}/calls.jsonl`;

const functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"];
const seen = new Set<string>();

const record = (calls: readonly Call[]): void => {
  for (const call of calls) {
    const line = JSON.stringify({ function: functionName, ...call });
    // Once a worker is enough: what counts is whether, not how often.
    if (seen.has(line)) continue;
    seen.add(line);
    appendFileSync(FILE, `${line}\n`);
  }
};

const bodies = new WeakMap<ClientRequest, Buffer[]>();
const keep = (request: ClientRequest, chunk: unknown): void => {
  if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) return;
  const parts = bodies.get(request) ?? [];
  parts.push(Buffer.from(chunk));
  bodies.set(request, parts);
};

/** Workers are started with arguments of their own: this module has to be put among them. */
const reachWorkers = (): void => {
  const threads = createRequire(import.meta.url)("node:worker_threads") as { Worker: typeof Worker };
  threads.Worker = class extends threads.Worker {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      super(file, { ...options, execArgv: [...(options.execArgv ?? []), `--import=${import.meta.url}`] });
    }
  };
  syncBuiltinESMExports();
};

if (!functionName) reachWorkers();
else {
  mkdirSync(OUT, { recursive: true });
  const calls: ClientRequest = ClientRequest.prototype;
  // Called with the request they were taken from, by `Reflect.apply`.
  const [write, end] = [Reflect.get(calls, "write"), Reflect.get(calls, "end")];
  calls.write = function (this: ClientRequest, ...given: unknown[]) {
    keep(this, given[0]);
    return Reflect.apply(write, this, given) as boolean;
  } as ClientRequest["write"];
  calls.end = function (this: ClientRequest, ...given: unknown[]) {
    keep(this, given[0]);
    const headers = this.getHeaders();
    // What AWS is asked carries a signature; the carrier is somebody else.
    if (headers["authorization"]?.toString().startsWith("AWS4-"))
      record(
        iamCalls({
          method: this.method,
          path: this.path,
          headers,
          body: Buffer.concat(bodies.get(this) ?? []).toString("utf8"),
        }),
      );
    return Reflect.apply(end, this, given) as ClientRequest;
  } as ClientRequest["end"];
}
