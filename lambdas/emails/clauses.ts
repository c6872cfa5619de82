/**
 * The clauses the policy makes mandatory, letter by letter, each with its rule and the words by which it is known in
 * both languages. Tests hold every letter against them; who words a letter anew sees here what it must still say.
 */
import type { OrderableEmail } from "../domain/mail-params.ts";
import type { Clauses } from "./clauses/clause.ts";
import { ABOUT_ENDS } from "./clauses/ends.ts";
import { ABOUT_MONEY } from "./clauses/money.ts";
import { ABOUT_THE_REQUEST } from "./clauses/request.ts";
import { ABOUT_SHIPPING } from "./clauses/shipping.ts";

export const CLAUSES: Clauses<OrderableEmail> = {
  ...ABOUT_THE_REQUEST,
  ...ABOUT_MONEY,
  ...ABOUT_SHIPPING,
  ...ABOUT_ENDS,
};
