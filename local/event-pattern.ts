/** Event patterns, as EventBridge's rules and the filters of event source mappings write them. */

type Json = unknown;
const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const compare = (left: number, operator: string, right: number): boolean => {
  switch (operator) {
    case "=":
      return left === right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new Error(`numeric comparison ${operator} is not known`);
  }
};

const numeric = (value: Json, terms: readonly Json[]): boolean => {
  if (typeof value !== "number") return false;
  for (let at = 0; at < terms.length; at += 2) {
    if (!compare(value, String(terms[at]), Number(terms[at + 1]))) return false;
  }
  return true;
};

const affix = (value: Json, wanted: Json, test: (text: string, part: string) => boolean): boolean => {
  if (typeof value !== "string") return false;
  if (isObject(wanted)) return test(value.toLowerCase(), String(wanted["equals-ignore-case"]).toLowerCase());
  return test(value, String(wanted));
};

const wildcard = (value: Json, pattern: string): boolean =>
  typeof value === "string" &&
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  ).test(value);

/** One element of a pattern's list against one value (`undefined`: the field is absent). */
const matchesTerm = (value: Json, term: Json): boolean => {
  if (!isObject(term)) return value === term;
  const [name = "", wanted] = Object.entries(term)[0] ?? [];
  switch (name) {
    case "exists":
      return (value !== undefined) === wanted;
    case "prefix":
      return affix(value, wanted, (text, part) => text.startsWith(part));
    case "suffix":
      return affix(value, wanted, (text, part) => text.endsWith(part));
    case "equals-ignore-case":
      return typeof value === "string" && value.toLowerCase() === String(wanted).toLowerCase();
    case "wildcard":
      return wildcard(value, String(wanted));
    case "numeric":
      return numeric(value, wanted as readonly Json[]);
    case "anything-but": {
      if (value === undefined) return false;
      if (isObject(wanted)) return !matchesTerm(value, wanted);
      return !(Array.isArray(wanted) ? wanted : [wanted]).includes(value);
    }
    default:
      throw new Error(`event pattern: ${name} is not known locally`);
  }
};

const matchesField = (value: Json, terms: readonly Json[]): boolean => {
  // A list in the event matches when any of its elements does; an object is no leaf and counts as absent.
  const values = Array.isArray(value) ? (value.length > 0 ? value : [undefined]) : [value];
  return values.some((one) => terms.some((term) => matchesTerm(isObject(one) ? undefined : one, term)));
};

const OPERATORS = new Set([
  "exists",
  "prefix",
  "suffix",
  "equals-ignore-case",
  "wildcard",
  "numeric",
  "anything-but",
]);

/** @throws for what `matchesPattern` could not decide: when a pattern is loaded, not when the first event comes. */
export const checkPattern = (pattern: Readonly<Record<string, Json>>): void => {
  for (const [key, wanted] of Object.entries(pattern)) {
    if (key === "$or") {
      for (const one of wanted as Record<string, Json>[]) checkPattern(one);
    } else if (isObject(wanted)) {
      checkPattern(wanted);
    } else if (Array.isArray(wanted)) {
      for (const term of wanted as Json[]) {
        const operator = isObject(term) ? Object.keys(term)[0] : "exists";
        if (!OPERATORS.has(operator ?? ""))
          throw new Error(`event pattern: ${operator} is not known locally`);
      }
    } else {
      throw new Error(`event pattern: ${key} must be a list or an object`);
    }
  }
};

/** Whether an event matches: every field the pattern names must. @throws on an operator it does not know. */
export const matchesPattern = (event: Json, pattern: Readonly<Record<string, Json>>): boolean =>
  Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or") return (wanted as Record<string, Json>[]).some((one) => matchesPattern(event, one));
    const value = isObject(event) ? event[key] : undefined;
    if (Array.isArray(wanted)) return matchesField(value, wanted);
    if (!isObject(wanted)) throw new Error(`event pattern: ${key} must be a list or an object`);
    // An absent object can still satisfy `exists: false` further down.
    return matchesPattern(value, wanted);
  });
