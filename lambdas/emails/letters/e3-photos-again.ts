import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { type Inline, list, note, p, quote, say, strong, under } from "../letter.ts";
import type { ShotRow } from "../shot-rows.ts";
import { until } from "../wording.ts";
import { shotLine } from "./e2-photos-wanted.ts";

/** The shot with why it is wanted again; the hint where nobody said why. */
const againLine = (locale: Locale, shot: ShotRow): Inline =>
  shot.reason === undefined
    ? shotLine(locale, shot)
    : locale === "en"
      ? say`${shotLine(locale, { ...shot, hint: undefined })}: ${shot.reason}`
      : say`${shotLine(locale, { ...shot, hint: undefined })}：${shot.reason}`;

/** E3: these photos again, and only these (R29). */
export const e3: Email<"E3"> = {
  en: (data) => ({
    subject: `We need a few photos again (${data.caseId})`,
    preheader: "Only the ones in this mail; we have the others.",
    title: "These photos once more, please",
    body: [
      p`Thank you for your photos. With the following we could not yet judge your request; please take them once more. The others are fine and need not be repeated.`,
      under("R29", list(data.shots.map((shot) => againLine("en", shot)))),
      data.words !== undefined && quote(data.words),
      data.deadline && under("R64", p`Please send them ${strong(`by ${until("en", data.deadline)}`)}.`),
      under("R27", note`Please do not send us the jewelry itself yet.`),
    ],
    button: "Send photos",
  }),
  ja: (data) => ({
    subject: `お写真の撮り直しのお願い（${data.caseId}）`,
    preheader: "下記のお写真のみ、あらためてお送りください。",
    title: "もう一度撮影をお願いいたします",
    body: [
      p`お写真をお送りいただき、ありがとうございました。恐れ入りますが、下記のお写真では状態を判断いたしかねましたため、もう一度撮影をお願いいたします。ほかのお写真は、撮り直していただく必要はございません。`,
      under("R29", list(data.shots.map((shot) => againLine("ja", shot)))),
      data.words !== undefined && quote(data.words),
      data.deadline &&
        under(
          "R64",
          p`${strong(`${until("ja", data.deadline)}まで`)}にお送りくださいますようお願いいたします。`,
        ),
      under("R27", note`お品物は、まだお送りにならないようお願いいたします。`),
    ],
    button: "写真を送る",
  }),
};
