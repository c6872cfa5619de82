import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { link, p, quote, under } from "../letter.ts";
import { names } from "../wording.ts";
import { moneyBack } from "./money-back.ts";

/** R30: a reason lies in the design or the condition; R10: or in the certificate. */
const REASONS: Record<Locale, Readonly<Record<string, string>>> = {
  en: {
    design: "The reason lies in the design: it does not allow this work.",
    condition: "The reason lies in the present condition of the piece.",
    certificate:
      "The reason lies in the Certificate of Authenticity: we can only work on a piece together with its own certificate.",
  },
  ja: {
    design: "デザインの構造上、この作業を行うことができないためでございます。",
    condition: "お品物の現在の状態によるものでございます。",
    certificate:
      "証明書（Certificate of Authenticity）によるものでございます。お品物と対になる証明書がそろわない場合は、承ることができません。",
  },
};

const OTHER: Record<Locale, string> = {
  en: "Our specialist gives the following reason.",
  ja: "理由につきましては、担当者より下記のとおりご説明申し上げます。",
};

/** E5: not possible, and why (R30). */
export const e5: Email<"E5"> = {
  en: (data) => ({
    subject: `About your request (${data.caseId})`,
    preheader: "We are sorry: after looking at it carefully, we cannot do this.",
    title: "We are sorry to decline",
    body: [
      p`We have looked carefully at your request for ${names("en", data.items)}, and are sorry to say that it is not possible.`,
      under("R30", p`${REASONS.en[data.code ?? ""] ?? OTHER.en}`),
      data.words !== undefined && under("R30", quote(data.words)),
      under("R27", p`Please do not send us anything for this request; it is closed.`),
      moneyBack.en(data),
      p`If something else would help you, or if you think we have overlooked something, please ${link("write to us", data.links.contact)}. Other services may well be possible.`,
    ],
    button: "See your request",
  }),
  ja: (data) => ({
    subject: `ご依頼の件について（${data.caseId}）`,
    preheader: "誠に申し訳ございませんが、今回は承ることができません。",
    title: "ご依頼を承ることができません",
    body: [
      p`${names("ja", data.items)}についてのご依頼を慎重に検討いたしましたが、誠に申し訳ございませんが、今回は承ることができません。`,
      under("R30", p`${REASONS.ja[data.code ?? ""] ?? OTHER.ja}`),
      data.words !== undefined && under("R30", quote(data.words)),
      under("R27", p`本件の受付はこれで終了いたしますので、お品物はお送りにならないようお願いいたします。`),
      moneyBack.ja(data),
      p`ほかのサービスであれば承れる場合もございます。ご要望やお気づきの点がございましたら、${link("お問い合わせフォーム", data.links.contact)}よりお気軽にご連絡ください。`,
    ],
    button: "ご依頼の内容を見る",
  }),
};
