import type { Locale } from "../../domain/identifiers.ts";
import type { WorkDays } from "../../domain/work-days.ts";
import { type Block, p, type Rule, under } from "../letter.ts";
import { span } from "../wording.ts";

const rulesOf = ({ sized, scheduled }: WorkDays): readonly Rule[] => [
  ...(sized ? (["R59"] as const) : []),
  ...(scheduled ? (["R62"] as const) : []),
];

/** How long the work takes from the receipt on: seven to nine weeks (R59), or as it was told for this piece (R62). */
export const howLong: Record<Locale, (days: WorkDays) => Block> = {
  en: (days) =>
    under(
      rulesOf(days),
      p`From the day your package is received in Japan, it takes about ${span("en", days.earliest, days.latest)} until it is shipped back.${days.scheduled ? " The design or the condition of the piece may make it longer; we would write to you with the cause." : ""}`,
    ),
  ja: (days) =>
    under(
      rulesOf(days),
      p`日本でお品物をお受け取りした日から、約${span("ja", days.earliest, days.latest)}でご返送いたします。${days.scheduled ? "デザインやお品物の状態により、さらにお時間をいただく場合がございます。その際は、理由とあわせてメールでお知らせいたします。" : ""}`,
    ),
};
