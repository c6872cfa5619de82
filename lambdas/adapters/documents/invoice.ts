/** The invoice that a customer pays by (R35, R36): what is done to which piece, what it costs, how and until when to pay. */
import { customsTexts } from "../../domain/customs-text.ts";
import { PermanentError } from "../../domain/faults.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { formatUsd } from "../../domain/money.ts";
import { addressee, columns, facts, label, partyRuns, telephone, value } from "./blocks.ts";
import {
  CONCERNING,
  conditions,
  DRAFT_ONLY,
  dueNow,
  engravingInWords,
  evidenceFacts,
  KIND,
  latin,
  MAY_LENGTHEN,
  NOTHING_DUE,
  paymentWords,
  scheduleInWords,
  servicesInWords,
  WHOLE_AMOUNT,
} from "./invoice-words.ts";
import { Sheet } from "./sheet.ts";
import { type Cell, type Run, STYLES, WIDTH } from "./styles.ts";
import { country, longDate } from "./words.ts";

interface Column {
  readonly name: string;
  readonly x: number;
  readonly width: number;
  readonly right?: boolean;
}
const PIECES: readonly Column[] = [
  { name: "No.", x: 0, width: 18 },
  { name: "Piece", x: 22, width: 104 },
  { name: "Design no.", x: 134, width: 66 },
  { name: "Serial no.", x: 208, width: 86 },
  { name: "What is to be done", x: 302, width: WIDTH - 302 },
];
const LINES: readonly Column[] = [
  { name: "Charge", x: 0, width: 118 },
  { name: "Description", x: 134, width: 276 },
  { name: "Amount", x: 420, width: WIDTH - 420, right: true },
];
/** Above and below a row, points. */
const AIR = 3;
/** From where totals stand. */
const TOTALS = 290;

const head = (table: readonly Column[]): readonly Cell[] =>
  table.map(({ name, x, width, right }) => ({
    x,
    width,
    runs: [{ text: name.toUpperCase(), style: right ? STYLES.labelRight : STYLES.label }],
  }));
const cells = (table: readonly Column[], contents: readonly (readonly Run[])[]): readonly Cell[] =>
  table.map(({ x, width }, index) => ({ x, width, runs: contents[index] ?? [] }));
const plain = (text: string): readonly Run[] => [{ text, style: STYLES.text, above: 1 }];
const small = (text: string): Run => ({ text, style: STYLES.small, above: 2 });

function pieceRow(piece: Invoice["items"][number]): readonly Cell[] {
  const { item, name, designNumber, serialNumber, desiredSize, engraving } = piece;
  const details = [
    ...(desiredSize === undefined ? [] : [`Japanese ring size ${desiredSize}`]),
    ...(engraving === undefined ? [] : [engravingInWords(engraving)]),
  ];
  return cells(PIECES, [
    plain(String(item)),
    [{ text: latin(name) ?? designNumber, style: STYLES.strong, above: 1 }],
    plain(designNumber),
    plain(serialNumber ?? "–"),
    [...plain(servicesInWords(piece)), ...(details.length === 0 ? [] : [small(details.join("   ·   "))])],
  ]);
}

const lineRow = ({ kind, text, amountCents }: Invoice["lines"][number]): readonly Cell[] =>
  cells(LINES, [
    plain(KIND[kind]),
    plain(latin(text) ?? KIND[kind]),
    [{ text: formatUsd(amountCents), style: STYLES.number, above: 1 }],
  ]);

/** Whoever has no name in Latin letters is called by the address that every customer has. */
function billToRuns({ billTo, caseId }: Invoice): readonly Run[] {
  const email = latin(billTo.email);
  const name = latin(billTo.name);
  const { address } = billTo;
  const lines = [
    ...(address
      ? [
          address.line1,
          address.line2,
          [latin(address.city), `${address.state} ${address.zip}`].filter(Boolean).join(", "),
          // Parcels go nowhere else (R33).
          country("US"),
        ]
      : []),
    ...(billTo.telephone === undefined
      ? []
      : [`Tel. ${telephone({ telephone: billTo.telephone, countryCode: "US" })}`]),
    ...(name === undefined ? [] : [email]),
  ];
  return addressee(
    name ?? email ?? caseId,
    lines.flatMap((line) => latin(line) ?? []),
  );
}

/** What is asked for and what is promised, to be seen at once. */
function atOnce(invoice: Invoice): readonly Run[] {
  const { status, dueDate, schedule } = invoice;
  const due = dueNow(invoice);
  const until = due === 0 ? "covered by earlier payments" : `by ${longDate(dueDate)}`;
  return [
    label("Amount due now"),
    { text: formatUsd(due), style: STYLES.amount, above: 2 },
    { text: status === "draft" ? "once it is issued" : until, style: STYLES.text },
    ...(schedule
      ? [
          { ...label("Schedule"), above: 9 },
          value(scheduleInWords(schedule)),
          { text: MAY_LENGTHEN, style: STYLES.small, above: 1 },
        ]
      : []),
  ];
}

function opening(sheet: Sheet, invoice: Invoice): void {
  const { invoiceId, version, kind, caseId, order, replaces, dueDate, status } = invoice;
  const draft = status === "draft";
  facts(sheet, [
    [
      ["Invoice no.", invoiceId],
      ["Version", String(version)],
      [draft ? "Drafted on" : "Date of issue", longDate(invoice.issuedOn)],
      ["Due date", longDate(dueDate)],
    ],
    [
      ["Case no.", caseId],
      ...(order.number === undefined ? [] : [["Order no.", order.number] as const]),
      ...(order.date === undefined ? [] : [["Order date", longDate(order.date)] as const]),
      ["Concerning", CONCERNING[kind]],
    ],
    ...(replaces === undefined
      ? []
      : [
          [
            [
              "Replaces",
              draft
                ? `Invoice ${replaces}, once this draft is issued`
                : `Invoice ${replaces}, which is no longer to be paid. What was paid on it counts for this one.`,
            ] as const,
          ],
        ]),
  ]);
  sheet
    .rule()
    .space(10)
    .row(
      columns([
        [label("From"), ...partyRuns(customsTexts(invoice.issuer, ["issuer"]))],
        [label("Bill to"), ...billToRuns(invoice)],
        atOnce(invoice),
      ]),
    )
    .space(12);
}

