/** What the simulated FedEx's two papers share: a PDF in memory, text its fonts can show, and the mark that it is no real one. */
import Pdf from "pdfkit";

export const NOT_VALID = "NOT VALID FOR SHIPPING";
export type Drawing = PDFKit.PDFDocument;

/** Helvetica shows WinAnsi alone; anything else becomes a question mark here, as it does on a thermal printer. */
const printable = (text: string): string => text.normalize("NFC").replace(/[^\x20-\x7e\xa0-\xff]/g, "?");

/** Draws one page, in points, and returns its bytes; the same input gives the same bytes. */
export const pdfOf = (
  size: readonly [number, number],
  title: string,
  at: Date,
  draw: (doc: Drawing) => void,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const doc = new Pdf({
      size: [...size],
      margin: 0,
      info: { Title: title, Producer: "simulated FedEx", CreationDate: at, ModDate: at },
    });
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
    draw(doc);
    doc.end();
  });

export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly width?: number;
  readonly align?: "left" | "center" | "right";
  readonly color?: string;
  /** Lines at most; what does not fit ends in an ellipsis. */
  readonly lines?: number;
}

/** One text at a place. Returns where the next line may begin. */
export const write = (doc: Drawing, text: string, x: number, y: number, style: TextStyle = {}): number => {
  const { size = 8, bold = false, width = 270, align = "left", color = "black", lines = 1 } = style;
  doc
    .font(bold ? "Helvetica-Bold" : "Helvetica")
    .fontSize(size)
    .fillColor(color);
  const lineHeight = doc.currentLineHeight(true);
  doc.text(printable(text), x, y, {
    width,
    align,
    height: lineHeight * lines,
    ellipsis: true,
    lineBreak: true,
  });
  return y + lineHeight * lines;
};

/** Across the page, pale enough to read what lies over it. */
export const watermark = (doc: Drawing, width: number, height: number, size: number): void => {
  doc.save();
  doc.rotate(-55, { origin: [width / 2, height / 2] });
  doc.font("Helvetica-Bold").fontSize(size).fillColor("#e4e4e4");
  doc.text(NOT_VALID, width / 2 - height / 2, height / 2 - size / 2, {
    width: height,
    align: "center",
    lineBreak: false,
  });
  doc.restore();
};
