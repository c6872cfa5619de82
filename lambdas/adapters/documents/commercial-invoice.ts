/** The commercial invoice (R44): who, what, of what, worth what, and why it travels. */
import { customsTexts } from "../../domain/customs-text.ts";
import type { Commodity } from "../../domain/shipment.ts";
import type { Papers } from "../../ports/documents.ts";
import { columns, facts, label, partyRuns, signed, value } from "./blocks.ts";
import { Sheet } from "./sheet.ts";
import { type Cell, type Run, STYLES, WIDTH } from "./styles.ts";
import {
  contentsOf,
  country,
  exportWords,
  kilograms,
  lineNote,
  longDate,
  money,
  PURPOSE,
  plainNumber,
  VALUE_STATEMENT,
} from "./words.ts";

/** Exact by law since 1959. */
const KG_PER_LB = 0.45359237;

const COLUMNS = [
  { name: "No.", x: 0, width: 18 },
  { name: "Description of goods", x: 22, width: 186 },
  { name: "HS code", x: 220, width: 62 },
  { name: "Origin", x: 286, width: 38 },
  { name: "Qty / unit", x: 322, width: 38, right: true },
  { name: "Net kg", x: 364, width: 34, right: true },
  { name: "Unit value USD", x: 402, width: 48, right: true },
  { name: "Total value USD", x: 454, width: 50, right: true },
] as const;

const head: readonly Cell[] = COLUMNS.map((column) => ({
  x: column.x,
  width: column.width,
  runs: [{ text: column.name.toUpperCase(), style: "right" in column ? STYLES.labelRight : STYLES.label }],
}));

function goodsRow(line: Commodity, index: number, note: string | undefined): readonly Cell[] {
  const description: readonly Run[] = [
    { text: line.description, style: STYLES.text },
    ...(note === undefined ? [] : [{ text: note, style: STYLES.small, above: 2 }]),
  ];
  const plain = (text: string): readonly Run[] => [{ text, style: STYLES.text }];
  const number = (text: string): readonly Run[] => [{ text, style: STYLES.number }];
  const contents = [
    plain(String(index + 1)),
    description,
    plain(line.harmonizedCode),
    plain(line.countryOfManufacture),
    number(`${line.quantity} pc`),
    number(kilograms(line.weightKg)),
    number(money(line.customsValueCents / line.quantity)),
    number(money(line.customsValueCents)),
  ];
  return COLUMNS.map(({ x, width }, column) => ({ x, width, runs: contents[column] ?? [] }));
}

/** What the parcel weighs and measures at the left, the total at the right. */
function totals(sheet: Sheet, { declaration }: Papers): void {
  const { parcel, commodities } = declaration;
  const pieces = commodities.reduce((sum, line) => sum + line.quantity, 0);
  const net = commodities.reduce((sum, line) => sum + line.weightKg * line.quantity, 0);
  const size = [parcel.lengthIn, parcel.widthIn, parcel.heightIn].map(plainNumber).join(" × ");
  const gross = `${plainNumber(parcel.weightLb)} lb (${plainNumber(parcel.weightLb * KG_PER_LB)} kg)`;
  sheet.space(9).row([
    {
      x: 0,
      width: 270,
      runs: [
        label("Packages and weight"),
        value(`1 package, ${size} in, gross weight ${gross}`),
        value(`${pieces} ${pieces === 1 ? "piece" : "pieces"}, net weight ${kilograms(net)} kg`),
      ],
    },
    { x: 290, width: 110, runs: [{ text: "Total invoice value", style: STYLES.totalLabel, above: 15 }] },
    {
      x: 380,
      width: WIDTH - 380,
      runs: [{ text: `USD ${money(declaration.customsValueCents)}`, style: STYLES.total, above: 13.5 }],
    },
  ]);
  sheet
    .space(4)
    .rule("strong", 290, WIDTH - 290)
    .space(2)
    .rule("strong", 290, WIDTH - 290)
    .space(14);
}

/** @throws PermanentError naming the field whose text English papers cannot show */
export async function renderCommercialInvoice(papers: Papers, brand: string): Promise<Uint8Array> {
  const declaration = customsTexts(papers.declaration);
  const trackingNumber = customsTexts(papers.trackingNumber, ["trackingNumber"]);
  const brandName = customsTexts(brand, ["brand", "name"]);
  const { shipper, consignee, importer, commodities, exportStatement } = declaration;
  const contents = contentsOf(declaration);
  const exporting = country(shipper.countryCode);
  const madeIn = [...new Set(commodities.map((line) => country(line.countryOfManufacture)))].join(", ");

  const sheet = new Sheet({
    brandName,
    title: "Commercial Invoice",
    subtitle: declaration.invoiceNumber,
    foot: `Invoice ${declaration.invoiceNumber}   ·   FedEx air waybill ${trackingNumber}`,
    madeAt: declaration.declaredAt,
  });
  facts(sheet, [
    [
      ["Air waybill no. (FedEx)", trackingNumber],
      ["Invoice no.", declaration.invoiceNumber],
      ["Date of export", longDate(declaration.shipDate)],
      ["Currency", "USD (US dollar)"],
    ],
    [
      ["Country of export", exporting],
      ["Country of manufacture", madeIn],
      ["Country of destination", country(consignee.countryCode)],
      ["Terms of sale", declaration.termsOfSale],
    ],
    [
      ["Reference", declaration.reference],
      ["Purpose of shipment", PURPOSE[contents]],
    ],
  ]);
  sheet.rule().space(10);
  sheet.row(
    columns([
      [label("Shipper / exporter"), ...partyRuns(shipper)],
      [label("Consignee"), ...partyRuns(consignee)],
      [label("Importer"), ...(importer ? partyRuns(importer) : [value("Same as consignee")])],
    ]),
  );
  sheet.space(14).table(
    head,
    commodities.map((line, index) => goodsRow(line, index, lineNote(line, contents))),
  );
  totals(sheet, papers);

  const { citation, meaning } = exportWords(exportStatement, exporting);
  sheet
    .row([
      {
        x: 0,
        width: 320,
        runs: [
          label("Export statement"),
          { text: citation, style: STYLES.strong, above: 1.5 },
          { text: meaning, style: STYLES.text, above: 1 },
        ],
      },
      {
        x: 350,
        width: WIDTH - 350,
        runs: [
          label("Transport insurance"),
          value(declaration.insurance.insurer),
          value(`Policy reference ${declaration.insurance.policyReference}`),
        ],
      },
    ])
    .space(9)
    .row([{ x: 0, width: WIDTH, runs: [label("Statement of value"), value(VALUE_STATEMENT[contents])] }])
    .space(9);
  signed(
    sheet,
    declaration,
    [
      "I declare that everything stated in this invoice is true, complete and correct, and that the goods are as described.",
    ],
    `For the shipper, ${shipper.company ?? shipper.person}`,
  );
  return sheet.finish();
}
