import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { type Inline, type Letter, link, list, note, p, say, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { surcharge } from "./e15-surcharge.ts";

type Discrepancy = Extract<MailData["E15"], { variant: "discrepancy" }>;

/** Each finding in the words of the check at receipt, which speaks the customer's language. */
const findings = (locale: Locale, data: Discrepancy): Inline[] =>
  data.mismatches.map(({ piece, text }) =>
    piece === undefined ? say`${text}` : locale === "en" ? say`${piece}: ${text}` : say`${piece}：${text}`,
  );

const discrepancy: Record<Locale, (data: Discrepancy) => Letter> = {
  en: (data) => ({
    subject: `A question about your package (${data.caseId})`,
    preheader: "We have received it safely, but something does not match. Please read on.",
    title: "Your package has arrived, with a question",
    body: [
      p`Thank you: your package has reached our workshop in Japan. When we checked it, we found the following.`,
      under("R56", list(findings("en", data))),
      under(
        "R56",
        note`Until this is settled we hold the work and keep everything safe. A representative will contact you; if you can explain the difference, please ${link("write to us", data.links.contact)} with your case number.`,
      ),
    ],
    button: "See your case",
  }),
  ja: (data) => ({
    subject: `お荷物についての確認のお願い（${data.caseId}）`,
    preheader: "お荷物は届いておりますが、確認させていただきたい点がございます。",
    title: "お荷物について確認させてください",
    body: [
      p`お荷物は日本の工房に届いております。ありがとうございました。内容を確認いたしましたところ、次の点が見受けられました。`,
      under("R56", list(findings("ja", data))),
      under(
        "R56",
        note`確認がとれますまで作業を保留し、お品物は大切にお預かりいたします。担当者よりあらためてご連絡いたしますが、お心当たりがございましたら、ご依頼番号を添えて${link("お問い合わせフォーム", data.links.contact)}よりお知らせください。`,
      ),
    ],
    button: "ご依頼の状況を見る",
  }),
};

const byVariant = (locale: Locale) => (data: MailData["E15"]) =>
  data.variant === "surcharge" ? surcharge[locale](data) : discrepancy[locale](data);

/** E15: what arrived is not what was agreed and the work is held (R56), or its shipping cost more than billed (R40). */
export const e15: Email<"E15"> = { en: byVariant("en"), ja: byVariant("ja") };
