/** Small pieces of HTTP that every stand-in uses. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** Thrown by `readBody`; the caller answers 413. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** The whole body. @throws TooLarge beyond `limit` bytes; the rest is then read and dropped. */
export const readBody = (request: IncomingMessage, limit = 64 * 1024 * 1024): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once("end", () =>
      size > limit ? reject(new TooLarge(`more than ${limit} bytes`)) : resolve(Buffer.concat(chunks)),
    );
    request.once("error", reject);
  });

export const send = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | readonly string[]>>,
  body: string | Buffer = "",
): void => {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(body);
};

export const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  send(response, status, { "content-type": "application/json" }, JSON.stringify(body));

/** RFC 9457, as the API's own errors are. */
export const sendProblem = (
  response: ServerResponse,
  status: number,
  code: string,
  title: string,
  errors: readonly { readonly path: string; readonly message: string }[] = [],
): void =>
  send(
    response,
    status,
    { "content-type": "application/problem+json" },
    JSON.stringify({
      type: `urn:after-sales:problem:${code}`,
      title,
      status,
      code,
      ...(errors.length ? { errors } : {}),
    }),
  );

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Stops listening and drops every connection. */
  readonly close: () => Promise<void>;
}

/** @param port 0 for a free one. @throws when the port is taken. */
export const listen = (listener: RequestListener, port = 0, host = "127.0.0.1"): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 30_000 }, listener);
    server.once("error", reject);
    server.listen(port, host, () =>
      resolve({
        server,
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });
