/**
 * Stripe Invoicing as a payment provider: each invoice of ours is one of Stripe's, paid on Stripe's page. We mail it
 * ourselves, so it is finalized and never sent.
 */
import * as z from "zod";
import { PermanentError, TransientError } from "../../domain/faults.ts";
import type { PlainDate } from "../../domain/identifiers.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { sumCents } from "../../domain/money.ts";
import type { Refund } from "../../domain/payment.ts";
import type { PaymentProvider } from "../../ports/payments.ts";
import { createStripeConnection, type StripeConnectionDeps } from "./stripe-connection.ts";
import {
  isLost,
  StripeInvoice,
  StripeInvoicePayment,
  StripeObject,
  StripeRefund,
  takenFor,
} from "./stripe-objects.ts";

export interface StripeDeps extends StripeConnectionDeps {
  readonly log?: (message: string, facts: Readonly<Record<string, string>>) => void;
}

const Finalized = StripeInvoice.extend({
  amount_due: z.int(),
  hosted_invoice_url: z.url(),
  payments: z.object({ data: z.array(StripeInvoicePayment) }).nullish(),
});

/** Stripe writes a date in its account's zone: this second is on the same date everywhere in America. Unix seconds. */
const endOfDay = (date: PlainDate): number => Date.parse(`${date}T23:59:59.000Z`) / 1000;

interface Item {
  readonly description: string;
  /** US cents. */
  readonly amount: number;
}
const itemsOf = ({ lines, creditCents }: Invoice): readonly Item[] => [
  ...lines.map(({ text, amountCents }) => ({ description: text, amount: amountCents })),
  ...(creditCents > 0 ? [{ description: "Paid before", amount: -creditCents }] : []),
];

/** The payment as refunds name it; undefined for money that did not come through Stripe. */
const sourceOf = ({ payment }: StripeInvoicePayment) => {
  const { payment_intent: intent, charge } = payment;
  if (intent) return { payment_intent: typeof intent === "string" ? intent : intent.id };
  return charge ? { charge } : undefined;
};
type Source = NonNullable<ReturnType<typeof sourceOf>>;
const sourceId = (source: Source): string => source.payment_intent ?? source.charge;

/** US cents; a payment may bring more than the invoice asked for. */
const receivedFrom = ({ amount_paid, payment: { payment_intent: intent } }: StripeInvoicePayment): number =>
  typeof intent === "object" && intent ? intent.amount_received : (amount_paid ?? 0);

/** What came in by one payment, and what has gone back of it. */
interface SourceAccount {
  readonly source: Source;
  readonly receivedCents: number;
  readonly refunds: readonly StripeRefund[];
}

/** Refunds of this entry that were made already; failed ones too, because what has failed is not tried again. */
const madeFor = (accounts: readonly SourceAccount[], entryId: string): readonly StripeRefund[] =>
  accounts.flatMap(({ refunds }) => refunds.filter(({ metadata }) => metadata?.["entry_id"] === entryId));

/** How much of the amount each payment gives back, the oldest first. US cents. */
function sharesOf(accounts: readonly SourceAccount[], amountCents: number) {
  let left = amountCents;
  const shares = accounts.flatMap(({ source, receivedCents, refunds }) => {
    const gone = sumCents(refunds.map((one) => (isLost(one) ? 0 : one.amount)));
    const share = Math.min(left, Math.max(0, receivedCents - gone));
    left -= share;
    return share > 0 ? [{ source, share }] : [];
  });
  return { shares, left };
}

/** What is refused now, part of a refund or a look at it, does not undo what may have been sent before. */
const notRefused = (error: unknown): never => {
  throw error instanceof PermanentError ? new TransientError(error.message) : error;
};

/** `CW-7K3M9Q2XAB-1` → `CW-7K3M9Q2XAB`. */
const caseIdOf = ({ invoiceId }: Refund): string => invoiceId.slice(0, invoiceId.lastIndexOf("-"));

/** Stripe's least charge in US dollars (docs: minimum charge amounts); below it nothing is asked for. */
const LEAST_CENTS = 50;