const totalRow = (name: Run, amount: Run): readonly Cell[] => [
  { x: TOTALS, width: 130, runs: [name] },
  { x: TOTALS + 130, width: WIDTH - TOTALS - 130, runs: [amount] },
];
const sumRow = (name: string, amount: string): readonly Cell[] =>
  totalRow({ text: name, style: STYLES.text }, { text: amount, style: STYLES.number });

/** What it comes to: one block, never torn. */
function totals(sheet: Sheet, invoice: Invoice): void {
  const { totalCents, creditCents } = invoice;
  const sums = [
    sumRow("Total in US dollars", formatUsd(totalCents)),
    ...(creditCents > 0 ? [sumRow("Covered by earlier payments", formatUsd(-creditCents))] : []),
  ];
  const due = totalRow(
    { text: "Amount due now", style: STYLES.totalLabel, above: 1.5 },
    { text: formatUsd(dueNow(invoice)), style: STYLES.total },
  );
  const heights = [...sums, due].map((row) => sheet.heightOf(row) + 10);
  sheet.fit(heights.reduce((all, height) => all + height, 0));
  sheet.space(4);
  for (const row of sums) sheet.space(4).row(row);
  sheet
    .space(4)
    .rule("strong", TOTALS, WIDTH - TOTALS)
    .space(5);
  sheet
    .row(due)
    .space(3)
    .rule("strong", TOTALS, WIDTH - TOTALS)
    .space(2)
    .rule("strong", TOTALS, WIDTH - TOTALS)
    .space(12);
}

/** The provider's page at the left, the account at the right: each where there is one. */
function payment(sheet: Sheet, invoice: Invoice): void {
  const { provider, bankTransfer, invoiceId } = invoice;
  const page = provider?.name === "stripe" ? new URL(provider.payUrl).href : undefined;
  const account = bankTransfer && customsTexts(bankTransfer, ["bankTransfer"]);
  if (!page && !account) throw new PermanentError(`invoice ${invoiceId} names no way to pay it`);
  const ways = [...(page ? ["online"] : []), ...(account ? ["by bank transfer"] : [])];
  const online: readonly Run[] = [
    label("Payment"),
    { text: paymentWords(invoice, ways), style: STYLES.strong, above: 2 },
    ...(page
      ? [
          { ...label("Payment page"), above: 8 },
          { text: page, style: STYLES.link, above: 2, link: page },
        ]
      : []),
  ];
  const transfer: readonly Run[] = account
    ? [
        label("Bank transfer in US dollars"),
        value(`Bank: ${account.bank}`),
        value(`Account holder: ${account.accountHolder}`),
        value(`Routing number: ${account.routingNumber}`),
        value(`Account number: ${account.accountNumber}`),
        { text: `Payment reference: ${invoiceId}`, style: STYLES.strong, above: 1.5 },
        small(WHOLE_AMOUNT),
      ]
    : [];
  sheet.row(columns(account ? [online, transfer] : [online], 24));
}

const full = (...runs: readonly Run[]): readonly Cell[] => [{ x: 0, width: WIDTH, runs }];

/** How to pay, or why there is nothing to be paid. */
function closing(sheet: Sheet, invoice: Invoice): void {
  const said = invoice.status === "draft" ? DRAFT_ONLY : dueNow(invoice) === 0 ? NOTHING_DUE : undefined;
  if (said === undefined) payment(sheet, invoice);
  else sheet.row(full(label("Payment"), { text: said, style: STYLES.strong, above: 2 }));
  const terms = conditions(invoice).map((text): Run => ({ text, style: STYLES.fine, above: 2.5 }));
  sheet.space(12).row(full(label("Conditions"), ...terms));
}

/**
 * As it was at its issue: of what has become of it since, only the payment page is printed. A draft says on each page
 * that it is one, and not how to pay. A name in other letters gives way to the design number or the e-mail address.
 * @throws PermanentError naming the field of the house's own (brand, issuer, account) that English papers cannot show;
 * or when there is something to pay and no way to
 */
export async function renderInvoice(invoice: Invoice, brand: string): Promise<Uint8Array> {
  const { invoiceId, caseId, items, lines, evidence } = invoice;
  const draft = invoice.status === "draft";
  const sheet = new Sheet({
    brandName: customsTexts(brand, ["brand", "name"]),
    title: draft ? "DRAFT INVOICE" : "INVOICE",
    subtitle: invoiceId,
    foot: [...(draft ? ["DRAFT, not to be paid"] : []), `Invoice ${invoiceId}`, `Case ${caseId}`].join(
      "   ·   ",
    ),
    madeAt: invoice.issuedAt,
    ...(draft ? { watermark: "DRAFT" } : {}),
  });
  opening(sheet, invoice);
  if (items.length > 0) sheet.table(head(PIECES), items.map(pieceRow), AIR).space(12);
  sheet.table(head(LINES), lines.map(lineRow), AIR);
  totals(sheet, invoice);
  if (evidence) facts(sheet, [evidenceFacts(evidence)]);
  closing(sheet, invoice);
  return sheet.finish();
}
