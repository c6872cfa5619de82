import type { EnquiryTopic } from "../../domain/enquiry.ts";
import type { Locale } from "../../domain/identifiers.ts";
import { type Inline, type Letter, link, p, quote, say } from "../letter.ts";
import type { AnswerData } from "../mail-data.ts";
import { day } from "../wording.ts";

/** Where more is to be read on what she asked about. */
const MORE: Record<Locale, Record<EnquiryTopic, ((data: AnswerData) => Inline) | undefined>> = {
  en: {
    "export-filing": ({ links }) =>
      say`FedEx explains the filing on its page about ${link("Electronic Export Information (EEI)", links.eei)}.`,
    "ring-size": ({ links }) =>
      say`Our sizes are Japanese ring sizes. To measure yours at home, there is our ${link("Ring Sizing Kit", links.sizingKit)}.`,
    other: undefined,
  },
  ja: {
    "export-filing": ({ links }) =>
      say`申告については、${link("FedExの電子輸出情報（EEI）のご案内", links.eei)}もご覧ください。`,
    "ring-size": ({ links }) =>
      say`サイズはすべて日本の号数でございます。ご自宅での計測には、${link("リングサイズキット", links.sizingKit)}をご利用いただけます。`,
    other: undefined,
  },
};

const more = (locale: Locale, data: AnswerData) => {
  const words = MORE[locale][data.topic];
  return words && ({ kind: "paragraph", text: words(data) } as const);
};

/** E18: the answer to an enquiry. It opens no case, whichever number the enquirer named: anybody can name one. */
export const e18Answer: Record<Locale, (data: AnswerData) => Letter> = {
  en: (data) => ({
    subject: `Our answer to your question (${data.enquiryId})`,
    preheader: "Our after-sales team has answered you.",
    title: "Our answer to your question",
    body: [
      p`Thank you for writing to us. Our after-sales team answers:`,
      quote(data.answer),
      more("en", data),
      p`You wrote on ${day("en", data.receivedOn)}:`,
      quote(data.question),
    ],
    button: "Write to us again",
  }),
  ja: (data) => ({
    subject: `お問い合わせへのご回答（${data.enquiryId}）`,
    preheader: "アフターサービス担当よりご回答申し上げます。",
    title: "お問い合わせへのご回答",
    body: [
      p`お問い合わせいただき、誠にありがとうございます。アフターサービス担当より、下記のとおりご回答申し上げます。`,
      quote(data.answer),
      more("ja", data),
      p`${day("ja", data.receivedOn)}にいただいたお問い合わせ：`,
      quote(data.question),
    ],
    button: "あらためて問い合わせる",
  }),
};
