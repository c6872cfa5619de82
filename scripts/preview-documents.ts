/** Writes samples of the papers into a folder, to be looked at: `node scripts/preview-documents.ts <folder>`. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDocumentPrinter } from "../lambdas/adapters/documents/printer.ts";
import type { Case } from "../lambdas/domain/case.ts";
import type { CaseFile } from "../lambdas/domain/case-file.ts";
import { declare, wantsRepairDeclaration } from "../lambdas/domain/declaration.ts";
import type { Invoice } from "../lambdas/domain/invoice.ts";
import { type InvoiceOrder, makeInvoice } from "../lambdas/domain/invoicing.ts";
import type { Payment } from "../lambdas/domain/payment.ts";
import type { ExportStatement, Leg } from "../lambdas/domain/shipment.ts";
import { brand } from "../lambdas/platform/brand.ts";
import { sampleFile, sampleItem, workedItem } from "./sample-case.ts";

interface Sample {
  readonly leg: Leg;
  readonly over: Partial<Case>;
  readonly exportStatement?: ExportStatement;
}
const necklace = {
  name: "Shizuku",
  kind: "necklace",
  material: "Platinum 950 with diamonds",
  harmonizedCode: "7113.19.5090",
} as const;
const exchange = { outcome: "exchange", newSerialNumber: "SN-2026-0417" } as const;

const SAMPLES: Readonly<Record<string, Sample>> = {
  "to-japan": { leg: "inbound", over: {} },
  "to-japan-filed": {
    leg: "inbound",
    over: {
      process: "repair-and-maintenance",
      items: [
        sampleItem({ customsValueCents: 350_000, services: ["paid-resizing", "polishing"] }),
        sampleItem({
          item: 2,
          catalogue: necklace,
          designNumber: "N-2040",
          serialNumber: "SN-2024-1180",
          outcome: "service",
          services: ["polishing", "engraving"],
        }),
      ],
    },
    exportStatement: { basis: "itn", itn: "X20260309123456" },
  },
  "home-resized": { leg: "return", over: { items: [workedItem()] } },
  "home-exchanged": { leg: "return", over: { items: [workedItem(exchange)] } },
  "home-mixed": {
    leg: "return",
    over: { items: [workedItem(), workedItem({ ...exchange, item: 2, serialNumber: "SN-2026-0002" })] },
  },
  "home-unworked": { leg: "return", over: { items: [sampleItem()], returnUnworked: true } },
  "home-ten": {
    leg: "return",
    over: {
      process: "repair-and-maintenance",
      items: Array.from({ length: 10 }, (_, index) =>
        workedItem({
          item: index + 1,
          serialNumber: `SN-2025-${String(1001 + index)}`,
          services: ["paid-resizing", "engraving-erasure", "re-engraving", "polishing"],
          customsValueCents: 95_000 + index * 12_345,
          repairValueCents: 18_000,
        }),
      ),
    },
  },
};

const LINES: InvoiceOrder["lines"] = [
  { kind: "service", text: "Resizing, re-engraving and polishing of one ring", amountCents: 24_000 },
  { kind: "shipping", text: "FedEx International Priority to Japan", amountCents: 9_500 },
  { kind: "duties", text: "Customs duties in Japan, as estimated", amountCents: 1_850 },
  { kind: "insurance", text: "Transport insurance on the way to Japan", amountCents: 2_500 },
];
const PAID: Payment = {
  kind: "payment",
  entryId: "bank-transfer:T-1",
  invoiceId: "CW-7K3M9Q2XAB-1",
  amountCents: 12_000,
  at: "2026-03-09T18:00:00.000Z",
  by: "staff:Sample",
  currency: "USD",
  method: "wire",
  reference: "T-1",
};
const SURCHARGE: InvoiceOrder = {
  kind: "surcharge",
  status: "issued",
  lines: [
    {
      kind: "shipping",
      text: "Shipping to Japan beyond what was billed in advance: parcel of 12 x 9 x 8.5 in, 3.4 lb",
      amountCents: 6_240,
    },
  ],
  evidence: {
    lengthIn: 12,
    widthIn: 9,
    heightIn: 8.5,
    weightLb: 3.4,
    billReference: "2-345-67890",
    billCents: 15_740,
    billedCents: 9_500,
  },
};
const PAY_URL =
  "https://invoice.stripe.com/i/acct_1032D82eZvKYlo2C/test_YWNjdF8xMDMyRDgyZVp2S1lsbzJDLF9OZmpTV0dTS1JwRlJlNWpVcGk1TWxGSlE3ZlJQLDEwNjE2Mzg2OA0200Cq1ejNBP?s=ap";

/** As the settlement leaves it once the provider knows it. */
const payable = (invoice: Invoice): Invoice =>
  invoice.status === "draft"
    ? invoice
    : { ...invoice, provider: { name: "stripe", id: "in_sample", payUrl: PAY_URL } };

