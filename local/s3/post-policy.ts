/** The policy of a form POST: what S3 lets a browser upload, checked field by field. */
import { S3Refusal } from "./signature.ts";

/** Bytes. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/** Fields that need no condition. */
const EXEMPT = new Set(["x-amz-signature", "policy", "file", "signature", "awsaccesskeyid"]);
/** S3's own limit for one POST. */
const LARGEST = 5 * 1024 ** 3;

const refused = (why: string): S3Refusal =>
  new S3Refusal("AccessDenied", 403, `Invalid according to Policy: ${why}`);
const invalid = (why: string): S3Refusal =>
  new S3Refusal("InvalidPolicyDocument", 400, `Invalid Policy: ${why}`);

const parse = (encoded: string): { readonly expiration: number; readonly conditions: readonly unknown[] } => {
  let document: { expiration?: unknown; conditions?: unknown };
  try {
    document = JSON.parse(Buffer.from(encoded, "base64").toString()) as typeof document;
  } catch {
    throw invalid("Invalid JSON.");
  }
  const expiration = Date.parse(String(document.expiration));
  if (Number.isNaN(expiration)) throw invalid("Policy is missing its expiration.");
  if (!Array.isArray(document.conditions)) throw invalid("Policy is missing its conditions.");
  return { expiration, conditions: document.conditions };
};

/** `["eq", "$key", "a"]` and `{key: "a"}` alike as operator, field and value. */
const termsOf = (condition: unknown): readonly [operator: string, field: string, value: unknown][] => {
  if (Array.isArray(condition)) {
    const [operator, field, value] = condition as unknown[];
    return [[String(operator).toLowerCase(), String(field).replace(/^\$/, "").toLowerCase(), value]];
  }
  if (typeof condition !== "object" || condition === null) throw invalid("Invalid condition.");
  return Object.entries(condition).map(([field, value]) => ["eq", field.toLowerCase(), value]);
};

/**
 * @param fields of the form before the file, names in lower case, `bucket` among them.
 * @param now real time, milliseconds.
 * @returns how large the file may be. @throws S3Refusal for a condition that fails, or a field none covers.
 */
export const checkPolicy = (fields: ReadonlyMap<string, string>, now: number): SizeRange => {
  const encoded = fields.get("policy");
  if (encoded === undefined) throw new S3Refusal("AccessDenied", 403, "Access Denied");
  const { expiration, conditions } = parse(encoded);
  if (expiration <= now) throw refused("Policy expired.");

  const covered = new Set<string>();
  let range: SizeRange = { min: 0, max: LARGEST };
  for (const condition of conditions) {
    if (Array.isArray(condition) && String(condition[0]).toLowerCase() === "content-length-range") {
      range = { min: Number(condition[1]), max: Number(condition[2]) };
      if (!(range.min >= 0 && range.max >= range.min)) throw invalid("Invalid content-length-range.");
      continue;
    }
    for (const [operator, field, value] of termsOf(condition)) {
      const given = fields.get(field);
      covered.add(field);
      const failed = `Policy Condition failed: ${JSON.stringify([operator, `$${field}`, value])}`;
      if (operator === "eq") {
        if (given !== String(value)) throw refused(failed);
      } else if (operator === "starts-with") {
        if (!(given ?? "").startsWith(String(value)) || given === undefined) throw refused(failed);
      } else {
        throw invalid(`Unknown operator ${operator}.`);
      }
    }
  }
  const extra = [...fields.keys()].filter(
    (field) =>
      !covered.has(field) && !EXEMPT.has(field) && field !== "bucket" && !field.startsWith("x-ignore-"),
  );
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(", ")}`);
  return range;
};