export function createStripeProvider(deps: StripeDeps): PaymentProvider {
  const { log = () => {} } = deps;
  const stripe = createStripeConnection(deps);
  const invoicePath = (id: string): string => `/v1/invoices/${encodeURIComponent(id)}`;

  const accountsOf = async (id: string): Promise<readonly SourceAccount[]> => {
    const payments = await stripe.list(StripeInvoicePayment, "/v1/invoice_payments", {
      invoice: id,
      status: "paid",
      expand: ["data.payment.payment_intent"],
    });
    const accounts: SourceAccount[] = [];
    for (const payment of payments.toReversed()) {
      const source = sourceOf(payment);
      if (!source) continue;
      const refunds = await stripe.list(StripeRefund, "/v1/refunds", source);
      accounts.push({ source, receivedCents: receivedFrom(payment), refunds });
    }
    return accounts;
  };

  /** A credit note takes so much off what is left to pay. */
  const forgive = async (id: string, cause: string, amount: number): Promise<void> => {
    await stripe.post(StripeObject, "/v1/credit_notes", `${id}:credit-note:${cause}`, {
      invoice: id,
      amount,
      reason: "order_change",
    });
  };

  return {
    name: "stripe",
    leastCents: LEAST_CENTS,

    /**
     * The keys are the invoice's: a crash between two calls is taken up where it was. Stripe may forget a key after 24
     * hours; a creation that died and is taken up later makes another, and of the first nobody was told.
     */
    async create(invoice) {
      const { invoiceId, caseId, billTo, totalCents, creditCents } = invoice;
      const key = (step: string): string => `${invoiceId}:${step}`;
      const metadata = { case_id: caseId, invoice_id: invoiceId };
      // A customer for each invoice: a credit that Stripe books for one can never pay another behind our ledger's back.
      const customer = await stripe.post(StripeObject, "/v1/customers", key("customer"), {
        name: billTo.name,
        email: billTo.email,
        metadata,
      });
      const draft = await stripe.post(StripeObject, "/v1/invoices", key("invoice"), {
        customer: customer.id,
        collection_method: "send_invoice",
        due_date: endOfDay(invoice.dueDate),
        currency: "usd",
        auto_advance: false,
        pending_invoice_items_behavior: "exclude",
        description: `Invoice ${invoiceId}`,
        metadata,
      });
      for (const [index, { description, amount }] of itemsOf(invoice).entries())
        await stripe.post(StripeObject, "/v1/invoiceitems", key(`item-${index + 1}`), {
          customer: customer.id,
          invoice: draft.id,
          currency: "usd",
          amount,
          description,
        });
      const done = await stripe.post(Finalized, `${invoicePath(draft.id)}/finalize`, key("finalize"), {
        auto_advance: false,
        expand: ["payments"],
      });
      // Below its least charge Stripe asks for nothing; an account with automatic taxes asks for more.
      if (done.amount_due !== totalCents - creditCents || done.currency.toUpperCase() !== "USD")
        throw new PermanentError(`Stripe asks for another amount than invoice ${invoiceId} does`);
      return {
        id: done.id,
        payUrl: done.hosted_invoice_url,
        paymentIds: (done.payments?.data ?? []).flatMap((payment) => {
          const source = sourceOf(payment);
          return source ? [sourceId(source)] : [];
        }),
      };
    },

    async status(id) {
      return takenFor(await stripe.get(StripeInvoice, invoicePath(id)));
    },

    async credit(id, entryId, amountCents) {
      try {
        // Under the entry's key, and with its whole amount: told again it is the same note.
        await forgive(id, entryId, amountCents);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        const { status, amount_remaining } = await stripe.get(StripeInvoice, invoicePath(id));
        if (status !== "open" || !amount_remaining) return;
        if (amount_remaining >= amountCents) throw error;
        await forgive(id, `rest-${amount_remaining}`, amount_remaining);
      }
    },

    async cancel(id) {
      try {
        await stripe.post(StripeObject, `${invoicePath(id)}/void`, `${id}:void`);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        // Stripe refuses to void what is void or paid; its words for that are not documented, its status is.
        const { status, amount_remaining } = await stripe.get(StripeInvoice, invoicePath(id));
        // Partly paid it cannot be voided: the rest is taken off, so that nobody pays it any more.
        if (status === "open" && amount_remaining)
          return forgive(id, `rest-${amount_remaining}`, amount_remaining);
        if (status !== "void" && status !== "paid") throw error;
        if (status === "paid") log("an invoice to be cancelled is paid", { id });
      }
    },

    /**
     * A PermanentError says that no money has gone. What was made under the entry is looked up first, since a key is
     * forgotten in time and a refund must not be made twice. Nothing is sent unless all of it can be (R37).
     */
    async refund(id, refund) {
      const { entryId, invoiceId, amountCents } = refund;
      const accounts = await accountsOf(id).catch(notRefused);
      const made = madeFor(accounts, entryId);
      const gone = made.filter((one) => !isLost(one));
      /** Once a part has gone, the whole is no longer refused: a person has to look. */
      const refusal = (message: string): Error =>
        gone.length > 0 ? new TransientError(message) : new PermanentError(message);
      if (made.length > gone.length) throw refusal(`Stripe could not send back ${entryId}`);
      const { shares, left } = sharesOf(accounts, amountCents - sumCents(gone.map(({ amount }) => amount)));
      if (left > 0) throw refusal(`Stripe holds less for ${id} than ${entryId} sends back`);
      for (const { source, share } of shares) {
        const sending = stripe.post(
          StripeRefund,
          "/v1/refunds",
          `${invoiceId}:${entryId}:${sourceId(source)}`,
          {
            ...source,
            amount: share,
            metadata: { case_id: caseIdOf(refund), entry_id: entryId },
          },
        );
        const sent = await (gone.length > 0 ? sending.catch(notRefused) : sending);
        if (isLost(sent)) throw refusal(`Stripe could not send back ${entryId}`);
        gone.push(sent);
      }
      // Where several payments give back, each carries the entry; the first stands for all.
      const [first] = gone;
      if (!first) throw refusal(`${entryId} sends nothing back`);
      return first.id;
    },
  };
}
