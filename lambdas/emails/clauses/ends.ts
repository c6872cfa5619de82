/** Reminders and ends: E12, E17; a message says what its writer says: E18. */
import type { MailData } from "../mail-data.ts";
import { type Clauses, clause, hasMoneyBack, isFree, refundFollows } from "./clause.ts";

const isExpired = (data: MailData["E12"]) => data.variant === "expired";
/** Her jewelry is with us already, and a payment does not expire. */
const isLastPayment = (data: MailData["E12"]) => data.variant === "reminder" && data.asks === "surcharge";
const owesMoney = (data: MailData["E12"]) =>
  data.variant === "reminder" && (data.asks === "payment" || data.asks === "surcharge");

export const ABOUT_ENDS: Clauses<"E12" | "E17" | "E18"> = {
  E12: [
    clause(
      "R64",
      /by \w+day, .*(request expires|stays as it is)/,
      /まで.*(失効|これまでの内容のまま)/,
      (data) => data.variant === "reminder" && !isLastPayment(data),
    ),
    clause(
      "R40",
      /safe with us.*as soon as the payment is complete/,
      /お預かり.*全額のお支払いを確認できしだい、ご返送/,
      isLastPayment,
    ),
    clause(
      "R37",
      /Left to be paid: \$[\s\S]*CW-\w+-\d+/,
      /お支払いいただく金額: [\s\S]*CW-\w+-\d+/,
      owesMoney,
    ),
    clause(
      "R35",
      /do not pay our invoice CW-\w+-\d+ any more/,
      /CW-\w+-\d+）は無効/,
      (data) => isExpired(data) && data.voided.length > 0,
    ),
    clause(
      refundFollows.rule,
      refundFollows.says.en,
      refundFollows.says.ja,
      (data) => isExpired(data) && hasMoneyBack(data),
    ),
    clause(
      "R64",
      /by \w+day, .*reopen.*keeps its contact date of \w+day/,
      /まで.*再開.*最初のご連絡日（\d+年/,
      isExpired,
    ),
    clause("R27", /do not send us anything/, /お送りにならないよう/, isExpired),
  ],
  E17: [
    clause("R27", /do not send us anything/, /お送りにならないよう/, (data) => data.variant !== "closed"),
    clause(
      "R5",
      /complimentary service/,
      /無償サービス/,
      (data) => isFree(data) && (data.variant === "closed" || data.unworked),
    ),
    clause(
      "R35",
      /do not pay our invoice CW-\w+-\d+ any more/,
      /CW-\w+-\d+）は無効/,
      (data) => data.voided.length > 0,
    ),
    refundFollows,
    clause("R37", /looking at what you have paid/, /ただいま確認しております/, (data) => data.settling),
  ],
  E18: [],
};
