/**
 * How pdfkit goes into a bundle: `plugins: [pdfkitBundling()]`.
 * pdfkit's Node build reads its fonts from beside itself, which a bundle has not got, and even its browser build asks
 * `import.meta.url` at start-up, which is empty in CommonJS: both fail when loaded, not when bundled. So the browser
 * build is taken, told an address, and given the standard fonts our papers use. What only embedded fonts, pictures
 * and encryption need (fontkit with brotli's dictionaries, png-js, a cipher) is left out: 745 of 925 KB. Papers that
 * embed a font take `fontkit` out of `UNUSED`.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "esbuild";

/** Fonts by pdfkit's names for their modules; those of `adapters/documents/sheet.ts`. */
const FONTS = ["Helvetica", "HelveticaBold", "TimesItalic", "TimesRoman"];
/** Module → the names pdfkit imports from it (`default`: as a whole). Each fails loudly when it is used after all. */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  fontkit: ["create"],
  "png-js": ["default"],
  "@noble/ciphers/aes": ["cbc", "ecb"],
};

const resolved = createRequire(import.meta.url).resolve("pdfkit");
const BROWSER_BUILD = join(dirname(resolved), "pdfkit.browser.mjs");
const literal = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const exactly = (names: readonly string[]): RegExp => new RegExp(`^(${names.map(literal).join("|")})$`);

const entry = (): string => `
import PDFDocument, { registerStdFonts } from ${JSON.stringify(BROWSER_BUILD)};
${FONTS.map((font) => `import ${font} from "pdfkit/standard-fonts/${font}";`).join("\n")}
registerStdFonts(${FONTS.join(", ")});
export default PDFDocument;
export { PDFDocument };
`;

const left = (module: string): string =>
  [
    `const unused = () => { throw new Error("${module} is left out of this bundle (scripts/pdfkit-bundling.ts)"); };`,
    ...(UNUSED[module] ?? []).map((name) =>
      name === "default" ? "export default unused;" : `export const ${name} = unused;`,
    ),
  ].join("\n");

export const pdfkitBundling = (): Plugin => ({
  name: "pdfkit-bundling",
  setup(build) {
    build.onResolve({ filter: exactly(["pdfkit"]) }, () => ({ path: "pdfkit", namespace: "pdfkit-entry" }));
    build.onLoad({ filter: /.*/, namespace: "pdfkit-entry" }, () => ({
      contents: entry(),
      resolveDir: dirname(resolved),
    }));
    build.onResolve({ filter: exactly(Object.keys(UNUSED)) }, ({ path, importer }) =>
      // Others may use them in earnest: the image code, say.
      importer === BROWSER_BUILD ? { path, namespace: "pdfkit-unused" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "pdfkit-unused" }, ({ path }) => ({ contents: left(path) }));
    build.onLoad({ filter: new RegExp(`${literal(BROWSER_BUILD)}$`) }, async () => ({
      // Only ever the base of a file name that is looked up in pdfkit's own memory.
      contents: (await readFile(BROWSER_BUILD, "utf8")).replaceAll("import.meta.url", '"file:///pdfkit/"'),
      loader: "js",
    }));
  },
});
