/**
 * Stands between the SDKs and the DynamoDB engine. Holds requests while the engine restarts (the SDK's own retries
 * give up too early), tells of every write so that the stream is read at once, and of every call for those who count.
 */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Listening, listen, readBody, send } from "../http.ts";

export interface ProxyOptions {
  /** Where the engine answers at present. */
  readonly address: () => Promise<string>;
  /** After a successful call that wrote. */
  readonly onWrite: () => void;
  /** After every answered call: who (by access key), what, and its request. */
  readonly onCall: (caller: string, operation: string, body: Buffer, status: number) => void;
}

const WRITES = new Set([
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "TransactWriteItems",
  "BatchWriteItem",
  "ExecuteStatement",
  "ExecuteTransaction",
  "BatchExecuteStatement",
]);
/** A restart takes 30 ms; when it takes this long something else is wrong. */
const HOLD_MS = 5000;

/** `Credential=local-step-ask/20260101/…` → `local-step-ask`. */
export const callerOf = (headers: IncomingHttpHeaders): string =>
  /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "unsigned";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const forward = (url: string, agent: Agent, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, ...rest } = headers;
    const outgoing = httpRequest(
      url,
      { method: "POST", agent, headers: { ...rest, "content-length": String(body.length) } },
      (incoming) => {
        readBody(incoming).then(
          (answer) =>
            resolve({ status: incoming.statusCode ?? 500, headers: incoming.headers, body: answer }),
          reject,
        );
        incoming.once("aborted", () => reject(new Error("the engine broke off")));
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });

export const startHoldingProxy = (options: ProxyOptions): Promise<Listening> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const answer = async (headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> => {
    const deadline = Date.now() + HOLD_MS;
    for (;;) {
      try {
        return await forward(await options.address(), agent, headers, body);
      } catch (error) {
        // The same request may have been what the engine died of: its caller is told, not left to kill it again.
        const refused = (error as { code?: string }).code === "ECONNREFUSED";
        if (!refused || Date.now() > deadline) throw error;
        await sleep(10);
      }
    }
  };

  return listen((request, response) => {
    void (async () => {
      const body = await readBody(request);
      const operation = String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
      try {
        const { status, headers, body: answered } = await answer(request.headers, body);
        if (status < 300 && WRITES.has(operation)) options.onWrite();
        options.onCall(callerOf(request.headers), operation, body, status);
        const { connection: _connection, "transfer-encoding": _encoding, ...rest } = headers;
        send(response, status, rest as Record<string, string>, answered);
      } catch {
        // As a real endpoint's dropped connection: the SDK retries it, its caller reads again what was written.
        options.onWrite();
        response.destroy();
      }
    })();
  });
};
