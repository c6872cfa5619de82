import type { Email } from "../email.ts";
import { heading, list, note, p, say, strong, under } from "../letter.ts";
import { day, exchangedOf, names, piece, ringSize, until } from "../wording.ts";
import { contactWanted } from "./contact-wanted.ts";
import { exportWarning } from "./export-warning.ts";
import { howLong } from "./how-long.ts";

/** E4: possible; name, address, telephone and ship date wanted (R31, R33), exchange named (R11), export warned of (R46). */
export const e4: Email<"E4"> = {
  en: (data) => {
    const exchanged = exchangedOf(data.items);
    const { days } = data;
    return {
      subject: data.splitFrom
        ? `A shipment of its own (${data.caseId})`
        : `Good news: we can do it (${data.caseId})`,
      preheader: "Please tell us your address and the day on which you would like to ship.",
      title: data.splitFrom ? "A shipment of its own" : "Your request has been approved",
      body: [
        data.splitFrom
          ? p`To keep the value of each package down, we have taken the following out of case ${data.splitFrom.caseId}. It goes on as case ${data.caseId}; what was agreed stays as it was.`
          : p`We have looked at your photos and are pleased to say that the following is possible.`,
        list(
          data.items.map((item) =>
            typeof item.desiredSize === "number"
              ? say`${piece("en", item)}: ${item.outcome === "exchange" ? "exchange for" : "resizing to"} ${strong(ringSize("en", item.desiredSize))}`
              : say`${piece("en", item)}`,
          ),
        ),
        data.splitFrom &&
          under(
            "R47",
            note`This is a shipment of its own: please pack it apart, and choose ${strong(`another day than ${day("en", data.splitFrom.shipDate)}`)}, on which the other package is sent.`,
          ),
        data.dropped.length > 0 &&
          p`Not part of this service any more: ${names("en", data.dropped)}. Please do not include ${data.dropped.length > 1 ? "them" : "it"} in the package.`,
        exchanged.length > 0 &&
          under(
            "R11",
            note`This is an exchange: you receive a new ring in the desired size, and ${strong(`${data.brandName} keeps the old ring`)} (${names("en", exchanged)}). By giving us your shipping details and going on, you agree to this.`,
          ),
        data.process === "complimentary-resizing" &&
          under(
            "R9",
            p`The service itself and insured shipping to Japan and back cost you nothing. The one exception would be the cost of an export filing, described below.`,
          ),
        howLong.en(data.workDays),
        heading("What we need from you"),
        under(
          ["R31", "R33"],
          list([
            ...contactWanted.en,
            say`The day on which you would like to ship: a FedEx business day, at least ${days.shipDateMinBusinessDays} business days ahead and at most ${days.shipDateMax} days from now`,
          ]),
        ),
        data.contactKnown &&
          p`Your name, address and telephone number you have told us before. Please only look whether they are still right.`,
        under(
          "R33",
          p`No document is made and no insurance is taken out before all four are complete and valid.`,
        ),
        data.deadline &&
          under("R64", p`Please send us these details ${strong(`by ${until("en", data.deadline)}`)}.`),
        ...exportWarning.en(data),
        under("R27", p`Please do not send anything yet: label and commercial invoice follow by email.`),
      ],
      button: "Enter shipping details",
    };
  },
  ja: (data) => {
    const exchanged = exchangedOf(data.items);
    const { days } = data;
    return {
      subject: data.splitFrom
        ? `お荷物を分けてお送りいただくご案内（${data.caseId}）`
        : `ご依頼を承ることができます（${data.caseId}）`,
      preheader: "ご住所と、ご発送の希望日をお知らせください。",
      title: data.splitFrom ? "お荷物を分けてお送りください" : "ご依頼を承ることができます",
      body: [
        data.splitFrom
          ? p`一つのお荷物の価格を抑えるため、ご依頼番号${data.splitFrom.caseId}から下記のお品物を分け、ご依頼番号${data.caseId}として承ります。これまでにお決めいただいた内容に変更はございません。`
          : p`お写真を拝見しました結果、下記のとおり承れることとなりましたので、ご案内申し上げます。`,
        list(
          data.items.map((item) =>
            typeof item.desiredSize === "number"
              ? say`${piece("ja", item)}：${strong(ringSize("ja", item.desiredSize))}${item.outcome === "exchange" ? "のリングへの交換" : "へのサイズ直し"}`
              : say`${piece("ja", item)}`,
          ),
        ),
        data.splitFrom &&
          under(
            "R47",
            note`こちらは別のお荷物となります。別々に梱包していただき、もう一方のお荷物をご発送になる${strong(`${day("ja", data.splitFrom.shipDate)}以外の日`)}をお選びください。`,
          ),
        data.dropped.length > 0 &&
          p`${names("ja", data.dropped)}は、今回のサービスの対象外となりました。お荷物には入れないようお願いいたします。`,
        exchanged.length > 0 &&
          under(
            "R11",
            note`今回はリングの交換となります。ご希望サイズの新しいリングをお届けし、${strong(`お手元のリング（${names("ja", exchanged)}）は${data.brandName}が引き取らせていただきます`)}。ご返却はいたしかねます。ご発送に関する情報をお知らせいただき、お手続きを進めていただくことで、ご同意いただいたものといたします。`,
          ),
        data.process === "complimentary-resizing" &&
          under(
            "R9",
            p`作業および日本までの往復の保険付き配送は無償で承ります。ただし、下記の輸出申告に費用がかかる場合は、その費用のみ例外となります。`,
          ),
        howLong.ja(data.workDays),
        heading("お知らせいただきたいこと"),
        under(
          ["R31", "R33"],
          list([
            ...contactWanted.ja,
            say`ご発送の希望日（FedExの営業日で、${days.shipDateMinBusinessDays}営業日以上先、本日から${days.shipDateMax}日以内の日付）`,
          ]),
        ),
        data.contactKnown &&
          p`お名前、ご住所、お電話番号は、すでにお知らせいただいております。変更がないかどうかのみ、ご確認ください。`,
        under(
          "R33",
          p`上記がすべて整い、内容を確認できるまでは、書類の作成および保険のお申し込みはいたしかねます。`,
        ),
        data.deadline &&
          under(
            "R64",
            p`${strong(`${until("ja", data.deadline)}まで`)}にお知らせくださいますようお願いいたします。`,
          ),
        ...exportWarning.ja(data),
        under(
          "R27",
          p`ラベルとコマーシャルインボイスは、あらためてメールでお送りいたします。それまでお品物はお送りにならないようお願いいたします。`,
        ),
      ],
      button: "発送に関する情報を入力する",
    };
  },
};
