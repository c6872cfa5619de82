/** The payment provider's part of the local endpoints: paying as the customer would, its page, and its faults. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { readBody, send, sendJson, sendProblem } from "../http.ts";
import { bodyOf } from "../json-body.ts";
import { centsOf, noInvoicePage, payPage } from "../pages/pay.ts";
import { FaultOrder } from "./faults.ts";
import type { StripeSimulator } from "./index.ts";
import type { PayResult } from "./till.ts";

export interface PaymentRoutesDeps {
  readonly stripe: StripeSimulator;
  /** @throws when something still runs after its time */
  readonly quiescent: () => Promise<void>;
  readonly isQuiet: () => boolean;
}

export interface PaymentRoutes {
  /** @returns whether there is such a route */
  readonly get: (url: URL, response: ServerResponse) => boolean;
  readonly post: (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

const PaymentRequest = z.object({
  invoiceId: z.string().min(1).max(40),
  amountCents: z.int().min(1).max(99_999_999).optional(),
});
const DisputeRequest = z.union([
  z.strictObject({ invoiceId: z.string() }),
  z.strictObject({ disputeId: z.string(), outcome: z.enum(["won", "lost"]) }),
]);
const RefundRequest = z.object({ refundId: z.string(), outcome: z.enum(["succeeded", "failed"]) });

/** The service makes an invoice payable in the background. */
const PAYABLE_WITHIN_MS = 10_000;
/** When nothing has run for so long, an invoice that is not there will not come. */
const QUIET_MS = 500;
const TOLD_WITHIN_MS = 30_000;
const POLL_MS = 10;

const HTML = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  // Without a referrer browsers would not say either where a form comes from, and it would be refused.
  "referrer-policy": "same-origin",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

export const createPaymentRoutes = ({ stripe, quiescent, isQuiet }: PaymentRoutesDeps): PaymentRoutes => {
  const payWhenPayable = async (invoiceId: string, cents: number | undefined): Promise<PayResult> => {
    const deadline = Date.now() + PAYABLE_WITHIN_MS;
    let quietSince = Date.now();
    for (;;) {
      const result = stripe.pay(invoiceId, cents);
      const mayCome = !result.ok && (result.error === "unknown" || result.error === "draft");
      if (!isQuiet()) quietSince = Date.now();
      if (!mayCome || Date.now() > deadline || Date.now() - quietSince > QUIET_MS) return result;
      await sleep(POLL_MS);
    }
  };

  const isTold = async (events: readonly string[]): Promise<boolean> => {
    const deadline = Date.now() + TOLD_WITHIN_MS;
    while (!events.every((event) => stripe.isTold(event))) {
      if (Date.now() > deadline) return false;
      await sleep(POLL_MS);
    }
    return true;
  };

  const pay = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { invoiceId, amountCents } = await bodyOf(request, PaymentRequest);
    const result = await payWhenPayable(invoiceId, amountCents);
    if (!result.ok) {
      const { error } = result;
      if (error === "unknown") return sendProblem(response, 404, "not-found", "There is no such invoice");
      const said = error === "draft" ? "cannot be paid yet" : `is ${error}`;
      return sendProblem(response, 409, "out-of-turn", `The invoice ${said}`);
    }
    if (!(await isTold(result.events))) {
      return sendProblem(
        response,
        504,
        "unavailable",
        "The payment was made, but the service has not taken the news of it yet; it is told again and again",
      );
    }
    // Something else may keep the service busy for long; the payment is made and told all the same.
    await quiescent().catch(() => undefined);
    sendJson(response, 200, { invoiceId, amountCents: result.amountCents, paid: result.isPaid });
  };

  const payOnPage = async (
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
    token: string,
  ): Promise<void> => {
    const form = new URLSearchParams((await readBody(request, 65_536)).toString());
    const invoice = stripe.page(token);
    if (!invoice) return send(response, 404, HTML, noInvoicePage());
    const given = form.get("amount");
    const cents = given === null ? undefined : centsOf(given);
    if (given !== null && cents === undefined) return send(response, 422, HTML, payPage(invoice, given));
    // Paid or withdrawn in the meantime: the page says so.
    stripe.payPage(token, cents);
    send(response, 303, { location: url.pathname });
  };

  const dispute = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = await bodyOf(request, DisputeRequest);
    if ("invoiceId" in given) {
      const disputeId = stripe.dispute(given.invoiceId);
      if (disputeId === undefined)
        return sendProblem(response, 404, "not-found", "There is no payment of such an invoice to dispute");
      return sendJson(response, 200, { disputeId });
    }
    if (!stripe.closeDispute(given.disputeId, given.outcome))
      return sendProblem(response, 404, "not-found", "There is no such open dispute");
    sendJson(response, 200, given);
  };

  const settleRefund = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { refundId, outcome } = await bodyOf(request, RefundRequest);
    if (!stripe.settleRefund(refundId, outcome))
      return sendProblem(response, 404, "not-found", "There is no refund that could come to this");
    sendJson(response, 200, { refundId, outcome });
  };

  const tokenOf = (url: URL): string | undefined => /^\/local\/pay\/([\w-]+)$/.exec(url.pathname)?.[1];

  return {
    get: (url, response) => {
      const token = tokenOf(url);
      if (token !== undefined) {
        const invoice = stripe.page(token);
        send(response, invoice ? 200 : 404, HTML, invoice ? payPage(invoice) : noInvoicePage());
      } else if (url.pathname === "/local/stripe/invoices") sendJson(response, 200, stripe.invoices());
      else if (url.pathname === "/local/stripe/refunds") sendJson(response, 200, stripe.refunds());
      else return false;
      return true;
    },
    post: async (url, request, response) => {
      const token = tokenOf(url);
      if (token !== undefined) await payOnPage(url, request, response, token);
      else if (url.pathname === "/local/payments") await pay(request, response);
      else if (url.pathname === "/local/stripe/disputes") await dispute(request, response);
      else if (url.pathname === "/local/stripe/refunds") await settleRefund(request, response);
      else if (url.pathname === "/local/stripe/faults") {
        const order = await bodyOf(request, FaultOrder);
        stripe.faults.order(order);
        sendJson(response, 200, order);
      } else return false;
      return true;
    },
  };
};
