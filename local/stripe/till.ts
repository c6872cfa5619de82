/** The simulated Stripe seen from the customer's side, and her bank's: what can be paid, paying, taking back. */
import { closeDispute, openDispute, payInvoice } from "./customer-side.ts";
import type { Journal } from "./journal.ts";
import { type Invoice, itemsOf, remainingOf } from "./records.ts";
import { completeRefund, failRefund } from "./refunds.ts";
import type { Work } from "./work.ts";

/** An invoice as whoever pays it sees it; `invoiceId` is the seller's own number, of its metadata. */
export interface ShownInvoice {
  readonly id: string;
  readonly invoiceId: string | null;
  readonly number: string | null;
  readonly status: Invoice["status"];
  readonly amountDue: number;
  readonly amountPaid: number;
  readonly amountOverpaid: number;
  readonly amountRemaining: number;
  readonly payUrl: string | null;
}
export interface PayPage extends ShownInvoice {
  readonly lines: readonly { readonly text: string; readonly amountCents: number }[];
}

export type PayResult =
  | {
      readonly ok: true;
      readonly amountCents: number;
      readonly isPaid: boolean;
      /** Ids of the events that tell of it. */
      readonly events: readonly string[];
    }
  | { readonly ok: false; readonly error: "unknown" | "draft" | "paid" | "void" };

export interface Till {
  /** Every invoice ever made, in that order. */
  invoices(): readonly ShownInvoice[];
  /** Pays as the customer would, all that is due unless an amount is given. @param invoiceId the seller's own number */
  pay(invoiceId: string, cents?: number): PayResult;
  /** The page behind a token: invoices that were finalized. */
  page(token: string): PayPage | undefined;
  payPage(token: string, cents?: number): PayResult;
  /** The customer's bank takes the latest payment of an invoice back. Answers the dispute's id; `undefined` without a payment. */
  dispute(invoiceId: string): string | undefined;
  closeDispute(dispute: string, outcome: "won" | "lost"): boolean;
  /** What becomes of a refund: one that is pending, or (failed) one that had seemed done. */
  settleRefund(refund: string, outcome: "succeeded" | "failed"): boolean;
  refunds(): readonly {
    readonly id: string;
    readonly paymentIntent: string;
    readonly amount: number;
    readonly status: string;
    readonly metadata: Readonly<Record<string, string>>;
  }[];
}

export interface TillDeps {
  readonly journal: Journal;
  /** Address of the pages to pay on, without the token. */
  readonly payUrl: string;
  /** Makes a change nobody asked for over the API. Answers the events it told. */
  readonly happen: (act: (work: Work) => void) => string[];
}

/** Where the seller keeps his own number of an invoice. */
const INVOICE_ID = "invoice_id";

export const createTill = ({ journal, payUrl, happen }: TillDeps): Till => {
  const show = (invoice: Invoice): ShownInvoice => ({
    id: invoice.id,
    invoiceId: invoice.metadata[INVOICE_ID] ?? null,
    number: invoice.number,
    status: invoice.status,
    amountDue: invoice.amountDue,
    amountPaid: invoice.amountPaid,
    amountOverpaid: invoice.amountOverpaid,
    amountRemaining: remainingOf(invoice),
    payUrl: invoice.status === "draft" ? null : `${payUrl}/${invoice.token}`,
  });

  /** Of several under one number the one that can be paid, else the latest. */
  const named = (invoiceId: string): Invoice | undefined => {
    const all = journal.all("invoice").filter(({ metadata }) => metadata[INVOICE_ID] === invoiceId);
    return all.findLast(({ status }) => status === "open" || status === "uncollectible") ?? all.at(-1);
  };
  const behind = (token: string): Invoice | undefined =>
    journal.all("invoice").find((one) => one.token === token && one.status !== "draft");

  const take = (invoice: Invoice | undefined, cents?: number): PayResult => {
    if (!invoice) return { ok: false, error: "unknown" };
    const { status } = invoice;
    if (status === "draft" || status === "paid" || status === "void") return { ok: false, error: status };
    const amountCents = cents ?? remainingOf(invoice);
    const events = happen((work) => payInvoice(work, invoice, amountCents));
    return { ok: true, amountCents, isPaid: amountCents >= remainingOf(invoice), events };
  };

  return {
    invoices: () => journal.all("invoice").map(show),
    pay: (invoiceId, cents) => take(named(invoiceId), cents),
    page: (token) => {
      const invoice = behind(token);
      if (!invoice) return undefined;
      const lines = itemsOf(journal, invoice.id).map(({ description, amount }) => ({
        text: description ?? "",
        amountCents: amount,
      }));
      return { ...show(invoice), lines };
    },
    payPage: (token, cents) => take(behind(token), cents),
    dispute: (invoiceId) => {
      const invoice = named(invoiceId);
      let made: string | undefined;
      if (invoice) {
        happen((work) => {
          made = openDispute(work, invoice)?.id;
        });
      }
      return made;
    },
    closeDispute: (id, outcome) => {
      const dispute = journal.find("dispute", id);
      if (!dispute || dispute.status !== "needs_response") return false;
      happen((work) => closeDispute(work, dispute, outcome));
      return true;
    },
    settleRefund: (id, outcome) => {
      const refund = journal.find("refund", id);
      const isOpen =
        refund && (outcome === "failed" ? refund.status !== "failed" : refund.status === "pending");
      if (!refund || !isOpen) return false;
      happen((work) => (outcome === "failed" ? failRefund(work, refund) : completeRefund(work, refund)));
      return true;
    },
    refunds: () =>
      journal.all("refund").map(({ id, paymentIntent, amount, status, metadata }) => ({
        id,
        paymentIntent,
        amount,
        status,
        metadata,
      })),
  };
};
