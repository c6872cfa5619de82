import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { link, note, p, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { day, names } from "../wording.ts";
import { moneyBack, noLongerToBePaid } from "./money-back.ts";

type Heading = Record<MailData["E17"]["variant"], { readonly subject: string; readonly title: string }>;
const HEADINGS: Record<Locale, Heading> = {
  en: {
    closed: { subject: "Your case is closed", title: "Thank you for your trust" },
    cancelled: {
      subject: "Your request has been cancelled",
      title: "Your request has been cancelled",
    },
    "conversion-refused": { subject: "Your request is closed", title: "Your request is closed" },
  },
  ja: {
    closed: { subject: "お手続き完了のお知らせ", title: "ご利用ありがとうございました" },
    cancelled: { subject: "ご依頼の取り消しについて", title: "ご依頼を取り消しいたしました" },
    "conversion-refused": { subject: "ご依頼の受付終了について", title: "ご依頼の受付を終了いたしました" },
  },
};

/** E17: the case has ended: delivered, cancelled, or the paid process declined. */
export const e17: Email<"E17"> = {
  en: (data) => {
    const closed = data.variant === "closed";
    return {
      subject: `${HEADINGS.en[data.variant].subject} (${data.caseId})`,
      preheader: closed ? "Thank you for your trust." : "There is nothing more you need to do.",
      title: HEADINGS.en[data.variant].title,
      body: [
        closed
          ? p`FedEx has delivered your package, and your case is closed. We hope you enjoy wearing your ${names("en", data.items)} for many years.`
          : data.variant === "conversion-refused"
            ? p`As you would rather not use the paid service, we have closed your request for ${names("en", data.items)}. Nothing is charged.`
            : data.unworked
              ? p`As your request for ${names("en", data.items)} was cancelled, it came back as it was, without having been worked on. FedEx has delivered the package, and your case is closed.`
              : p`Your request for ${names("en", data.items)} has been cancelled. Nothing more will be done.`,
        closed &&
          !data.unworked &&
          data.process === "complimentary-resizing" &&
          under(
            "R5",
            p`The complimentary service is given once for each ring. With this case it has been used; later changes are a paid service.`,
          ),
        data.unworked &&
          data.process === "complimentary-resizing" &&
          under(
            "R5",
            p`As the ring was returned without having been worked on, its complimentary service has not been used up.`,
          ),
        !closed &&
          under(
            "R27",
            note`Please do not send us anything for this request${data.hadLabel && !data.unworked ? ", and do not use the label we sent you: it is no longer valid" : ""}.`,
          ),
        data.variant === "cancelled" &&
          !data.unworked &&
          data.lastComplimentaryDay !== undefined &&
          under(
            ["R5", "R6"],
            p`The complimentary service of your ring has not been used up. If you change your mind, a new request is complimentary when it reaches us by ${day("en", data.lastComplimentaryDay)}.`,
          ),
        noLongerToBePaid.en(data.voided),
        moneyBack.en(data),
        p`If there is anything else we can do for you, please ${link("write to us", data.links.contact)}.`,
      ],
      button: "See your case",
    };
  },
  ja: (data) => {
    const closed = data.variant === "closed";
    return {
      subject: `${HEADINGS.ja[data.variant].subject}（${data.caseId}）`,
      preheader: closed
        ? "ご利用いただき、誠にありがとうございました。"
        : "これ以上のお手続きは必要ございません。",
      title: HEADINGS.ja[data.variant].title,
      body: [
        closed
          ? p`FedExによるお届けが完了し、ご依頼のお手続きはすべて終了いたしました。${names("ja", data.items)}を、これからも末永くご愛用いただけましたら幸いです。`
          : data.variant === "conversion-refused"
            ? p`有償サービスをご希望されないとのことで、${names("ja", data.items)}についてのご依頼の受付を終了いたしました。費用は一切発生いたしません。`
            : data.unworked
              ? p`${names("ja", data.items)}についてのご依頼は取り消しとなりましたため、作業を行わず、そのままの状態でお返しいたしました。FedExによるお届けが完了し、お手続きはすべて終了いたしました。`
              : p`${names("ja", data.items)}についてのご依頼を取り消しいたしました。以後の作業は行われません。`,
        closed &&
          !data.unworked &&
          data.process === "complimentary-resizing" &&
          under(
            "R5",
            p`無償サービスは、リング一点につき一度限りのご提供でございます。今回のご利用をもって終了となり、今後のご変更は有償サービスにて承ります。`,
          ),
        data.unworked &&
          data.process === "complimentary-resizing" &&
          under(
            "R5",
            p`作業を行わずにお返しいたしましたので、このリングの無償サービスは未使用のままでございます。`,
          ),
        !closed &&
          under(
            "R27",
            note`本件について、お品物はお送りにならないようお願いいたします。${data.hadLabel && !data.unworked ? "お送りしたラベルは無効となりましたので、お使いにならないでください。" : ""}`,
          ),
        data.variant === "cancelled" &&
          !data.unworked &&
          data.lastComplimentaryDay !== undefined &&
          under(
            ["R5", "R6"],
            p`このリングの無償サービスは未使用のままでございます。${day("ja", data.lastComplimentaryDay)}までに新たなご依頼が届きましたら、無償にて承ります。`,
          ),
        noLongerToBePaid.ja(data.voided),
        moneyBack.ja(data),
        p`そのほかにお手伝いできることがございましたら、${link("お問い合わせフォーム", data.links.contact)}よりお気軽にご連絡ください。`,
      ],
      button: "ご依頼の内容を見る",
    };
  },
};
