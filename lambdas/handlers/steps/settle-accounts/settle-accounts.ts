/**
 * Step: whatever is outstanding with the payment provider. Invoices are printed, made payable and told; those that no
 * longer ask for money take none any more; refunds are sent. Everything is done by what the case says, so that doing it
 * again does nothing twice: the paid process runs it before it waits for money, the machine `settlement` at other times.
 */
import * as z from "zod";
import { recordRefundOutcome, recordTaken } from "../../../actions/payments.ts";
import { isInForce, isPaidInFull } from "../../../domain/accounts.ts";
import { withBooks } from "../../../domain/books.ts";
import type { CaseFile, Change } from "../../../domain/case-file.ts";
import { PermanentError } from "../../../domain/faults.ts";
import { Instant } from "../../../domain/identifiers.ts";
import type { Invoice } from "../../../domain/invoice.ts";
import { mailOrder } from "../../../domain/mail-params.ts";
import type { Refund } from "../../../domain/payment.ts";
import {
  type Uncredited,
  unclosed,
  uncredited,
  unprinted,
  unrefunded,
  unsent,
} from "../../../domain/settlement.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";
import type { DocumentPrinter, DocumentStore } from "../../../ports/documents.ts";
import type { PaymentProvider } from "../../../ports/payments.ts";
import { changeCase, loadAttempt } from "../change-case.ts";

const Input = z.object({
  caseId: z.string(),
  at: Instant,
  /** Of the paid process; a settlement belongs to no attempt. */
  attempt: z.int().optional(),
  /** Number of the settlement; absent in the paid process. */
  no: z.int().optional(),
  /** Asks the provider first what has been paid: a message of its may have got lost. */
  task: z.enum(["settle", "check"]).default("settle"),
});
type Input = z.infer<typeof Input>;

export interface SettleAccountsDeps {
  readonly store: CaseStore;
  readonly printer: Pick<DocumentPrinter, "renderInvoice">;
  readonly documents: Pick<DocumentStore, "put">;
  readonly providers: Readonly<Record<PaymentProvider["name"], PaymentProvider>>;
  /** Which of them new invoices go to. */
  readonly provider: PaymentProvider["name"];
}

const sameContent = (a: Invoice, b: Invoice): boolean =>
  a.issuedAt === b.issuedAt && a.status === b.status && a.totalCents === b.totalCents;