const INVOICES: Readonly<
  Record<string, { readonly over?: Partial<CaseFile>; readonly order: InvoiceOrder }>
> = {
  order: { order: { kind: "order", status: "issued", lines: LINES } },
  credit: {
    over: { payments: [PAID] },
    order: { kind: "order", status: "issued", lines: LINES, replaces: "CW-7K3M9Q2XAB-1", version: 2 },
  },
  draft: { order: { kind: "order", status: "draft", lines: LINES } },
  surcharge: { order: { ...SURCHARGE, version: 3 } },
  long: {
    order: {
      kind: "order",
      status: "draft",
      lines: Array.from({ length: 20 }, (_, index) => ({
        kind: index === 0 ? "shipping" : "service",
        text: `Position ${index + 1}: ${"work of many words ".repeat(10)}`.trim(),
        amountCents: 12_345 + index,
      })),
    },
  },
};
const invoiced = (ten: boolean): CaseFile =>
  sampleFile({
    process: "repair-and-maintenance",
    order: { number: "US-100234", date: "2026-02-20" },
    schedule: { earliest: 14, latest: 28 },
    items: Array.from({ length: ten ? 10 : 1 }, (_, index) =>
      sampleItem({
        item: index + 1,
        services: ["paid-resizing", "re-engraving", "polishing"],
        engraving: "FOREVER 2026",
      }),
    ),
  });

const folder = process.argv[2];
if (!folder) throw new Error("usage: node scripts/preview-documents.ts <folder>");
await mkdir(folder, { recursive: true });
const printer = createDocumentPrinter({ brandName: brand.name });
for (const [name, { leg, over, exportStatement }] of Object.entries(SAMPLES)) {
  const declaration = declare({
    file: sampleFile(over),
    leg,
    attempt: 1,
    brand,
    shipDate: leg === "inbound" ? "2026-03-16" : "2026-05-12",
    now: leg === "inbound" ? "2026-03-10T02:00:00.000Z" : "2026-05-11T02:00:00.000Z",
    exportStatement: exportStatement ?? { basis: leg === "inbound" ? "exempt-30.37(a)" : "not-a-us-export" },
  });
  const papers = { declaration, trackingNumber: leg === "inbound" ? "794644790301" : "794644790455" };
  await writeFile(join(folder, `${name}-invoice.pdf`), await printer.renderCommercialInvoice(papers));
  if (wantsRepairDeclaration(declaration)) {
    await writeFile(join(folder, `${name}-declaration.pdf`), await printer.renderRepairDeclaration(papers));
  }
}
for (const [name, { over, order }] of Object.entries(INVOICES)) {
  const invoice = makeInvoice({ ...invoiced(name === "long"), ...over }, order, {
    now: "2026-03-10T02:00:00.000Z",
    by: "staff:Sample",
    brand,
  });
  await writeFile(join(folder, `paid-${name}-invoice.pdf`), await printer.renderInvoice(payable(invoice)));
}
console.log(`samples written to ${folder}`);
