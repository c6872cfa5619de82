/** A body as JSON whose strings can be stored, mailed and printed. */
import { Problem, pathText } from "../domain/problem.ts";

/** An escape that may stand for half of a character; UTF-8 itself cannot hold one. */
const MAY_BE_HALF = /\\u[dD][89a-fA-F]/;

/** Where a string holds half of a character (a lone surrogate): no store or mail can write it down. */
function brokenTexts(value: unknown): string[] {
  const found: string[] = [];
  const open: [unknown, readonly PropertyKey[]][] = [[value, []]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [one, path] = next;
    if (typeof one === "string" && !one.isWellFormed()) found.push(pathText(path));
    if (typeof one !== "object" || one === null) continue;
    for (const [key, inner] of Object.entries(one))
      open.push([inner, [...path, Array.isArray(one) ? Number(key) : key]]);
  }
  return found;
}

/** @throws Problem invalid-json, invalid-request with the path of every string that is broken */
export function parsedJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new Problem("invalid-json", [{ path: "", message: "not valid JSON in UTF-8" }]);
  }
  const broken = MAY_BE_HALF.test(text) ? brokenTexts(value) : [];
  if (broken.length > 0)
    throw new Problem(
      "invalid-request",
      broken.map((path) => ({ path, message: "a character is broken; please type it again" })),
    );
  return value;
}
