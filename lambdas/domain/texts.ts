/** What a customer reads as the reason of a verdict, in both languages. Polite, and with what she can do next. */
import { formatDate } from "./calendar.ts";
import type { Service } from "./design.ts";
import type { Locale, PlainDate, RingSize } from "./identifiers.ts";

/** One function a reason; its name is the reason's code in camel case. A missing language does not compile. */
export interface ReasonTexts {
  notARing(): string;
  sizeChangeUnavailable(): string;
  sizeNotAvailable(size: RingSize): string;
  sizeOutOfRange(size: RingSize, from: RingSize, to: RingSize): string;
  sameSize(size: RingSize): string;
  openCase(): string;
  serialTwice(serialNumber: string): string;
  exchangedAway(): string;
  afterWindow(lastDay: PlainDate): string;
  sizeLate(lastDay: PlainDate): string;
  rightUsed(): string;
  rightReserved(): string;
  exchangePaid(): string;
  feeAlways(): string;
  feeApplies(): string;
  designUnknown(): string;
  deliveryDateMissing(): string;
  deliveryDateAhead(date: PlainDate): string;
  deliveryDateProvisional(date: PlainDate): string;
  serialNumberMissing(): string;
  sizeMissing(by: PlainDate | undefined): string;
  sizeAtPurchaseMissing(): string;
  serviceMissing(): string;
  serviceUnlisted(services: readonly Service[]): string;
  designCorrected(name: string): string;
}

export const SERVICE_NAMES: Record<Locale, Record<Service, string>> = {
  en: {
    polishing: "polishing",
    engraving: "engraving",
    "engraving-erasure": "engraving erasure",
    "re-engraving": "re-engraving",
    "paid-resizing": "paid resizing",
    "paid-exchange": "paid exchange",
    other: "another service",
  },
  ja: {
    polishing: "磨き仕上げ",
    engraving: "刻印",
    "engraving-erasure": "刻印消し",
    "re-engraving": "再刻印",
    "paid-resizing": "有償サイズ直し",
    "paid-exchange": "有償交換",
    other: "その他のサービス",
  },
};

const en: ReasonTexts = {
  notARing: () =>
    "A size change is possible for rings only. For this piece we will gladly help with another service.",
  sizeChangeUnavailable: () =>
    "We are sorry: the size of this design cannot be changed. Other services, such as polishing, may still be possible.",
  sizeNotAvailable: (size) =>
    `This design is not made in Japanese size ${size}. Please choose one of its available sizes.`,
  sizeOutOfRange: (size, from, to) =>
    `Japanese size ${size} is outside the range in which this ring can be resized. Counted from its size at purchase, sizes ${from} to ${to} are possible.`,
  sameSize: (size) =>
    `The ring already has Japanese size ${size}. Please choose another size, or keep the ring as it is.`,
  openCase: () =>
    "There is already an open request for this piece. Please use the link in our e-mails about that request, or write to us.",
  serialTwice: (serialNumber) =>
    `The serial number ${serialNumber} stands on more than one item. Please enter each piece once, with its own number.`,
  exchangedAway: () =>
    "According to our records this ring was exchanged for another one. Please enter the serial number of the ring you have now.",
  afterWindow: (lastDay) =>
    `The complimentary service could be requested until ${formatDate(lastDay, "en")}.`,
  sizeLate: (lastDay) =>
    `The desired ring size is part of the request and had to reach us by ${formatDate(lastDay, "en")}.`,
  rightUsed: () =>
    "The complimentary service is offered once for each ring, and has already been used for this one.",
  rightReserved: () =>
    "The complimentary service is offered once for each ring, and is set aside for another request on this one.",
  exchangePaid: () => "For this design a change of size is an exchange of the ring that carries a fee.",
  feeAlways: () => "For this design a change of size always carries a fee.",
  feeApplies: () =>
    "The service is therefore possible for a fee. Nothing is charged before you have seen and paid an invoice.",
  designUnknown: () =>
    "We could not find this design number in our catalogue. One of our representatives will look into it for you.",
  deliveryDateMissing: () =>
    "Please tell us the day the ring was delivered; the complimentary service depends on it.",
  deliveryDateAhead: (date) =>
    `The delivery date given, ${formatDate(date, "en")}, is still to come. Please check it.`,
  deliveryDateProvisional: (date) =>
    `The delivery date, ${formatDate(date, "en")}, is still to be confirmed by one of our representatives.`,
  serialNumberMissing: () =>
    "Please tell us the serial number, which is engraved inside the ring and printed on its certificate; we need it before we can approve the request.",
  sizeMissing: (by) =>
    `Please tell us the desired ring size${by ? ` by ${formatDate(by, "en")}` : ""}. If you are not sure of it, our Ring Sizing Kit will help.`,
  sizeAtPurchaseMissing: () =>
    "Please tell us the size of the ring at purchase; the possible sizes depend on it.",
  serviceMissing: () => "Please tell us which service you would like for this item.",
  serviceUnlisted: (services) =>
    `One of our representatives will check whether this is possible for the design: ${services.map((one) => SERVICE_NAMES.en[one]).join(", ")}.`,
  designCorrected: (name) =>
    `According to our records the ring with this serial number is of the design ${name}; we went by that.`,
};

