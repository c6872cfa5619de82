import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import { type Block, note, p, strong, under } from "../letter.ts";
import type { MoneyBack } from "../mail-data.ts";
import { together } from "../wording.ts";

/** Money of hers that nothing asks for any more: its refund is a mail of its own, E20 (R37). */
export const moneyBack: Record<Locale, (money: MoneyBack) => Block | undefined> = {
  en: ({ backCents, settling }) => {
    if (backCents > 0)
      return under(
        "R37",
        note`${strong(formatUsd(backCents, "en"))} of what you have paid will be returned to you. The refund follows, with an email of its own; you need not do anything.`,
      );
    return settling
      ? under("R37", p`We are looking at what you have paid, and will write to you about it separately.`)
      : undefined;
  },
  ja: ({ backCents, settling }) => {
    if (backCents > 0)
      return under(
        "R37",
        note`お支払いいただいた金額のうち、${strong(formatUsd(backCents, "ja"))}をご返金いたします。ご返金の際にあらためてメールでご案内いたしますので、お手続きは必要ございません。`,
      );
    return settling
      ? under(
          "R37",
          p`お支払いいただいた金額につきましては、ただいま確認しております。あらためてご連絡いたします。`,
        )
      : undefined;
  },
};

/** Invoices that ended with the case: nobody should pay them any more. */
export const noLongerToBePaid: Record<Locale, (invoices: readonly string[]) => Block | undefined> = {
  en: (invoices) =>
    invoices.length === 0
      ? undefined
      : under(
          "R35",
          p`Please do not pay ${invoices.length > 1 ? "our invoices" : "our invoice"} ${together("en", invoices)} any more: ${invoices.length > 1 ? "they are" : "it is"} no longer valid.`,
        ),
  ja: (invoices) =>
    invoices.length === 0
      ? undefined
      : under(
          "R35",
          p`ご請求書（${together("ja", invoices)}）は無効となりましたので、お支払いにならないようお願いいたします。`,
        ),
};
