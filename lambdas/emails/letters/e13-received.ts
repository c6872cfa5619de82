import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { facts, heading, list, p, say, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { day } from "../wording.ts";

type WorkWindow = MailData["E13"]["window"];

/** The Japanese national holidays inside the window, shown because they are in it (R60). */
export const holidayBlocks = (locale: Locale, { holidays }: WorkWindow) =>
  holidays.length === 0
    ? []
    : [
        under(
          "R60",
          p`${locale === "en" ? "These Japanese national holidays fall within it:" : "この期間には、次の日本の祝日が含まれております。"}`,
        ),
        under(
          "R60",
          list(
            holidays.map(({ date, name }) =>
              locale === "en" ? say`${day("en", date)}: ${name}` : say`${day("ja", date)} ${name}`,
            ),
          ),
        ),
      ];

/** E13: received, and the window from earliest to latest (R59–R61; R62 for repairs). */
export const e13: Email<"E13"> = {
  en: (data) => ({
    subject: `Your package has arrived (${data.caseId})`,
    preheader: `We expect to ship it back between ${day("en", data.window.earliest)} and ${day("en", data.window.latest)}.`,
    title: "Your jewelry has arrived safely",
    body: [
      p`Your package reached our workshop in Japan on ${day("en", data.receivedOn)}. We have checked the contents, and the work can begin.`,
      heading("When it will be shipped back"),
      under(
        "R59",
        facts([
          ["Earliest", say`${day("en", data.window.earliest)}`],
          ["Latest", say`${day("en", data.window.latest)}`],
        ]),
      ),
      under(
        "R61",
        p`This window counts from the receipt of the package. The time of your inquiry and of the shipping to Japan is not part of it.`,
      ),
      data.scheduled &&
        under("R62", p`It follows the schedule that we told you when we approved your request.`),
      ...holidayBlocks("en", data.window),
      under(
        "R60",
        p`The design, the condition of the piece or Japanese national holidays can make the work take longer. If so, we will write to you with the cause and the new window.`,
      ),
    ],
    button: "See your case",
  }),
  ja: (data) => ({
    subject: `お荷物が届きました（${data.caseId}）`,
    preheader: `ご返送の予定は、${day("ja", data.window.earliest)}から${day("ja", data.window.latest)}の間です。`,
    title: "お品物を確かにお受け取りしました",
    body: [
      p`${day("ja", data.receivedOn)}に、お荷物が日本の工房に届きました。内容を確認いたしましたので、これより作業に入らせていただきます。`,
      heading("ご返送の予定"),
      under(
        "R59",
        facts([
          ["最も早い場合", say`${day("ja", data.window.earliest)}`],
          ["最も遅い場合", say`${day("ja", data.window.latest)}`],
        ]),
      ),
      under(
        "R61",
        p`この期間は、お荷物をお受け取りした日から数えたものです。お問い合わせや日本までの配送にかかった日数は含まれておりません。`,
      ),
      data.scheduled &&
        under("R62", p`ご依頼を承った際にご案内いたしました作業期間にもとづく予定でございます。`),
      ...holidayBlocks("ja", data.window),
      under(
        "R60",
        p`デザインやお品物の状態、日本の祝日などにより、作業がさらに長くかかる場合がございます。その際は、理由と新しい予定をメールでお知らせいたします。`,
      ),
    ],
    button: "ご依頼の状況を見る",
  }),
};
