/** Which parameters each route takes, and Stripe's words for one it does not know, misses or cannot read. */
import * as z from "zod";
import type { Parameter } from "./form.ts";
import { invalid, type Refusal } from "./refusal.ts";

const fail = (context: z.RefinementCtx, message: string, code?: string): never => {
  context.addIssue({ code: "custom", message, params: { code } });
  return z.NEVER;
};

const MOST_CENTS = 99_999_999;
const integer = (least: number, most: number) =>
  z.string().transform((text, context) => {
    if (!/^-?\d{1,15}$/.test(text))
      return fail(context, `Invalid integer: ${text}`, "parameter_invalid_integer");
    const value = Number(text);
    if (value < least)
      return fail(
        context,
        `This value must be greater than or equal to ${least}.`,
        "parameter_invalid_integer",
      );
    if (value > most)
      return fail(context, `This value must be less than or equal to ${most}.`, "parameter_invalid_integer");
    return value;
  });
const seconds = integer(0, 9_999_999_999);
const boolean = z
  .string()
  .transform((text, context) =>
    text === "true" ? true : text === "false" ? false : fail(context, `Invalid boolean: ${text}`),
  );
const choice = <T extends string>(...all: readonly T[]) =>
  z.string().transform((text, context): T => {
    const found = all.find((one) => one === text);
    return found ?? fail(context, `must be one of ${all.join(" or ")}`);
  });

const EMPTY =
  "You passed an empty string. We assume empty values are an attempt to unset a parameter; this one cannot be unset.";
const text = (most: number) =>
  z.string().transform((value, context) => {
    if (value === "") return fail(context, EMPTY, "parameter_invalid_empty");
    return value.length > most
      ? fail(context, `must be at most ${most} characters`, "parameter_invalid_string")
      : value;
  });
/** An empty text unsets it. */
const unsettable = (most: number) =>
  z.string().transform((value, context) => {
    if (value === "") return null;
    return value.length > most
      ? fail(context, `must be at most ${most} characters`, "parameter_invalid_string")
      : value;
  });
const id = text(255);
const email = unsettable(512).transform((value, context) =>
  value === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
    ? value
    : fail(context, `Invalid email address: ${value}`, "email_invalid"),
);
const currency = z
  .string()
  .transform((value, context) =>
    ["usd", "eur", "gbp", "jpy"].includes(value) ? value : fail(context, `Invalid currency: ${value}`),
  );

const metadata = z
  .record(z.string(), z.string())
  .or(z.literal("").transform(() => null))
  .transform((given, context) => {
    if (given === null) return given;
    const entries = Object.entries(given);
    if (entries.length > 50) return fail(context, "You can have at most 50 metadata keys");
    if (entries.some(([key]) => key.length > 40))
      return fail(context, "Metadata keys can have up to 40 characters");
    if (entries.some(([, value]) => value.length > 500))
      return fail(context, "Metadata values can have up to 500 characters");
    return given;
  });

const expand = { expand: z.array(text(500)).optional() };
const listing = {
  ...expand,
  limit: integer(1, 100).optional(),
  starting_after: id.optional(),
  ending_before: id.optional(),
};
const address = z.strictObject({
  city: z.string().optional(),
  country: z.string().optional(),
  line1: z.string().optional(),
  line2: z.string().optional(),
  postal_code: z.string().optional(),
  state: z.string().optional(),
});

/** Taken and left aside: what they do shows on Stripe's own papers alone. */
const forPaper = {
  custom_fields: z
    .array(z.strictObject({ name: text(40), value: text(140) }))
    .max(4)
    .optional(),
  effective_at: seconds.optional(),
  footer: unsettable(5000).optional(),
  statement_descriptor: text(22).optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  payment_settings: z
    .strictObject({ payment_method_types: z.array(text(50)).or(z.literal("")).optional() })
    .optional(),
  rendering: z
    .strictObject({ amount_tax_display: text(50).optional(), template: text(255).optional() })
    .optional(),
};

