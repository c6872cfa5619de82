import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import { type Block, facts, link, note, p, say, strong, under } from "../letter.ts";
import type { Bill } from "../mail-data.ts";
import { day } from "../wording.ts";

/** Why an invoice is not to be paid (R37). */
const NOT_DUE: Record<Locale, Record<Exclude<Bill["state"], "due">, Block>> = {
  en: {
    covered: under(
      "R37",
      note`Payments cover this invoice in full: ${strong("nothing is left to be paid")}.`,
    ),
    withdrawn: under("R37", note`This invoice is no longer valid: ${strong("please do not pay it")}.`),
  },
  ja: {
    covered: under(
      "R37",
      note`これまでのお支払いで全額が充当されておりますので、${strong("今回お支払いいただく金額はございません")}。`,
    ),
    withdrawn: under(
      "R37",
      note`このご請求書はすでに無効となっておりますので、${strong("お支払いにならないようお願いいたします")}。`,
    ),
  },
};

/** How much of an invoice is left to be paid, until when, and the ways to pay it (R35, R37). */
export const howToPay: Record<Locale, (bill: Bill) => readonly Block[]> = {
  en: ({ state, invoiceId, dueCents, dueDate, payUrl, bankTransfer }) =>
    state !== "due"
      ? [NOT_DUE.en[state]]
      : [
          under(
            "R37",
            note`Please pay ${strong(formatUsd(dueCents, "en"))} in full, in US dollars, ${strong(`by ${day("en", dueDate)}`)}.`,
          ),
          under(
            "R35",
            facts([
              payUrl !== undefined && ["Online", say`${link("our payment page", payUrl)}`],
              bankTransfer && [
                payUrl === undefined ? "By bank transfer" : "Or by bank transfer",
                say`${bankTransfer.bank}`,
              ],
              bankTransfer && ["Account holder", say`${bankTransfer.accountHolder}`],
              bankTransfer && ["Routing number", say`${bankTransfer.routingNumber}`],
              bankTransfer && ["Account number", say`${bankTransfer.accountNumber}`],
              bankTransfer && ["Payment reference", say`${strong(invoiceId)}`],
            ]),
          ),
          ...(bankTransfer
            ? [
                p`With a bank transfer please give the payment reference exactly as above, so that we know the money is yours. The full amount has to arrive: the fees of the banks come on top.`,
              ]
            : []),
        ],
  ja: ({ state, invoiceId, dueCents, dueDate, payUrl, bankTransfer }) =>
    state !== "due"
      ? [NOT_DUE.ja[state]]
      : [
          under(
            "R37",
            note`恐れ入りますが、${strong(formatUsd(dueCents, "ja"))}を、${strong(`${day("ja", dueDate)}まで`)}に米ドルにて全額お支払いくださいますようお願いいたします。`,
          ),
          under(
            "R35",
            facts([
              payUrl !== undefined && ["オンラインでのお支払い", say`${link("お支払いページ", payUrl)}`],
              bankTransfer && ["銀行振込の場合", say`${bankTransfer.bank}`],
              bankTransfer && ["口座名義", say`${bankTransfer.accountHolder}`],
              bankTransfer && ["ルーティング番号", say`${bankTransfer.routingNumber}`],
              bankTransfer && ["口座番号", say`${bankTransfer.accountNumber}`],
              bankTransfer && ["お振込時の参照番号", say`${strong(invoiceId)}`],
            ]),
          ),
          ...(bankTransfer
            ? [
                p`お振込の際は、お客様からのご入金であることを確認できますよう、上記の参照番号を必ずご記入ください。振込手数料を差し引いた金額ではなく、ご請求額の全額が届くようご手配をお願いいたします。`,
              ]
            : []),
        ],
};
