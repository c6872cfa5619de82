/** Money that goes back (R37): what is held beyond what is asked for; after the end, whatever finance decides. */
import * as z from "zod";
import { accountsOf, heldUnder, presentVersion } from "../domain/accounts.ts";
import { Stage } from "../domain/case.ts";
import type { CaseFile } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";
import { InvoiceId } from "../domain/invoice.ts";
import { mailOrder } from "../domain/mail-params.ts";
import { formatUsd, sumCents } from "../domain/money.ts";
import { Amount, type LedgerEntry, type Refund } from "../domain/payment.ts";
import { ruleBroken } from "../domain/problem.ts";
import { type Action, actorText, REPEAT_MS } from "./action.ts";
import { issuedInvoice } from "./money.ts";

const Input = z.strictObject({
  invoiceId: InvoiceId,
  amountCents: Amount,
  reason: z.string().trim().min(1).max(1000),
});
type Input = z.infer<typeof Input>;

const isRefund = (entry: LedgerEntry): entry is Refund => entry.kind === "refund";

/** The same words again within minutes are one wish, sent again because its answer got lost. */
function isRepeat({ payments }: CaseFile, { invoiceId, amountCents, reason }: Input, now: Instant): boolean {
  const since = new Date(Date.parse(now) - REPEAT_MS).toISOString();
  const alike = payments
    .filter(isRefund)
    // One that has failed is wished again.
    .filter((entry) => entry.status !== "failed")
    .filter((entry) => entry.invoiceId === invoiceId && entry.reason === reason && entry.at >= since)
    // Money that came in since may be meant.
    .filter((entry) => !payments.some((other) => other.kind === "payment" && other.at > entry.at));
  // One refund may have gone two ways.
  const sums = alike.map(({ at }) =>
    sumCents(alike.filter((entry) => entry.at === at).map((entry) => entry.amountCents)),
  );
  return sums.includes(amountCents);
}

/** What the provider still holds of an invoice: it can send back only what it took. */
const withProvider = ({ payments }: CaseFile, invoiceId: string): number =>
  sumCents(
    payments.map((entry) => {
      if (entry.invoiceId !== invoiceId) return 0;
      if (isRefund(entry))
        return entry.method === "stripe" && entry.status !== "failed" ? -entry.amountCents : 0;
      return entry.method === "stripe" && entry.currency === "USD" && !entry.disputed ? entry.amountCents : 0;
    }),
  );

/** Numbers of the invoices whose place this one took: money goes back under the number it came in under. */
const formerVersions = ({ invoices }: CaseFile, invoiceId: string): readonly string[] =>
  invoices
    .filter((one) => one.invoiceId !== invoiceId && presentVersion(invoices, one.invoiceId) === invoiceId)
    .map((one) => one.invoiceId);

/** @throws Problem rule-broken (R37) when more is asked for than can go back */
function checkAmount(file: CaseFile, { invoiceId, amountCents }: Input): void {
  const held = heldUnder(file, invoiceId);
  if (amountCents > held) {
    const elsewhere = formerVersions(file, invoiceId).filter((former) => heldUnder(file, former) > 0);
    const where = elsewhere.length > 0 ? `; the money was paid on ${elsewhere.join(", ")}` : "";
    throw ruleBroken({
      path: "amountCents",
      message: `at most ${formatUsd(Math.max(0, held))} is held on this invoice${where}`,
      rule: "R37",
    });
  }
  const { creditCents } = accountsOf(file);
  if (file.case.endedAt === undefined && amountCents > creditCents)
    throw ruleBroken({
      path: "amountCents",
      message: `${formatUsd(creditCents)} is not asked for by an invoice; replace or void the invoice first`,
      rule: "R37",
    });
}

export const refunds: Action<Input> = {
  name: "refunds",
  customer: false,
  staff: ["finance"],
  input: Input,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, input, { now, actor }) {
    const { invoiceId, amountCents, reason } = input;
    issuedInvoice(file, invoiceId);
    if (isRepeat(file, input, now)) return undefined;
    checkAmount(file, input);
    const by = actorText(actor);
    const byProvider = Math.min(amountCents, Math.max(0, withProvider(file, invoiceId)));
    const known = file.payments.filter(isRefund).length;
    const entry = (no: number, method: Refund["method"], amount: number): Refund => ({
      kind: "refund",
      entryId: `refund-${String(known + no).padStart(3, "0")}`,
      method,
      status: method === "stripe" ? "wanted" : "sent",
      invoiceId,
      amountCents: amount,
      currency: "USD",
      at: now,
      by,
      reason,
    });
    // What came by bank goes back by bank: finance has sent it and says so here.
    const byBank = amountCents - byProvider;
    const entries = [
      ...(byBank > 0 ? [entry(1, "bank-transfer", byBank)] : []),
      ...(byProvider > 0 ? [entry(byBank > 0 ? 2 : 1, "stripe", byProvider)] : []),
    ];
    return {
      payments: entries,
      // The provider's part is told once the provider has taken it on.
      mails: entries
        .filter((one) => one.status === "sent")
        .map(({ entryId }) => mailOrder("E20", entryId, { entryId })),
      events: [{ type: "RefundMade", by, shown: true, data: { invoiceId, amountCents } }],
      ...(byProvider > 0 ? { settles: true } : {}),
    };
  },
};
