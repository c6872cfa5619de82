/** Finance asks for money (R35): a supplement, or a version that takes the place of another; first as a draft, if wished. */
import * as z from "zod";
import { isInForce } from "../domain/accounts.ts";
import { daysBetween } from "../domain/calendar.ts";
import { hasEnded, Stage } from "../domain/case.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import { DueDays, type Invoice, InvoiceId, type InvoiceLine, InvoiceLines } from "../domain/invoice.ts";
import { closeInvoice, makeInvoice, ownLines } from "../domain/invoicing.ts";
import { outOfTurn, Problem, ruleBroken } from "../domain/problem.ts";
import type { Asks } from "../domain/wait.ts";
import { type Action, type ActionContext, actorText, REPEAT_MS } from "./action.ts";
import { answeredByMoney, issuedInvoice } from "./money.ts";

const Input = z.strictObject({
  lines: InvoiceLines,
  dueDays: DueDays.optional(),
  /** The version it takes the place of. */
  replaces: InvoiceId.optional(),
  /** To be looked at first: nobody is told, nothing is asked for. */
  draft: z.boolean().optional(),
});
type Input = z.infer<typeof Input>;

/** Before the ring is sent: the process goes back to asking for payment. */
const BEFORE_SHIPPING: ReadonlySet<Asks> = new Set<Asks>(["payment", "ship-date"]);
/** The ring is with us, and waits for the money before it goes home (R37, R40). */
const IN_HAND: ReadonlySet<Asks> = new Set<Asks>(["discrepancy", "work", "inspection", "surcharge"]);

/** The state in which the process sends its invoices (`repair-and-maintenance.asl.json`). */
const STATE_THAT_SENDS = "Send invoice";

/** What new invoices do to the process. @throws Problem out-of-turn where nothing would wait for the money */
function effectOf(
  file: CaseFile,
  invoices: readonly Invoice[],
  by: string,
): Pick<Change, "answer" | "settles"> {
  const { stage } = file.case;
  if (hasEnded(stage)) return { settles: true };
  const { asks, answer, resumeAt } = currentWait(file);
  if (answer) throw outOfTurn(stage);
  if (BEFORE_SHIPPING.has(asks)) return { answer: { outcome: "invoiced", by } };
  // What could not be sent (its due date has gone by, perhaps) is sent as another version.
  if (asks === "attention" && resumeAt === STATE_THAT_SENDS) return { answer: { outcome: "retry", by } };
  // A version that asks for less may be what the return was waiting for.
  if (IN_HAND.has(asks)) return { settles: true, ...answeredByMoney(file, { invoices }, by) };
  throw outOfTurn(stage);
}

/** @throws Problem rule-broken unless it can be replaced */
function toReplace(file: CaseFile, replaces: string): Invoice {
  const former = issuedInvoice(file, replaces, "replaces");
  if (former.kind === "surcharge")
    throw ruleBroken({
      path: "replaces",
      message: "a surcharge is exactly the difference; a manager can release it",
      rule: "R40",
    });
  if (!isInForce(former))
    throw ruleBroken({ path: "replaces", message: `this invoice is ${former.status} already`, rule: "R35" });
  return former;
}

const kindOf = (file: CaseFile, former: Invoice | undefined): Invoice["kind"] => {
  if (former) return former.kind;
  return file.invoices.some((one) => one.kind === "order" && isInForce(one)) ? "supplement" : "order";
};

/** Issues an invoice that stands in the books already as a draft, or is new. @throws Problem */
function issue(
  file: CaseFile,
  invoice: Invoice,
  former: Invoice | undefined,
  { actor, now }: ActionContext,
): Change {
  const by = actorText(actor);
  const invoices = [invoice, ...(former ? [closeInvoice(former, "superseded", now)] : [])];
  const { invoiceId, totalCents } = invoice;
  return {
    invoices,
    events: [{ type: "InvoiceIssued", by, shown: false, data: { invoiceId, totalCents } }],
    ...effectOf(file, invoices, by),
  };
}

/** After the end only what was asked for is put right: the work that was never done. @throws Problem out-of-turn */
function checkStage({ case: { stage } }: CaseFile, former: Invoice | undefined): void {
  if (hasEnded(stage) && !former) throw outOfTurn(stage);
}

const sameLines = (some: readonly InvoiceLine[], others: readonly InvoiceLine[]): boolean =>
  some.length === others.length &&
  some.every(({ kind, text, amountCents }, index) => {
    const other = others[index];
    return other?.kind === kind && other.text === text && other.amountCents === amountCents;
  });

