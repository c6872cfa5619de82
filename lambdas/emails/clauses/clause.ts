/** What a clause is, and when those that several letters share apply. */
import type { Locale } from "../../domain/identifiers.ts";
import type { OrderableEmail } from "../../domain/mail-params.ts";
import type { Rule } from "../letter.ts";
import type { Bill, Common, MailData, MoneyBack } from "../mail-data.ts";
import { exchangedOf } from "../wording.ts";

export interface Clause<Data> {
  readonly rule: Rule;
  /** What the block of this rule must say, in each language. */
  readonly says: Record<Locale, RegExp>;
  /** Absent: always. */
  readonly when?: (data: Data) => boolean;
}

/** The clauses of some letters. */
export type Clauses<E extends OrderableEmail> = { readonly [One in E]: readonly Clause<MailData[One]>[] };

export const clause = <Data>(
  rule: Rule,
  en: RegExp,
  ja: RegExp,
  when?: (data: Data) => boolean,
): Clause<Data> => ({ rule, says: { en, ja }, ...(when ? { when } : {}) });

export const hasDeadline = (data: { readonly deadline?: unknown }): boolean => data.deadline !== undefined;
export const isPaid = (data: Pick<Common, "process">): boolean => data.process === "repair-and-maintenance";
export const isFree = (data: Pick<Common, "process">): boolean => !isPaid(data);
export const isExchange = (data: Pick<Common, "items">): boolean => exchangedOf(data.items).length > 0;
export const isSplitOff = (data: MailData["E4" | "E8"]): boolean => data.splitFrom !== undefined;
export const isDue = (data: Bill): boolean => data.state === "due";
export const hasMoneyBack = (data: MoneyBack): boolean => data.backCents > 0;

/** Money that comes back, in the letters that end something (R37). */
export const refundFollows = clause<MoneyBack>(
  "R37",
  /\$[\d,.]+ of what you have paid will be returned.*an email of its own/,
  /お支払いいただいた金額のうち、[\d,.]+米ドルをご返金.*あらためてメール/,
  hasMoneyBack,
);
