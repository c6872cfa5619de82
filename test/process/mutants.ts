/** What can go wrong with a body, made from a good one: each of these breaks every schema it is made for. */

export interface Mutant {
  /** `customer.email: null`. */
  readonly what: string;
  readonly raw: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A copy with the value at the path replaced. */
function replaced(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((one, at) => (String(at) === key ? replaced(one, rest, put) : one));
  return isObject(value) ? { ...value, [key]: replaced(value[key], rest, put) } : value;
}

function* nodes(value: unknown, path: readonly string[] = []): Iterable<[readonly string[], unknown]> {
  yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, one] of Object.entries(value)) yield* nodes(one, [...path, key]);
}

/** No JSON value can say these: they are written into the text. */
const INFINITY = "@@infinity@@";
const PROTO = "@@proto@@";
const written = (value: unknown): string =>
  JSON.stringify(value).replaceAll(`"${INFINITY}"`, "1e999").replaceAll(`"${PROTO}"`, '"__proto__"');

const HUGE = "x".repeat(5000);
const IMPOSSIBLE_DATES = [
  "2026-02-30",
  "2026-13-01",
  "2025-02-29",
  "26-01-01",
  "2026-1-1",
  "2026-02-28T00:00:00Z",
  "today",
  "",
];
const IMPOSSIBLE_NUMBERS = [
  "",
  " ",
  "a b",
  "../..",
  "<script>",
  "指輪",
  "💍",
  "SN\u0000",
  "x".repeat(41),
  "SN'--",
];

function wrongValues(path: readonly string[], value: unknown): unknown[] {
  const key = path.at(-1) ?? "";
  // A necklace has no sizes, a design need not allow any service, and photos may be here already.
  if (Array.isArray(value))
    return [
      null,
      {},
      "list",
      0,
      [null],
      [[]],
      ...(["availableSizes", "services", "mediaIds"].includes(key) ? [] : [[]]),
    ];
  if (isObject(value)) {
    return [
      null,
      [],
      [value],
      "object",
      7,
      true,
      { ...value, surprise: 1 },
      { ...value, [PROTO]: { stage: "closed" } },
      { ...value, constructor: { prototype: { stage: "closed" } } },
    ];
  }
  if (typeof value === "number") return [null, "13", true, {}, [value], -1, 1e21, -1e300, INFINITY];
  if (typeof value === "boolean") return [null, "true", 1, {}, []];
  // Nobody may look after a case.
  const wrong = [42, true, {}, [value], HUGE, ...(key === "assignee" ? [] : [null])];
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return [...wrong, ...IMPOSSIBLE_DATES];
  if (/(Number|serialNumber)$/.test(key) || key === "number") return [...wrong, ...IMPOSSIBLE_NUMBERS];
  if (key === "email")
    return [...wrong, "", "nobody", "a@b", "a b@example.com", "a@example.com\r\nBcc: b@example.com"];
  return wrong;
}

/** Every single fault of every part of a body. */
export function mutantsOf(good: unknown): Mutant[] {
  return [...nodes(good)].flatMap(([path, value]) =>
    wrongValues(path, value).map((wrong) => ({
      what: `${path.join(".") || "body"} = ${(JSON.stringify(wrong) ?? "").slice(0, 60)}`,
      raw: written(replaced(good, path, wrong)),
    })),
  );
}

/** What is no JSON at all, or no object. */
export const NO_BODY: readonly { readonly what: string; readonly raw: string | Uint8Array<ArrayBuffer> }[] = [
  ...["{", '{"a":}', "{'a': 1}", "{}}", "nonsense", "NaN", "[1,", " ", "\u0000", '{"a": 01}'].map((raw) => ({
    what: raw,
    raw,
  })),
  { what: "bytes that are no UTF-8", raw: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  ...["[]", "[{}]", "null", '"text"', "42", "true"].map((raw) => ({ what: raw, raw })),
  { what: "lists in lists", raw: `${"[".repeat(20_000)}${"]".repeat(20_000)}` },
  { what: "objects in objects", raw: `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}` },
];
