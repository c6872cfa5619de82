import type { Locale } from "../../domain/identifiers.ts";
import type { RemindedOf } from "../../domain/mail-params.ts";
import type { Email } from "../email.ts";
import type { Letter } from "../letter.ts";
import { link, note, p, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { day, until } from "../wording.ts";

interface Wanted {
  /** Continues "we have not yet received …". */
  readonly what: string;
  readonly button: string;
}
const WANTED: Record<Locale, Record<RemindedOf, Wanted>> = {
  en: {
    conversion: { what: "your answer whether you would like the paid service", button: "Tell us yes or no" },
    photos: { what: "the photos of your jewelry and its certificate", button: "Send photos" },
    "shipping-details": {
      what: "your name, address, telephone number and desired shipping date",
      button: "Enter shipping details",
    },
    payment: { what: "the payment of our invoice", button: "See the invoice" },
    "ship-date": { what: "the day on which you would like to ship", button: "Choose a date" },
    dispatch: { what: "word from you that the package has been sent", button: "I have sent the package" },
  },
  ja: {
    conversion: { what: "有償サービスをご希望かどうかのお返事", button: "進めるかどうかを回答する" },
    photos: { what: "お品物と証明書のお写真", button: "写真を送る" },
    "shipping-details": {
      what: "お名前、ご住所、お電話番号、ご発送の希望日のお知らせ",
      button: "発送に関する情報を入力する",
    },
    payment: { what: "ご請求額のお支払い", button: "請求書を見る" },
    "ship-date": { what: "ご発送の希望日のお知らせ", button: "希望日を選ぶ" },
    dispatch: { what: "お荷物をご発送になったことのお知らせ", button: "発送したことを知らせる" },
  },
};

const reminder: Email<"E12"> = {
  en: (data): Letter => ({
    subject: `A reminder about your request (${data.caseId})`,
    preheader: `We are still waiting for ${WANTED.en[data.asks].what}.`,
    title: "We are waiting to hear from you",
    body: [
      p`We would like to go on with your request, but have not yet received ${strong(WANTED.en[data.asks].what)}.`,
      data.deadline &&
        under(
          "R64",
          note`Please let us have it ${strong(`by ${until("en", data.deadline)}`)}. If we hear nothing until then, the request expires.`,
        ),
      data.asks === "dispatch"
        ? under(
            "R34",
            p`If you have missed the ship date of your documents, choose another on the page of your case and we will issue new ones. If the package is on its way already, please just tell us.`,
          )
        : under("R27", p`Please do not send us the jewelry before we have asked you to.`),
      p`If our emails have crossed, please disregard this one. If anything is unclear, ${link("we are glad to help", data.links.contact)}.`,
    ],
    button: WANTED.en[data.asks].button,
  }),
  ja: (data): Letter => ({
    subject: `ご依頼についてのお願い（${data.caseId}）`,
    preheader: `${WANTED.ja[data.asks].what}をお待ちしております。`,
    title: "ご連絡をお待ちしております",
    body: [
      p`ご依頼のお手続きを進めるため、${strong(WANTED.ja[data.asks].what)}をお待ちしておりますが、まだ確認できておりません。`,
      data.deadline &&
        under(
          "R64",
          note`恐れ入りますが、${strong(`${until("ja", data.deadline)}まで`)}にお願いいたします。それまでにご連絡がない場合、ご依頼は失効となります。`,
        ),
      data.asks === "dispatch"
        ? under(
            "R34",
            p`書類に記載のご発送日を過ぎてしまった場合は、お客様専用ページで別の日をお選びください。書類を再発行いたします。すでにご発送済みの場合は、その旨をお知らせください。`,
          )
        : under("R27", p`お品物は、弊社からお願いするまでお送りにならないようお願いいたします。`),
      p`本メールと行き違いになりました場合は、何卒ご容赦ください。ご不明な点は、${link("お問い合わせフォーム", data.links.contact)}よりお気軽にご連絡ください。`,
    ],
    button: WANTED.ja[data.asks].button,
  }),
};

const expired: Email<"E12"> = {
  en: (data): Letter => ({
    subject: `Your request has expired (${data.caseId})`,
    preheader: `It can be reopened until ${day("en", data.reopenUntil)}.`,
    title: "Your request has expired",
    body: [
      p`As we did not receive ${WANTED.en[data.asks].what} in time, your request has expired.`,
      under(
        "R64",
        note`If you would still like to go on, please reopen the request on its page, or ${link("write to us", data.links.contact)}, ${strong(`by ${day("en", data.reopenUntil)}`)}. A request that we reopen by then keeps its contact date of ${day("en", data.contactDate)}. After that day a new request is needed, and its own date counts.`,
      ),
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
      p`期日までに${WANTED.ja[data.asks].what}を確認できませんでしたため、ご依頼は失効となりました。`,
      under(
        "R64",
        note`お手続きの継続をご希望の場合は、${strong(`${day("ja", data.reopenUntil)}まで`)}にお客様専用ページで再開していただくか、${link("お問い合わせフォーム", data.links.contact)}よりご連絡ください。この日までであればご依頼を再開でき、最初のご連絡日（${day("ja", data.contactDate)}）もそのまま有効です。これを過ぎますと新たなご依頼が必要となり、その日付が基準となります。`,
      ),
      under(
        "R27",
        p`再開のご案内を差し上げるまで、お品物はお送りにならないようお願いいたします。${data.asks === "dispatch" ? "お送りしたラベルは無効となりましたので、お使いにならないでください。" : ""}`,
      ),
    ],
    button: "ご依頼を再開する",
  }),
};

const byVariant = (locale: Locale) => (data: MailData["E12"]) =>
  (data.variant === "reminder" ? reminder : expired)[locale](data);

/** E12: a reminder, or the news that silence has ended the request (R64). */
export const e12: Email<"E12"> = { en: byVariant("en"), ja: byVariant("ja") };
