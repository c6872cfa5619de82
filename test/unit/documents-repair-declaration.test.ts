import { describe, expect, it } from "vitest";
import { createDocumentPrinter } from "../../lambdas/adapters/documents/printer.ts";
import type { Case } from "../../lambdas/domain/case.ts";
import { declare } from "../../lambdas/domain/declaration.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { sampleFile, sampleItem, workedItem } from "../../scripts/sample-case.ts";
import { readPdf } from "../builders/read-pdf.ts";

const printer = createDocumentPrinter({ brandName: brand.name });
const print = (over: Partial<Case>) =>
  printer.renderRepairDeclaration({
    declaration: declare({
      file: sampleFile(over),
      leg: "return",
      attempt: 1,
      brand,
      shipDate: "2026-05-12",
      now: "2026-05-11T02:00:00.000Z",
      exportStatement: { basis: "not-a-us-export" },
    }),
    trackingNumber: "794644790455",
  });
const EXCHANGED = workedItem({ item: 2, outcome: "exchange", newSerialNumber: "SN-2026-0417" });

describe("repair declaration (19 CFR 10.8)", () => {
  it("states receipt, owner, articles, the work and its value though free, the value after it, and no substitution", async () => {
    const { text, title, language, tagged } = await readPdf(await print({ items: [workedItem()] }));
    for (const stated of [
      "794644790455",
      "CI-CW-7K3M9Q2XAB-RT-1",
      "19 CFR 10.8",
      "9802.00.40",
      "SN-2026-0001",
      "18K yellow gold finger ring",
      "Resizing to Japanese ring size 13",
      "March 20, 2026 45.00 1,800.00",
      "received on the dates stated from Zoë Marin- O’Connor, 1200 Valencia Street, Apt 5, San Francisco, CA 94110",
      "in the condition in which they were exported from the United States",
      "no other purpose than to be repaired or altered",
      "the full cost of that work or, where no charge is made for it, its full value",
      "No article was substituted",
      "For CIWAKA Co., Ltd.",
      "May 11, 2026",
    ]) {
      expect(text).toContain(stated);
    }
    expect({ title, language, tagged }).toEqual({
      title: "Repair Declaration 19 CFR 10.8 · CW-7K3M9Q2XAB-return-1",
      language: "en-US",
      tagged: true,
    });
  });

  it("a repair worth nothing still shows its amount", async () => {
    const { text } = await readPdf(await print({ items: [workedItem({ repairValueCents: 0 })] }));
    expect(text).toContain("0.00 1,800.00");
  });

  it("names the repaired goods alone when new ones lie beside them", async () => {
    const { text } = await readPdf(await print({ items: [workedItem(), EXCHANGED] }));
    expect(text).toContain("SN-2026-0001");
    expect(text).not.toContain("SN-2026-0417");
    expect(text).toContain("Total USD 45.00 1,800.00");
  });

  it("R44: of an exchange there is none", async () => {
    await expect(print({ items: [EXCHANGED] })).rejects.toThrow(PermanentError);
  });

  it("of goods that come home unworked it declares just that", async () => {
    const { text } = await readPdf(await print({ items: [sampleItem()], returnUnworked: true }));
    expect(text).toContain("Declaration of Return without Repair");
    expect(text).toContain("No work performed");
    expect(text).toContain("No repair heading claimed");
    expect(text).toContain("neither advanced in value nor improved in condition");
    expect(text).not.toMatch(/9802|10\.8/);
  });

  it("gives the same bytes for the same papers", async () => {
    expect(await print({ items: [workedItem()] })).toEqual(await print({ items: [workedItem()] }));
  });
});
