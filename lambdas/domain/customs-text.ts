/**
 * Text for customs papers: English, in the characters of WinAnsi (code page 1252), which the standard fonts of a PDF
 * can show. Letters with accents outside it lose the accent; other scripts are refused, never printed as boxes.
 */
import { PermanentError } from "./faults.ts";
import { pathText } from "./problem.ts";

const BEYOND_LATIN_1 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
const inWinAnsi = (char: string): boolean =>
  (char >= " " && char <= "~") || (char >= "\u00a1" && char <= "\u00ff") || BEYOND_LATIN_1.includes(char);

/** Letters and marks that no decomposition brings to WinAnsi. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  Ł: "L",
  ł: "l",
  Đ: "D",
  đ: "d",
  Ħ: "H",
  ħ: "h",
  ı: "i",
  // The Hawaiian ʻokina and the modifier apostrophe, both in names and streets of the United States.
  "\u02bb": "‘",
  "\u02bc": "’",
  "\u2010": "-",
  "\u2011": "-",
  "\u2212": "-",
  "\u2015": "—",
  "\u2032": "'",
  "\u2033": '"',
  "\u2044": "/",
};

/** `undefined` for what has no Latin form. */
function written(char: string): string | undefined {
  // Before WinAnsi's own: the soft hyphen is in it, but would print in the middle of a line.
  if (/\p{Cf}|\p{M}/u.test(char)) return "";
  if (/\p{Z}|\p{Cc}/u.test(char)) return " ";
  if (inWinAnsi(char)) return char;
  const known = WRITTEN_AS[char];
  if (known !== undefined) return known;
  // Compatibility forms (full width, ligatures) and accents: ｆ is f, ő is o.
  const plain = char.normalize("NFKD");
  if (plain === char) return undefined;
  const parts = [...plain].map(written);
  return parts.includes(undefined) ? undefined : parts.join("");
}

/** True when `customsText` would accept it. */
export const isCustomsText = (text: string): boolean =>
  [...text.normalize("NFC")].every((char) => written(char) !== undefined);

/** The text in WinAnsi, white space collapsed. @throws PermanentError naming the field (never its content: it may be personal). */
export function customsText(text: string, field: string): string {
  if (!isCustomsText(text)) {
    throw new PermanentError(`${field} has characters that the English customs papers cannot show`);
  }
  return [...text.normalize("NFC")].map(written).join("").replace(/ +/g, " ").trim();
}

/** Every text within a value, each refused by its path: `shipper.person`. @throws PermanentError */
export function customsTexts<T>(value: T, path?: readonly PropertyKey[]): T;
export function customsTexts(value: unknown, path: readonly PropertyKey[] = []): unknown {
  if (typeof value === "string") return customsText(value, pathText(path));
  if (Array.isArray(value)) return value.map((one: unknown, index) => customsTexts(one, [...path, index]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [key, customsTexts(one, [...path, key])]),
  );
}
