import type { Email } from "../email.ts";
import { heading, list, note, p, say, strong, under } from "../letter.ts";
import { packageLimits, until } from "../wording.ts";

/** E6: a fee applies (R12), what it is made of (R36–R40), and does she want to go on? */
export const e6: Email<"E6"> = {
  en: (data) => ({
    subject: `A fee applies to your request (${data.caseId})`,
    preheader: "Nothing is charged before you say yes. Please tell us whether you would like to go on.",
    title: "This would be a paid service",
    body: [
      p`Thank you for your request. The complimentary service cannot be used for it, but we would gladly do it as a paid service.`,
      data.reasons.length > 0 && heading("Why a fee applies"),
      data.reasons.length > 0 && under("R12", list(data.reasons.map((reason) => say`${reason}`))),
      heading("How the paid service works"),
      under(
        ["R36", "R37", "R38", "R39", "R40"],
        list([
          say`Once we have looked at your photos, we send you an invoice in US dollars. Line by line it names the service fee, shipping, customs duties, insurance and any other transport cost.`,
          say`We go on to shipping only after the invoice has been paid in full.`,
          say`Shipping to Japan is never free of charge in the paid service.`,
          say`Insured return shipping to the United States is included. Duties that US customs may ask for on the way back are not, and we cannot promise that there will be none.`,
          say`Should the package exceed ${packageLimits("en", data.limits)} and its shipping therefore cost more than was billed in advance, we charge the difference; otherwise nothing is added.`,
        ]),
      ),
      under(
        "R12",
        note`Would you like to go on with the paid service? What you have sent us and the date of your first contact are kept.`,
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
      data.reasons.length > 0 && heading("有償となる理由"),
      data.reasons.length > 0 && under("R12", list(data.reasons.map((reason) => say`${reason}`))),
      heading("有償サービスの流れと費用"),
      under(
        ["R36", "R37", "R38", "R39", "R40"],
        list([
          say`お写真を拝見したのち、米ドル建てのご請求書をお送りいたします。内訳は、サービス料金、送料、関税、保険料、その他の輸送費用です。`,
          say`ご請求額の全額のお支払いを確認できましたら、ご発送のお手続きへ進みます。`,
          say`有償サービスでは、日本までの送料が無料となることはございません。`,
          say`アメリカへのご返送の送料と保険料は、料金に含まれております。ただし、ご返送時に米国税関から求められる関税は含まれておらず、発生しないことをお約束することはできません。`,
          say`お荷物が${packageLimits("ja", data.limits)}を超え、送料が事前のご請求額を上回った場合に限り、その差額をご請求いたします。それ以外に追加の費用はございません。`,
        ]),
      ),
      under(
        "R12",
        note`有償サービスとしてお進めしてもよろしいでしょうか。これまでにお送りいただいた内容と、最初にご連絡いただいた日付は、そのまま引き継がれます。`,
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
