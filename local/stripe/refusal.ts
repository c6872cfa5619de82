/** Stripe's form of a refusal. */

export interface StripeError {
  readonly type: "invalid_request_error" | "idempotency_error" | "api_error" | "card_error";
  readonly message: string;
  /** Many refusals of a state have none. */
  readonly code?: string;
  readonly param?: string;
}

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly error: StripeError;
  constructor(status: number, error: StripeError) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** 400 `invalid_request_error`. */
export const invalid = (
  message: string,
  more: { readonly code?: string; readonly param?: string } = {},
): Refusal => new Refusal(400, { type: "invalid_request_error", message, ...more });

/** 404: an object in the path that does not exist. */
export const noSuch = (kind: string, id: string, param = "id"): Refusal =>
  new Refusal(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param,
  });

/** 400: an object named in a parameter that does not exist. */
export const noSuchParam = (kind: string, id: string, param: string): Refusal =>
  invalid(`No such ${kind}: '${id}'`, { code: "resource_missing", param });

export const errorBody = (error: StripeError): Readonly<Record<string, unknown>> => ({
  error: {
    ...error,
    ...(error.code
      ? { doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll("_", "-")}` }
      : {}),
  },
});

/** `$25.00`, as messages name an amount. */
export const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
