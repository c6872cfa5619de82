import type { Locale } from "../../domain/identifiers.ts";
import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { facts, heading, type Inline, link, list, note, p, say, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import { agreed, content, exchangedOf, names, ringSize, trackingPage } from "../wording.ts";

const ROWS: Record<
  Locale,
  { work: string; size: string; serial: string; several: (label: string, name: string) => string }
> = {
  en: {
    work: "Work done",
    size: "Measured size",
    serial: "New serial number",
    several: (label, name) => `${label}, ${name}`,
  },
  ja: {
    work: "作業内容",
    size: "計測したサイズ",
    serial: "新しいシリアル番号",
    several: (label, name) => `${label}（${name}）`,
  },
};

/** What was done (R24), the measured size (R63) and, after an exchange, the number of the new ring (R5). */
const results = (locale: Locale, data: MailData["E16"]): (readonly [string, Inline])[] => {
  const words = ROWS[locale];
  const label = (text: string, name: string) => (data.items.length > 1 ? words.several(text, name) : text);
  const worked = data.process === "repair-and-maintenance" && !data.unworked;
  return data.items.flatMap((item) => [
    ...(worked && agreed(locale, item) !== ""
      ? [[label(words.work, item.name), say`${agreed(locale, item)}`] as const]
      : []),
    ...(item.measuredSize === undefined
      ? []
      : [[label(words.size, item.name), say`${ringSize(locale, item.measuredSize)}`] as const]),
    ...(item.newSerialNumber === undefined
      ? []
      : [[label(words.serial, item.name), say`${item.newSerialNumber}`] as const]),
  ]);
};

/** E16: on its way home, insured (R39, R57, R58); duties are never promised away (R39). */
export const e16: Email<"E16"> = {
  en: (data) => ({
    subject: `Your jewelry is on its way back (${data.caseId})`,
    preheader: `FedEx tracking number ${data.trackingNumber}.`,
    title: data.unworked ? "Your jewelry is coming back to you" : "Finished, and on its way to you",
    body: [
      data.unworked
        ? p`As agreed, your jewelry is returned without having been worked on. It has left Japan by FedEx.`
        : p`The work is done, and your jewelry has passed our inspection. It is now on its way to you by FedEx.`,
      under(
        ["R39", "R58"],
        facts([
          ["FedEx tracking number", say`${link(data.trackingNumber, trackingPage(data.trackingNumber))}`],
          ["Insured for", say`${formatUsd(data.insuredCents, "en")} (${data.insurance.insurer})`],
          ["Returned to", say`the address in the United States that you gave us`],
          ...results("en", data),
        ]),
      ),
      heading("In the package"),
      under("R57", list(data.manifest.map((thing) => say`${content("en", thing)}`))),
      !data.unworked &&
        exchangedOf(data.items).length > 0 &&
        under(
          "R11",
          p`Exchange (${names("en", exchangedOf(data.items))}): the package holds the new ring; the old one stays with ${data.brandName}.`,
        ),
      under(
        "R39",
        note`${data.process === "repair-and-maintenance" ? "Insured return shipping is included in what you have paid." : "Return shipping and its insurance are paid."} US customs decide for themselves whether they ask for duties or taxes: we declare the contents correctly, but cannot promise that none will be charged to you.`,
      ),
      p`FedEx may ask for a signature. Please look at the package when it arrives, and ${link("write to us", data.links.contact)} at once if anything is damaged or missing.`,
    ],
    button: "Follow your case",
  }),
  ja: (data) => ({
    subject: `お品物をご返送いたしました（${data.caseId}）`,
    preheader: `FedEx追跡番号は${data.trackingNumber}です。`,
    title: data.unworked ? "お品物をお返しいたします" : "仕上がったお品物をご返送いたしました",
    body: [
      data.unworked
        ? p`ご案内のとおり、お品物は作業を行わずにお返しいたします。FedExにて日本より発送いたしました。`
        : p`作業が完了し、検品を終えましたので、お品物をFedExにて発送いたしました。`,
      under(
        ["R39", "R58"],
        facts([
          ["FedEx追跡番号", say`${link(data.trackingNumber, trackingPage(data.trackingNumber))}`],
          ["保険金額", say`${formatUsd(data.insuredCents, "ja")}（${data.insurance.insurer}）`],
          ["お届け先", say`お知らせいただいたアメリカ国内のご住所`],
          ...results("ja", data),
        ]),
      ),
      heading("お荷物の内容"),
      under("R57", list(data.manifest.map((thing) => say`${content("ja", thing)}`))),
      !data.unworked &&
        exchangedOf(data.items).length > 0 &&
        under(
          "R11",
          p`交換（${names("ja", exchangedOf(data.items))}）：お荷物には新しいリングをお入れしております。以前のリングは${data.brandName}が引き取らせていただきました。`,
        ),
      under(
        "R39",
        note`${data.process === "repair-and-maintenance" ? "ご返送の送料と保険料は、お支払いいただいた料金に含まれております。" : "ご返送の送料と保険料は弊社にてお支払い済みです。"}関税などの課税は米国税関の判断によるもので、内容は正しく申告しておりますが、お客様のご負担が一切生じないことをお約束することはできません。`,
      ),
      p`お受け取りの際、FedExからご署名をお願いする場合がございます。到着後すぐにお荷物をご確認いただき、破損や不足がございましたら、ただちに${link("お問い合わせフォーム", data.links.contact)}よりご連絡ください。`,
    ],
    button: "ご依頼の状況を見る",
  }),
};
