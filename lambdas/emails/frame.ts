/** What stands around every letter: salutation, closing, case number, the way back to the contact form (R3). */
import type { Locale } from "../domain/identifiers.ts";
import { type Inline, link, say } from "./letter.ts";

export interface Frame {
  /** Of the letters about a case; else it answers an enquiry. */
  readonly caseId?: string;
  readonly enquiryId?: string;
  readonly customerName: string;
  readonly brandName: string;
  readonly senderName: string;
  /**
   * Where the button leads: to the customer's page, with the token in the fragment so that no server on the way ever
   * logs it; without a case to the contact form.
   */
  readonly linkUrl: string;
  readonly links: { readonly contact: string; readonly policy: string };
}

interface FrameWords {
  /** BCP 47, for `lang`. */
  readonly language: string;
  salutation(frame: Frame): string;
  closing(frame: Frame): string;
  number(frame: Frame): string;
  contact(frame: Frame): Inline;
  policy(frame: Frame): Inline;
  readonly privateLink: string;
}

export const FRAME: Record<Locale, FrameWords> = {
  en: {
    language: "en",
    salutation: (frame) => `Dear ${frame.customerName},`,
    closing: (frame) => `With kind regards,\n${frame.senderName}`,
    number: ({ caseId, enquiryId }) =>
      caseId === undefined ? `Enquiry number: ${enquiryId}` : `Case number: ${caseId}`,
    contact: (frame) =>
      say`Questions? Please write to us through our ${link("contact form", frame.links.contact)}.`,
    policy: (frame) => say`All the conditions are in our ${link("after-sales policy", frame.links.policy)}.`,
    privateLink: "The link to your case is yours alone and needs no password. Please do not pass it on.",
  },
  ja: {
    language: "ja",
    salutation: (frame) =>
      `${frame.customerName} 様\n\n平素より${frame.brandName}をご愛顧いただき、誠にありがとうございます。`,
    closing: (frame) =>
      `今後とも${frame.brandName}をどうぞよろしくお願い申し上げます。\n\n${frame.senderName}`,
    number: ({ caseId, enquiryId }) =>
      caseId === undefined ? `お問い合わせ番号: ${enquiryId}` : `ご依頼番号: ${caseId}`,
    contact: (frame) =>
      say`ご不明な点がございましたら、${link("お問い合わせフォーム", frame.links.contact)}よりご連絡ください。`,
    policy: (frame) => say`詳しい条件は、${link("アフターサービス規定", frame.links.policy)}をご覧ください。`,
    privateLink:
      "お客様専用ページへのリンクは、パスワードなしでご覧いただけるお客様だけのものです。第三者への転送はお控えください。",
  },
};

/** The small lines under every letter. */
export const footLines = (locale: Locale, frame: Frame): readonly Inline[] => {
  const words = FRAME[locale];
  return [
    say`${words.number(frame)}`,
    words.contact(frame),
    words.policy(frame),
    ...(frame.caseId === undefined ? [] : [say`${words.privateLink}`]),
  ];
};
