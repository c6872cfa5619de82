/** A Stripe for one machine: the same protocol over HTTP, so that the real adapter runs against it (design, local mode). */
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen, readBody, sendJson } from "../http.ts";
import { type Answer, type Call, createApi } from "./api.ts";
import { createFaults, type FaultAnswer, type Faults } from "./faults.ts";
import { openJournal } from "./journal.ts";
import { keysIn, type StripeKeys } from "./keys.ts";
import { failRefund } from "./refunds.ts";
import { errorBody } from "./refusal.ts";
import { createTill, type Till } from "./till.ts";
import { createWebhooks } from "./webhooks.ts";
import { beginWork, type Work } from "./work.ts";

export interface StripeSimulatorOptions {
  /** Where everything is kept. */
  readonly dataDir: string;
  /** Business time: due dates must lie after it. Objects and signatures live in real time. */
  readonly now: () => Date;
  /** Where webhooks are sent. */
  readonly deliverTo: string;
  /** Address of the pages to pay on, without the token. */
  readonly payUrl?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Real time, milliseconds. */
  readonly realNow?: () => number;
  /** Less than this is not charged but kept on the customer's balance (50, as for US dollars). */
  readonly minimumCents?: number;
  readonly log?: (line: string) => void;
}

export interface StripeSimulator extends Till {
  readonly url: string;
  /** As the secret holds them. */
  readonly credentials: StripeKeys;
  readonly faults: Faults;
  /** Sends what a killed process never got rid of. */
  announceForgotten(): void;
  /** Webhooks under way. */
  pending(): number;
  /** Whether nothing is to be waited for any more: taken, dropped, or held back by order. */
  isTold(event: string): boolean;
  close(): Promise<void>;
}

const MOST_BODY_BYTES = 1_000_000;

const callOf = async (request: IncomingMessage): Promise<Call> => {
  const url = new URL(request.url ?? "/", "http://stripe");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.search.slice(1),
    headers: request.headers,
    body: (await readBody(request, MOST_BODY_BYTES)).toString(),
  };
};

const respond = (response: ServerResponse, { status, headers, body }: Answer): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, status, body);
};

const fail = (request: IncomingMessage, response: ServerResponse, answer: FaultAnswer): void => {
  if (answer === "silence") return;
  if (answer === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  const type = answer < 500 ? "invalid_request_error" : "api_error";
  const code = answer === 429 ? { code: "rate_limit" } : {};
  sendJson(response, answer, errorBody({ type, message: "Ordered by a test.", ...code }));
};

export const createStripeSimulator = async (options: StripeSimulatorOptions): Promise<StripeSimulator> => {
  const { dataDir, now, deliverTo, port = 0, realNow = Date.now, minimumCents = 50 } = options;
  const { payUrl = "http://localhost/pay", log = () => undefined } = options;
  const journal = openJournal(dataDir);
  const credentials = keysIn(dataDir);
  const faults = createFaults(() => webhooks.wake());
  const webhooks = createWebhooks({
    journal,
    faults,
    webhookSecret: credentials.webhookSecret,
    deliverTo,
    payUrl,
    realNow,
    log,
  });
  const api = createApi({
    journal,
    apiKey: credentials.apiKey,
    payUrl,
    realNow,
    businessNow: () => Math.floor(now().getTime() / 1000),
    minimumCents,
    refundStatus: () => (faults.refunds === "pend" ? "pending" : "succeeded"),
  });

  /** A change nobody asked for over the API. Answers the events it told. */
  const happen = (act: (work: Work) => void): string[] => {
    const work = beginWork(journal, payUrl, Math.floor(realNow() / 1000));
    act(work);
    const change = work.change();
    journal.commit(change);
    webhooks.wake();
    return (change.put ?? []).filter(({ object }) => object === "event").map(({ id }) => id);
  };

  const act = (call: Call): Answer => {
    const answer = api(call);
    const { object, id } = answer.body;
    const refund = object === "refund" && typeof id === "string" ? journal.find("refund", id) : undefined;
    // It seemed done when it was made, and turns out not to be.
    if (call.method === "POST" && faults.refunds === "fail" && refund?.status === "succeeded")
      happen((work) => failRefund(work, refund));
    webhooks.wake();
    return answer;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await callOf(request);
    const fault = faults.takeCall(`${call.method} ${call.path}`);
    if (fault && !fault.acted) return fail(request, response, fault.answer);
    const answer = act(call);
    if (fault) fail(request, response, fault.answer);
    else respond(response, answer);
  };

  const server = await listen((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // Whoever called has gone, in the middle of what it had to say.
      if (request.destroyed && !request.complete) return;
      // A fault of the simulator itself must be seen, not taken for one of Stripe's.
      console.error("simulated Stripe:", error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, errorBody({ type: "api_error", message: "See the simulator's log." }));
    });
  }, port);

  return {
    url: `http://127.0.0.1:${server.port}`,
    credentials,
    faults,
    ...createTill({ journal, payUrl, happen }),
    announceForgotten: webhooks.wake,
    pending: webhooks.pending,
    isTold: webhooks.isDone,
    close: async () => {
      webhooks.close();
      await server.close();
      journal.close();
    },
  };
};
