import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { facts, p, quote, say, under } from "../letter.ts";
import { day } from "../wording.ts";
import { holidayBlocks } from "./e13-received.ts";

/** The causes R60 knows; another is said in the words it was recorded with. */
const CAUSES: Record<Locale, Readonly<Record<string, string>>> = {
  en: {
    design: "the design",
    condition: "the condition of the piece",
    holidays: "Japanese national holidays",
  },
  ja: { design: "デザインの構造", condition: "お品物の状態", holidays: "日本の祝日" },
};
const cause = (locale: Locale, recorded: string) => CAUSES[locale][recorded] ?? recorded;

/** E14: it takes longer, why, and the new window (R60). */
export const e14: Email<"E14"> = {
  en: (data) => ({
    subject: `The work will take a little longer (${data.caseId})`,
    preheader: `The new latest day is ${day("en", data.window.latest)}.`,
    title: "We need a little more time",
    body: [
      under(
        "R60",
        p`The work on your jewelry takes ${data.days === 1 ? "one day" : `${data.days} days`} longer than we told you. The cause: ${cause("en", data.cause)}.`,
      ),
      data.text !== "" && under("R60", quote(data.text)),
      under(
        ["R59", "R60"],
        facts([
          ["New earliest day", say`${day("en", data.window.earliest)}`],
          ["New latest day", say`${day("en", data.window.latest)}`],
        ]),
      ),
      ...holidayBlocks("en", data.window),
      p`We are sorry for the wait and thank you for your patience.`,
    ],
    button: "See your case",
  }),
  ja: (data) => ({
    subject: `作業期間の延長について（${data.caseId}）`,
    preheader: `ご返送は、遅くとも${day("ja", data.window.latest)}の予定となります。`,
    title: "いましばらくお時間をいただきます",
    body: [
      under(
        "R60",
        p`誠に恐れ入りますが、お品物の作業に、先にご案内した予定より${data.days}日長くお時間をいただくこととなりました。理由は、${cause("ja", data.cause)}によるものでございます。`,
      ),
      data.text !== "" && under("R60", quote(data.text)),
      under(
        ["R59", "R60"],
        facts([
          ["新しい予定（最も早い場合）", say`${day("ja", data.window.earliest)}`],
          ["新しい予定（最も遅い場合）", say`${day("ja", data.window.latest)}`],
        ]),
      ),
      ...holidayBlocks("ja", data.window),
      p`お待たせいたしますことを心よりお詫び申し上げます。何卒ご理解賜りますようお願いいたします。`,
    ],
    button: "ご依頼の状況を見る",
  }),
};
