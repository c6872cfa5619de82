/** Making an invoice: the lines with what the policy adds to them, and everything it says frozen with it (R35–R39). */
import { accountsOf, isDivided, isInForce } from "./accounts.ts";
import type { Brand } from "./brand.ts";
import { addDays, dateIn } from "./calendar.ts";
import type { Ending } from "./case.ts";
import type { CaseFile } from "./case-file.ts";
import { isCustomsText } from "./customs-text.ts";
import { Cents, type Instant } from "./identifiers.ts";
import type { Invoice, InvoiceLine } from "./invoice.ts";
import { type Fault, ruleBroken } from "./problem.ts";
import { customerZone } from "./time-zones.ts";
import { workDaysOf } from "./work-days.ts";

/** R39: what the customer does not pay for is said on the invoice as well. */
const RETURN_LINE: InvoiceLine = {
  kind: "shipping",
  text: "Insured return shipping to the United States: included",
  amountCents: 0,
};

export interface InvoiceOrder {
  readonly kind: Invoice["kind"];
  readonly lines: readonly InvoiceLine[];
  readonly dueDays?: number | undefined;
  readonly replaces?: string | undefined;
  readonly status: "draft" | "issued";
  /** Only a draft keeps its number when it is written anew. */
  readonly version?: number;
  readonly evidence?: Invoice["evidence"];
}

export interface Issuing {
  readonly now: Instant;
  readonly by: string;
  readonly brand: Brand;
  /** Where the lines stand in what was sent, for the paths of faults. */
  readonly path?: string;
}

/** What no invoice may say, line by line (R36, R38). */
function lineFaults({ kind, lines }: InvoiceOrder, path: string): Fault[] {
  const faults = lines.flatMap(({ text }, index): Fault[] =>
    isCustomsText(text)
      ? []
      : [
          {
            path: `${path}[${index}].text`,
            message: "please use Latin letters: the invoice is printed in English",
            rule: "R36",
          },
        ],
  );
  const total = lines.reduce((sum, line) => sum + line.amountCents, 0);
  if (!Cents.safeParse(total).success)
    faults.push({ path, message: "an invoice can be for $99,999.99 at most", rule: "R36" });
  if (total === 0) faults.push({ path, message: "an invoice asks for something", rule: "R36" });
  if (kind === "order" && !lines.some((line) => line.kind === "shipping" && line.amountCents > 0))
    faults.push({ path, message: "shipping to Japan is never free: a line for it is missing", rule: "R38" });
  return faults;
}

/** The number of the next version. */
export const nextVersion = ({ invoices }: Pick<CaseFile, "invoices">): number =>
  Math.max(0, ...invoices.map((invoice) => invoice.version)) + 1;

/**
 * An invoice of the case as it stands, not yet sent. US cents; the due date is on the customer's calendar.
 * @throws Problem rule-broken (R36, R38) with the path of each line
 */
export function makeInvoice(
  file: CaseFile,
  order: InvoiceOrder,
  { now, by, brand, path = "lines" }: Issuing,
): Invoice {
  const faults = lineFaults(order, path);
  if (faults.length > 0) throw ruleBroken(...faults);
  const { kind, status, replaces, evidence } = order;
  const { caseId, customer, order: bought, items, shipping } = file.case;
  const work = workDaysOf(file.case, brand);
  const version = order.version ?? nextVersion(file);
  const lines = kind === "order" ? [...ownLines(order), RETURN_LINE] : [...order.lines];
  const totalCents = lines.reduce((sum, line) => sum + line.amountCents, 0);
  const former = file.invoices.find((invoice) => invoice.invoiceId === replaces);
  // Money that is already here counts for what is asked for now.
  const without = former ? { ...file, invoices: file.invoices.filter((one) => one !== former) } : file;
  const issuedOn = dateIn(now, customerZone(customer.timeZone));
  const { issuer, bankTransfer } = brand.invoicing;
  return {
    invoiceId: `${caseId}-${version}`,
    version,
    kind,
    status,
    by,
    issuedAt: now,
    issuedOn,
    dueDate: addDays(issuedOn, order.dueDays ?? brand.days.payment),
    caseId,
    order: bought,
    issuer,
    billTo: {
      name: shipping?.name ?? customer.name,
      email: customer.email,
      ...(shipping ? { address: shipping.address, telephone: shipping.telephone } : {}),
    },
    items: items
      .filter((item) => !item.dropped)
      .map((item) => ({
        item: item.item,
        name: item.catalogue?.name ?? item.design,
        designNumber: item.designNumber,
        services: item.services ?? [],
        ...(item.serialNumber === undefined ? {} : { serialNumber: item.serialNumber }),
        ...(typeof item.desiredSize === "number" ? { desiredSize: item.desiredSize } : {}),
        ...(item.engraving === undefined ? {} : { engraving: item.engraving }),
      })),
    lines,
    totalCents,
    creditCents: Math.min(totalCents, accountsOf(without).creditCents),
    ...(kind === "order" ? { schedule: { earliest: work.earliest, latest: work.latest } } : {}),
    ...(bankTransfer ? { bankTransfer } : {}),
    ...(replaces === undefined ? {} : { replaces }),
    ...(evidence ? { evidence } : {}),
  };
}

/** Its lines without the one the policy adds. */
export const ownLines = ({ lines }: Pick<InvoiceOrder, "lines">): InvoiceLine[] =>
  lines.filter(({ text, amountCents }) => text !== RETURN_LINE.text || amountCents > 0);

/** The same order asked for again, as a new version with a new due date: after the first was not paid in time (R64). */
export const reissued = (file: CaseFile, former: Invoice, issuing: Issuing): Invoice =>
  makeInvoice(
    file,
    {
      kind: former.kind,
      status: "issued",
      lines: ownLines(former),
      replaces: former.invoiceId,
    },
    issuing,
  );

/** It no longer asks for money. A draft that is given up has not taken the place of what it names. */
export function closeInvoice(
  invoice: Invoice,
  status: "superseded" | "voided" | "expired",
  now: Instant,
): Invoice {
  const { replaces, ...rest } = invoice;
  const kept = invoice.status === "draft" || replaces === undefined ? rest : invoice;
  return { ...kept, status, closedAt: now };
}

/**
 * The invoices that stop asking for money when a case ends: drafts; and, where the ring never came, all of them, so that
 * what was paid is due back (R37, R64). A ring that came goes home only once all is paid: what was asked for it stays
 * asked for, whatever credit covers it and whoever disputes it since.
 */
export const closedByEnding = (file: CaseFile, { stage }: Ending, now: Instant): readonly Invoice[] => {
  // Part of what was paid for may have gone on in another case (R47): finance says what becomes of the money.
  const never = stage !== "closed" && file.case.receipt === undefined && !isDivided(file);
  return file.invoices.flatMap((invoice) => {
    if (invoice.status === "draft") return [closeInvoice(invoice, "voided", now)];
    if (!isInForce(invoice) || !never) return [];
    return [closeInvoice(invoice, stage === "expired" ? "expired" : "voided", now)];
  });
};
