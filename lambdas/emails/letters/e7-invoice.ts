import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { type Block, facts, heading, type Inline, list, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { agreedPiece, day, exchangedOf, names, parcelOf } from "../wording.ts";
import { howLong } from "./how-long.ts";
import { howToPay } from "./how-to-pay.ts";
import { moneyBack } from "./money-back.ts";

type Data = MailData["E7"];
type Row = readonly [string, Inline];

/** The kinds of a line (R36); what exactly it is for stands beside its amount, as on the paper. */
const LINES: Record<Locale, Record<Data["lines"][number]["kind"], string>> = {
  en: {
    service: "Service fee",
    shipping: "Shipping",
    duties: "Customs duties",
    insurance: "Insurance",
    other: "Other transport cost",
  },
  ja: {
    service: "サービス料金",
    shipping: "送料",
    duties: "関税",
    insurance: "保険料",
    other: "その他の輸送費用",
  },
};

const lineRows = (locale: Locale, { lines }: Data): Row[] =>
  lines.map(({ kind, text, amountCents }) => [
    LINES[locale][kind],
    locale === "en"
      ? say`${formatUsd(amountCents, "en")} (${text})`
      : say`${formatUsd(amountCents, "ja")}（${text}）`,
  ]);

/** A further version, a supplement, or the first invoice of the order. */
type Sort = "replacement" | "supplement" | "order";
const sortOf = ({ kind, replaces }: Data): Sort => {
  if (replaces !== undefined) return "replacement";
  return kind === "order" ? "order" : "supplement";
};

interface Words {
  readonly subject: string;
  readonly title: string;
  opening(data: Data): Block;
}
const WORDS: Record<Locale, Record<Sort, Words>> = {
  en: {
    order: {
      subject: "Your invoice",
      title: "Your request has been approved",
      opening: () =>
        p`We have looked at your photos and are pleased to say that the following is possible. The invoice for it is set out below and attached to this email.`,
    },
    supplement: {
      subject: "A further invoice",
      title: "A further invoice",
      opening: () =>
        p`Beyond what we have invoiced so far, there is a further amount to be paid. The earlier invoices stay as they are. It concerns the following.`,
    },
    replacement: {
      subject: "Your new invoice",
      title: "A new version of your invoice",
      opening: ({ replaces = "" }) =>
        p`This invoice takes the place of invoice ${replaces}, which is no longer to be paid. What you may have paid on that one counts for this one. It concerns the following.`,
    },
  },
  ja: {
    order: {
      subject: "ご請求書のお知らせ",
      title: "ご依頼を承ることができます",
      opening: () =>
        p`お写真を拝見しました結果、下記のとおり承れることとなりましたので、ご請求書とあわせてご案内申し上げます。`,
    },
    supplement: {
      subject: "追加のご請求書のお知らせ",
      title: "追加のご請求について",
      opening: () =>
        p`恐れ入りますが、下記のお品物について、これまでのご請求に加えて、追加のお支払いをお願いいたします。これまでのご請求書の内容に変更はございません。`,
    },
    replacement: {
      subject: "新しいご請求書のお知らせ",
      title: "ご請求書を改めました",
      opening: ({ replaces = "" }) =>
        p`こちらは、ご請求書（${replaces}）に代わるものでございます。以前のご請求書は、お支払いにならないようお願いいたします。すでにお支払いいただいた金額は、今回のご請求に充当いたします。対象のお品物は、下記のとおりでございます。`,
    },
  },
};

/** E7: what is to be paid, how and until when, and what the price holds and does not hold (R35–R40, R62). */
export const e7: Email<"E7"> = {
  en: (data) => {
    const words = WORDS.en[sortOf(data)];
    const exchanged = exchangedOf(data.items);
    const { number, date } = data.order;
    return {
      subject: `${words.subject} ${data.invoiceId}`,
      preheader:
        data.state === "due"
          ? `${formatUsd(data.dueCents, "en")}, to be paid by ${day("en", data.dueDate)}.`
          : "There is nothing to be paid.",
      title: words.title,
      body: [
        under("R35", words.opening(data)),
        list(data.items.map((item) => say`${agreedPiece("en", item)}`)),
        data.dropped.length > 0 &&
          p`Not part of this service: ${names("en", data.dropped)}. Please do not include ${data.dropped.length > 1 ? "them" : "it"} in the package.`,
        data.next === "ship-date" &&
          exchanged.length > 0 &&
          under(
            "R11",
            note`This is an exchange: you receive a new ring in the desired size, and ${strong(`${data.brandName} keeps the old ring`)} (${names("en", exchanged)}). By paying the invoice and going on, you agree to this.`,
          ),
        heading("The invoice"),
        under(
          ["R35", "R36", "R39"],
          facts([
            ["Invoice", say`${data.invoiceId} (version ${data.version})`],
            ["Attached as a PDF", say`${data.fileName}`],
            (number !== undefined || date !== undefined) && [
              "Your order",
              say`${[number, date && day("en", date)].filter((part) => part !== undefined).join(", ")}`,
            ],
            ...lineRows("en", data),
            data.returnIncluded && [
              "Return shipping",
              say`${formatUsd(0, "en")} (insured return shipping to the United States is included)`,
            ],
            ["Total", say`${strong(formatUsd(data.totalCents, "en"))}`],
            data.creditCents > 0 && ["Already paid", say`${formatUsd(data.creditCents, "en")}`],
            data.creditCents > 0 && ["Left to be paid", say`${strong(formatUsd(data.dueCents, "en"))}`],
          ]),
        ),
        data.state === "due" && heading("How to pay"),
        ...howToPay.en(data),
        moneyBack.en(data),
        data.next && heading("What happens next"),
        data.next === "ship-date" &&
          under(
            ["R37", "R31"],
            p`${data.state === "due" ? "We go on to shipping only after the invoice has been paid in full. Then" : "As soon as all that we have invoiced is paid in full,"} we ask you by email for the day on which you would like to ship, and send you the tracking number, the FedEx label and the commercial invoice.`,
          ),
        data.next === "ship-date" &&
          data.state === "due" &&
          under("R64", p`If the payment is not complete by ${day("en", data.dueDate)}, the request expires.`),
        data.next === "return" &&
          under("R37", p`We ship your jewelry back to you only after everything has been paid in full.`),
        data.workDays && data.next === "ship-date" && howLong.en(data.workDays),
        data.next && heading("Return, duties and package size"),
        data.next &&
          under(
            "R39",
            p`Insured return shipping to the United States is included. Duties or taxes that US customs may ask for on the way back are not, and we cannot promise that there will be none.`,
          ),
        data.next &&
          under(
            "R40",
            p`Only if the package to Japan exceeds one of the limits (${parcelOf("en", data.limits)}) and its shipping therefore costs more than was billed in advance do we charge the difference; otherwise nothing is added.`,
          ),
        data.next === "ship-date" &&
          under(
            "R27",
            note`Please ${strong("do not send us anything")} yet. We will tell you when it is time.`,
          ),
      ],
      button: data.state === "due" ? "See and pay your invoice" : "See your invoice",
    };
  },
  ja: (data) => {
    const words = WORDS.ja[sortOf(data)];
    const exchanged = exchangedOf(data.items);
    const { number, date } = data.order;
    return {
      subject: `${words.subject}（${data.invoiceId}）`,
      preheader:
        data.state === "due"
          ? `${formatUsd(data.dueCents, "ja")}を${day("ja", data.dueDate)}までにお支払いください。`
          : "お支払いいただく金額はございません。",
      title: words.title,
      body: [
        under("R35", words.opening(data)),
        list(data.items.map((item) => say`${agreedPiece("ja", item)}`)),
        data.dropped.length > 0 &&
          p`${names("ja", data.dropped)}は、今回のサービスの対象外でございます。お荷物には入れないようお願いいたします。`,
        data.next === "ship-date" &&
          exchanged.length > 0 &&
          under(
            "R11",
            note`今回はリングの交換となります。ご希望サイズの新しいリングをお届けし、${strong(`お手元のリング（${names("ja", exchanged)}）は${data.brandName}が引き取らせていただきます`)}。ご返却はいたしかねます。お支払いいただき、お手続きを進めていただくことで、ご同意いただいたものといたします。`,
          ),
        heading("ご請求の内容"),
        under(
          ["R35", "R36", "R39"],
          facts([
            ["ご請求書", say`${data.invoiceId}（第${data.version}版）`],
            ["添付ファイル", say`${data.fileName}`],
            (number !== undefined || date !== undefined) && [
              "ご注文",
              say`${[number, date && day("ja", date)].filter((part) => part !== undefined).join("、")}`,
            ],
            ...lineRows("ja", data),
            data.returnIncluded && [
              "ご返送の送料",
              say`${formatUsd(0, "ja")}（アメリカへの保険付きのご返送は、料金に含まれております）`,
            ],
            ["合計", say`${strong(formatUsd(data.totalCents, "ja"))}`],
            data.creditCents > 0 && ["お支払い済みの金額", say`${formatUsd(data.creditCents, "ja")}`],
            data.creditCents > 0 && ["お支払いいただく金額", say`${strong(formatUsd(data.dueCents, "ja"))}`],
          ]),
        ),
        data.state === "due" && heading("お支払い方法"),
        ...howToPay.ja(data),
        moneyBack.ja(data),
        data.next && heading("今後の流れ"),
        data.next === "ship-date" &&
          under(
            ["R37", "R31"],
            p`ご請求額の全額のお支払いを確認できましたら、ご発送のお手続きへ進みます。ご発送の希望日をメールでお伺いし、追跡番号、FedExのラベル、コマーシャルインボイスをお送りいたします。`,
          ),
        data.next === "ship-date" &&
          data.state === "due" &&
          under(
            "R64",
            p`${day("ja", data.dueDate)}までに全額のお支払いを確認できない場合、ご依頼は失効となります。`,
          ),
        data.next === "return" &&
          under("R37", p`お品物のご返送は、全額のお支払いを確認したのちとさせていただきます。`),
        data.workDays && data.next === "ship-date" && howLong.ja(data.workDays),
        data.next && heading("ご返送・関税・お荷物の大きさについて"),
        data.next &&
          under(
            "R39",
            p`アメリカへのご返送の送料と保険料は、料金に含まれております。ただし、ご返送時に米国税関から求められる関税などは含まれておらず、発生しないことをお約束することはできません。`,
          ),
        data.next &&
          under(
            "R40",
            p`日本へお送りいただくお荷物が${parcelOf("ja", data.limits)}を超え、送料が事前のご請求額を上回った場合に限り、その差額をご請求いたします。それ以外に追加の費用はございません。`,
          ),
        data.next === "ship-date" &&
          under(
            "R27",
            note`お品物は、${strong("まだお送りにならないでください")}。お送りいただく際には、弊社よりご案内いたします。`,
          ),
      ],
      button: data.state === "due" ? "請求書を見て支払う" : "請求書を見る",
    };
  },
};