export const Nothing = z.strictObject(expand);
export const CustomerCreate = z.strictObject({
  ...expand,
  name: unsettable(256).optional(),
  email: email.optional(),
  phone: unsettable(20).optional(),
  description: unsettable(5000).optional(),
  address: address.optional(),
  preferred_locales: z.array(text(10)).optional(),
  shipping: z.strictObject({ name: text(256), phone: z.string().optional(), address }).optional(),
  tax_exempt: choice("exempt", "none", "reverse").optional(),
  metadata: metadata.optional(),
});
export const InvoiceCreate = z.strictObject({
  ...expand,
  ...forPaper,
  customer: id,
  auto_advance: boolean.optional(),
  collection_method: choice("charge_automatically", "send_invoice").optional(),
  currency: currency.optional(),
  days_until_due: integer(0, 3650).optional(),
  description: unsettable(5000).optional(),
  due_date: seconds.optional(),
  metadata: metadata.optional(),
  number: text(26).optional(),
  pending_invoice_items_behavior: choice("exclude", "include").optional(),
});
export const InvoiceUpdate = z.strictObject({ ...expand, metadata: metadata.optional() });
export const InvoiceItemCreate = z.strictObject({
  ...expand,
  customer: id,
  amount: integer(-MOST_CENTS, MOST_CENTS).optional(),
  unit_amount_decimal: z.string().optional(),
  currency: currency.optional(),
  description: unsettable(5000).optional(),
  discountable: boolean.optional(),
  invoice: id.optional(),
  metadata: metadata.optional(),
  quantity: integer(0, 999_999).optional(),
});
export const Finalize = z.strictObject({ ...expand, auto_advance: boolean.optional() });
export const CreditNoteCreate = z.strictObject({
  ...expand,
  invoice: id,
  amount: integer(1, MOST_CENTS),
  memo: unsettable(5000).optional(),
  metadata: metadata.optional(),
  reason: choice("duplicate", "fraudulent", "order_change", "product_unsatisfactory").optional(),
});
export const RefundCreate = z.strictObject({
  ...expand,
  amount: integer(1, MOST_CENTS).optional(),
  charge: id.optional(),
  currency: currency.optional(),
  metadata: metadata.optional(),
  payment_intent: id.optional(),
  reason: choice("duplicate", "fraudulent", "requested_by_customer").optional(),
});
export const InvoiceList = z.strictObject({
  ...listing,
  customer: id.optional(),
  collection_method: choice("charge_automatically", "send_invoice").optional(),
  status: choice("draft", "open", "void", "paid", "uncollectible").optional(),
});
export const InvoiceItemList = z.strictObject({
  ...listing,
  customer: id.optional(),
  invoice: id.optional(),
});
export const InvoicePaymentList = z.strictObject({
  ...listing,
  invoice: id.optional(),
  status: choice("canceled", "open", "paid").optional(),
  payment: z.strictObject({ type: choice("payment_intent"), payment_intent: id.optional() }).optional(),
});
export const RefundList = z.strictObject({
  ...listing,
  charge: id.optional(),
  payment_intent: id.optional(),
});
export const CustomerList = z.strictObject({ ...listing, email: z.string().optional() });
export const EventList = z.strictObject({ ...listing, type: z.string().optional() });

const valueAt = (given: Parameter, path: readonly PropertyKey[]): Parameter | undefined =>
  path.reduce<Parameter | undefined>(
    (value, key) =>
      typeof value === "object" ? (value as Readonly<Record<PropertyKey, Parameter>>)[key] : undefined,
    given,
  );

const nameOf = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join("");

const refusalOf = (given: Parameter, issue: z.core.$ZodIssue): Refusal => {
  if (issue.code === "unrecognized_keys") {
    const param = nameOf([...issue.path, issue.keys[0] ?? ""]);
    return invalid(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  }
  const param = nameOf(issue.path);
  if (valueAt(given, issue.path) === undefined)
    return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  if (issue.code !== "custom") return invalid(`Invalid ${param}`, { param });
  const code: unknown = issue.params?.["code"];
  const message = issue.message.startsWith("must ") ? `Invalid ${param}: ${issue.message}` : issue.message;
  return invalid(message, { param, ...(typeof code === "string" ? { code } : {}) });
};

/** @throws Refusal for the first parameter that is wrong */
export const paramsOf = <T>(schema: z.ZodType<T>, given: Parameter): T => {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw first ? refusalOf(given, first) : invalid("Invalid request");
};
