/** What is to be paid, has been paid and comes back: E7, E8, E15, E20. */
import type { MailData } from "../mail-data.ts";
import { type Clauses, clause, hasDeadline, isDue, isExchange, isSplitOff, refundFollows } from "./clause.ts";

const isBeforeShipping = (data: MailData["E7"]) => data.next === "ship-date";
const isOpen = (data: MailData["E7"]) => data.next !== undefined;
const isSurchargeDue = (data: MailData["E15"]) => data.variant === "surcharge" && isDue(data);
const isSurcharge = (data: MailData["E15"]) => data.variant === "surcharge";
const isDiscrepancy = (data: MailData["E15"]) => data.variant === "discrepancy";

export const ABOUT_MONEY: Clauses<"E7" | "E8" | "E15" | "E20"> = {
  E7: [
    clause(
      "R35",
      /CW-\w+-\d+ \(version \d+\)\nAttached as a PDF: invoice-\d+\.pdf/,
      /CW-\w+-\d+（第\d+版）\n添付ファイル: invoice-\d+\.pdf/,
    ),
    clause(
      "R35",
      /takes the place of invoice CW-\w+-\d+, which is no longer to be paid/,
      /CW-\w+-\d+）に代わるもの.*お支払いにならないよう/,
      (data) => data.replaces !== undefined,
    ),
    clause("R36", /Total: \$[\d,]+\.\d\d/, /合計: [\d,]+\.\d\d米ドル/),
    clause(
      "R36",
      /Service fee: \$[\s\S]*Shipping: \$/,
      /サービス料金: [\d,.]+米ドル[\s\S]*送料: [\d,.]+米ドル/,
      (data) => data.kind === "order",
    ),
    clause(
      "R39",
      /Return shipping: \$0\.00 \(insured return shipping.*included\)/,
      /ご返送の送料: 0\.00米ドル（.*保険付きのご返送は、料金に含まれて/,
      (data) => data.returnIncluded,
    ),
    clause(
      "R37",
      /Please pay \$[\d,.]+ in full, in US dollars, by \w+day, /,
      /[\d,.]+米ドルを、\d+年.*まで.*全額お支払い/,
      isDue,
    ),
    clause("R35", /Payment reference: CW-\w+-\d+/, /参照番号: CW-\w+-\d+/, (data) =>
      Boolean(isDue(data) && data.bankTransfer),
    ),
    clause(
      "R37",
      /nothing is left to be paid/,
      /お支払いいただく金額はございません/,
      (data) => data.state === "covered",
    ),
    clause(
      "R37",
      /please do not pay it/,
      /お支払いにならないようお願いいたします/,
      (data) => data.state === "withdrawn",
    ),
    clause(
      "R37",
      /only after the invoice has been paid in full|As soon as all that we have invoiced is paid in full/,
      /全額のお支払いを確認できましたら/,
      isBeforeShipping,
    ),
    clause(
      "R37",
      /back to you only after everything has been paid in full/,
      /ご返送は、全額のお支払いを確認したのち/,
      (data) => data.next === "return",
    ),
    clause(
      "R39",
      /Insured return shipping to the United States is included[\s\S]*cannot promise/,
      /ご返送の送料と保険料は、料金に含まれて[\s\S]*お約束することはできません/,
      isOpen,
    ),
    clause(
      "R40",
      /8 × 8 × 8 inches and 3 lb.*more than was billed in advance.*difference; otherwise nothing/,
      /8 × 8 × 8 インチ.*事前のご請求額.*差額.*それ以外に追加の費用はございません/,
      isOpen,
    ),
    clause(
      "R11",
      /keeps the old ring[\s\S]*going on, you agree/,
      /引き取らせていただきます[\s\S]*ご同意/,
      (data) => isBeforeShipping(data) && isExchange(data),
    ),
    clause("R59", /about 7 to 9 weeks/, /約7〜9週間/, (data) =>
      Boolean(isBeforeShipping(data) && data.workDays?.sized && !data.workDays.scheduled),
    ),
    clause(
      "R62",
      /about \d+ to \d+ (weeks|days).*may make it longer/,
      /約\d+〜\d+(週間|日)で.*さらにお時間/,
      (data) => Boolean(isBeforeShipping(data) && data.workDays?.scheduled),
    ),
    clause("R27", /do not send us anything/, /お送りにならないでください/, isBeforeShipping),
    clause(
      "R64",
      /not complete by \w+day, .*, the request expires/,
      /年.*までに全額のお支払いを確認できない場合、ご依頼は失効/,
      (data) => isBeforeShipping(data) && isDue(data),
    ),
    refundFollows,
  ],
  E8: [
    clause("R37", /in full/, /全額/),
    clause(
      "R34",
      /business day \(Monday to Friday, without FedEx's holidays\), at least 2 business days ahead and at most 30 days/,
      /営業日（月曜日から金曜日、FedExの休業日を除く）.*2営業日以上先.*30日以内/,
    ),
    clause("R32", /name, address and telephone number are with us/, /お名前、ご住所、お電話番号は、すでに/),
    clause(
      "R46",
      /\$2,500\.00 or more may need Electronic Export Information/,
      /2,500\.00米ドル以上.*電子輸出情報（EEI）/,
    ),
    clause(
      "R48",
      /write to us <.*before you ship.*EEI <https:/,
      /ご発送の前に必ずお問い合わせフォーム <.*EEIのご案内 <https:/,
    ),
    clause("R27", /do not send anything yet/, /まだお送りにならないでください/),
    clause("R64", /by \w+day, .*request expires/, /まで.*失効/, hasDeadline),
    clause("R47", /shipment of its own.*another day than \w+day, /, /別のお荷物.*年.*以外の日/, isSplitOff),
    refundFollows,
  ],
  E15: [
    clause("R56", /Certificate|parcel/, /Certificate|parcel/, isDiscrepancy),
    clause("R56", /hold the work/, /作業を保留/, isDiscrepancy),
    clause(
      "R40",
      /as measured: 10 × 8 × 6 inches and 4 lb\nAt most: 8 × 8 × 8 inches and 3 lb\nBilled by FedEx: \$[\d.,]+ \(reference .+\)\nBilled to you in advance: \$[\d.,]+\nDifference: \$/,
      /10 × 8 × 6 インチ、重さ 4 ポンド\n.*8 × 8 × 8 インチ、重さ 3 ポンド\nFedExの請求額: [\d.,]+米ドル（請求番号 .+）\n事前のご請求額（送料）: [\d.,]+米ドル\n差額: [\d.,]+米ドル/,
      isSurcharge,
    ),
    clause(
      "R35",
      /CW-\w+-\d+ is attached as a PDF \(invoice-\d+\.pdf\)/,
      /CW-\w+-\d+）をPDF（invoice-\d+\.pdf）/,
      isSurcharge,
    ),
    clause(
      "R37",
      /Please pay \$[\d,.]+ in full, in US dollars, by \w+day, /,
      /[\d,.]+米ドルを、\d+年.*まで.*全額お支払い/,
      isSurchargeDue,
    ),
    clause(
      "R40",
      /return of your jewelry waits for this payment/,
      /ご返送は、お支払いを確認したのち/,
      isSurchargeDue,
    ),
  ],
  E20: [
    clause(
      "R37",
      /Amount: \$[\d,.]+\nPaid on invoice: CW-\w+-\d+\nHow it comes back: (through the payment page|by bank transfer)/,
      /ご返金額: [\d,.]+米ドル\n対象のご請求書: CW-\w+-\d+\nご返金方法: (お支払いページ|銀行振込)/,
    ),
  ],
};
