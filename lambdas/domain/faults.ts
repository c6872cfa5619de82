/** Names of thrown errors are the retry contract of the state machines (docs/error-handling.md). */

/** A retry may mend it: a broken connection, a 5xx. */
export class TransientError extends Error {
  override readonly name = "TransientError";
}
/** A retry may mend it, but only after a longer wait: 429. */
export class ThrottledError extends Error {
  override readonly name = "ThrottledError";
}
/** No retry mends it: a person has to look (`attention`). */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
}
/** The step belongs to an execution that another has replaced; it ends quietly. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}
