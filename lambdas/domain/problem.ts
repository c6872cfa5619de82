/** What can be wrong with what somebody sent: one factory a code, one table to HTTP. */
import type * as z from "zod";

export interface Fault {
  /** JSON path of the fault: `items[0].desiredSize`. */
  readonly path: string;
  /** For the person who typed it. */
  readonly message: string;
  readonly rule?: string;
}

/** code → HTTP status: the only place that knows. */
export const PROBLEM_STATUS = {
  "invalid-json": 400,
  "invalid-request": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "out-of-turn": 409,
  "already-answered": 409,
  "case-changed": 409,
  "key-reused": 409,
  "media-pending": 409,
  "too-large": 413,
  "rule-broken": 422,
  "too-many-requests": 429,
  "internal-error": 500,
  unavailable: 503,
} as const;
export type ProblemCode = keyof typeof PROBLEM_STATUS;

const TITLES: Record<ProblemCode, string> = {
  "invalid-json": "The request is not valid JSON",
  "invalid-request": "Some of the information is missing or not in the right form",
  unauthenticated: "Please open the link in your latest e-mail, or sign in again",
  forbidden: "Your role does not include this",
  "not-found": "There is nothing here",
  "out-of-turn": "This cannot be done at the present stage",
  "already-answered": "This was already answered differently",
  "case-changed": "The case has changed since you looked at it",
  "key-reused": "This Idempotency-Key was used for another request",
  "media-pending": "A file is still being checked; please try again in a moment",
  "too-large": "The request is too large",
  "rule-broken": "This does not fit our after-sales policy",
  "too-many-requests": "Too many requests; please try again in a moment",
  "internal-error": "Something went wrong on our side; nothing was recorded",
  unavailable: "The service is starting; please try again in a moment",
};

/** Thrown by actions and handlers, turned into `application/problem+json` at the rim (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly Fault[];
  /** Further members of the body: `stage`, `assessment`. */
  readonly extensions: Readonly<Record<string, unknown>>;
  constructor(
    code: ProblemCode,
    errors: readonly Fault[] = [],
    extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(TITLES[code]);
    this.name = "Problem";
    this.code = code;
    this.errors = errors;
    this.extensions = extensions;
  }
  get status(): number {
    return PROBLEM_STATUS[this.code];
  }
}

/** 422: `throw ruleBroken({path, message, rule})`. */
export const ruleBroken = (...errors: Fault[]): Problem => new Problem("rule-broken", errors);
/** 409 with the stage the case is in. */
export const outOfTurn = (stage: string): Problem => new Problem("out-of-turn", [], { stage });

/** `["items", 0, "desiredSize"]` → `items[0].desiredSize`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`,
    "",
  );

/** 400 from a schema's complaints, with the path of each. */
export const invalidRequest = (error: z.ZodError): Problem =>
  new Problem(
    "invalid-request",
    error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: "unknown field" }))
        : [{ path: pathText(issue.path), message: issue.message }],
    ),
  );
