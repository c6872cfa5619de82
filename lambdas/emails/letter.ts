/** What a letter says, said once: HTML and plain text are both made from these blocks, so neither says less. */

/** A rule of the policy by its number. A block names the rule whose mandatory clause it is (`clauses.ts`). */
export type Rule = `R${number}`;

export interface Link {
  readonly label: string;
  readonly url: string;
}
export interface Strong {
  readonly strong: string;
}
export type Inline = readonly (string | Link | Strong)[];

interface Ruled {
  readonly rules?: readonly Rule[];
}
export type Block =
  | ({ readonly kind: "paragraph" | "note"; readonly text: Inline } & Ruled)
  | ({ readonly kind: "heading"; readonly text: string } & Ruled)
  | ({ readonly kind: "list"; readonly items: readonly Inline[] } & Ruled)
  | ({ readonly kind: "facts"; readonly rows: readonly (readonly [string, Inline])[] } & Ruled)
  /** Somebody's own words, line breaks kept. */
  | ({ readonly kind: "quote"; readonly text: string } & Ruled);

export interface Letter {
  readonly subject: string;
  /** What an inbox shows beside the subject. */
  readonly preheader: string;
  readonly title: string;
  /** Falsy entries are left out: `condition && block`. */
  readonly body: readonly (Block | false | undefined)[];
  /** The one thing to do; it opens the customer's page. */
  readonly button: string;
}

type Insert = string | number | Link | Strong | Inline;

const isInline = (insert: Link | Strong | Inline): insert is Inline => Array.isArray(insert);

/** Words with links and emphasis in them. A line break in the source is a space. */
export const say = (words: TemplateStringsArray, ...inserts: readonly Insert[]): Inline =>
  words.flatMap((word, index) => {
    const insert = inserts[index];
    const before = word.replace(/\s*\n\s*/g, " ");
    if (insert === undefined) return [before];
    if (typeof insert === "string" || typeof insert === "number") return [before, String(insert)];
    return isInline(insert) ? [before, ...insert] : [before, insert];
  });

export const link = (label: string, url: string): Link => ({ label, url });
export const strong = (text: string): Strong => ({ strong: text });

/** A paragraph. */
export const p = (words: TemplateStringsArray, ...inserts: readonly Insert[]): Block => ({
  kind: "paragraph",
  text: say(words, ...inserts),
});
/** A paragraph that must not be overlooked. */
export const note = (words: TemplateStringsArray, ...inserts: readonly Insert[]): Block => ({
  kind: "note",
  text: say(words, ...inserts),
});
export const heading = (text: string): Block => ({ kind: "heading", text });
export const list = (items: readonly (Inline | false | undefined)[]): Block => ({
  kind: "list",
  items: items.filter((item) => item !== false && item !== undefined),
});
export const facts = (rows: readonly (readonly [string, Inline] | false | undefined)[]): Block => ({
  kind: "facts",
  rows: rows.filter((row) => row !== false && row !== undefined),
});
export const quote = (text: string): Block => ({ kind: "quote", text });

/** Marks a block as the clause of these rules. */
export const under = (rules: Rule | readonly Rule[], block: Block): Block => ({
  ...block,
  rules: typeof rules === "string" ? [rules] : rules,
});

/** The body without what does not apply. */
export const blocksOf = (letter: Letter): readonly Block[] =>
  letter.body.filter((block) => block !== false && block !== undefined);
