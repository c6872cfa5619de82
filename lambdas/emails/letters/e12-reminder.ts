import type { Locale } from "../../domain/identifiers.ts";
import type { RemindedOf } from "../../domain/mail-params.ts";
import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { facts, type Inline, type Letter, link, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { day, until } from "../wording.ts";
import { moneyBack, noLongerToBePaid } from "./money-back.ts";

type Data = MailData["E12"];

interface Wanted {
  /** Continues "we have not yet received …". */
  readonly what: string;
  readonly button: string;
}
/** Where one question asks for different things. */
type Question = Exclude<RemindedOf, "conversion" | "photos"> | "paid" | "free" | "shots" | "contact" | "both";

const questionOf = ({ asks, offered, wantsPhotos, wantsContact }: Data): Question => {
  if (asks === "conversion") return offered === "repair-and-maintenance" ? "paid" : "free";
  if (asks !== "photos") return asks;
  if (!wantsContact) return "shots";
  return wantsPhotos ? "both" : "contact";
};

const WANTED: Record<Locale, Record<Question, Wanted>> = {
  en: {
    paid: { what: "your answer whether you would like the paid service", button: "Tell us yes or no" },
    free: {
      what: "your answer whether you would like to change to the complimentary service",
      button: "Tell us yes or no",
    },
    shots: { what: "the photos of your jewelry and its certificate", button: "Send photos" },
    contact: { what: "your name, address and telephone number", button: "Enter your address" },
    both: {
      what: "the photos of your jewelry and its certificate, with your name, address and telephone number",
      button: "Send photos and address",
    },
    "shipping-details": {
      what: "your name, address, telephone number and desired shipping date",
      button: "Enter shipping details",
    },
    payment: { what: "the full payment of our invoice", button: "See and pay your invoice" },
    "ship-date": { what: "the day on which you would like to ship", button: "Choose a date" },
    surcharge: { what: "the payment for which the return waits", button: "See and pay your invoice" },
    dispatch: { what: "word from you that the package has been sent", button: "I have sent the package" },
  },
  ja: {
    paid: { what: "有償サービスをご希望かどうかのお返事", button: "進めるかどうかを回答する" },
    free: { what: "無償サービスへの変更をご希望かどうかのお返事", button: "変更するかどうかを回答する" },
    shots: { what: "お品物と証明書のお写真", button: "写真を送る" },
    contact: { what: "お名前、ご住所、お電話番号のお知らせ", button: "住所などを入力する" },
    both: {
      what: "お品物と証明書のお写真、ならびにお名前、ご住所、お電話番号のお知らせ",
      button: "写真と住所を送る",
    },
    "shipping-details": {
      what: "お名前、ご住所、お電話番号、ご発送の希望日のお知らせ",
      button: "発送に関する情報を入力する",
    },
    payment: { what: "ご請求額全額のお支払い", button: "請求書を見て支払う" },
    "ship-date": { what: "ご発送の希望日のお知らせ", button: "希望日を選ぶ" },
    surcharge: { what: "ご返送の前にお願いしているお支払い", button: "請求書を見て支払う" },
    dispatch: { what: "お荷物をご発送になったことのお知らせ", button: "発送したことを知らせる" },
  },
};

const wanted = (locale: Locale, data: Data): Wanted => WANTED[locale][questionOf(data)];

/** Of a payment: how much is still open, on which invoices, and where to pay (R37). */
const openRows = (locale: Locale, data: Data): (readonly [string, Inline])[] => {
  if (data.asks !== "payment" && data.asks !== "surcharge") return [];
  const words =
    locale === "en"
      ? { left: "Left to be paid", invoice: "Invoice", online: "Pay online", page: "our payment page" }
      : {
          left: "お支払いいただく金額",
          invoice: "ご請求書",
          online: "オンラインでのお支払い",
          page: "お支払いページ",
        };
  return [
    [words.left, say`${strong(formatUsd(data.owedCents, locale))}`],
    ...data.unpaid.flatMap(({ invoiceId, payUrl }) => [
      [words.invoice, say`${invoiceId}`] as const,
      ...(payUrl === undefined ? [] : [[words.online, say`${link(words.page, payUrl)}`] as const]),
    ]),
  ];
};

const reminder: Email<"E12"> = {
  en: (data): Letter => ({
    subject: `A reminder about your request (${data.caseId})`,
    preheader: `We are still waiting for ${wanted("en", data).what}.`,
    title: "We are waiting to hear from you",
    body: [
      p`We would like to go on with your request, but have not yet received ${strong(wanted("en", data).what)}.`,
      openRows("en", data).length > 0 && under("R37", facts(openRows("en", data))),
      data.asks === "surcharge"
        ? under(
            "R40",
            note`Your jewelry is safe with us. We ship it back to you as soon as the payment is complete.`,
          )
        : data.deadline &&
          under(
            "R64",
            note`Please let us have it ${strong(`by ${until("en", data.deadline)}`)}. If we hear nothing until then, ${data.offered === "complimentary-resizing" && data.asks === "conversion" ? "everything stays as it is" : "the request expires"}.`,
          ),
      data.asks === "dispatch" &&
        under(
          "R34",
          p`If you have missed the ship date of your documents, choose another on the page of your case and we will issue new ones. If the package is on its way already, please just tell us.`,
        ),
      data.asks !== "dispatch" &&
        data.asks !== "surcharge" &&
        under("R27", p`Please do not send us the jewelry before we have asked you to.`),
      p`If our emails have crossed, please disregard this one. If anything is unclear, ${link("we are glad to help", data.links.contact)}.`,
    ],
    button: wanted("en", data).button,
  }),
  ja: (data): Letter => ({
    subject: `ご依頼についてのお願い（${data.caseId}）`,
    preheader: `${wanted("ja", data).what}をお待ちしております。`,
    title: "ご連絡をお待ちしております",
    body: [
      p`ご依頼のお手続きを進めるため、${strong(wanted("ja", data).what)}をお待ちしておりますが、まだ確認できておりません。`,
      openRows("ja", data).length > 0 && under("R37", facts(openRows("ja", data))),
      data.asks === "surcharge"
        ? under(
            "R40",
            note`お品物は弊社にて大切にお預かりしております。全額のお支払いを確認できしだい、ご返送いたします。`,
          )
        : data.deadline &&
          under(
            "R64",
            note`恐れ入りますが、${strong(`${until("ja", data.deadline)}まで`)}にお願いいたします。${data.offered === "complimentary-resizing" && data.asks === "conversion" ? "それまでにご連絡がない場合は、これまでの内容のままお進めいたします。" : "それまでにご連絡がない場合、ご依頼は失効となります。"}`,
          ),
      data.asks === "dispatch" &&
        under(
          "R34",
          p`書類に記載のご発送日を過ぎてしまった場合は、お客様専用ページで別の日をお選びください。書類を再発行いたします。すでにご発送済みの場合は、その旨をお知らせください。`,
        ),
      data.asks !== "dispatch" &&
        data.asks !== "surcharge" &&
        under("R27", p`お品物は、弊社からお願いするまでお送りにならないようお願いいたします。`),
      p`本メールと行き違いになりました場合は、何卒ご容赦ください。ご不明な点は、${link("お問い合わせフォーム", data.links.contact)}よりお気軽にご連絡ください。`,
    ],
    button: wanted("ja", data).button,
  }),
};

const expired: Email<"E12"> = {
  en: (data): Letter => ({
    subject: `Your request has expired (${data.caseId})`,
    preheader: `It can be reopened until ${day("en", data.reopenUntil)}.`,
    title: "Your request has expired",
    body: [
      p`As we did not receive ${wanted("en", data).what} in time, your request has expired.`,
      noLongerToBePaid.en(data.voided),
      under(
        "R64",
        note`If you would still like to go on, please reopen the request on its page, or ${link("write to us", data.links.contact)}, ${strong(`by ${day("en", data.reopenUntil)}`)}. A request that we reopen by then keeps its contact date of ${day("en", data.contactDate)}${data.voided.length > 0 ? ", and we send you a new invoice" : ""}. After that day a new request is needed, and its own date counts.`,
      ),
      moneyBack.en(data),
      under(
        "R27",
        p`Please do not send us anything before it has been reopened and we have asked you to${data.asks === "dispatch" ? ", and do not use the label we sent you: it is no longer valid" : ""}.`,
      ),
    ],
    button: "Reopen your request",
  }),
  ja: (data): Letter => ({
    subject: `ご依頼の失効について（${data.caseId}）`,
    preheader: `${day("ja", data.reopenUntil)}までは再開を承ります。`,
    title: "ご依頼が失効いたしました",
    body: [
      p`期日までに${wanted("ja", data).what}を確認できませんでしたため、ご依頼は失効となりました。`,
      noLongerToBePaid.ja(data.voided),
      under(
        "R64",
        note`お手続きの継続をご希望の場合は、${strong(`${day("ja", data.reopenUntil)}まで`)}にお客様専用ページで再開していただくか、${link("お問い合わせフォーム", data.links.contact)}よりご連絡ください。この日までであればご依頼を再開でき、最初のご連絡日（${day("ja", data.contactDate)}）もそのまま有効です。${data.voided.length > 0 ? "再開の際は、新しいご請求書をお送りいたします。" : ""}これを過ぎますと新たなご依頼が必要となり、その日付が基準となります。`,
      ),
      moneyBack.ja(data),
      under(
        "R27",
        p`再開のご案内を差し上げるまで、お品物はお送りにならないようお願いいたします。${data.asks === "dispatch" ? "お送りしたラベルは無効となりましたので、お使いにならないでください。" : ""}`,
      ),
    ],
    button: "ご依頼を再開する",
  }),
};

const byVariant = (locale: Locale) => (data: Data) =>
  (data.variant === "reminder" ? reminder : expired)[locale](data);

/** E12: a reminder, or the news that silence has ended the request (R64). */
export const e12: Email<"E12"> = { en: byVariant("en"), ja: byVariant("ja") };
