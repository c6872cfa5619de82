/** Inside the worker thread of one function: loads its bundle and answers one event at a time. */
import { createRequire, enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

export interface WorkerData {
  readonly functionName: string;
  readonly folder: string;
  /** `index.handler`. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly arn: string;
  readonly compileCache: string;
}
export interface Invocation {
  readonly id: number;
  readonly requestId: string;
  readonly event: unknown;
  /** Milliseconds since the epoch, real time. */
  readonly deadline: number;
}
export type Reply =
  | { readonly ready: true }
  | { readonly id: number; readonly result: string }
  | {
      readonly id: number;
      readonly error: {
        readonly errorType: string;
        readonly errorMessage: string;
        readonly trace: readonly string[];
      };
    };

type Handler = (event: unknown, context: unknown) => unknown;

const describe = (thrown: unknown) => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? "").split("\n"),
  };
};

const port = parentPort;
if (!port) throw new Error("runs as a worker thread only");
const data = workerData as WorkerData;
enableCompileCache(data.compileCache);

const load = (): { readonly handler: Handler } | { readonly failed: unknown } => {
  try {
    const [file = "index", name = "handler"] = data.handler.split(".");
    const loaded = createRequire(import.meta.url)(join(data.folder, file)) as Record<string, unknown>;
    const handler = loaded[name];
    if (typeof handler !== "function") throw new Error(`${data.handler} is undefined or not exported`);
    return { handler: handler as Handler };
  } catch (error) {
    return { failed: error };
  }
};
const loaded = load();
// Now, because a worker is ended and does not end by itself.
flushCompileCache();

const contextOf = ({ requestId, deadline }: Invocation) => ({
  functionName: data.functionName,
  functionVersion: "$LATEST",
  invokedFunctionArn: data.arn,
  memoryLimitInMB: String(data.memoryMb),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${data.functionName}`,
  logStreamName: "local",
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

port.on("message", (invocation: Invocation) => {
  void (async () => {
    let reply: Reply;
    try {
      if ("failed" in loaded) throw loaded.failed;
      const result: unknown = await loaded.handler(invocation.event, contextOf(invocation));
      // What a function returns is JSON in the cloud: dates, undefined and the like do not survive here either.
      reply = { id: invocation.id, result: JSON.stringify(result ?? null) };
    } catch (error) {
      reply = { id: invocation.id, error: describe(error) };
    }
    port.postMessage(reply);
  })();
});
port.postMessage({ ready: true } satisfies Reply);
