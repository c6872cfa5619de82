/** Reads a PDF back as a person or a screen reader would. */
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface ReadPdf {
  /** Text of each page, white space collapsed. */
  readonly pages: readonly string[];
  readonly text: string;
  readonly title: unknown;
  readonly language: unknown;
  /** `D:20260316003000Z` */
  readonly createdAt: unknown;
  readonly tagged: boolean;
  /** Width and height of the first page, points. */
  readonly size: readonly number[];
  /** Where a click leads, page by page. */
  readonly links: readonly string[];
  /** Roles of the structure tree, in reading order: `Document`, `H1`, `Table`, `TR`, … */
  readonly roles: readonly string[];
}

interface Node {
  readonly role?: string;
  readonly children?: readonly Node[];
}
const rolesOf = (node: Node): string[] => [
  ...(node.role === undefined ? [] : [node.role]),
  ...(node.children ?? []).flatMap(rolesOf),
];

async function textOf(pdf: PDFDocumentProxy, page: number): Promise<string> {
  const { items } = await (await pdf.getPage(page)).getTextContent();
  const words = items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? " " : ""}` : ""));
  return words.join(" ").replace(/\s+/g, " ");
}

async function linksOf(pdf: PDFDocumentProxy, page: number): Promise<string[]> {
  const annotations = (await (await pdf.getPage(page)).getAnnotations()) as { readonly url?: string }[];
  return annotations.flatMap(({ url }) => url ?? []);
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // pdf.js takes the bytes for itself.
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await task.promise;
  const numbers = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map((page) => textOf(pdf, page)));
  const links = (await Promise.all(numbers.map((page) => linksOf(pdf, page)))).flat();
  const info = (await pdf.getMetadata()).info as Record<string, unknown>;
  const first = await pdf.getPage(1);
  const tree = (await first.getStructTree()) as Node | null;
  // A map, whatever its typing says.
  const marks = (await pdf.getMarkInfo()) as ReadonlyMap<string, boolean> | null;
  const read = {
    pages,
    text: pages.join(" "),
    title: info["Title"],
    language: info["Language"],
    createdAt: info["CreationDate"],
    tagged: marks?.get("Marked") === true,
    size: first.view.slice(2),
    links,
    roles: tree ? rolesOf(tree) : [],
  };
  await task.destroy();
  return read;
}
