/** Blocks that the papers share: facts in columns, parties, the signature. */
import type { Party } from "../../domain/brand.ts";
import type { Declaration } from "../../domain/shipment.ts";
import { dateInJapan } from "../../domain/time-zones.ts";
import { type Sheet } from "./sheet.ts";
import { type Cell, type Run, STYLES, WIDTH } from "./styles.ts";
import { country, longDate } from "./words.ts";

/** Cells of equal width side by side. */
export function columns(contents: readonly (readonly Run[])[], gap = 18): readonly Cell[] {
  const width = (WIDTH - gap * (contents.length - 1)) / contents.length;
  return contents.map((runs, index) => ({ x: index * (width + gap), width, runs }));
}

export const label = (text: string): Run => ({ text: text.toUpperCase(), style: STYLES.label });
export const value = (text: string): Run => ({ text, style: STYLES.text, above: 1.5 });
const paragraph = (text: string): Run => ({ text, style: STYLES.text, above: 3 });

/** Rows of labelled facts, aligned in four columns. */
export function facts(
  sheet: Sheet,
  rows: readonly (readonly (readonly [name: string, text: string])[])[],
): void {
  for (const row of rows) {
    const cells = columns([[], [], [], []], 12);
    sheet.row(
      row.map(([name, text], index) => {
        const { x = 0, width = WIDTH } = cells[index] ?? {};
        // The last fact of a short row takes what room is left.
        const room = index === row.length - 1 ? WIDTH - x : width;
        return { x, width: room, runs: [label(name), value(text)] };
      }),
    );
    sheet.space(9);
  }
}

/** Name and address as on an envelope, then how to reach them. */
export function partyRuns(party: Party): readonly Run[] {
  const name = party.company ?? party.person;
  const place = [party.city, [party.state, party.postalCode].filter(Boolean).join(" ")].join(", ");
  const lines = [
    ...(party.company === undefined ? [] : [party.person]),
    ...party.lines,
    place,
    country(party.countryCode),
    `Tel. ${telephone(party)}`,
    ...(party.email === undefined ? [] : [party.email]),
  ];
  return addressee(name, lines);
}

/** A name, and the lines under it. */
export const addressee = (name: string, lines: readonly string[]): readonly Run[] => [
  { text: name, style: STYLES.strong, above: 3 },
  ...lines.map((text): Run => ({ text, style: STYLES.text, above: 0.5 })),
];

/** A US number as Americans write it; others as they are given. */
export function telephone({
  telephone: digits,
  countryCode,
}: Pick<Party, "telephone" | "countryCode">): string {
  const national = countryCode === "US" ? /^(?:\+?1)?(\d{3})(\d{3})(\d{4})$/.exec(digits) : null;
  return national ? `+1 ${national[1]}-${national[2]}-${national[3]}` : digits;
}

/** Address in one line, for a sentence. */
export const inOneLine = (party: Party): string =>
  [
    party.company,
    party.person,
    ...party.lines,
    party.city,
    [party.state, party.postalCode].filter(Boolean).join(" "),
    country(party.countryCode),
  ]
    .filter(Boolean)
    .join(", ");

/** What is declared, and the signature under it, on one page: name, capacity, and the day in Japan it was made. */
export function signed(
  sheet: Sheet,
  declaration: Declaration,
  declared: readonly string[],
  capacity: string,
): void {
  const day = longDate(dateInJapan(declaration.declaredAt));
  const name = { x: 0, width: 320 };
  const date = { x: 350, width: WIDTH - 350 };
  const words = [{ x: 0, width: WIDTH, runs: [label("Declaration"), ...declared.map(paragraph)] }];
  const signature = [
    { ...name, runs: [{ text: declaration.signatory, style: STYLES.signature }] },
    { ...date, runs: [{ text: day, style: STYLES.text, above: 5 }] },
  ];
  const meaning = [
    { ...name, runs: [label("Authorized signature"), value(capacity)] },
    { ...date, runs: [label("Date of signature")] },
  ];
  const gaps = 22;
  sheet.fit(sheet.heightOf(words) + sheet.heightOf(signature) + sheet.heightOf(meaning) + gaps);
  sheet.row(words).space(14).row(signature).space(3);
  sheet.rule("strong", name.x, name.width).rule("strong", date.x, date.width).space(5).row(meaning);
}
