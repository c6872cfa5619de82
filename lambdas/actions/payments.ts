/** Money that came in: recorded by finance, or told by the payment provider. A fact, whenever it comes (R37). */
import * as z from "zod";
import { withBooks } from "../domain/books.ts";
import { Stage } from "../domain/case.ts";
import type { CaseFile, Change } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import { InvoiceId } from "../domain/invoice.ts";
import { mailOrder } from "../domain/mail-params.ts";
import { sumCents } from "../domain/money.ts";
import { Amount, type Payment } from "../domain/payment.ts";
import { Problem, ruleBroken } from "../domain/problem.ts";
import { uncredited } from "../domain/settlement.ts";
import { type Action, actorText } from "./action.ts";
import { answeredByMoney, issuedInvoice } from "./money.ts";

const word = (max: number) =>
  z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]+$/, "Latin letters, digits and signs")
    .min(1)
    .max(max);
const Input = z.strictObject({
  invoiceId: InvoiceId,
  amountCents: Amount,
  currency: z.literal("USD"),
  method: word(40),
  /** The bank's own number of the transfer, by which it is known again; not the invoice's, which two transfers may name. */
  reference: word(100),
});

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The change that records a payment, and what it answers. */
function received(file: CaseFile, payment: Payment): Change {
  const { invoiceId, amountCents, currency, by } = payment;
  const payments = [payment];
  // A page that asks for it as well must not do so any more.
  const asked = uncredited(withBooks(file, { payments })).some((one) => one.payment === payment);
  return {
    payments,
    events: [{ type: "PaymentReceived", by, shown: true, data: { invoiceId, amountCents, currency } }],
    ...answeredByMoney(file, { payments }, by),
    ...(asked ? { settles: true } : {}),
  };
}

export const payments: Action<z.infer<typeof Input>> = {
  name: "payments",
  customer: false,
  staff: ["finance"],
  input: Input,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, { invoiceId, amountCents, currency, method, reference }, { now, actor }) {
    issuedInvoice(file, invoiceId);
    if (method.toLowerCase() === "stripe")
      throw ruleBroken({ path: "method", message: "the payment page tells of its payments by itself" });
    const recorded = file.payments.filter((entry) => entry.kind === "payment");
    // However its way is called: one reference is one payment.
    const known = recorded.find((entry) => entry.method !== "stripe" && sameWord(entry.reference, reference));
    if (known) {
      const same = known.invoiceId === invoiceId && known.amountCents === amountCents;
      if (same && sameWord(known.method, method)) return undefined;
      throw new Problem(
        "already-answered",
        [
          {
            path: "reference",
            message:
              "another payment has this reference: please give the bank's own number of this transfer, not the invoice's",
            rule: "R37",
          },
        ],
        { stage: file.case.stage },
      );
    }
    return received(file, {
      kind: "payment",
      // A reference may name the payer: it stands in the entry, and in no key.
      entryId: `payment-${String(recorded.length + 1).padStart(3, "0")}`,
      invoiceId,
      amountCents,
      currency,
      method,
      reference,
      at: now,
      by: actorText(actor),
    });
  },
};

/** Who the provider's word is written down as. */
const PROVIDER = "payment-provider";

/** What the provider has taken for an invoice, in all: however often and in whatever order it says so. */
export interface Told {
  readonly provider: "stripe";
  /** The provider's number for the invoice. */
  readonly id: string;
  readonly paidCents: number;
  readonly currency: string;
}

/** Undefined when the ledger knows of it already, or no invoice of the case goes by this number. */
export function recordTaken(
  file: CaseFile,
  { provider, id, paidCents, currency }: Told,
  now: Instant,
): Change | undefined {
  const invoice = file.invoices.find((one) => one.provider?.id === id);
  if (!invoice) return undefined;
  const known = sumCents(
    file.payments.map((entry) =>
      entry.kind === "payment" && entry.method === provider && entry.invoiceId === invoice.invoiceId
        ? entry.amountCents
        : 0,
    ),
  );
  if (paidCents <= known) return undefined;
  return received(file, {
    kind: "payment",
    entryId: `${provider}:${id}:${paidCents}`,
    invoiceId: invoice.invoiceId,
    amountCents: paidCents - known,
    currency,
    method: provider,
    reference: id,
    at: now,
    by: PROVIDER,
  });
}

/** A refund went through, or did not: then the money is still here, and somebody has to look. */
export function recordRefundOutcome(
  file: CaseFile,
  {
    entryId,
    failed,
    reference,
  }: { readonly entryId: string; readonly failed: boolean; readonly reference: string },
): Change | undefined {
  const entry = file.payments.find((one) => one.entryId === entryId);
  if (entry?.kind !== "refund") return undefined;
  const status = failed ? "failed" : "sent";
  // What has failed stays so: a message that comes late does not send it again.
  if (entry.status === status || entry.status === "failed") return undefined;
  const { amountCents } = entry;
  const payments = [{ ...entry, status, reference } as const];
  return {
    payments,
    // It may say so before the step that sent the money has written it down: whoever is first tells the customer.
    ...(failed ? {} : { mails: [mailOrder("E20", entryId, { entryId })] }),
    // Still here, it may be what a case taken up again is waiting for.
    ...(failed ? answeredByMoney(file, { payments }, PROVIDER) : {}),
    events: [
      { type: failed ? "RefundFailed" : "RefundSent", by: PROVIDER, shown: false, data: { amountCents } },
    ],
  };
}

/**
 * The payer's bank takes back what was paid on the page: it does not count as long as that stands. What was settled in
 * our favour stays so, though the message that opened it may come once more.
 */
export function recordDispute(
  file: CaseFile,
  invoiceIds: readonly string[],
  open: boolean,
): Change | undefined {
  const entries = file.payments.filter(
    (entry): entry is Payment =>
      entry.kind === "payment" &&
      entry.method === "stripe" &&
      invoiceIds.includes(entry.invoiceId) &&
      entry.disputed === (open ? undefined : true),
  );
  if (entries.length === 0) return undefined;
  const payments = entries.map((entry): Payment => ({ ...entry, disputed: open }));
  return {
    payments,
    events: [{ type: open ? "PaymentDisputed" : "DisputeSettled", by: PROVIDER, shown: false }],
    ...(open ? {} : answeredByMoney(file, { payments }, PROVIDER)),
  };
}
