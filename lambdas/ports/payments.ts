/** Whoever takes the customer's money. Card data never reaches us: she pays on the provider's page, or at her bank. */
import type { Instant } from "../domain/identifiers.ts";
import type { Invoice } from "../domain/invoice.ts";
import type { Refund } from "../domain/payment.ts";

/** An invoice as its provider knows it. */
export interface Payable {
  /** The provider's number for it. */
  readonly id: string;
  /** Where its customer pays. */
  readonly payUrl: string;
  /** Numbers under which the provider may tell of its money without naming the invoice: a payment, a charge. */
  readonly paymentIds: readonly string[];
}

/** What the provider has taken for an invoice so far, in all; refunds are not taken off. */
export interface Taken {
  readonly paidCents: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** Every call may be repeated: the same invoice, the same refund is made once. @throws TransientError, ThrottledError, PermanentError */
export interface PaymentProvider {
  readonly name: "stripe" | "bank-transfer";
  /** The least it can be asked to take, US cents. */
  readonly leastCents: number;
  /** Asks for `totalCents − creditCents` of the invoice, in US dollars. */
  create(invoice: Invoice): Promise<Payable>;
  status(id: string): Promise<Taken>;
  /** Asks for that much less: so much came in another way. At most what is left is taken off. */
  credit(id: string, entryId: string, amountCents: number): Promise<void>;
  /** Takes no more money for it; one that is paid, or was cancelled before, is left as it is. */
  cancel(id: string): Promise<void>;
  /** Sends money back that was taken for the invoice known as `id`. Answers how the provider calls the refund. */
  refund(id: string, refund: Refund): Promise<string>;
}

/** What a provider's message says, once its signature was found good. */
export type PaymentNotice =
  /** Money was taken for an invoice: so much in all, whatever came before (R37: a sum, never an event alone). */
  | {
      readonly kind: "invoice";
      readonly eventId: string;
      /** The provider's number for the invoice. */
      readonly id: string;
      /** As it was named at its creation; absent in messages that do not say so. */
      readonly caseId?: string;
      readonly invoiceId?: string;
      readonly taken: Taken;
    }
  /** A refund went through, or did not. */
  | {
      readonly kind: "refund";
      readonly eventId: string;
      readonly caseId: string;
      /** `entryId` of the ledger. */
      readonly entryId: string;
      readonly reference: string;
      readonly failed: boolean;
    }
  /** The payer's bank takes a payment back, or no longer does. */
  | {
      readonly kind: "dispute";
      readonly eventId: string;
      /** Numbers of the payment and the charge. */
      readonly paymentIds: readonly string[];
      readonly open: boolean;
    }
  /** Nothing of ours. */
  | { readonly kind: "other"; readonly eventId: string; readonly type: string };

export interface PaymentWebhook {
  /**
   * @param body the raw bytes, over which the signature goes
   * @param now real time: signatures live by it
   * @throws Problem unauthenticated for a signature that is missing, wrong or too old; invalid-json
   */
  parse(body: Uint8Array, headers: Readonly<Record<string, string>>, now: Instant): Promise<PaymentNotice>;
}
