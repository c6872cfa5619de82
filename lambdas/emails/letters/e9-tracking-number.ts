import type { Email } from "../email.ts";
import { facts, link, note, p, say, strong, under } from "../letter.ts";
import { day, trackingPage } from "../wording.ts";

/** E9: the tracking number, in a mail of its own before the documents (R42). */
export const e9: Email<"E9"> = {
  en: (data) => ({
    subject: `Your FedEx tracking number: ${data.trackingNumber} (${data.caseId})`,
    preheader: "Label and commercial invoice follow in a mail of their own.",
    title: "Your tracking number",
    body: [
      p`We are preparing the documents for your package to Japan. This is the number under which it will travel.`,
      under(
        "R42",
        facts([
          ["FedEx tracking number", say`${link(data.trackingNumber, trackingPage(data.trackingNumber))}`],
          ["Ship date", say`${day("en", data.shipDate)}`],
        ]),
      ),
      data.reissued &&
        note`This number replaces the one we told you before. Please do not use the former label any more.`,
      under(
        "R43",
        p`The FedEx label and the commercial invoice follow together in one email. ${strong("Please wait for that email before you ship.")}`,
      ),
    ],
    button: "See your case",
  }),
  ja: (data) => ({
    subject: `FedEx追跡番号のお知らせ：${data.trackingNumber}（${data.caseId}）`,
    preheader: "ラベルとコマーシャルインボイスは、別のメールでお送りいたします。",
    title: "追跡番号のお知らせ",
    body: [
      p`日本へのご発送に必要な書類をご用意しております。お荷物の追跡番号は下記のとおりです。`,
      under(
        "R42",
        facts([
          ["FedEx追跡番号", say`${link(data.trackingNumber, trackingPage(data.trackingNumber))}`],
          ["ご発送日", say`${day("ja", data.shipDate)}`],
        ]),
      ),
      data.reissued &&
        note`こちらは、以前お知らせした追跡番号に代わるものです。以前のラベルは、お使いにならないでください。`,
      under(
        "R43",
        p`FedExのラベルとコマーシャルインボイスは、二点まとめて次のメールでお送りいたします。${strong("ご発送は、そのメールが届くまでお待ちください。")}`,
      ),
    ],
    button: "ご依頼の状況を見る",
  }),
};
