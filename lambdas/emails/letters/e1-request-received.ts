import type { Locale } from "../../domain/identifiers.ts";
import type { Email } from "../email.ts";
import { facts, heading, type Inline, link, list, note, p, say, strong, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";
import type { Missing, MissingFact } from "../missing-facts.ts";
import { day, piece, ringSize, wishes } from "../wording.ts";

const FACTS: Record<Locale, Record<MissingFact, string>> = {
  en: {
    "desired-size": "the ring size you would like, as a Japanese ring size",
    "serial-number": "the serial number (on the piece itself, and on the Certificate of Authenticity)",
    "size-at-purchase": "the Japanese ring size it had when it was bought",
    "delivery-date": "the date on which it was delivered",
  },
  ja: {
    "desired-size": "ご希望のサイズ（日本のリングサイズの号数）",
    "serial-number": "シリアル番号（お品物と証明書に記されています）",
    "size-at-purchase": "ご購入時のサイズ（日本のリングサイズの号数）",
    "delivery-date": "お品物のお届け日",
  },
};

/** Where on a ring the number stands; other pieces bear it elsewhere. */
const ON_A_RING: Record<Locale, string> = {
  en: "the serial number (inside the band, and on the Certificate of Authenticity)",
  ja: "シリアル番号（リングの内側と証明書に記されています）",
};

const wordsFor = (locale: Locale, data: MailData["E1"], { item, fact }: Missing): string => {
  const isRing = data.items.find((one) => one.item === item)?.kind === "ring";
  return fact === "serial-number" && isRing ? ON_A_RING[locale] : FACTS[locale][fact];
};

const missingList = (locale: Locale, data: MailData["E1"]): Inline[] =>
  data.missing.map((missing) =>
    data.items.length > 1
      ? say`${missing.name}${locale === "en" ? ": " : "："}${wordsFor(locale, data, missing)}`
      : say`${wordsFor(locale, data, missing)}`,
  );

const SERVICES: Record<Locale, { one: string; several: (name: string) => string }> = {
  en: { one: "Services", several: (name) => `Services, ${name}` },
  ja: { one: "ご希望のサービス", several: (name) => `ご希望のサービス（${name}）` },
};

/** The services asked for, piece by piece (R24); the complimentary process knows one only. */
const services = (locale: Locale, { process, items }: MailData["E1"]): (readonly [string, Inline])[] =>
  process === "complimentary-resizing"
    ? []
    : items
        .filter((item) => (item.services ?? []).length > 0)
        .map((item) => [
          items.length > 1 ? SERVICES[locale].several(item.name) : SERVICES[locale].one,
          say`${wishes(locale, item)}`,
        ]);

const lacks = (data: MailData["E1"], fact: MissingFact) => data.missing.some((one) => one.fact === fact);

/** E1: the request has arrived (R6, R7, R8; R24 and R26 in the paid process). */
export const e1: Email<"E1"> = {
  en: (data) => {
    const last = data.lastComplimentaryDay === null ? undefined : day("en", data.lastComplimentaryDay);
    const noSize = lacks(data, "desired-size");
    const complimentary = data.process === "complimentary-resizing";
    return {
      subject: `We have received your request (${data.caseId})`,
      preheader:
        noSize && last
          ? `Please tell us the ring size you would like by ${last}.`
          : `Thank you. Here is what happens next.`,
      title: "Thank you for your request",
      body: [
        p`Your request reached us on ${day("en", data.contactDate)}. A specialist looks at every request in person, and we will write to you at each step.`,
        facts([
          ...data.items.map((item) => ["Item", say`${piece("en", item)}`] as const),
          ...services("en", data),
          ...data.items
            .filter((item) => typeof item.desiredSize === "number")
            .map(
              (item) =>
                [
                  data.items.length > 1 ? `Desired size, ${item.name}` : "Desired size",
                  say`${ringSize("en", item.desiredSize as number)}`,
                ] as const,
            ),
          last !== undefined && ["Last complimentary day", say`${last}`],
        ]),
        data.missing.length > 0 && heading("What we still need from you"),
        data.missing.length > 0 && under("R22", list(missingList("en", data))),
        noSize &&
          last !== undefined &&
          under(
            ["R6", "R7"],
            note`Please send us the desired ring size ${strong(`by ${last}`)}. The size is part of making contact in time: if it reaches us after that day, the complimentary service is no longer available.`,
          ),
        noSize &&
          complimentary &&
          last === undefined &&
          under(
            "R7",
            note`The desired ring size is part of making contact in time: it must also reach us within the days in which the complimentary service is open. We can tell you the last day once we know the date of delivery, so please send us both soon.`,
          ),
        !noSize &&
          last !== undefined &&
          under(
            ["R6", "R7"],
            p`Your desired size is with us, so your contact is complete. Should you wish to change it, please do so by ${last}, the last complimentary day.`,
          ),
        data.provisional &&
          last !== undefined &&
          under(
            "R6",
            p`The last complimentary day is provisional: it rests on the delivery date you gave us, until we have confirmed that date.`,
          ),
        noSize &&
          under(
            "R8",
            p`Our sizes are Japanese ring sizes, and we never convert from another scale without asking you. If you are not sure of yours, our ${link("Ring Sizing Kit", data.links.sizingKit)} will tell you.`,
          ),
        data.missing.length > 0 && p`You can send us everything on the page of your case.`,
        !complimentary &&
          under(
            "R26",
            p`Repair and maintenance is a paid service that can be asked for at any time; no last day applies. There is nothing to pay before you have seen our invoice.`,
          ),
        under("R27", p`Please do not send us anything yet. We will tell you when it is time.`),
      ],
      button: data.missing.length > 0 ? "Complete your request" : "See your request",
    };
  },
  ja: (data) => {
    const last = data.lastComplimentaryDay === null ? undefined : day("ja", data.lastComplimentaryDay);
    const noSize = lacks(data, "desired-size");
    const complimentary = data.process === "complimentary-resizing";
    return {
      subject: `ご依頼を承りました（${data.caseId}）`,
      preheader:
        noSize && last
          ? `ご希望のサイズを${last}までにお知らせください。`
          : `今後の流れについてご案内いたします。`,
      title: "ご依頼を承りました",
      body: [
        p`このたびはご依頼をいただき、ありがとうございます。${day("ja", data.contactDate)}に確かに承りました。内容は担当者が一件ずつ拝見し、進み具合はその都度メールでお知らせいたします。`,
        facts([
          ...data.items.map((item) => ["お品物", say`${piece("ja", item)}`] as const),
          ...services("ja", data),
          ...data.items
            .filter((item) => typeof item.desiredSize === "number")
            .map(
              (item) =>
                [
                  data.items.length > 1 ? `ご希望サイズ（${item.name}）` : "ご希望サイズ",
                  say`${ringSize("ja", item.desiredSize as number)}`,
                ] as const,
            ),
          last !== undefined && ["無償サービスの最終日", say`${last}`],
        ]),
        data.missing.length > 0 && heading("お知らせいただきたいこと"),
        data.missing.length > 0 && under("R22", list(missingList("ja", data))),
        noSize &&
          last !== undefined &&
          under(
            ["R6", "R7"],
            note`ご希望のサイズは、${strong(`${last}まで`)}にお知らせください。期限内のご連絡には、ご希望サイズのお知らせも含まれます。この日を過ぎますと、無償でのサービスを承ることができなくなりますので、ご注意ください。`,
          ),
        noSize &&
          complimentary &&
          last === undefined &&
          under(
            "R7",
            note`期限内のご連絡には、ご希望サイズのお知らせも含まれます。お届け日が分かりしだい最終日をご案内いたしますので、ご希望のサイズとお届け日を、あわせてお早めにお知らせください。`,
          ),
        !noSize &&
          last !== undefined &&
          under(
            ["R6", "R7"],
            p`ご希望のサイズも承っておりますので、期限内のご連絡は整っております。変更をご希望の場合は、無償サービスの最終日である${last}までにお知らせください。`,
          ),
        data.provisional &&
          last !== undefined &&
          under(
            "R6",
            p`無償サービスの最終日は、お客様からお知らせいただいたお届け日にもとづく暫定のものです。お届け日を弊社で確認できしだい、確定いたします。`,
          ),
        noSize &&
          under(
            "R8",
            p`サイズは日本のリングサイズ（号数）で承っており、ほかの規格からお客様のご確認なしに換算することはございません。サイズがお分かりにならない場合は、${link("リングサイズキット", data.links.sizingKit)}をご利用ください。`,
          ),
        data.missing.length > 0 && p`いずれもお客様専用ページからお知らせいただけます。`,
        !complimentary &&
          under(
            "R26",
            p`修理・メンテナンスは有償のサービスで、お申し込みの期限はございません。費用は、ご請求書をお送りし、内容をご確認いただいたうえでお支払いいただきます。`,
          ),
        under("R27", p`お品物は、弊社からご案内するまでお送りにならないようお願いいたします。`),
      ],
      button: data.missing.length > 0 ? "不足している内容を知らせる" : "ご依頼の内容を見る",
    };
  },
};
