import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { link, list, note, p, say, strong, under } from "../letter.ts";

/** E11: documents are held for an export filing (R46–R48); a cost is named first (R47). */
export const e11: Email<"E11"> = {
  en: (data) => ({
    subject: `Before you ship: export filing needed? (${data.caseId})`,
    preheader: "We are holding your documents for the moment. Please write to us before shipping.",
    title: "Your shipment may need an export filing",
    body: [
      under(
        "R46",
        p`The items of your shipment have a total price of ${strong(formatUsd(data.totalCents, "en"))}${data.withOthers ? ", together with your other shipments of the same day" : ""}. From ${formatUsd(data.exportHoldCents, "en")} on, a single shipment out of the United States may need Electronic Export Information (EEI).`,
      ),
      under("R47", p`Until this is settled we hold your shipping documents. It ends in one of these ways:`),
      under(
        "R47",
        list([
          say`the export is filed, and we record its number (ITN);`,
          say`we find that an exemption applies, and record it;`,
          say`the shipment is split into several with different ship dates;`,
          say`the request is cancelled.`,
        ]),
      ),
      under(
        "R48",
        note`${strong("Please write to us before you ship anything")}, ${link("through our contact form", data.links.contact)} (topic: export filing). FedEx explains the filing ${link("on its page about EEI", data.links.eei)}.`,
      ),
      under(
        "R47",
        p`A filing may cost extra, at present ${formatUsd(data.feeCents, "en")}. We name any cost to you first and charge it only after you have said yes. If you would rather not, we split the shipment or cancel it.`,
      ),
    ],
    button: "See your case",
  }),
  ja: (data) => ({
    subject: `ご発送前のお願い：輸出申告について（${data.caseId}）`,
    preheader: "発送書類の発行を一時保留しております。ご発送の前に必ずご連絡ください。",
    title: "輸出申告が必要となる可能性がございます",
    body: [
      under(
        "R46",
        p`${data.withOthers ? "同じ日のほかのお荷物と合わせて、" : ""}今回のお荷物の合計価格は${strong(formatUsd(data.totalCents, "ja"))}です。アメリカからの一つのお荷物の合計が${formatUsd(data.exportHoldCents, "ja")}以上の場合、電子輸出情報（EEI）の申告が必要となることがございます。`,
      ),
      under(
        "R47",
        p`この点が確認できるまで、発送書類の発行を保留させていただきます。次のいずれかをもって解決いたします。`,
      ),
      under(
        "R47",
        list([
          say`輸出申告を行い、その番号（ITN）を記録する`,
          say`申告の免除に該当することを確認し、記録する`,
          say`お荷物を分け、それぞれ別の日に発送する`,
          say`ご依頼を取り消す`,
        ]),
      ),
      under(
        "R48",
        note`${strong("何かをご発送になる前に、必ず弊社へご連絡ください")}。${link("お問い合わせフォーム", data.links.contact)}より「輸出申告」の項目をお選びください。申告の詳細は${link("FedExのEEIのご案内", data.links.eei)}をご覧ください。`,
      ),
      under(
        "R47",
        p`申告には追加の費用（現在${formatUsd(data.feeCents, "ja")}）がかかる場合がございます。費用は事前にご案内し、ご承諾をいただいた場合に限りご請求いたします。ご希望でない場合は、お荷物を分けるか、ご依頼をお取り消しいたします。`,
      ),
    ],
    button: "ご依頼の状況を見る",
  }),
};
