/** A letter as plain text: complete by itself, links in angle brackets so that a full stop never joins them. */

import type { Locale } from "../domain/identifiers.ts";
import { FRAME, type Frame, footLines } from "./frame.ts";
import { type Block, blocksOf, type Inline, type Letter } from "./letter.ts";

export const inlineText = (inline: Inline): string =>
  inline
    .map((part) =>
      typeof part === "string" ? part : "strong" in part ? part.strong : `${part.label} <${part.url}>`,
    )
    .join("");

/** Characters of a terminal: Japanese ones are two wide. */
const width = (text: string): number => text.length + (text.match(/[^\u0020-\u00ff]/g)?.length ?? 0);

export const blockText = (block: Block): string => {
  switch (block.kind) {
    case "paragraph":
      return inlineText(block.text);
    case "note":
      return `* ${inlineText(block.text)}`;
    case "heading":
      return `${block.text}\n${"-".repeat(width(block.text))}`;
    case "list":
      return block.items.map((item) => `- ${inlineText(item)}`).join("\n");
    case "facts":
      return block.rows.map(([name, value]) => `${name}: ${inlineText(value)}`).join("\n");
    case "quote":
      return block.text
        .split(/\r?\n/)
        .map((line) => `> ${line}`)
        .join("\n");
  }
};

export function plainText(locale: Locale, letter: Letter, frame: Frame): string {
  const words = FRAME[locale];
  return `${[
    frame.brandName,
    words.salutation(frame),
    ...blocksOf(letter).map(blockText),
    `${letter.button}:\n${frame.linkUrl}`,
    words.closing(frame),
    "--",
    ...footLines(locale, frame).map(inlineText),
  ].join("\n\n")}\n`;
}
