import type { Locale } from "../../domain/identifiers.ts";
import { MIN_PHOTO_SIDE } from "../../domain/media.ts";
import type { Email } from "../email.ts";
import { heading, type Inline, list, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import type { ShotRow } from "../shot-rows.ts";
import { until } from "../wording.ts";
import { contactWanted } from "./contact-wanted.ts";

/** One wanted shot with its hint, and the piece where there are several. */
export const shotLine = (locale: Locale, { label, hint, piece }: ShotRow): Inline => {
  const name = strong(piece === undefined ? label[locale] : `${piece} – ${label[locale]}`);
  return hint === undefined ? say`${name}` : say`${name}${locale === "en" ? ": " : "："}${hint[locale]}`;
};

const photos: Email<"E2"> = {
  en: (data) => ({
    subject: `Please send us photos of your jewelry (${data.caseId})`,
    preheader: data.wantsContact
      ? "A few photos, and your address, are all we need to look at your request."
      : "A few photos are all we need to look at your request.",
    title: "A few photos, please",
    body: [
      p`So that our specialist can look at your request, please send us one photo for each of the following. A short video is welcome too, except for the certificate, of which we need a photo.`,
      heading("The shots"),
      under("R28", list(data.shots.map((shot) => shotLine("en", shot)))),
      p`Daylight and a plain background work best; each photo should be sharp and at least ${MIN_PHOTO_SIDE} pixels on its shorter side.`,
      under(
        "R10",
        p`We need the Certificate of Authenticity twice: its photo now, and the original in the package later. It must be the certificate of this very piece.`,
      ),
      data.wantsContact && heading("Your name, address and telephone number"),
      data.wantsContact &&
        p`Together with the photos please give us the following. It goes onto your invoice and onto the shipping documents.`,
      data.wantsContact && under(["R32", "R33"], list(contactWanted.en)),
      data.deadline && under("R64", p`Please send them ${strong(`by ${until("en", data.deadline)}`)}.`),
      under(
        "R27",
        note`Please ${strong("do not send us anything")} before we ask you to: not the jewelry, not the certificate. A package that arrives unannounced has to be set aside and cannot be worked on.`,
      ),
    ],
    button: data.wantsContact ? "Send photos and address" : "Send photos",
  }),
  ja: (data) => ({
    subject: `お写真のご送付のお願い（${data.caseId}）`,
    preheader: data.wantsContact
      ? "担当者が拝見するためのお写真と、ご住所などをお知らせください。"
      : "担当者が拝見するため、お写真を数枚お送りください。",
    title: "お写真をお送りください",
    body: [
      p`担当者がお品物の状態を拝見いたしますので、下記のお写真を一枚ずつお送りください。短い動画でも承りますが、証明書は必ずお写真でお願いいたします。`,
      heading("撮影していただきたい箇所"),
      under("R28", list(data.shots.map((shot) => shotLine("ja", shot)))),
      p`自然光のもと、無地の背景で撮影していただくときれいに写ります。ピントが合い、短い辺が${MIN_PHOTO_SIDE}ピクセル以上のお写真をお願いいたします。`,
      under(
        "R10",
        p`証明書（Certificate of Authenticity）は二度必要となります。今回はお写真を、後日お品物をお送りいただく際には原本を同封してください。お品物と同じシリアル番号の証明書に限ります。`,
      ),
      data.wantsContact && heading("お名前・ご住所・お電話番号"),
      data.wantsContact &&
        p`お写真とあわせて、下記もお知らせください。請求書および発送書類に使用いたします。`,
      data.wantsContact && under(["R32", "R33"], list(contactWanted.ja)),
      data.deadline &&
        under(
          "R64",
          p`${strong(`${until("ja", data.deadline)}まで`)}にお送りくださいますようお願いいたします。`,
        ),
      under(
        "R27",
        note`お品物や証明書は、弊社からお願いするまで${strong("お送りにならないでください")}。ご案内前に届いたお荷物は別途お預かりすることとなり、作業を進めることができません。`,
      ),
    ],
    button: data.wantsContact ? "写真と住所を送る" : "写真を送る",
  }),
};

/** After a conversion the photos may all be there already (R1). */
const contactOnly: Email<"E2"> = {
  en: (data) => ({
    subject: `Please tell us your address (${data.caseId})`,
    preheader: "Your name, address and telephone number are all we still need.",
    title: "Your address, please",
    body: [
      p`Your photos are with us, thank you. For the paid service we also need the following; it goes onto your invoice and onto the shipping documents.`,
      under(["R32", "R33"], list(contactWanted.en)),
      data.deadline && under("R64", p`Please send it ${strong(`by ${until("en", data.deadline)}`)}.`),
      under(
        "R27",
        note`Please ${strong("do not send us anything")} by post or carrier before we ask you to.`,
      ),
    ],
    button: "Enter your address",
  }),
  ja: (data) => ({
    subject: `ご住所などのお知らせのお願い（${data.caseId}）`,
    preheader: "お名前、ご住所、お電話番号をお知らせください。",
    title: "ご住所などをお知らせください",
    body: [
      p`お写真は確かに承っております。ありがとうございました。有償サービスをお進めするにあたり、下記もお知らせくださいますようお願いいたします。請求書および発送書類に使用いたします。`,
      under(["R32", "R33"], list(contactWanted.ja)),
      data.deadline &&
        under(
          "R64",
          p`${strong(`${until("ja", data.deadline)}まで`)}にお知らせくださいますようお願いいたします。`,
        ),
      under("R27", note`お品物は、弊社からお願いするまで${strong("お送りにならないでください")}。`),
    ],
    button: "住所などを入力する",
  }),
};

const byShots = (locale: Locale) => (data: MailData["E2"]) =>
  (data.shots.length > 0 ? photos : contactOnly)[locale](data);

/** E2: photos wanted (R28), in the paid process name and address with them (R32), and nothing to be sent yet (R27). */
export const e2: Email<"E2"> = { en: byShots("en"), ja: byShots("ja") };
