/** The frame of the local pages, and a template tag that escapes what is put in. */

/** Marks text that is HTML already. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type { Html };

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const put = (value: unknown): string => {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(put).join("");
  return typeof value === "string" || typeof value === "number" ? escape(String(value)) : "";
};

export const html = (parts: TemplateStringsArray, ...values: readonly unknown[]): Html =>
  new Html(parts.map((part, at) => part + (at < values.length ? put(values[at]) : "")).join(""));

const STYLE = `
:root { color-scheme: light dark; --ink: #22201c; --soft: #6d675c; --line: #ddd6c9; --paper: #fbf9f5; --mark: #7a5c1e; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7dc; --soft: #a59e90; --line: #3b372f; --paper: #1b1916; --mark: #d9b566; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.1rem; margin-top: 2rem; }
a { color: var(--mark); } a, button { min-height: 2.75rem; }
ul.list { list-style: none; margin: 0; padding: 0; }
ul.list a { display: block; padding: .75rem 0; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
ul.list strong { display: block; overflow-wrap: anywhere; } .soft { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); background: #fff; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); font-size: .8125rem; }
button { font: inherit; padding: 0 1rem; margin: 0 .5rem .5rem 0; border: 1px solid var(--mark); background: none; color: inherit; border-radius: .25rem; cursor: pointer; }
input { font: inherit; min-height: 2.75rem; padding: 0 .75rem; border: 1px solid var(--soft); background: none; color: inherit; border-radius: .25rem; }
label { display: block; margin-top: 1.5rem; } a:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; } caption { text-align: left; } th, td { padding: .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; } th + *, td + * { text-align: right; white-space: nowrap; padding-left: 1rem; }
[role="status"], [role="alert"] { padding: .75rem; border: 1px solid var(--mark); }
`;

/** A whole document. */
export const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body><main>${body}</main></body>
</html>
`.text;
