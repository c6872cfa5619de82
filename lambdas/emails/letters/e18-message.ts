import type { Email } from "../email.ts";
import { p, quote } from "../letter.ts";

/** E18: a message of ours, or her link once more because she asked for it. */
export const e18: Email<"E18"> = {
  en: (data) =>
    data.variant === "link"
      ? {
          subject: `Your link to case ${data.caseId}`,
          preheader: "Here is the link you asked for.",
          title: "Your link",
          body: [
            p`You asked us for the link to your case. It is in the button below and opens everything about your request.`,
            p`Links in our earlier emails stay valid. If you did not ask for this, you need not do anything: the link was sent to no one but you.`,
          ],
          button: "Open your case",
        }
      : {
          subject: `A message about your case (${data.caseId})`,
          preheader: "Our after-sales team has written to you.",
          title: "A message for you",
          body: [p`Our after-sales team has written to you:`, quote(data.text)],
          button: "Open your case",
        },
  ja: (data) =>
    data.variant === "link"
      ? {
          subject: `お客様専用ページのリンク（${data.caseId}）`,
          preheader: "ご請求いただいたリンクをお送りいたします。",
          title: "リンクをお送りいたします",
          body: [
            p`ご請求いただきました、お客様専用ページのリンクをお送りいたします。下のボタンから、ご依頼の内容をすべてご確認いただけます。`,
            p`これまでのメールのリンクも引き続きご利用いただけます。お心当たりのない場合でも、リンクはお客様ご本人にのみお送りしておりますので、お手続きは必要ございません。`,
          ],
          button: "お客様専用ページを開く",
        }
      : {
          subject: `ご依頼についてのご連絡（${data.caseId}）`,
          preheader: "アフターサービス担当よりご連絡がございます。",
          title: "担当者からのご連絡",
          body: [p`アフターサービス担当より、下記のとおりご連絡申し上げます。`, quote(data.text)],
          button: "お客様専用ページを開く",
        },
};
