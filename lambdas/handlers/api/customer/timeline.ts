/** What happened, as the customer reads it on her page, in her language. */
import { formatDate } from "../../../domain/calendar.ts";
import type { CaseEvent } from "../../../domain/case.ts";
import type { Locale } from "../../../domain/identifiers.ts";
import { formatUsd } from "../../../domain/money.ts";

const FREE = "complimentary-resizing";

type Words = Record<Locale, string | ((data: NonNullable<CaseEvent["data"]>) => string)>;

/** The carrier's scans worth telling (integrations.md). */
const SCANS: Record<string, Record<Locale, string>> = {
  PU: { en: "FedEx has picked up the package.", ja: "FedExがお荷物をお預かりしました。" },
  PX: { en: "FedEx has picked up the package.", ja: "FedExがお荷物をお預かりしました。" },
  CD: { en: "The package is held up in customs.", ja: "お荷物は通関手続き中です。" },
  OD: { en: "The package is out for delivery.", ja: "お荷物は配達中です。" },
  DL: { en: "The package has been delivered.", ja: "お荷物が配達されました。" },
  DE: { en: "FedEx could not deliver the package.", ja: "FedExがお荷物を配達できませんでした。" },
  SE: { en: "FedEx reports a delay of the package.", ja: "お荷物に遅れが生じています。" },
  HL: { en: "The package is waiting at a FedEx location.", ja: "お荷物はFedExの営業所に保管されています。" },
  HP: { en: "The package is ready for pickup.", ja: "お荷物をお受け取りいただけます。" },
  RS: { en: "The package is being returned to its sender.", ja: "お荷物は差出人に返送されています。" },
};

const ENDS: Record<string, Record<Locale, string>> = {
  closed: { en: "Your case is closed. Thank you.", ja: "ご依頼は完了いたしました。ありがとうございました。" },
  declined: {
    en: "Your case has ended without a service.",
    ja: "ご依頼は、作業を行わずに終了いたしました。",
  },
  expired: {
    en: "Your case has ended because we had not heard from you.",
    ja: "期限までにご連絡がなかったため、ご依頼を終了いたしました。",
  },
  cancelled: { en: "Your case has been cancelled.", ja: "ご依頼は取り消されました。" },
  lost: {
    en: "Your case has ended: the package was lost.",
    ja: "お荷物の紛失により、ご依頼を終了いたしました。",
  },
};

