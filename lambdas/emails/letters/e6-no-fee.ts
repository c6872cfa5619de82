import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import { heading, type Letter, list, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { together, until } from "../wording.ts";
import { whyOffered } from "./why-offered.ts";

type Data = MailData["E6"];

/** What becomes of invoices and money with a yes (R1, R37). */
const MONEY: Record<Locale, (data: Data) => string> = {
  en: ({ invoices, paidCents }) => {
    const taken = `we take back ${invoices.length > 1 ? "our invoices" : "our invoice"} ${together("en", invoices)}`;
    const returned = `what you have paid, ${formatUsd(paidCents, "en")}, comes back to you`;
    if (paidCents === 0) return `With your yes ${taken}; please do not pay before you have decided.`;
    return invoices.length > 0 ? `With your yes ${taken}, and ${returned}.` : `With your yes ${returned}.`;
  },
  ja: ({ invoices, paidCents }) => {
    const taken = `ご請求書（${together("ja", invoices)}）は取り下げ`;
    const returned = `お支払いいただいた${formatUsd(paidCents, "ja")}はご返金いたします。`;
    if (paidCents === 0)
      return `ご承諾いただけましたら、${taken}ますので、お決めいただくまでお支払いはお待ちください。`;
    return `ご承諾いただけましたら、${invoices.length > 0 ? `${taken}、` : ""}${returned}`;
  },
};

/** No fee applies after all: the complimentary process is offered (R1, R9), and a no keeps everything as it is. */
export const offerOfNoFee: Record<Locale, (data: Data) => Letter> = {
  en: (data) => ({
    subject: `Your request can be free of charge (${data.caseId})`,
    preheader: "The complimentary service can be used for it. Please tell us whether you agree.",
    title: "This can be a complimentary service",
    body: [
      p`We have looked at your request again and are pleased to say that you need not pay for it: the complimentary service can be used. Your request would then change from the paid service to the complimentary one.`,
      ...whyOffered("Why no fee applies", "R1", data),
      heading("What would change"),
      under(
        ["R1", "R5", "R9"],
        list([
          say`The service itself costs you nothing; there is no invoice.`,
          say`Insured shipping to Japan and back costs you nothing either. The one exception would be the cost of an export filing, should one be needed.`,
          say`The complimentary service is given once for each ring; it would be used for this request.`,
          say`Your photos and your answers are kept.`,
        ]),
      ),
      (data.paidCents > 0 || data.invoices.length > 0) && under("R37", p`${MONEY.en(data)}`),
      under(
        "R1",
        p`${
          data.wantsPhotos
            ? "If you say yes, we ask you next for the photos. Once our specialist has looked at them, we ask you for your address and for the day on which you would like to ship."
            : "If you say yes, our specialist looks at your request once more. Then we ask you for your address and for the day on which you would like to ship."
        }`,
      ),
      under(
        "R1",
        note`Would you like to change to the complimentary service? The date of your first contact is kept. ${strong("If you say no, everything stays as it is")}, and we go on with the paid service.`,
      ),
      data.deadline &&
        under(
          "R64",
          p`Please tell us ${strong(`by ${until("en", data.deadline)}`)}. If we hear nothing until then, everything stays as it is.`,
        ),
      under("R27", p`Please do not send us anything yet.`),
    ],
    button: "Tell us yes or no",
  }),
  ja: (data) => ({
    subject: `無償でのご案内について（${data.caseId}）`,
    preheader: "無償サービスをご利用いただけます。変更をご希望かどうかをお知らせください。",
    title: "無償サービスのご案内",
    body: [
      p`ご依頼の内容をあらためて確認いたしましたところ、無償サービスをご利用いただけることが分かりましたので、ご案内申し上げます。ご承諾いただけましたら、有償サービスから無償サービスへ変更して承ります。`,
      ...whyOffered("無償となる理由", "R1", data),
      heading("変更となる点"),
      under(
        ["R1", "R5", "R9"],
        list([
          say`作業は無償で承り、ご請求はございません。`,
          say`日本までの往復の保険付き配送も無償で承ります。ただし、輸出申告に費用がかかる場合は、その費用のみ例外となります。`,
          say`無償サービスは、リング一点につき一度限りのご提供でございます。今回のご依頼でご利用いただくこととなります。`,
          say`これまでにお送りいただいたお写真やご回答は、そのまま引き継がれます。`,
        ]),
      ),
      (data.paidCents > 0 || data.invoices.length > 0) && under("R37", p`${MONEY.ja(data)}`),
      under(
        "R1",
        p`${
          data.wantsPhotos
            ? "ご承諾いただけましたら、次にお写真をお送りいただきます。担当者が拝見したのち、ご住所とご発送の希望日をお伺いいたします。"
            : "ご承諾いただけましたら、担当者がご依頼の内容をもう一度確認いたします。そののち、ご住所とご発送の希望日をお伺いいたします。"
        }`,
      ),
      under(
        "R1",
        note`無償サービスへ変更してもよろしいでしょうか。最初にご連絡いただいた日付は、そのまま引き継がれます。${strong("ご希望されない場合は、これまでの内容のまま")}、有償サービスとしてお進めいたします。`,
      ),
      data.deadline &&
        under(
          "R64",
          p`${strong(`${until("ja", data.deadline)}まで`)}にお知らせくださいますようお願いいたします。それまでにご連絡がない場合は、これまでの内容のままお進めいたします。`,
        ),
      under("R27", p`お品物は、まだお送りにならないようお願いいたします。`),
    ],
    button: "変更するかどうかを回答する",
  }),
};
