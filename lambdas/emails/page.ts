/**
 * A letter as HTML: one column of at most 600 px, inline styles, no images, readable on a telephone.
 * Colours are chosen to keep their contrast when a mail program inverts them; those that ask get a dark sheet.
 */
import type { Locale } from "../domain/identifiers.ts";
import { FRAME, type Frame, footLines } from "./frame.ts";
import { type Html, html } from "./html.ts";
import { type Block, blocksOf, type Inline, type Letter } from "./letter.ts";

const SERIF = `Georgia, "Times New Roman", "Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", serif`;
const SANS = `-apple-system, BlinkMacSystemFont, "Segoe UI", Helvetica, Arial, "Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP", sans-serif`;

const INK = "#2b2622";
const QUIET = "#6b625a";
const RULE = "#e4ddd3";
const ACCENT = "#8a6d3b";

const text = `font-family: ${SANS}; font-size: 16px; line-height: 1.65; color: ${INK}; overflow-wrap: anywhere`;
const block = `${text}; margin: 0 0 20px`;
const small = `font-family: ${SANS}; font-size: 14px; line-height: 1.6; color: ${QUIET}; margin: 0 0 8px`;

/** Only what cannot be written inline: the dark sheet, and narrower margins on a telephone. */
const SHEET = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (max-width: 480px) { .sheet { padding: 32px 22px !important; } .outer { padding: 0 !important; } }
  @media (prefers-color-scheme: dark) {
    body, .outer { background: #171513 !important; }
    .sheet { background: #211e1b !important; border-color: #3a342e !important; }
    .ink { color: #ece6de !important; }
    .quiet { color: #b5aba0 !important; }
    .accent, .link { color: #d9bd8b !important; }
    .line { border-color: #3a342e !important; }
    .note { background: #2c2721 !important; }
    .button { background: #ece6de !important; color: #211e1b !important; }
  }`;

const inline = (parts: Inline): readonly (string | Html)[] =>
  parts.map((part) =>
    typeof part === "string"
      ? part
      : "strong" in part
        ? html`<strong>${part.strong}</strong>`
        : html`<a class="link" href="${part.url}" style="color: ${ACCENT}; text-decoration: underline">${part.label}</a>`,
  );

const blockHtml = (one: Block): Html => {
  switch (one.kind) {
    case "paragraph":
      return html`<p class="ink" style="${block}">${inline(one.text)}</p>`;
    case "note":
      return html`<p class="ink note" style="${block}; padding: 14px 18px; background: #f6f1e7; border-left: 3px solid ${ACCENT}">${inline(one.text)}</p>`;
    case "heading":
      return html`<h2 class="ink" style="font-family: ${SERIF}; font-size: 19px; line-height: 1.4; font-weight: normal; color: ${INK}; margin: 32px 0 12px">${one.text}</h2>`;
    case "list":
      return html`<ul class="ink" style="${block}; padding: 0 0 0 22px">${one.items.map(
        (item) => html`<li style="margin: 0 0 8px">${inline(item)}</li>`,
      )}</ul>`;
    case "facts":
      return html`<table class="line" style="width: 100%; border-collapse: collapse; border-top: 1px solid ${RULE}; margin: 0 0 24px">${one.rows.map(
        ([name, value]) =>
          html`<tr><th class="quiet line" scope="row" style="${text}; font-size: 14px; color: ${QUIET}; font-weight: normal; text-align: left; vertical-align: top; width: 34%; padding: 10px 12px 10px 0; border-bottom: 1px solid ${RULE}">${name}</th><td class="ink line" style="${text}; vertical-align: top; padding: 9px 0; border-bottom: 1px solid ${RULE}">${inline(value)}</td></tr>`,
      )}</table>`;
    case "quote":
      return html`<blockquote class="ink line" style="${block}; white-space: pre-line; padding: 2px 0 2px 16px; border-left: 1px solid ${ACCENT}">${one.text}</blockquote>`;
  }
};

const lines = (words: string): readonly Html[] =>
  words
    .split("\n\n")
    .map(
      (paragraph) =>
        html`<p class="ink" style="${block}">${paragraph
          .split("\n")
          .map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}</p>`,
    );

export function page(locale: Locale, letter: Letter, frame: Frame): string {
  const words = FRAME[locale];
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${letter.subject}</title>
<style>${SHEET}
</style>
</head>
<body style="margin: 0; padding: 0; background: #f4f0ea">
<div style="display: none; max-height: 0; overflow: hidden">${letter.preheader}${" \u200c".repeat(60)}</div>
<table role="presentation" class="outer" style="width: 100%; border-collapse: collapse; background: #f4f0ea"><tr><td class="outer" align="center" style="padding: 32px 12px">
<table role="presentation" style="width: 100%; max-width: 600px; border-collapse: collapse"><tr><td class="sheet" style="background: #fffdfa; border: 1px solid ${RULE}; padding: 44px 48px; text-align: left">
<p class="accent" style="font-family: ${SERIF}; font-size: 20px; letter-spacing: 0.28em; text-align: center; color: ${ACCENT}; margin: 0 0 36px">${frame.brandName}</p>
<h1 class="ink" style="font-family: ${SERIF}; font-size: 26px; line-height: 1.35; font-weight: normal; color: ${INK}; margin: 0 0 24px">${letter.title}</h1>
${lines(words.salutation(frame))}
${blocksOf(letter).map(blockHtml)}
<p style="margin: 32px 0; text-align: center"><a class="button" href="${frame.linkUrl}" style="display: inline-block; font-family: ${SANS}; font-size: 16px; line-height: 1.3; color: #fffdfa; background: ${INK}; text-decoration: none; padding: 15px 32px">${letter.button}</a></p>
${lines(words.closing(frame))}
<div class="line" style="border-top: 1px solid ${RULE}; margin: 36px 0 0; padding: 20px 0 0">
${footLines(locale, frame).map((line) => html`<p class="quiet" style="${small}">${inline(line)}</p>\n`)}</div>
</td></tr></table>
</td></tr></table>
</body>
</html>
`.toString();
}
