/** Writes samples of the papers into a folder, to be looked at: `node scripts/preview-documents.ts <folder>`. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDocumentPrinter } from "../lambdas/adapters/documents/printer.ts";
import type { Case } from "../lambdas/domain/case.ts";
import { declare, wantsRepairDeclaration } from "../lambdas/domain/declaration.ts";
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
console.log(`samples written to ${folder}`);