/** By type of event; each that can be shown has its words (a test holds this). */
export const EVENT_WORDS: Readonly<Record<string, Words>> = {
  RequestReceived: { en: "We have received your request.", ja: "ご依頼を承りました。" },
  ConversionOffered: {
    en: ({ to }) =>
      to === FREE
        ? "The complimentary service is possible. We have asked whether you would like it."
        : "A fee applies. We have asked whether you would like to go on.",
    ja: ({ to }) =>
      to === FREE
        ? "無償サービスで承れるため、ご希望を確認するメールをお送りしました。"
        : "有償となるため、ご希望を確認するメールをお送りしました。",
  },
  ConversionAccepted: {
    en: ({ to }) =>
      to === FREE ? "You chose the complimentary service." : "You agreed to the paid service.",
    ja: ({ to }) =>
      to === FREE ? "無償サービスをお選びいただきました。" : "有償サービスにご同意いただきました。",
  },
  ConversionRefused: {
    en: "You did not wish to change to the other service.",
    ja: "サービスの変更を希望されませんでした。",
  },
  NoFeeFound: {
    en: "Our review found that the complimentary service is possible.",
    ja: "確認の結果、無償サービスで承れることがわかりました。",
  },
  InvoiceSent: { en: "We have sent you an invoice.", ja: "ご請求書をお送りしました。" },
  InvoiceVoided: {
    en: ({ invoiceId }) => `Invoice ${invoiceId} is no longer valid.`,
    ja: ({ invoiceId }) => `ご請求書${invoiceId}は無効となりました。`,
  },
  PaymentReceived: {
    en: ({ amountCents, currency }) =>
      currency === "USD"
        ? `We have received your payment of ${formatUsd(Number(amountCents), "en")}.`
        : "We have received a payment in another currency and will contact you.",
    ja: ({ amountCents, currency }) =>
      currency === "USD"
        ? `${formatUsd(Number(amountCents), "ja")}のお支払いを確認しました。`
        : "米ドル以外でのお支払いを確認しました。あらためてご連絡いたします。",
  },
  ShipDateRequested: {
    en: "Everything is paid. We have asked for your ship date.",
    ja: "お支払いが完了しました。ご発送の希望日をお伺いしました。",
  },
  SurchargeFound: {
    en: ({ amountCents }) =>
      `Your package was over the limits: the difference in shipping cost is ${formatUsd(Number(amountCents), "en")}.`,
    ja: ({ amountCents }) =>
      `お荷物が上限を超えていたため、送料の差額${formatUsd(Number(amountCents), "ja")}をご請求します。`,
  },
  SurchargeDue: {
    en: "Your jewelry is ready; the return waits for your payment.",
    ja: "お品物の準備が整いました。お支払いを確認した後にご返送します。",
  },
  SurchargeReleased: {
    en: "You do not need to pay the difference in shipping cost.",
    ja: "送料の差額のお支払いは不要となりました。",
  },
  RefundMade: {
    en: ({ amountCents }) => `We refund ${formatUsd(Number(amountCents), "en")} to you.`,
    ja: ({ amountCents }) => `${formatUsd(Number(amountCents), "ja")}をご返金いたします。`,
  },
  FeeFound: { en: "Our review found that a fee applies.", ja: "確認の結果、有償となることがわかりました。" },
  ItemsCompleted: { en: "You completed your request.", ja: "ご依頼の内容を追加していただきました。" },
  PhotosRequested: { en: "We have asked for photos.", ja: "お写真をお願いしました。" },
  PhotosSubmitted: { en: "You sent your photos.", ja: "お写真をお送りいただきました。" },
  MorePhotosWanted: { en: "Some photos are needed again.", ja: "一部のお写真の撮り直しをお願いしました。" },
  ReviewStarted: { en: "We are looking at your photos.", ja: "お写真を確認しています。" },
  RequestApproved: { en: "The service is possible.", ja: "お受けできることを確認しました。" },
  RequestDeclined: {
    en: "We are sorry: the service is not possible.",
    ja: "申し訳ございませんが、お受けすることができません。",
  },
  ShippingDetailsRequested: {
    en: "We have asked for your address and ship date.",
    ja: "ご住所と発送日をお伺いしました。",
  },
  ShippingDetailsGiven: {
    en: "You gave your address and ship date.",
    ja: "ご住所と発送日をお知らせいただきました。",
  },
  ShipDateGiven: { en: "You gave your ship date.", ja: "ご発送の希望日をお知らせいただきました。" },
  ShippingDetailsChanged: {
    en: "You changed your address or ship date. The documents are made anew.",
    ja: "ご住所または発送日が変更されました。書類を作り直します。",
  },
  ShipDateMoved: {
    en: ({ shipDate }) =>
      `Your ship date has gone by; the documents are made for ${formatDate(String(shipDate), "en")}.`,
    ja: ({ shipDate }) =>
      `ご発送日を過ぎましたため、${formatDate(String(shipDate), "ja")}の書類をご用意します。`,
  },
  ExportHeld: {
    en: "Your shipment is being checked for an export filing. Please do not ship yet.",
    ja: "輸出申告の要否を確認しています。まだ発送なさらないでください。",
  },
  ExportCleared: { en: "The export check is done.", ja: "輸出申告の確認が完了しました。" },
  ItemsSplitOff: {
    en: ({ to }) => `Part of your request goes on in a shipment of its own: case ${to}.`,
    ja: ({ to }) => `ご依頼の一部を別のお荷物に分けました（ご依頼番号 ${to}）。`,
  },
  CaseSplitOff: {
    en: ({ from }) => `This part of case ${from} goes on in a shipment of its own.`,
    ja: ({ from }) => `ご依頼番号 ${from} から、別のお荷物として分けられました。`,
  },
  LabelCreated: {
    en: ({ trackingNumber }) => `The FedEx tracking number is ${trackingNumber}.`,
    ja: ({ trackingNumber }) => `FedExの追跡番号は${trackingNumber}です。`,
  },
  DocumentsSent: {
    en: "We have sent your FedEx label and commercial invoice.",
    ja: "FedExラベルとコマーシャルインボイスをお送りしました。",
  },
  ParcelReportedSent: {
    en: "You told us that the package is on its way.",
    ja: "発送のご連絡をいただきました。",
  },
  ParcelScanned: {
    en: ({ code, text }) => SCANS[String(code)]?.en ?? String(text),
    ja: ({ code, text }) => SCANS[String(code)]?.ja ?? String(text),
  },
  ParcelReceived: { en: "Your package has arrived at our workshop.", ja: "お荷物が工房に到着しました。" },
  DiscrepancyFound: {
    en: "Something does not match what was agreed. We have written to you.",
    ja: "お届けの内容に相違がございました。メールでご連絡しました。",
  },
  DiscrepancyResolved: {
    en: "The question about your package is settled.",
    ja: "お荷物の相違が解決しました。",
  },
  WorkStarted: { en: "Your jewelry is being worked on.", ja: "作業を行っています。" },
  WindowExtended: {
    en: ({ days }) => `The work takes ${days} more days. We have written to you why.`,
    ja: ({ days }) => `作業が${days}日延びます。理由をメールでお知らせしました。`,
  },
  WorkFinished: { en: "The work is finished.", ja: "作業が完了しました。" },
  InspectionStarted: { en: "Your jewelry is being inspected.", ja: "検品を行っています。" },
  InspectionPassed: { en: "Your jewelry has passed our inspection.", ja: "検品を終えました。" },
  ReturnShipped: { en: "Your jewelry is on its way back to you.", ja: "お品物をご返送しました。" },
  ReturnDelivered: { en: "Your jewelry has been delivered.", ja: "お品物をお届けしました。" },
  MessageReceived: { en: "You sent us a message.", ja: "メッセージをお送りいただきました。" },
  MessageSent: { en: "We have sent you a message.", ja: "担当者よりメッセージをお送りしました。" },
  ReminderSent: { en: "We have sent you a reminder.", ja: "ご案内をもう一度お送りしました。" },
  WaitExpired: { en: "The time to answer has passed.", ja: "ご回答の期限が過ぎました。" },
  CancellationRequested: { en: "A cancellation was asked for.", ja: "お取り消しのご依頼を承りました。" },
  CaseReopened: { en: "Your case has been reopened.", ja: "ご依頼を再開いたしました。" },
  CaseEnded: {
    en: ({ stage }) => ENDS[String(stage)]?.en ?? "Your case has ended.",
    ja: ({ stage }) => ENDS[String(stage)]?.ja ?? "ご依頼は終了いたしました。",
  },
};

const eventText = (event: CaseEvent, locale: Locale): string => {
  const words = EVENT_WORDS[event.type]?.[locale];
  if (words === undefined)
    return { en: "Your case has been updated.", ja: "ご依頼の状況が更新されました。" }[locale];
  return typeof words === "string" ? words : words(event.data ?? {});
};

/** Oldest first. */
export const timeline = (events: readonly CaseEvent[], locale: Locale) =>
  events
    .filter((event) => event.shown)
    .map((event) => ({ at: event.at, type: event.type, text: eventText(event, locale) }));
