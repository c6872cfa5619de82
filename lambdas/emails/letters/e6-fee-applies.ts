import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { heading, list, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { parcelOf, until } from "../wording.ts";
import { offerOfNoFee } from "./e6-no-fee.ts";
import { whyOffered } from "./why-offered.ts";

type Data = MailData["E6"];

/** What is asked for next after a yes: only what is missing (R1, R32). */
const NEXT: Record<Locale, (data: Data) => string> = {
  en: ({ wantsPhotos, wantsContact }) => {
    if (wantsPhotos)
      return `If you say yes, we ask you next for ${wantsContact ? "the photos, and for your name, address and telephone number" : "the photos"}.`;
    return wantsContact
      ? "If you say yes, we ask you next for your name, address and telephone number; your photos are with us already."
      : "If you say yes, there is nothing more we need from you for the moment: our specialist sets out the work, and we send you the invoice.";
  },
  ja: ({ wantsPhotos, wantsContact }) => {
    if (wantsPhotos)
      return `ご承諾いただけましたら、次に${wantsContact ? "お写真と、お名前、ご住所、お電話番号" : "お写真"}をお送りいただきます。`;
    return wantsContact
      ? "ご承諾いただけましたら、次にお名前、ご住所、お電話番号をお知らせいただきます。お写真はすでに承っております。"
      : "ご承諾いただけましたら、さしあたりお知らせいただくことはございません。担当者が作業の内容をまとめ、ご請求書をお送りいたします。";
  },
};

const offerOfPaidService: Email<"E6"> = {
  en: (data) => ({
    subject: `A fee applies to your request (${data.caseId})`,
    preheader: "Nothing is charged before you say yes. Please tell us whether you would like to go on.",
    title: "This would be a paid service",
    body: [
      p`Thank you for your request. The complimentary service cannot be used for it, but we would gladly do it as a paid service.`,
      ...whyOffered("Why a fee applies", "R12", data),
      heading("How the paid service works"),
      under(
        ["R36", "R37", "R38", "R39", "R40"],
        list([
          say`Once we have looked at your photos, we send you an invoice in US dollars. Line by line it names the service fee, shipping, customs duties, insurance and any other transport cost.`,
          say`We go on to shipping only after the invoice has been paid in full.`,
          say`Shipping to Japan is never free of charge in the paid service.`,
          say`Insured return shipping to the United States is included. Duties that US customs may ask for on the way back are not, and we cannot promise that there will be none.`,
          say`Should the package exceed one of the limits (${parcelOf("en", data.limits)}) and its shipping therefore cost more than was billed in advance, we charge the difference; otherwise nothing is added.`,
        ]),
      ),
      under("R1", p`${NEXT.en(data)}`),
      under(
        "R12",
        note`Would you like to go on with the paid service? What you have sent us and the date of your first contact are kept. If you would rather not, we close the request, and nothing is charged.`,
      ),
      data.deadline &&
        under(
          "R64",
          p`Please tell us ${strong(`by ${until("en", data.deadline)}`)}; after that we close the request.`,
        ),
      under("R27", p`Please do not send us anything yet.`),
    ],
    button: "Tell us yes or no",
  }),
  ja: (data) => ({
    subject: `有償でのご案内について（${data.caseId}）`,
    preheader: "ご承諾いただくまで費用は一切発生いたしません。お進めするかどうかをお知らせください。",
    title: "有償サービスのご案内",
    body: [
      p`このたびはご依頼をいただき、ありがとうございます。今回のご依頼には無償サービスをご利用いただけませんが、有償サービスとして喜んで承ります。`,
      ...whyOffered("有償となる理由", "R12", data),
      heading("有償サービスの流れと費用"),
      under(
        ["R36", "R37", "R38", "R39", "R40"],
        list([
          say`お写真を拝見したのち、米ドル建てのご請求書をお送りいたします。内訳は、サービス料金、送料、関税、保険料、その他の輸送費用です。`,
          say`ご請求額の全額のお支払いを確認できましたら、ご発送のお手続きへ進みます。`,
          say`有償サービスでは、日本までの送料が無料となることはございません。`,
          say`アメリカへのご返送の送料と保険料は、料金に含まれております。ただし、ご返送時に米国税関から求められる関税は含まれておらず、発生しないことをお約束することはできません。`,
          say`お荷物が${parcelOf("ja", data.limits)}を超え、送料が事前のご請求額を上回った場合に限り、その差額をご請求いたします。それ以外に追加の費用はございません。`,
        ]),
      ),
      under("R1", p`${NEXT.ja(data)}`),
      under(
        "R12",
        note`有償サービスとしてお進めしてもよろしいでしょうか。これまでにお送りいただいた内容と、最初にご連絡いただいた日付は、そのまま引き継がれます。ご希望されない場合は、本件の受付を終了し、費用は一切発生いたしません。`,
      ),
      data.deadline &&
        under(
          "R64",
          p`${strong(`${until("ja", data.deadline)}まで`)}にお知らせください。期日を過ぎますと、本件の受付を終了させていただきます。`,
        ),
      under("R27", p`お品物は、まだお送りにならないようお願いいたします。`),
    ],
    button: "進めるかどうかを回答する",
  }),
};

const byDirection = (locale: Locale) => (data: Data) =>
  (data.to === "repair-and-maintenance" ? offerOfPaidService : offerOfNoFee)[locale](data);

/** E6: a fee applies (R12) and what it is made of (R36–R40), or none applies after all (R9); does she want to change? */
export const e6: Email<"E6"> = { en: byDirection("en"), ja: byDirection("ja") };
