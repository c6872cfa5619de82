/** All letters by name, and one function that writes any of them. */
import type { Locale } from "../domain/identifiers.ts";
import type { EmailName } from "../domain/mail.ts";
import type { OrderableEmail } from "../domain/mail-params.ts";
import type { Email } from "./email.ts";
import type { Frame } from "./frame.ts";
import type { Letter } from "./letter.ts";
import { e1 } from "./letters/e1-request-received.ts";
import { e2 } from "./letters/e2-photos-wanted.ts";
import { e3 } from "./letters/e3-photos-again.ts";
import { e4 } from "./letters/e4-possible.ts";
import { e5 } from "./letters/e5-not-possible.ts";
import { e6 } from "./letters/e6-fee-applies.ts";
import { e7 } from "./letters/e7-invoice.ts";
import { e8 } from "./letters/e8-choose-date.ts";
import { e9 } from "./letters/e9-tracking-number.ts";
import { e10 } from "./letters/e10-documents.ts";
import { e11 } from "./letters/e11-export-hold.ts";
import { e12 } from "./letters/e12-reminder.ts";
import { e13 } from "./letters/e13-received.ts";
import { e14 } from "./letters/e14-delay.ts";
import { e15 } from "./letters/e15-discrepancy.ts";
import { e16 } from "./letters/e16-shipped-back.ts";
import { e17 } from "./letters/e17-closed.ts";
import { e18Answer } from "./letters/e18-answer.ts";
import { e18 } from "./letters/e18-message.ts";
import { e20 } from "./letters/e20-refund.ts";
import type { AnswerData, MailData } from "./mail-data.ts";
import { page } from "./page.ts";
import { plainText } from "./plain-text.ts";

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const LETTERS: { readonly [E in OrderableEmail]: Email<E> } = {
  E1: e1,
  E2: e2,
  E3: e3,
  E4: e4,
  E5: e5,
  E6: e6,
  E7: e7,
  E8: e8,
  E9: e9,
  E10: e10,
  E11: e11,
  E12: e12,
  E13: e13,
  E14: e14,
  E15: e15,
  E16: e16,
  E17: e17,
  E18: e18,
  E20: e20,
};

/** Whether the letter is written already; that of claims is not. */
export const isWritten = (email: EmailName): email is OrderableEmail => email in LETTERS;

/** The letter itself, before it becomes HTML and text. */
export const letterOf = <E extends OrderableEmail>(email: E, locale: Locale, data: MailData[E]): Letter =>
  (LETTERS[email] as Email<E>)[locale](data);

const rendered = (locale: Locale, letter: Letter, frame: Frame): Rendered => ({
  subject: letter.subject,
  text: plainText(locale, letter, frame),
  html: page(locale, letter, frame),
});

export const render = <E extends OrderableEmail>(email: E, locale: Locale, data: MailData[E]): Rendered =>
  rendered(locale, letterOf(email, locale, data), data);

/** The answer to an enquiry (E18). */
export const renderAnswer = (locale: Locale, data: AnswerData): Rendered =>
  rendered(locale, e18Answer[locale](data), data);
