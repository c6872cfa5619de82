import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { type Block, heading, list, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { agreedPiece, day, names, until } from "../wording.ts";
import { exportWarning } from "./export-warning.ts";
import { moneyBack } from "./money-back.ts";

/** Paid in full; part of a split shipment was paid for with the case it left (R37, R47). */
const opening: Record<Locale, (data: MailData["E8"]) => Block> = {
  en: ({ caseId, splitFrom, paidCents }) =>
    under(
      "R37",
      splitFrom
        ? p`To keep the value of each package down, we have taken the following out of case ${splitFrom.caseId}. It goes on as case ${caseId}; it was paid for in full with that case, and what was agreed stays as it was.`
        : p`Thank you: your payment${paidCents > 0 ? ` of ${formatUsd(paidCents, "en")}` : ""} has arrived in full. We can now go on to the shipping of the following.`,
    ),
  ja: ({ caseId, splitFrom, paidCents }) =>
    under(
      "R37",
      splitFrom
        ? p`一つのお荷物の価格を抑えるため、ご依頼番号${splitFrom.caseId}から下記のお品物を分け、ご依頼番号${caseId}として承ります。料金は先のご依頼にて全額お支払い済みで、これまでにお決めいただいた内容に変更はございません。`
        : p`ご請求額全額のお支払い${paidCents > 0 ? `（${formatUsd(paidCents, "ja")}）` : ""}を確認いたしました。誠にありがとうございます。下記のお品物について、ご発送のお手続きへ進ませていただきます。`,
    ),
};

/** E8: paid in full, and the day of shipping is asked for (R31, R34), with the export warning (R46, R48). */
export const e8: Email<"E8"> = {
  en: (data) => ({
    subject: data.splitFrom
      ? `A shipment of its own (${data.caseId})`
      : `Payment received: please choose your shipping date (${data.caseId})`,
    preheader: "Please tell us the day on which you would like to ship.",
    title: data.splitFrom ? "A shipment of its own" : "Thank you for your payment",
    body: [
      opening.en(data),
      list(data.items.map((item) => say`${agreedPiece("en", item)}`)),
      data.splitFrom &&
        under(
          "R47",
          note`This is a shipment of its own: please pack it apart, and choose ${strong(`another day than ${day("en", data.splitFrom.shipDate)}`)}, on which the other package is sent.`,
        ),
      data.dropped.length > 0 &&
        p`Not part of this service: ${names("en", data.dropped)}. Please do not include ${data.dropped.length > 1 ? "them" : "it"} in the package.`,
      moneyBack.en(data),
      heading("The day of shipping"),
      under(
        ["R31", "R34"],
        p`Please choose the day on which you would like to ship: a FedEx business day (Monday to Friday, without FedEx's holidays), at least ${data.days.shipDateMinBusinessDays} business days ahead and at most ${data.days.shipDateMax} days from now.`,
      ),
      under(
        "R32",
        p`Your name, address and telephone number are with us. If anything has changed, please correct it when you choose the date: label and insurance are made for them.`,
      ),
      data.deadline &&
        under(
          "R64",
          p`Please choose the date ${strong(`by ${until("en", data.deadline)}`)}. If we hear nothing until then, the request expires.`,
        ),
      ...exportWarning.en(data),
      under(
        "R27",
        note`Please ${strong("do not send anything yet")}: your tracking number follows by email, and after it the FedEx label and the commercial invoice.`,
      ),
    ],
    button: "Choose a date",
  }),
  ja: (data) => ({
    subject: data.splitFrom
      ? `お荷物を分けてお送りいただくご案内（${data.caseId}）`
      : `お支払いの確認とご発送日のお伺い（${data.caseId}）`,
    preheader: "ご発送の希望日をお知らせください。",
    title: data.splitFrom ? "お荷物を分けてお送りください" : "お支払いありがとうございました",
    body: [
      opening.ja(data),
      list(data.items.map((item) => say`${agreedPiece("ja", item)}`)),
      data.splitFrom &&
        under(
          "R47",
          note`こちらは別のお荷物となります。別々に梱包していただき、もう一方のお荷物をご発送になる${strong(`${day("ja", data.splitFrom.shipDate)}以外の日`)}をお選びください。`,
        ),
      data.dropped.length > 0 &&
        p`${names("ja", data.dropped)}は、今回のサービスの対象外でございます。お荷物には入れないようお願いいたします。`,
      moneyBack.ja(data),
      heading("ご発送日について"),
      under(
        ["R31", "R34"],
        p`ご発送の希望日をお選びください。FedExの営業日（月曜日から金曜日、FedExの休業日を除く）で、${data.days.shipDateMinBusinessDays}営業日以上先、本日から${data.days.shipDateMax}日以内の日付を承ります。`,
      ),
      under(
        "R32",
        p`お名前、ご住所、お電話番号は、すでに承っております。ラベルと保険はこの内容でご用意いたしますので、変更がございましたら、希望日をお選びいただく際にご訂正ください。`,
      ),
      data.deadline &&
        under(
          "R64",
          p`${strong(`${until("ja", data.deadline)}まで`)}にお選びくださいますようお願いいたします。それまでにご連絡がない場合、ご依頼は失効となります。`,
        ),
      ...exportWarning.ja(data),
      under(
        "R27",
        note`お品物は、${strong("まだお送りにならないでください")}。追跡番号、続いてFedExのラベルとコマーシャルインボイスを、あらためてメールでお送りいたします。`,
      ),
    ],
    button: "希望日を選ぶ",
  }),
};
