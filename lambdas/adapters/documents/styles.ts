/** The typography of the papers, and how a text is placed on them. */

/** Width of what is printed, points: US Letter within margins of three quarters of an inch. */
export const WIDTH = 504;

export const INK = "#1c1c1c";
const GRAY = "#666666";
const BLUE = "#1d4f7c";
const FAINT = "#ececec";
export const RULE = "#c8c8c8";

export interface Style {
  readonly face: "Helvetica" | "Helvetica-Bold" | "Times-Roman" | "Times-Italic";
  readonly size: number;
  readonly color?: string;
  readonly align?: "left" | "right" | "center";
  /** Letter spacing, points. */
  readonly spaced?: number;
}
export const STYLES = {
  // Wider, and its letters would be read as words of their own.
  brand: { face: "Times-Roman", size: 21, spaced: 1.9 },
  title: { face: "Times-Roman", size: 17, align: "right" },
  subtitle: { face: "Helvetica", size: 8, color: GRAY, align: "right" },
  label: { face: "Helvetica", size: 6.6, color: GRAY, spaced: 0.55 },
  labelRight: { face: "Helvetica", size: 6.6, color: GRAY, spaced: 0.55, align: "right" },
  text: { face: "Helvetica", size: 8.8 },
  strong: { face: "Helvetica-Bold", size: 8.8 },
  number: { face: "Helvetica", size: 8.8, align: "right" },
  total: { face: "Helvetica-Bold", size: 10.5, align: "right" },
  totalLabel: { face: "Helvetica-Bold", size: 8.8 },
  small: { face: "Helvetica", size: 7.6, color: GRAY },
  /** An amount at the head of a paper. */
  amount: { face: "Times-Roman", size: 19 },
  fine: { face: "Helvetica", size: 7.6 },
  link: { face: "Helvetica", size: 7.6, color: BLUE },
  watermark: { face: "Helvetica-Bold", size: 150, color: FAINT, align: "center" },
  signature: { face: "Times-Italic", size: 15 },
} as const satisfies Record<string, Style>;

/** A text in a place: `x` from the left margin, points. */
export interface Run {
  readonly text: string;
  readonly style: Style;
  /** Space above it, points. */
  readonly above?: number;
  /** Where a click on it leads. */
  readonly link?: string;
}
export interface Cell {
  readonly x: number;
  readonly width: number;
  readonly runs: readonly Run[];
}
