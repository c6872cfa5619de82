/** What the payment provider tells: believed for its signature, and written down as a fact of the case (R37). */
import { recordDispute, recordRefundOutcome, recordTaken } from "../../../actions/payments.ts";
import type { CaseFile, Change } from "../../../domain/case-file.ts";
import { CaseId, type Instant } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import { type Operation, open } from "../../../platform/api.ts";
import { type Call, ok, type Reply } from "../../../platform/http.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";
import type { PaymentNotice, PaymentWebhook } from "../../../ports/payments.ts";

export interface WebhookDeps {
  readonly store: Pick<CaseStore, "load" | "find" | "commit">;
  readonly webhook: PaymentWebhook;
  /** Real time: signatures live by it, and not by the time of business. */
  readonly realNow: () => Instant;
  /** Told, by its number alone, of a message that should concern the books of a case and concerns none. */
  readonly unknown: (eventId: string, kind: string) => void;
  /** Told, by the paths alone, of a signed message of another shape than this release knows: ours to mend. */
  readonly unreadable: (paths: readonly string[]) => void;
}

/** Somebody else writes the case at the same moment; the provider tells again what was not taken. */
const ROUNDS = 5;

/** The case a notice is about: named in it, or found by the provider's own numbers. */
async function caseOf(store: WebhookDeps["store"], notice: PaymentNotice): Promise<string | undefined> {
  if (notice.kind === "other") return undefined;
  if (notice.kind !== "dispute") {
    const named = CaseId.safeParse(notice.caseId);
    if (named.success) return named.data;
  }
  const numbers =
    notice.kind === "dispute" ? notice.paymentIds : notice.kind === "invoice" ? [notice.id] : [];
  for (const number of numbers) {
    const [found] = await store.find("payment", number);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Numbers of the invoices that were paid by one of these payments. */
const disputed = ({ invoices }: CaseFile, paymentIds: readonly string[]): readonly string[] =>
  invoices
    .filter(({ provider }) => provider?.paymentIds?.some((id) => paymentIds.includes(id)))
    .map((invoice) => invoice.invoiceId);

/** What it changes of the case; nothing where the books say so already. */
function changeOf(file: CaseFile, notice: PaymentNotice, now: Instant): Change | undefined {
  switch (notice.kind) {
    case "invoice":
      return recordTaken(file, { provider: "stripe", id: notice.id, ...notice.taken }, now);
    case "refund":
      return recordRefundOutcome(file, notice);
    case "dispute":
      return recordDispute(file, disputed(file, notice.paymentIds), notice.open);
    case "other":
      return undefined;
  }
}

/** Money moved for what stands in no book of the case it names: somebody has to look where it belongs. */
function isUnknownTo(file: CaseFile | undefined, notice: PaymentNotice): boolean {
  switch (notice.kind) {
    case "invoice":
      return notice.taken.paidCents > 0 && !file?.invoices.some(({ provider }) => provider?.id === notice.id);
    case "refund":
      return !file?.payments.some(({ entryId }) => entryId === notice.entryId);
    case "dispute":
      return !file || disputed(file, notice.paymentIds).length === 0;
    case "other":
      return false;
  }
}

/** @throws Problem unauthenticated for what is not the provider's; invalid-request, invalid-json for what cannot be read */
async function noticeIn(deps: WebhookDeps, call: Call): Promise<PaymentNotice> {
  try {
    return await deps.webhook.parse(call.raw(), call.headers, deps.realNow());
  } catch (error) {
    const isUnreadable = error instanceof Problem && error.status === 400;
    if (isUnreadable) deps.unreadable(error.errors.map(({ path }) => path));
    throw error;
  }
}

async function receive(deps: WebhookDeps, call: Call): Promise<Reply> {
  const { store } = deps;
  const notice = await noticeIn(deps, call);
  const caseId = await caseOf(store, notice);
  const received = ok({ received: true });
  if (caseId === undefined) {
    // Invoices that name no case are another shop's of the same account.
    if (notice.kind === "dispute") deps.unknown(notice.eventId, notice.kind);
    return received;
  }
  for (let round = 1; ; round += 1) {
    const file = await store.load(caseId);
    if (isUnknownTo(file, notice)) deps.unknown(notice.eventId, notice.kind);
    const change = file && changeOf(file, notice, call.now);
    if (!file || !change) return received;
    try {
      await store.commit(file, change, call.now);
      return received;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (round === ROUNDS) throw new Problem("unavailable");
    }
  }
}

export const webhookOperations = (deps: WebhookDeps): Record<string, Operation> => ({
  paymentWebhook: open((call) => receive(deps, call)),
});