const ja: ReasonTexts = {
  notARing: () =>
    "サイズ変更を承れるのはリングのみでございます。こちらのお品物につきましては、ほかのサービスをご案内いたします。",
  sizeChangeUnavailable: () =>
    "申し訳ございませんが、こちらのデザインはサイズ変更を承っておりません。磨き仕上げなど、ほかのサービスは承れる場合がございます。",
  sizeNotAvailable: (size) =>
    `こちらのデザインには${size}号のご用意がございません。ご用意のあるサイズからお選びください。`,
  sizeOutOfRange: (size, from, to) =>
    `${size}号は、こちらのリングのサイズ直しが可能な範囲外でございます。ご購入時のサイズを基準に、${from}号から${to}号まで承れます。`,
  sameSize: (size) => `リングはすでに${size}号でございます。別のサイズをお選びください。`,
  openCase: () =>
    "こちらのお品物につきましては、すでにお手続き中のご依頼がございます。そのご依頼のメールに記載のリンクをご利用いただくか、お問い合わせください。",
  serialTwice: (serialNumber) =>
    `シリアル番号${serialNumber}が複数のお品物に入力されています。お品物ごとに、それぞれの番号をご入力ください。`,
  exchangedAway: () =>
    "こちらのリングは、当方の記録では別のリングに交換済みでございます。現在お持ちのリングのシリアル番号をご入力ください。",
  afterWindow: (lastDay) => `無償サービスのお申し込み期限は${formatDate(lastDay, "ja")}まででございました。`,
  sizeLate: (lastDay) =>
    `ご希望のサイズは${formatDate(lastDay, "ja")}までにお知らせいただく必要がございました。`,
  rightUsed: () =>
    "無償サービスはリング1点につき1回限りでございます。こちらのリングではすでにご利用いただいております。",
  rightReserved: () =>
    "無償サービスはリング1点につき1回限りでございます。こちらのリングでは別のご依頼で確保されております。",
  exchangePaid: () => "こちらのデザインのサイズ変更は、有償でのリング交換となります。",
  feeAlways: () => "こちらのデザインのサイズ変更は、常に有償でございます。",
  feeApplies: () =>
    "そのため、有償でのご案内となります。請求書をご確認いただき、お支払いいただくまで、料金は発生いたしません。",
  designUnknown: () => "ご入力のデザイン番号がカタログに見つかりませんでした。担当者がお調べいたします。",
  deliveryDateMissing: () =>
    "リングのお届け日をお知らせください。無償サービスの可否はお届け日によって決まります。",
  deliveryDateAhead: (date) =>
    `ご入力のお届け日（${formatDate(date, "ja")}）はまだ先の日付でございます。ご確認ください。`,
  deliveryDateProvisional: (date) => `お届け日（${formatDate(date, "ja")}）は、担当者が確認いたします。`,
  serialNumberMissing: () =>
    "リングの内側と証明書に記載のシリアル番号をお知らせください。ご依頼の承認までに必要でございます。",
  sizeMissing: (by) =>
    `ご希望のサイズを${by ? `${formatDate(by, "ja")}までに` : ""}お知らせください。ご不明な場合は、リングサイズ計測キットをご利用いただけます。`,
  sizeAtPurchaseMissing: () =>
    "ご購入時のサイズをお知らせください。承れるサイズはご購入時のサイズによって決まります。",
  serviceMissing: () => "ご希望のサービスをお知らせください。",
  serviceUnlisted: (services) =>
    `次のサービスがこちらのデザインで承れるか、担当者が確認いたします：${services.map((one) => SERVICE_NAMES.ja[one]).join("、")}`,
  designCorrected: (name) =>
    `こちらのシリアル番号のリングは、当方の記録では「${name}」でございます。そちらに基づいて判断いたしました。`,
};

export const REASON_TEXTS: Record<Locale, ReasonTexts> = { en, ja };
