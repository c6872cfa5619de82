import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { facts, link, p, quote, say, strong, under } from "../letter.ts";

/** E20: money goes back (R37): how much, of which invoice, why, and the way it comes. */
export const e20: Email<"E20"> = {
  en: (data) => ({
    subject: `Your refund of ${formatUsd(data.amountCents, "en")} (${data.caseId})`,
    preheader: "It comes back the way you paid. Your bank may take some days.",
    title: "Your refund is on its way",
    body: [
      p`We have sent you a refund. These are its details.`,
      under(
        "R37",
        facts([
          ["Amount", say`${strong(formatUsd(data.amountCents, "en"))}`],
          ["Paid on invoice", say`${data.invoiceId}`],
          [
            "How it comes back",
            data.method === "stripe"
              ? say`through the payment page, to the card or account you paid with`
              : say`by bank transfer, to the account it came from`,
          ],
        ]),
      ),
      p`The reason:`,
      quote(data.reason),
      p`Your bank may take some days until the amount is on your account. Should it not arrive, please ${link("write to us", data.links.contact)} and name the invoice. You need not do anything else.`,
    ],
    button: "See your case",
  }),
  ja: (data) => ({
    subject: `ご返金のお知らせ：${formatUsd(data.amountCents, "ja")}（${data.caseId}）`,
    preheader: "お支払いいただいた方法でご返金いたしました。口座への反映には数日かかる場合がございます。",
    title: "ご返金のお手続きをいたしました",
    body: [
      p`下記のとおり、ご返金のお手続きをいたしましたので、ご案内申し上げます。`,
      under(
        "R37",
        facts([
          ["ご返金額", say`${strong(formatUsd(data.amountCents, "ja"))}`],
          ["対象のご請求書", say`${data.invoiceId}`],
          [
            "ご返金方法",
            data.method === "stripe"
              ? say`お支払いページより、ご利用いただいたカードまたは口座へ`
              : say`銀行振込にて、ご送金元の口座へ`,
          ],
        ]),
      ),
      p`ご返金の理由：`,
      quote(data.reason),
      p`金融機関によっては、ご入金が反映されるまで数日かかる場合がございます。ご入金が確認できない場合は、ご請求書の番号を添えて${link("お問い合わせフォーム", data.links.contact)}よりご連絡ください。そのほかのお手続きは必要ございません。`,
    ],
    button: "ご依頼の状況を見る",
  }),
};