export const createSettleAccountsHandler = (deps: SettleAccountsDeps) => {
  const { store, printer, documents, providers } = deps;
  const change = (input: Input, decide: (file: CaseFile) => Change | undefined) =>
    changeCase(store, input, decide);
  const present = (file: CaseFile, { version }: Invoice): Invoice | undefined =>
    file.invoices.find((one) => one.version === version);

  /** A draft's preview. */
  async function preview(input: Input, draft: Invoice): Promise<void> {
    const { caseId, version } = draft;
    const documentKey = await documents.put(
      { caseId, invoice: version, name: "draft" },
      await printer.renderInvoice(draft),
    );
    await change(input, (file) => {
      const now = present(file, draft);
      return now && sameContent(now, draft) && now.documentKey === undefined
        ? { invoices: [{ ...now, documentKey }], events: [] }
        : undefined;
    });
  }

  /** Makes an invoice payable, prints it, and orders the mail that carries it. */
  async function send(input: Input, invoice: Invoice): Promise<void> {
    // Nothing left to pay, or less than a page can take.
    const due = invoice.totalCents - invoice.creditCents;
    const name = due >= providers[deps.provider].leastCents ? deps.provider : "bank-transfer";
    const { id, payUrl, paymentIds } = await providers[name].create(invoice);
    const payable: Invoice = {
      ...invoice,
      provider: { name, id, payUrl, ...(paymentIds.length > 0 ? { paymentIds: [...paymentIds] } : {}) },
    };
    const { caseId, version, invoiceId } = invoice;
    const documentKey = await documents.put(
      { caseId, invoice: version, name: "invoice" },
      await printer.renderInvoice(payable),
    );
    await change(input, (file) => {
      const now = present(file, invoice);
      if (!now || now.sentAt !== undefined) return undefined;
      const known = { ...now, ...(payable.provider ? { provider: payable.provider } : {}), documentKey };
      // Taken back while it was being made payable: it is closed there as well, and told to nobody. Whoever took it back
      // did not know it there, so that it takes another settlement.
      if (now.status !== "issued") return { invoices: [known], events: [], settles: true };
      const sent: Invoice = { ...known, sentAt: input.at };
      // What came by bank meanwhile, its page asks for as well.
      const early = uncredited(withBooks(file, { invoices: [sent] })).length > 0;
      return {
        invoices: [sent],
        ...(early ? { settles: true } : {}),
        lookups: [id, ...paymentIds].map((value) => ({ kind: "payment" as const, value })),
        mails: [
          invoice.kind === "surcharge"
            ? mailOrder("E15", `invoice-${version}`, { variant: "surcharge", invoiceId })
            : mailOrder("E7", `invoice-${version}`, { invoiceId }),
        ],
        events: [{ type: "InvoiceSent", by: "system", shown: true, data: { invoiceId } }],
      };
    });
  }

  /** What the provider has taken meanwhile, even if its message got lost. */
  async function reconcile(input: Input, { provider }: Invoice): Promise<void> {
    if (!provider || provider.name === "bank-transfer") return;
    const taken = await providers[provider.name].status(provider.id);
    const told = { provider: provider.name, id: provider.id, ...taken };
    await change(input, (file) => recordTaken(file, told, input.at));
  }

  async function close(input: Input, invoice: Invoice): Promise<void> {
    const { provider } = invoice;
    if (!provider) return;
    await providers[provider.name].cancel(provider.id);
    // Afterwards: until then she could still pay.
    await reconcile(input, invoice);
    await change(input, (file) => {
      const now = present(file, invoice);
      return now && !now.providerClosed
        ? { invoices: [{ ...now, providerClosed: true }], events: [] }
        : undefined;
    });
  }

  /** It came by bank: the page of its invoice asks for the rest alone. */
  async function credit(input: Input, { payment, invoice: { provider } }: Uncredited): Promise<void> {
    if (!provider) return;
    const { entryId, amountCents } = payment;
    await providers[provider.name].credit(provider.id, entryId, amountCents);
    await change(input, (now) => {
      const entry = now.payments.find((one) => one.entryId === entryId);
      return entry?.kind === "payment" && !entry.credited
        ? { payments: [{ ...entry, credited: true }], events: [] }
        : undefined;
    });
  }

  async function refund(input: Input, file: CaseFile, wanted: Refund): Promise<void> {
    const provider = file.invoices.find((one) => one.invoiceId === wanted.invoiceId)?.provider;
    const { entryId } = wanted;
    let reference: string;
    try {
      if (!provider) throw new PermanentError(`${entryId} names an invoice that was never payable`);
      reference = await providers[provider.name].refund(provider.id, wanted);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      // It does not count, so that finance finds the money still due.
      await change(input, (now) => recordRefundOutcome(now, { entryId, failed: true, reference: "" }));
      return;
    }
    await change(input, (now) => {
      const entry = now.payments.find((one) => one.entryId === entryId);
      if (entry?.kind !== "refund" || entry.status !== "wanted") return undefined;
      return {
        payments: [{ ...entry, status: "sent", reference }],
        mails: [mailOrder("E20", entryId, { entryId })],
        events: [
          { type: "RefundSent", by: "system", shown: false, data: { amountCents: entry.amountCents } },
        ],
      };
    });
  }

  /** Off the list of what is due: everything is done. */
  async function finished({ caseId, no }: Input): Promise<void> {
    if (no === undefined) return;
    const settlement = await store.settlement(caseId, no);
    if (!settlement?.dueAt) return;
    const { dueAt: _, ...rest } = settlement;
    try {
      await store.putSettlement(settlement.round, rest);
    } catch (error) {
      // The clock has started it once more meanwhile: that run finds it done, and says so.
      if (!(error instanceof Conflict)) throw error;
    }
  }

  /** Asked whether it is paid, at the end of the wait: her yes a moment before counts. */
  async function check(input: Input): Promise<{ outcome: "paid" | "unpaid" }> {
    const file = await loadAttempt(store, input.caseId, input.attempt);
    for (const invoice of file.invoices.filter(isInForce)) await reconcile(input, invoice);
    const after = await change(input, (now) =>
      isPaidInFull(now) && now.case.ending ? { case: { ending: undefined }, events: [] } : undefined,
    );
    return { outcome: isPaidInFull(after) ? "paid" : "unpaid" };
  }

  /** @throws the first failure, after everything else was tried; Superseded */
  return async (event: unknown): Promise<{ outcome: "settled" | "paid" | "unpaid" }> => {
    const input = Input.parse(event);
    if (input.task === "check") return check(input);
    const file = await loadAttempt(store, input.caseId, input.attempt);
    const work = [
      // Closed first: what is replaced must not be paid beside what replaces it.
      ...unclosed(file).map((invoice) => () => close(input, invoice)),
      ...unsent(file).map((invoice) => () => send(input, invoice)),
      // The process waits for no more than it needs: everything else was ordered as a settlement.
      ...(input.attempt === undefined
        ? [
            ...unprinted(file).map((invoice) => () => preview(input, invoice)),
            ...uncredited(file).map((one) => () => credit(input, one)),
            ...unrefunded(file).map((wanted) => () => refund(input, file, wanted)),
          ]
        : []),
    ];
    const failures: unknown[] = [];
    for (const task of work) await task().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
    await finished(input);
    return { outcome: "settled" };
  };
};
