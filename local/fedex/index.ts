/** A FedEx for one machine: the same protocol over HTTP, so that the real adapter runs against it (design, local mode). */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createFaults, type FaultAnswer, type Faults, type Route } from "./faults.ts";
import { createGateway } from "./gateway.ts";
import { openJournal } from "./journal.ts";
import { type Outcome, refuse } from "./outcome.ts";
import type { FedexError } from "./refusals.ts";
import { createTokens } from "./tokens.ts";

export interface FedexSimulatorOptions {
  /** Where labels and scans are kept. */
  readonly dataDir: string;
  /** Business time: ship dates and scans. Tokens live in real time. */
  readonly now: () => Date;
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Real time, milliseconds. */
  readonly realNow?: () => number;
}

export type ScanResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: "unknown-tracking-number" | "invalid-code" };

export interface FedexSimulator {
  readonly url: string;
  /** As the secret holds them. */
  readonly credentials: {
    readonly shipKey: string;
    readonly shipSecret: string;
    readonly trackKey: string;
    readonly trackSecret: string;
  };
  readonly faults: Faults;
  /** One scan, now; scans keep their order. Any code of letters is taken: an unknown one must be survived. */
  addScan(trackingNumber: string, code: string): ScanResult;
  /** Every label ever made, in that order. */
  shipments(): readonly {
    readonly trackingNumber: string;
    readonly reference: string;
    readonly cancelled: boolean;
  }[];
  close(): Promise<void>;
}

const ROUTES: Readonly<Record<string, Route>> = {
  "POST /oauth/token": "token",
  "POST /ship/v1/shipments": "create",
  "PUT /ship/v1/shipments/cancel": "cancel",
  "POST /ship/v1/shipments/packages/validate": "validate",
  "POST /rate/v1/rates/quotes": "rate",
  "POST /track/v1/trackingnumbers": "track",
  "POST /track/v1/referencenumbers": "reference",
};
const MOST_BODY_BYTES = 1_000_000;

const FAULT_ERRORS: Readonly<Record<number, FedexError>> = {
  401: {
    code: "NOT.AUTHORIZED.ERROR",
    message: "Access token expired. Please modify your request and try again.",
  },
  403: { code: "FORBIDDEN.ERROR", message: "We could not authorize your credentials." },
  429: { code: "TOO.MANY.REQUESTS.ERROR", message: "Rate limit exceeded." },
  500: { code: "INTERNAL.SERVER.ERROR", message: "We encountered an unexpected error." },
  503: { code: "SERVICE.UNAVAILABLE.ERROR", message: "The service is currently unavailable." },
};

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/** Every JSON answer carries FedEx's number of the transaction, and the caller's own when it sent one. */
const respond = (request: IncomingMessage, response: ServerResponse, { status, body }: Outcome): void => {
  const own = request.headers["x-customer-transaction-id"];
  const ids = { transactionId: randomUUID(), ...(own ? { customerTransactionId: String(own) } : {}) };
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify("access_token" in body ? body : { ...ids, ...body }));
};

const fail = (request: IncomingMessage, response: ServerResponse, answer: FaultAnswer): void => {
  if (answer === "silence") return;
  if (answer === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  if (answer === "html") {
    response.writeHead(502, { "content-type": "text/html" });
    response.end("<html><body><h1>502 Bad Gateway</h1></body></html>");
    return;
  }
  const error = FAULT_ERRORS[answer];
  respond(request, response, refuse(answer, ...(error ? [error] : [])));
};

export const createFedexSimulator = async (options: FedexSimulatorOptions): Promise<FedexSimulator> => {
  const { dataDir, now, port = 0 } = options;
  const journal = openJournal(dataDir);
  const tokens = createTokens(dataDir, options.realNow);
  const faults = createFaults(tokens.expireAll);
  const act = createGateway({ journal, tokens, now, referencesHidden: () => faults.referencesHidden });

  const answer = async (request: IncomingMessage, route: Route): Promise<Outcome> => {
    const text = await bodyOf(request);
    if (text === undefined)
      return refuse(413, { code: "REQUEST.TOO.LARGE", message: "The request is too large." });
    return act(route, {
      text,
      contentType: request.headers["content-type"] ?? "",
      authorization: request.headers.authorization ?? "",
    });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = ROUTES[`${request.method} ${request.url?.split("?")[0]}`];
    if (!route) {
      respond(
        request,
        response,
        refuse(404, { code: "NOT.FOUND.ERROR", message: "The resource is not available." }),
      );
      return;
    }
    const fault = faults.take(route);
    if (fault && !fault.acted) {
      await bodyOf(request);
      fail(request, response, fault.answer);
      return;
    }
    const outcome = await answer(request, route);
    if (fault) fail(request, response, fault.answer);
    else respond(request, response, outcome);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A fault of the simulator itself must be seen, not taken for one of FedEx's.
      console.error("simulated FedEx:", error);
      if (response.headersSent) response.destroy();
      else respond(request, response, refuse(500, { code: "SIMULATOR.ERROR", message: "See the log." }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: tokens.credentials,
    faults,
    addScan(trackingNumber, code) {
      if (!/^[A-Z]{2,10}$/.test(code)) return { ok: false, error: "invalid-code" };
      if (!journal.parcel(trackingNumber)) return { ok: false, error: "unknown-tracking-number" };
      journal.append({ type: "scanned", at: now().toISOString(), trackingNumber, code });
      return { ok: true };
    },
    shipments: () =>
      journal
        .parcels()
        .map(({ trackingNumber, reference, cancelled }) => ({ trackingNumber, reference, cancelled })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          journal.close();
          resolve();
        });
        // Those a fault left without an answer would keep it open for ever.
        server.closeAllConnections();
      }),
  };
};
