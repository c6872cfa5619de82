/**
 * A sheet of paper: US Letter, the standard fonts, running head and foot, page breaks between blocks.
 * What is read is tagged (headings, paragraphs, tables), rules and running lines are artifacts, so that a screen reader
 * reads the paper in its order.
 */
import Pdf from "pdfkit";
import { type Cell, INK, RULE, type Run, STYLES, type Style, WIDTH } from "./styles.ts";

/** Points. */
const MARGIN = 54;
const PAGE = { width: 612, height: 792 } as const;
const TOP = 46;
const FOOT = PAGE.height - 46;
/** The lowest a block may reach. */
const BOTTOM = FOOT - 14;

type Tag = PDFKit.PDFStructureElement;
/** For each cell, what tags its texts one by one; none: the cell is an artifact, not read aloud. */
type TagCell = () => (() => Tag) | undefined;

export interface Running {
  readonly brandName: string;
  readonly title: string;
  readonly subtitle: string;
  /** On every page, at the foot. */
  readonly foot: string;
  /** Instant of the paper: the only time in the file, so that the same paper gives the same bytes. */
  readonly madeAt: string;
  /** One word across every page, under what is read. */
  readonly watermark?: string;
}

export class Sheet {
  readonly #doc: PDFKit.PDFDocument;
  readonly #bytes: Promise<Uint8Array>;
  readonly #root: Tag;
  readonly #running: Running;
  #y = 0;

