import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import { type Block, heading, link, p, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";

type Warned = Pick<MailData["E4" | "E8"], "exportHoldCents" | "links">;

/** Before a ship date is chosen: what a valuable shipment may need (R46), and to write first (R48). */
export const exportWarning: Record<Locale, (data: Warned) => readonly Block[]> = {
  en: ({ exportHoldCents, links }) => [
    heading(`If the shipment is worth ${formatUsd(exportHoldCents, "en")} or more`),
    under(
      ["R46", "R48"],
      p`A single shipment whose items have a total price of ${formatUsd(exportHoldCents, "en")} or more may need Electronic Export Information (EEI), a filing with the US authorities. If that may be so for yours, please ${link("write to us", links.contact)} before you ship. FedEx explains it ${link("on its page about EEI", links.eei)}.`,
    ),
  ],
  ja: ({ exportHoldCents, links }) => [
    heading(`お荷物の合計が${formatUsd(exportHoldCents, "ja")}以上の場合`),
    under(
      ["R46", "R48"],
      p`一つのお荷物に入れるお品物の合計価格が${formatUsd(exportHoldCents, "ja")}以上の場合、米国当局への電子輸出情報（EEI）の申告が必要となることがあります。該当する可能性がある場合は、ご発送の前に必ず${link("お問い合わせフォーム", links.contact)}よりご連絡ください。詳しくは${link("FedExのEEIのご案内", links.eei)}をご覧ください。`,
    ),
  ],
};
