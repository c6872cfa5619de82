/** An auto-escaping template tag: what is put in is text unless it is itself `Html`. */

/** Markup that is safe to put out. Only `html` makes it, so nothing a person typed can become a tag. */
export class Html {
  readonly #markup: string;
  private constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
  static from(words: TemplateStringsArray, inserts: readonly Insert[]): Html {
    return new Html(words.map((word, index) => word + escaped(inserts[index])).join(""));
  }
}

type Insert = string | number | Html | readonly Insert[] | false | undefined;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (insert: Insert): string => {
  if (insert === undefined || insert === false) return "";
  if (insert instanceof Html) return insert.toString();
  if (typeof insert === "string") return insert.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
  if (typeof insert === "number") return String(insert);
  return insert.map(escaped).join("");
};

/** Text, attributes in quotes and lists may be put in; tag names, styles and scripts come from the code alone. */
export const html = (words: TemplateStringsArray, ...inserts: readonly Insert[]): Html =>
  Html.from(words, inserts);
