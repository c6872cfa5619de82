import { describe, expect, it } from "vitest";
import { createDocumentPrinter } from "../../lambdas/adapters/documents/printer.ts";
import type { Case } from "../../lambdas/domain/case.ts";
import { declare } from "../../lambdas/domain/declaration.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import type { Declaration, ExportStatement, Leg } from "../../lambdas/domain/shipment.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { sampleFile, sampleItem, workedItem } from "../../scripts/sample-case.ts";
import { readPdf } from "../builders/read-pdf.ts";

const printer = createDocumentPrinter({ brandName: brand.name });
const trackingNumber = "794644790301";
const declared = (leg: Leg, over: Partial<Case> = {}, exportStatement?: ExportStatement): Declaration =>
  declare({
    file: sampleFile(over),
    leg,
    attempt: 1,
    brand,
    shipDate: "2026-03-16",
    now: "2026-03-10T02:00:00.000Z",
    exportStatement: exportStatement ?? { basis: leg === "inbound" ? "exempt-30.37(a)" : "not-a-us-export" },
  });
const print = (declaration: Declaration) => printer.renderCommercialInvoice({ declaration, trackingNumber });
const read = async (declaration: Declaration) => readPdf(await print(declaration));
const EXCHANGED = workedItem({ outcome: "exchange", newSerialNumber: "SN-2026-0417" });

describe("commercial invoice", () => {
  it("R44: states parties, goods, HS code, origin, weight, value, purpose and export statement", async () => {
    const { text } = await read(declared("inbound"));
    for (const stated of [
      "CIWAKA",
      "Commercial Invoice",
      "794644790301",
      "CI-CW-7K3M9Q2XAB-IN-1",
      "CW-7K3M9Q2XAB-inbound-1",
      "March 16, 2026",
      "Zoë Marin-O’Connor",
      "1200 Valencia Street",
      "San Francisco, CA 94110",
      "+1 415-555-0132",
      "CIWAKA Co., Ltd.",
      "Chuo-ku, Tokyo, 1040061",
      "Same as consignee",
      "COUNTRY OF EXPORT United States",
      "COUNTRY OF MANUFACTURE Japan",
      "COUNTRY OF DESTINATION Japan",
      "18K yellow gold finger ring, design Aurora (R-1001), serial no. SN-2026-0001; sent for resizing",
      "7113.19.2900 JP 1 pc 0.02 1,800.00 1,800.00",
      "gross weight 1 lb (0.45 kg)",
      "net weight 0.02 kg",
      "Total invoice value USD 1,800.00",
      "USD (US dollar)",
      "DAP",
      "Repair and return",
      "NOEEI § 30.37(a)",
      "no commercial value is exchanged",
      "for customs purposes only",
      "Example Marine Insurance",
      "Policy reference JWL-2026-001",
      "I declare",
      "CIWAKA After-Sales Department",
      "March 10, 2026",
      "Page 1 of 1",
    ]) {
      expect(text).toContain(stated);
    }
  });

  it("names the importer when it is another than the consignee", async () => {
    const importer = { ...brand.workshop, company: "Customs Agents K.K." };
    const { text } = await read({ ...declared("inbound"), importer });
    expect(text).toContain("Customs Agents K.K.");
    expect(text).not.toContain("Same as consignee");
  });

  it.each<[ExportStatement, string]>([
    [{ basis: "exempt-30.37(q)" }, "NOEEI § 30.37(q)"],
    [{ basis: "itn", itn: "X20260309123456" }, "AES X20260309123456"],
  ])("R47: %j is cited as the regulations write it", async (statement, citation) => {
    expect((await read(declared("inbound", {}, statement))).text).toContain(citation);
  });

  it("R44: after a repair it says so in its purpose, and values the work though it was free", async () => {
    const { text } = await read(declared("return", { items: [workedItem()] }));
    expect(text).toContain("Repair and return: goods returned after repair");
    expect(text).toContain("Cost or value of the work: USD 45.00 (HTSUS 9802.00.40)");
    expect(text).toContain("Export from Japan");
    expect(text).not.toContain("NOEEI");
  });

  it("R44: with an exchanged ring it is a replacement, and the word repair is nowhere on it", async () => {
    const { text } = await read(declared("return", { items: [EXCHANGED] }));
    expect(text).toContain("Replacement: new goods supplied in exchange");
    expect(text).toContain("SN-2026-0417");
    expect(text).not.toMatch(/repair|SN-2026-0001|not sold/i);
  });

  it("R44: with both in one parcel each line says which it is", async () => {
    const { text } = await read(declared("return", { items: [workedItem(), { ...EXCHANGED, item: 2 }] }));
    expect(text).toContain("Replacement, together with goods returned after repair (see each line)");
    expect(text).toContain("New goods, no repair");
    expect(text).toContain("HTSUS 9802.00.40");
  });

  it("of goods that come home unworked it claims no repair heading", async () => {
    const { text } = await read(declared("return", { returnUnworked: true }));
    expect(text).toContain("goods returned without repair");
    expect(text).toContain("no work was performed");
    expect(text).not.toContain("9802");
  });
});

describe("commercial invoice of ten items", () => {
  const items = Array.from({ length: 10 }, (_, index) =>
    sampleItem({
      item: index + 1,
      serialNumber: `SN-${index + 1}`,
      services: ["polishing", "engraving-erasure", "re-engraving"],
      customsValueCents: 100_001,
    }),
  );

  it("runs on with a head on each page, every item once, the sum of all, and the signature", async () => {
    const { pages, text } = await read(declared("inbound", { items }));
    expect(pages.length).toBe(2);
    pages.forEach((page, index) => {
      expect(page).toContain("DESCRIPTION OF GOODS");
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page).toContain("FedEx air waybill 794644790301");
    });
    for (const { serialNumber } of items) expect(text.split(`serial no. ${serialNumber};`)).toHaveLength(2);
    expect(pages.at(-1)).toContain("USD 10,000.10");
    expect(pages.at(-1)).toContain("AUTHORIZED SIGNATURE");
  });
});

describe("commercial invoice as a file", () => {
  it("gives the same bytes for the same papers", async () => {
    expect(await print(declared("inbound"))).toEqual(await print(declared("inbound")));
  });

  it("is US Letter, titled, in English, and tagged for screen readers", async () => {
    const { title, language, tagged, size, roles } = await read(declared("inbound"));
    expect({ title, language, tagged, size }).toEqual({
      title: "Commercial Invoice CI-CW-7K3M9Q2XAB-IN-1",
      language: "en-US",
      tagged: true,
      size: [612, 792],
    });
    expect(roles.slice(0, 4)).toEqual(["Root", "Document", "P", "H1"]);
    expect(roles.filter((role) => role === "TH")).toHaveLength(8);
    expect(roles.filter((role) => role === "TD")).toHaveLength(8);
  });

  it("is refused rather than printed with boxes, naming the field", async () => {
    const declaration = declared("inbound");
    const shipper = { ...declaration.shipper, person: "山田 花子" };
    await expect(print({ ...declaration, shipper })).rejects.toThrow(
      new PermanentError("shipper.person has characters that the English customs papers cannot show"),
    );
    const japanese = createDocumentPrinter({ brandName: "雪" });
    await expect(japanese.renderCommercialInvoice({ declaration, trackingNumber })).rejects.toThrow(
      /^brand\.name/,
    );
  });
});
