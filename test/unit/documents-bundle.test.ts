import { execFile } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declare } from "../../lambdas/domain/declaration.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { pdfkitBundling } from "../../scripts/pdfkit-bundling.ts";
import { sampleFile, workedItem } from "../../scripts/sample-case.ts";
import { anInvoice } from "../builders/invoice.ts";
import { readPdf } from "../builders/read-pdf.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "documents-bundle-"));
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["lambdas/adapters/documents/printer.ts"],
    outfile: join(folder, "printer.cjs"),
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    mainFields: ["module", "main"],
    minify: true,
    logLevel: "error",
    plugins: [pdfkitBundling()],
  });
});
afterAll(() => rm(folder, { recursive: true }));

const NAME = "Zoë Marin-O’Connor";
const papers = () => {
  const declaration = declare({
    file: sampleFile({ items: [workedItem()] }),
    leg: "return",
    attempt: 1,
    brand,
    shipDate: "2026-05-12",
    now: "2026-05-11T02:00:00.000Z",
    exportStatement: { basis: "not-a-us-export" },
  });
  return { declaration, trackingNumber: "794644790455" };
};
const invoice = () => anInvoice({ billTo: { name: NAME, email: "zoe@customer.example" } });

/** Prints from the bundle, in a process and folder of its own, where no node_modules is near. */
async function printed(method: string, told: unknown): Promise<Uint8Array> {
  await writeFile(join(folder, "told.json"), JSON.stringify(told));
  const program = `
    const { createDocumentPrinter } = require("./printer.cjs");
    createDocumentPrinter({ brandName: "CIWAKA" }).${method}(require("./told.json"))
      .then((pdf) => process.stdout.write(pdf));`;
  const { stdout } = await run(process.execPath, ["-e", program], { cwd: folder, encoding: "buffer" });
  return new Uint8Array(stdout);
}

describe("papers from a CommonJS bundle, as they are made in a Lambda", () => {
  it.each([
    ["renderCommercialInvoice", "Commercial Invoice", papers],
    ["renderRepairDeclaration", "Repair Declaration", papers],
    ["renderInvoice", "INVOICE", invoice],
  ])("%s gives a whole PDF, twice the same", async (method, title, told) => {
    const pdf = await printed(method, told());
    expect(Buffer.from(pdf.subarray(0, 8)).toString("latin1")).toBe("%PDF-1.7");
    const { text, tagged } = await readPdf(pdf);
    expect(text).toContain(title);
    expect(text).toContain(NAME);
    expect(tagged).toBe(true);
    expect(await printed(method, told())).toEqual(pdf);
  });

  it("leaves out what only embedded fonts and pictures need", async () => {
    expect((await stat(join(folder, "printer.cjs"))).size).toBeLessThan(320_000);
  });
});
