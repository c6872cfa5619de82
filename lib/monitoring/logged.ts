/** What functions log of something that somebody has to hear of; a test holds these against their sources. */
export const LOGGED = {
  /** The clock gives up a mail that SES confirmed neither time. */
  unconfirmed: "mail unconfirmed",
  /** SES tells of a bounce, a complaint or a refusal. */
  undelivered: "mail undelivered",
  /** The clock could not do what was due for one case, or a settlement did not get through again and again. */
  notDone: "due row failed",
  /** A case needs a person's decision: `step-ask` asks for it, or the clock does after too many restarts. */
  attention: "attention needed",
} as const;
