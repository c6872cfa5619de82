import type { Locale } from "../../domain/identifiers.ts";
import { MIN_PHOTO_SIDE } from "../../domain/media.ts";
import type { Email } from "../email.ts";
import { heading, type Inline, list, note, p, say, strong, under } from "../letter.ts";
import type { ShotRow } from "../shot-rows.ts";
import { until } from "../wording.ts";

/** One wanted shot with its hint, and the piece where there are several. */
export const shotLine = (locale: Locale, { label, hint, piece }: ShotRow): Inline => {
  const name = strong(piece === undefined ? label[locale] : `${piece} – ${label[locale]}`);
  return hint === undefined ? say`${name}` : say`${name}${locale === "en" ? ": " : "："}${hint[locale]}`;
};

/** E2: photos wanted (R28), and nothing to be sent yet (R27). */
export const e2: Email<"E2"> = {
  en: (data) => ({
    subject: `Please send us photos of your jewelry (${data.caseId})`,
    preheader: "A few photos are all we need to look at your request.",
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
      data.wantsContact &&
        under(
          "R32",
          p`Together with the photos, please give us your name, your address in the United States and your telephone number.`,
        ),
      data.deadline && under("R64", p`Please send them ${strong(`by ${until("en", data.deadline)}`)}.`),
      under(
        "R27",
        note`Please ${strong("do not send us anything")} before we ask you to: not the jewelry, not the certificate. A package that arrives unannounced has to be set aside and cannot be worked on.`,
      ),
    ],
    button: "Send photos",
  }),
  ja: (data) => ({
    subject: `お写真のご送付のお願い（${data.caseId}）`,
    preheader: "担当者が拝見するため、お写真を数枚お送りください。",
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
      data.wantsContact &&
        under("R32", p`お写真とあわせて、お名前、アメリカ国内のご住所、お電話番号もお知らせください。`),
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
    button: "写真を送る",
  }),
};
