import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import { facts, type Letter, link, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { parcelOf } from "../wording.ts";
import { howToPay } from "./how-to-pay.ts";

type Surcharge = Extract<MailData["E15"], { variant: "surcharge" }>;

/** The parcel broke the limits and cost more than was billed: exactly the difference is charged (R40). */
export const surcharge: Record<Locale, (data: Surcharge) => Letter> = {
  en: (data) => ({
    subject: `A difference in shipping costs: invoice ${data.invoiceId}`,
    preheader: `${formatUsd(data.totalCents, "en")} more than was billed in advance. The return waits for it.`,
    title: "A difference in shipping costs",
    body: [
      p`Your package has reached us. It exceeds the limits we told you, and FedEx has billed more for its way to Japan than we had billed you in advance. We therefore charge the difference, and nothing else.`,
      under(
        "R40",
        facts([
          ["Your package, as measured", say`${parcelOf("en", data.evidence)}`],
          ["At most", say`${parcelOf("en", data.limits)}`],
          [
            "Billed by FedEx",
            say`${formatUsd(data.evidence.billCents, "en")} (reference ${data.evidence.billReference})`,
          ],
          ["Billed to you in advance", say`${formatUsd(data.evidence.billedCents, "en")}`],
          ["Difference", say`${strong(formatUsd(data.totalCents, "en"))}`],
          data.creditCents > 0 && ["Already paid", say`${formatUsd(data.creditCents, "en")}`],
          data.creditCents > 0 && ["Left to be paid", say`${strong(formatUsd(data.dueCents, "en"))}`],
        ]),
      ),
      under("R35", p`The invoice ${data.invoiceId} is attached as a PDF (${data.fileName}).`),
      ...howToPay.en(data),
      data.state === "due" &&
        under(
          "R40",
          note`${strong("The return of your jewelry waits for this payment")}; nothing else is held up by it.`,
        ),
      p`If you have a question about the measurement or the bill, please ${link("write to us", data.links.contact)}.`,
    ],
    button: "See the invoice",
  }),
  ja: (data) => ({
    subject: `日本までの送料の差額について（ご請求書 ${data.invoiceId}）`,
    preheader: `差額は${formatUsd(data.totalCents, "ja")}です。お支払いの確認後にご返送いたします。`,
    title: "送料の差額のご請求について",
    body: [
      p`お荷物は確かに届いております。ご案内しておりました上限を超えており、日本までの送料として、事前のご請求額を上回る金額がFedExより請求されました。つきましては、誠に恐れ入りますが、その差額のみをご請求させていただきます。`,
      under(
        "R40",
        facts([
          ["計測したお荷物", say`${parcelOf("ja", data.evidence)}`],
          ["お荷物の上限", say`${parcelOf("ja", data.limits)}`],
          [
            "FedExの請求額",
            say`${formatUsd(data.evidence.billCents, "ja")}（請求番号 ${data.evidence.billReference}）`,
          ],
          ["事前のご請求額（送料）", say`${formatUsd(data.evidence.billedCents, "ja")}`],
          ["差額", say`${strong(formatUsd(data.totalCents, "ja"))}`],
          data.creditCents > 0 && ["お支払い済みの金額", say`${formatUsd(data.creditCents, "ja")}`],
          data.creditCents > 0 && ["お支払いいただく金額", say`${strong(formatUsd(data.dueCents, "ja"))}`],
        ]),
      ),
      under("R35", p`ご請求書（${data.invoiceId}）をPDF（${data.fileName}）にて添付しております。`),
      ...howToPay.ja(data),
      data.state === "due" &&
        under(
          "R40",
          note`${strong("お品物のご返送は、お支払いを確認したのちとなります")}。そのほかのお手続きに影響はございません。`,
        ),
      p`計測の結果や請求の内容についてご不明な点がございましたら、${link("お問い合わせフォーム", data.links.contact)}よりご連絡ください。`,
    ],
    button: "請求書を見る",
  }),
};
