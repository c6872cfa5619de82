/** A simulated Stripe, a seller's endpoint that takes its webhooks, and calls made by hand. */
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen, readBody, send } from "../../local/http.ts";
import {
  createStripeSimulator,
  type StripeSimulator,
  type StripeSimulatorOptions,
} from "../../local/stripe/index.ts";

export interface Delivery {
  readonly signature: string;
  readonly body: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly api_version: string;
    readonly data: { readonly object: Json; readonly previous_attributes?: Json };
  };
}
export type Json = { readonly [name: string]: unknown };

export interface Seller {
  readonly url: string;
  /** Every delivery, in the order of its arrival. */
  readonly got: Delivery[];
  /** Statuses of the next answers; then 200. */
  readonly answers: number[];
  readonly types: () => string[];
  readonly close: () => Promise<void>;
}

export const startSeller = async (): Promise<Seller> => {
  const got: Delivery[] = [];
  const answers: number[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await readBody(request)).toString();
    const event = JSON.parse(body) as Delivery["event"];
    got.push({ signature: String(request.headers["stripe-signature"]), body, event });
    send(response, answers.shift() ?? 200, {});
  };
  const server = await listen((request, response) => void take(request, response));
  return {
    url: `http://127.0.0.1:${server.port}/v1/webhooks/payments`,
    got,
    answers,
    types: () => got.map(({ event }) => event.type),
    close: server.close,
  };
};

export interface Shop {
  readonly stripe: StripeSimulator;
  readonly seller: Seller;
  readonly clock: { at: string };
  readonly real: { ms: number };
  /** Ends the simulator and begins another on the same data. */
  readonly restart: () => Promise<StripeSimulator>;
  readonly end: () => Promise<void>;
}

export const startShop = async (more: Partial<StripeSimulatorOptions> = {}): Promise<Shop> => {
  const dataDir = await mkdtemp(join(tmpdir(), "stripe-"));
  const seller = await startSeller();
  const clock = { at: "2026-03-14T18:00:00.000Z" };
  const real = { ms: 1_770_000_000_000 };
  const start = () =>
    createStripeSimulator({
      dataDir,
      now: () => new Date(clock.at),
      realNow: () => real.ms,
      deliverTo: seller.url,
      payUrl: "http://localhost:3000/local/pay",
      ...more,
    });
  let stripe = await start();
  return {
    get stripe() {
      return stripe;
    },
    seller,
    clock,
    real,
    restart: async () => {
      await stripe.close();
      stripe = await start();
      return stripe;
    },
    end: async () => {
      await stripe.close();
      await seller.close();
      await rm(dataDir, { recursive: true });
    },
  };
};

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json;
}

/** A call with the right key, unless headers say otherwise. */
export const call = async (
  stripe: StripeSimulator,
  what: string,
  form: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => {
  const [method = "", path = ""] = what.split(" ");
  const response = await fetch(`${stripe.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${stripe.credentials.apiKey}`, ...headers },
    ...(method === "POST" ? { body: new URLSearchParams(form) } : {}),
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as Json };
};

/** A draft for the seller's invoice of this number, with lines of so many cents each, due two weeks from `now`. */
export const aDraft = async (
  stripe: StripeSimulator,
  cents: readonly number[] = [12_000],
  invoiceId = "CW-7K3M9Q2XAB-1",
  owner?: string,
  now: Date = new Date("2026-03-14T00:00:00.000Z"),
): Promise<{ readonly id: string; readonly customer: string }> => {
  const made = async (what: string, form: Readonly<Record<string, string>>): Promise<string> => {
    const { status, json } = await call(stripe, what, form);
    if (status !== 200) throw new Error(`${what}: ${JSON.stringify(json)}`);
    return String(json["id"]);
  };
  const customer =
    owner ?? (await made("POST /v1/customers", { name: "Jane Doe", email: "jane.doe@example.com" }));
  const id = await made("POST /v1/invoices", {
    customer,
    collection_method: "send_invoice",
    due_date: String(Math.floor(now.getTime() / 1000) + 14 * 86_400),
    "metadata[invoice_id]": invoiceId,
  });
  for (const amount of cents) {
    await made("POST /v1/invoiceitems", {
      customer,
      invoice: id,
      amount: String(amount),
      currency: "usd",
      description: "Polishing",
    });
  }
  return { id, customer };
};

/** The same, ready to be paid. */
export const anInvoice = async (
  ...given: Parameters<typeof aDraft>
): Promise<{ readonly id: string; readonly customer: string }> => {
  const draft = await aDraft(...given);
  await call(given[0], `POST /v1/invoices/${draft.id}/finalize`);
  return draft;
};

/** The one payment that took money for an invoice, or the first of them. */
export const paymentOf = async (stripe: StripeSimulator, invoice: string): Promise<string> => {
  const { json } = await call(stripe, `GET /v1/invoice_payments?invoice=${invoice}&status=paid`);
  const [first] = json["data"] as readonly { payment: { payment_intent: string } }[];
  if (!first) throw new Error("nothing was paid");
  return first.payment.payment_intent;
};