/** The same words again within minutes are one wish, sent again because its answer got lost; later they are meant anew. */
function isRepeat(
  { invoices }: CaseFile,
  { lines, dueDays, replaces, draft }: Input,
  { now, actor, brand }: ActionContext,
): boolean {
  const since = new Date(Date.parse(now) - REPEAT_MS).toISOString();
  return invoices.some(
    (one) =>
      one.status === (draft ? "draft" : "issued") &&
      one.issuedAt >= since &&
      one.by === actorText(actor) &&
      one.replaces === replaces &&
      daysBetween(one.issuedOn, one.dueDate) === (dueDays ?? brand.days.payment) &&
      sameLines(ownLines(one), lines),
  );
}

const complimentary = () =>
  ruleBroken({ path: "", message: "the complimentary service costs the customer nothing", rule: "R9" });

export const invoices: Action<Input> = {
  name: "invoices",
  customer: false,
  staff: ["finance"],
  input: Input,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, input, context) {
    if (file.case.process === "complimentary-resizing") throw complimentary();
    if (isRepeat(file, input, context)) return undefined;
    const { lines, dueDays, replaces, draft } = input;
    const former = replaces === undefined ? undefined : toReplace(file, replaces);
    checkStage(file, former);
    const by = actorText(context.actor);
    const present = file.invoices.find((one) => one.status === "draft");
    const invoice = makeInvoice(
      file,
      {
        kind: kindOf(file, former),
        status: draft ? "draft" : "issued",
        lines,
        dueDays,
        replaces,
        ...(draft && present ? { version: present.version } : {}),
      },
      { now: context.now, by, brand: context.brand },
    );
    if (draft)
      return {
        invoices: [invoice],
        events: [{ type: "InvoiceDrafted", by, shown: false, data: { invoiceId: invoice.invoiceId } }],
        settles: true,
      };
    return issue(file, invoice, former, context);
  },
};

const ById = z.strictObject({ invoiceId: InvoiceId });

/** The one its path names. @throws Problem not-found */
function inPath({ invoices }: CaseFile, invoiceId: string): Invoice {
  const invoice = invoices.find((one) => one.invoiceId === invoiceId);
  if (!invoice) throw new Problem("not-found");
  return invoice;
}

/** `POST …/invoices/{id}/issue`: a draft is told to the customer, as it stands but with today's dates. */
export const invoiceIssue: Action<z.infer<typeof ById>> = {
  name: "invoice-issue",
  customer: false,
  staff: ["finance"],
  input: ById,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, { invoiceId }, context) {
    const known = inPath(file, invoiceId);
    if (known.status === "issued") return undefined;
    if (known.status !== "draft") throw outOfTurn(file.case.stage);
    const { replaces, version } = known;
    const former = replaces === undefined ? undefined : toReplace(file, replaces);
    checkStage(file, former);
    const by = actorText(context.actor);
    const invoice = makeInvoice(
      file,
      {
        // The order may have come, or gone, since it was drafted.
        kind: kindOf(file, former),
        lines: ownLines(known),
        replaces,
        version,
        status: "issued",
        dueDays: daysBetween(known.issuedOn, known.dueDate),
      },
      { now: context.now, by, brand: context.brand },
    );
    return issue(file, invoice, former, context);
  },
};

/** `POST …/invoices/{id}/void`: it no longer asks for money; what was paid on it is due back. */
export const invoiceVoid: Action<z.infer<typeof ById>> = {
  name: "invoice-void",
  customer: false,
  staff: ["finance"],
  input: ById,
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, { invoiceId }, { actor, now }) {
    const known = inPath(file, invoiceId);
    if (known.status === "voided") return undefined;
    if (known.status !== "draft" && !isInForce(known)) throw outOfTurn(file.case.stage);
    const { stage } = file.case;
    if (known.kind === "surcharge")
      throw ruleBroken({
        path: "invoiceId",
        message: "a surcharge is not voided; a manager can release it, with a reason",
        rule: "R40",
      });
    const { asks, answer } = currentWait(file);
    const beforeShipping = !answer && BEFORE_SHIPPING.has(asks);
    if (known.kind === "order" && isInForce(known) && !beforeShipping && !hasEnded(stage))
      throw ruleBroken({
        path: "invoiceId",
        message: "the order is on its way: its invoice can be replaced, not voided",
        rule: "R37",
      });
    const by = actorText(actor);
    const closed = closeInvoice(known, "voided", now);
    const change: Change = {
      invoices: [closed],
      events: [{ type: "InvoiceVoided", by, shown: known.status !== "draft", data: { invoiceId } }],
      settles: true,
    };
    if (known.status === "draft") return change;
    const money = answeredByMoney(file, { invoices: [closed] }, by);
    // Without its order a case that had been paid is not any more: it is asked again.
    const unpaid = asks === "ship-date" && !answer && known.kind === "order";
    return { ...change, ...money, ...(unpaid ? { answer: { outcome: "invoiced", by } } : {}) };
  },
};
