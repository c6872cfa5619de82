/**
 * Writes every letter in both languages, and a page that leads to them: `node scripts/preview-emails.ts [folder]`
 * (default `dist/emails`).
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Locale } from "../lambdas/domain/identifiers.ts";
import { html } from "../lambdas/emails/html.ts";
import { render } from "../lambdas/emails/render.ts";
import { brand } from "../lambdas/platform/brand.ts";
import { allSamples } from "./sample-letters.ts";

const folder = process.argv[2] ?? join("dist", "emails");
await mkdir(folder, { recursive: true });

const rows = [];
for (const { email, name, data } of allSamples(brand)) {
  for (const locale of Locale.options) {
    const file = `${email}-${name.replace(/\W+/g, "-")}.${locale}`;
    const mail = render(email, locale, data);
    await writeFile(join(folder, `${file}.html`), mail.html);
    await writeFile(join(folder, `${file}.txt`), mail.text);
    rows.push(
      html`<tr><td>${email}</td><td>${name}</td><td lang="${locale}"><a href="${file}.html">${mail.subject}</a></td><td><a href="${file}.txt">text</a></td></tr>`,
    );
  }
}
await writeFile(
  join(folder, "index.html"),
  html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Letters</title>
<style>body { font: 16px/1.6 system-ui; margin: 2rem } td { padding: 0.2rem 1rem 0.2rem 0 }</style>
<h1>Letters</h1><table>${rows}</table></html>`.toString(),
);
console.log(`${rows.length} letters in ${folder}`);
