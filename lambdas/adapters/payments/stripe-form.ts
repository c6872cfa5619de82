/** Stripe takes no JSON: requests are forms, in which nested names are written `metadata[case_id]`, `expand[0]`. */

export type FormValue = string | number | boolean | readonly FormValue[] | FormFields;
export interface FormFields {
  /** What is undefined is left out. */
  readonly [name: string]: FormValue | undefined;
}

const pairsOf = (name: string, value: FormValue | undefined): [string, string][] => {
  if (value === undefined) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => pairsOf(`${name}[${key}]`, inner));
};

/** `application/x-www-form-urlencoded`, in the order of the fields. */
export const encodeForm = (fields: FormFields): string =>
  new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => pairsOf(name, value))).toString();
