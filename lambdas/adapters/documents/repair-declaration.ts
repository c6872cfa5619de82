/**
 * The declaration of whoever did the work, for goods that come home under 9802.00.40 or .50 (19 CFR 10.8).
 * Goods that come home as they left get the same paper in other words: nothing was done to them.
 */
import { customsTexts } from "../../domain/customs-text.ts";
import type { Papers } from "../../ports/documents.ts";
import { columns, facts, inOneLine, label, partyRuns, signed } from "./blocks.ts";
import { Sheet } from "./sheet.ts";
import { type Cell, type Run, STYLES, WIDTH } from "./styles.ts";
import { contentsOf, longDate, money, repairedLines } from "./words.ts";

const COLUMNS = [
  { name: "Marks and numbers", x: 0, width: 86 },
  { name: "Articles, and work done on them", x: 94, width: 192 },
  { name: "Received on", x: 294, width: 62 },
  { name: "Cost or value of work USD", x: 360, width: 70, right: true },
  { name: "Total value after work USD", x: 434, width: 70, right: true },
] as const;

const head: readonly Cell[] = COLUMNS.map((column) => ({
  x: column.x,
  width: column.width,
  runs: [{ text: column.name.toUpperCase(), style: "right" in column ? STYLES.labelRight : STYLES.label }],
}));

function row(line: ReturnType<typeof repairedLines>[number]): readonly Cell[] {
  const { repair } = line;
  const contents: readonly (readonly Run[])[] = [
    [
      { text: line.serialNumber, style: STYLES.strong },
      { text: `Design ${line.designNumber}`, style: STYLES.small, above: 2 },
    ],
    [
      { text: line.description, style: STYLES.text },
      { text: repair.work, style: STYLES.strong, above: 2 },
      {
        text:
          repair.heading === undefined
            ? `HS ${line.harmonizedCode}`
            : `HTSUS ${repair.heading}, HS ${line.harmonizedCode}`,
        style: STYLES.small,
        above: 2,
      },
    ],
    [{ text: longDate(repair.receivedOn), style: STYLES.text }],
    [{ text: money(repair.valueCents), style: STYLES.number }],
    [{ text: money(line.customsValueCents), style: STYLES.number }],
  ];
  return COLUMNS.map(({ x, width }, column) => ({ x, width, runs: contents[column] ?? [] }));
}

const REPAIRED = [
  "The articles were received for no other purpose than to be repaired or altered.",
  "Nothing was done to them but the work named in this declaration.",
  "The amounts stated are the full cost of that work or, where no charge is made for it, its full value.",
  "No article was substituted for another: those returned are the very articles received.",
];
const UNWORKED = [
  "The articles were received to be repaired or altered, and are returned without it.",
  "No work of any kind was performed on them; they were neither advanced in value nor improved in condition.",
  "No article was substituted for another: those returned are the very articles received.",
];

/** @throws PermanentError when nothing in the parcel comes from the workshop, or naming the field that cannot be shown */
export async function renderRepairDeclaration(papers: Papers, brand: string): Promise<Uint8Array> {
  const declaration = customsTexts(papers.declaration);
  const trackingNumber = customsTexts(papers.trackingNumber, ["trackingNumber"]);
  const brandName = customsTexts(brand, ["brand", "name"]);
  const lines = repairedLines(declaration);
  const unworked = contentsOf(declaration) === "unworked";
  const { shipper: workshop, consignee: owner } = declaration;

  const sheet = new Sheet({
    brandName,
    title: unworked ? "Declaration of Return without Repair" : "Repair Declaration",
    subtitle: unworked ? declaration.reference : `19 CFR 10.8 · ${declaration.reference}`,
    foot: `Belongs to invoice ${declaration.invoiceNumber}   ·   FedEx air waybill ${trackingNumber}`,
    madeAt: declaration.declaredAt,
  });
  const headings = [...new Set(lines.flatMap(({ repair }) => repair.heading ?? []))];
  facts(sheet, [
    [
      ["Air waybill no. (FedEx)", trackingNumber],
      ["Commercial invoice", declaration.invoiceNumber],
      ["Date of export", longDate(declaration.shipDate)],
      ["HTSUS heading", headings.length === 0 ? "No repair heading claimed" : headings.join(", ")],
    ],
  ]);
  sheet.rule().space(10);
  sheet.row(
    columns([
      [label(unworked ? "Workshop" : "Performed the work"), ...partyRuns(workshop)],
      [label("Owner, and exporter from the United States"), ...partyRuns(owner)],
    ]),
  );
  sheet.space(14);
  sheet.table(head, lines.map(row));
  const work = lines.reduce((sum, line) => sum + line.repair.valueCents, 0);
  const total = lines.reduce((sum, line) => sum + line.customsValueCents, 0);
  sheet.space(8).row([
    { x: 94, width: 192, runs: [{ text: "Total USD", style: STYLES.totalLabel }] },
    { x: 360, width: 70, runs: [{ text: money(work), style: { ...STYLES.number, face: "Helvetica-Bold" } }] },
    {
      x: 434,
      width: 70,
      runs: [{ text: money(total), style: { ...STYLES.number, face: "Helvetica-Bold" } }],
    },
  ]);
  sheet
    .space(4)
    .rule("strong", 94, WIDTH - 94)
    .space(2)
    .rule("strong", 94, WIDTH - 94)
    .space(26);
  const received = `The undersigned declares, for ${workshop.company ?? workshop.person}, that the articles listed above were received on the dates stated from ${inOneLine(owner)}, in the condition in which they were exported from the United States, and that:`;
  const points = (unworked ? UNWORKED : REPAIRED).map((text, index) => `${index + 1}.  ${text}`);
  signed(sheet, declaration, [received, ...points], `For ${inOneLine(workshop)}`);
  return sheet.finish();
}