  constructor(running: Running) {
    this.#running = running;
    this.#doc = new Pdf({
      size: [PAGE.width, PAGE.height],
      // Zero: blocks know their height, and nothing may break a page behind their back.
      margin: 0,
      pdfVersion: "1.7",
      tagged: true,
      lang: "en-US",
      displayTitle: true,
      bufferPages: true,
      info: {
        Title: `${running.title} ${running.subtitle}`,
        Author: running.brandName,
        Creator: running.brandName,
        Producer: "pdfkit",
        CreationDate: new Date(running.madeAt),
      },
    });
    this.#bytes = collect(this.#doc);
    this.#root = this.#doc.struct("Document");
    this.#doc.addStructure(this.#root);
    this.#watermark();
    this.#head();
  }

  /** Where the next block begins. */
  space(points: number): this {
    this.#y += points;
    return this;
  }

  /** Begins a new page, and answers true, unless a block of this height still fits. */
  fit(height: number): boolean {
    if (this.#y + height <= BOTTOM) return false;
    this.#doc.addPage();
    this.#watermark();
    this.#headAgain();
    return true;
  }

  rule(weight: "fine" | "strong" = "fine", x = 0, width = WIDTH): this {
    this.#artifact("Layout", () => {
      this.#doc
        .moveTo(MARGIN + x, this.#y)
        .lineTo(MARGIN + x + width, this.#y)
        .lineWidth(weight === "fine" ? 0.5 : 0.9)
        .strokeColor(weight === "fine" ? RULE : INK)
        .stroke();
    });
    return this;
  }

  /** Height of cells side by side. */
  heightOf(cells: readonly Cell[]): number {
    return Math.max(
      ...cells.map((cell) =>
        cell.runs.reduce((sum, run) => sum + (run.above ?? 0) + this.#measure(run, cell.width), 0),
      ),
    );
  }

  /** Cells side by side, each tagged as a paragraph; moves on by the tallest. */
  row(cells: readonly Cell[]): this {
    this.fit(this.heightOf(cells));
    return this.#draw(cells, () => () => this.#tag("P", this.#root));
  }

  /** A ruled table, each row with `air` above and below. A row is never torn; the head is repeated on the pages it runs on to. */
  table(head: readonly Cell[], rows: readonly (readonly Cell[])[], air = 6): this {
    const table = this.#tag("Table", this.#root);
    const headHeight = this.heightOf(head) + 10;
    const drawHead = (tag: TagCell): void => {
      this.rule("strong").space(5);
      this.#draw(head, tag).space(5).rule();
    };
    const [first] = rows;
    this.fit(headHeight + (first ? this.heightOf(first) + 2 * air : 0));
    const headRow = this.#tag("TR", table);
    drawHead(() => this.#cell("TH", headRow));
    for (const row of rows) {
      if (this.fit(this.heightOf(row) + 2 * air)) drawHead(() => undefined);
      const tr = this.#tag("TR", table);
      this.space(air);
      this.#draw(row, () => this.#cell("TD", tr))
        .space(air)
        .rule();
    }
    return this;
  }

  /** Writes the feet, now that the number of pages is known, and closes the file. */
  async finish(): Promise<Uint8Array> {
    const { count } = this.#doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#doc.switchToPage(page);
      this.#y = FOOT;
      this.rule().space(6);
      const { small } = STYLES;
      this.#draw(
        [
          { x: 0, width: WIDTH - 80, runs: [{ text: this.#running.foot, style: small }] },
          {
            x: WIDTH - 80,
            width: 80,
            runs: [{ text: `Page ${page + 1} of ${count}`, style: { ...small, align: "right" } }],
          },
        ],
        () => undefined,
      );
    }
    this.#root.end();
    this.#doc.end();
    return this.#bytes;
  }

  #head(): void {
    const { brandName, title, subtitle } = this.#running;
    this.#y = TOP;
    this.#line("P", { x: 0, width: 220 }, { text: brandName, style: STYLES.brand });
    const below = this.#y;
    this.#y = TOP;
    const right = { x: 220, width: WIDTH - 220 };
    this.#line("H1", right, { text: title, style: STYLES.title, above: 3 });
    this.#line("P", right, { text: subtitle, style: STYLES.subtitle, above: 2 });
    this.#y = Math.max(this.#y, below);
    this.space(8).rule("strong").space(12);
  }

  #headAgain(): void {
    const { brandName, title, subtitle } = this.#running;
    this.#y = TOP;
    this.#draw(
      [
        { x: 0, width: 200, runs: [{ text: brandName, style: { ...STYLES.brand, size: 11, spaced: 1 } }] },
        {
          x: 200,
          width: WIDTH - 200,
          runs: [{ text: `${title} ${subtitle}, continued`, style: STYLES.subtitle, above: 2 }],
        },
      ],
      () => undefined,
    );
    this.space(5).rule().space(14);
  }

  #watermark(): void {
    const { watermark } = this.#running;
    if (watermark === undefined) return;
    const { watermark: style } = STYLES;
    const middle = PAGE.height / 2;
    this.#artifact("Pagination", () => {
      this.#doc.save().rotate(-52, { origin: [PAGE.width / 2, middle] });
      this.#face(style)
        .fillColor(style.color)
        .text(watermark, 0, middle - style.size / 2, this.#options(style, PAGE.width));
      this.#doc.restore();
    });
  }

  #line(type: "H1" | "P", place: Pick<Cell, "x" | "width">, run: Run): void {
    this.#draw([{ ...place, runs: [run] }], () => () => this.#tag(type, this.#root));
  }

  /** Draws cells from the present height down. */
  #draw(cells: readonly Cell[], tagCell: TagCell): this {
    const top = this.#y;
    const height = this.heightOf(cells);
    for (const cell of cells) {
      const tag = tagCell();
      let y = top;
      for (const run of cell.runs) {
        const at = y + (run.above ?? 0);
        const write = (): void => this.#write(run, cell, at);
        if (tag) this.#read(tag(), run, write);
        else this.#artifact("Pagination", write);
        y = at + this.#measure(run, cell.width);
      }
    }
    this.#y = top + height;
    return this;
  }

  #read(tag: Tag, { link }: Run, write: () => void): void {
    if (link === undefined) {
      tag.add(write);
      return;
    }
    const inner = this.#tag("Link", tag);
    inner.add(write);
    // Ended on its own page: later, pdfkit would look for it on the last.
    inner.end();
  }

  #write(run: Run, cell: Cell, y: number): void {
    const { link } = run;
    this.#face(run.style)
      .fillColor(run.style.color ?? INK)
      .text(run.text, MARGIN + cell.x, y, {
        ...this.#options(run.style, cell.width),
        ...(link === undefined ? {} : { link, underline: true }),
      });
  }

  #tag(type: string, parent: Tag): Tag {
    // pdfkit knows `scope`, its typings do not yet.
    const options: { title?: string; scope?: string } = type === "TH" ? { scope: "Column" } : {};
    const tag = this.#doc.struct(type, options);
    parent.add(tag);
    return tag;
  }

  #cell(type: "TH" | "TD", row: Tag): () => Tag {
    const cell = this.#tag(type, row);
    return () => this.#tag("P", cell);
  }

  #artifact(type: "Layout" | "Pagination", draw: () => void): void {
    this.#doc.markContent("Artifact", { type });
    draw();
    this.#doc.endMarkedContent();
  }

  #measure(run: Run, width: number): number {
    return this.#face(run.style).heightOfString(run.text, this.#options(run.style, width));
  }

  #face(style: Style): PDFKit.PDFDocument {
    return this.#doc.font(style.face).fontSize(style.size);
  }

  #options(style: Style, width: number): PDFKit.Mixins.TextOptions {
    return {
      width,
      align: style.align ?? "left",
      lineGap: style.size * 0.16,
      ...(style.spaced === undefined ? {} : { characterSpacing: style.spaced }),
    };
  }
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    doc.on("error", reject);
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });
}
