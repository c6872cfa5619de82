import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeForm, type FormValue } from "../../lambdas/adapters/payments/stripe-form.ts";

/** Reads a form back into what it says: everything is text, and lists are objects with numbers for names. */
const decodeForm = (text: string): unknown => {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll("]", "").split("[");
    const last = path.pop() ?? "";
    const place = path.reduce<Record<string, unknown>>(
      (inner, key) => (inner[key] ??= {}) as Record<string, unknown>,
      root,
    );
    place[last] = value;
  }
  return root;
};

/** The same, without the detour over text. */
const asTold = (value: FormValue): unknown =>
  typeof value === "object"
    ? Object.fromEntries(
        Object.entries(value)
          .map(([key, inner]) => [key, asTold(inner as FormValue)] as const)
          // A form has no way to say that something is empty.
          .filter(([, inner]) => typeof inner !== "object" || Object.keys(inner as object).length > 0),
      )
    : String(value);

const aName = fc.stringMatching(/^[a-z_]{1,8}$/);
const { value: aValue } = fc.letrec<{ value: FormValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "form" },
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 3, depthIdentifier: "form" }),
    fc.dictionary(aName, tie("value"), { maxKeys: 3, depthIdentifier: "form", noNullPrototype: true }),
  ),
}));

describe("a request to Stripe as a form", () => {
  it("writes nested names as Stripe reads them", () => {
    expect(
      decodeURIComponent(
        encodeForm({
          amount: -1200,
          auto_advance: false,
          metadata: { case_id: "CW-1" },
          expand: ["payments"],
        }),
      ),
    ).toBe("amount=-1200&auto_advance=false&metadata[case_id]=CW-1&expand[0]=payments");
  });

  it("leaves out what is undefined, and keeps what is empty", () => {
    expect(encodeForm({ starting_after: undefined, name: "" })).toBe("name=");
  });

  it("says what it was given, whatever that is", () => {
    fc.assert(
      fc.property(
        fc.dictionary(aName, aValue, { maxKeys: 4, noNullPrototype: true }),
        (fields: Record<string, FormValue>) => {
          expect(decodeForm(encodeForm(fields))).toStrictEqual(asTold(fields));
        },
      ),
    );
  });
});
