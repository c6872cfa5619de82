/** The way to Japan, the work and the way home: E9 to E11, E13, E14, E16. */
import type { MailData } from "../mail-data.ts";
import { type Clauses, clause, isExchange, isPaid } from "./clause.ts";

const isExchanged = (data: MailData["E16"]) => !data.unworked && isExchange(data);
const hasHolidays = (data: MailData["E13"] | MailData["E14"]) => data.window.holidays.length > 0;

export const ABOUT_SHIPPING: Clauses<"E9" | "E10" | "E11" | "E13" | "E14" | "E16"> = {
  E9: [
    clause("R42", /FedEx tracking number: \d+/, /FedEx追跡番号: \d+/),
    clause("R43", /follow together in one email/, /二点まとめて/),
  ],
  E10: [
    clause(
      "R43",
      /FedEx label \(label\.pdf\).*commercial invoice \(commercial-invoice\.pdf\)/,
      /label\.pdf.*commercial-invoice\.pdf/,
    ),
    clause("R49", /packing video <https:/, /梱包方法の動画 <https:/),
    clause("R50", /insurance may not cover a loss/, /保険が適用されないこと/),
    clause("R51", /at most 8 × 8 × 8 inches and 3 lb/, /8 × 8 × 8 インチ、重さ 3 ポンド以内/),
    clause("R52", /original Certificate of Authenticity must go into the package/, /原本を必ず同封/),
    clause("R53", /has been sent, please tell us/, /お出しになりましたら.*お知らせください/),
    clause("R54", /not responsible for loss of or damage/, /紛失・破損について.*責任を負いかねます/),
    clause(
      "R57",
      /only the jewelry, its pouch and the certificate[\s\S]*only things we return/,
      /ジュエリー、ポーチ、証明書のみ[\s\S]*ご返送できるのはこの三点だけ/,
    ),
    clause(
      "R40",
      /exceed these limits.*more than was billed in advance.*difference/,
      /上限を超え.*事前のご請求額.*差額/,
      isPaid,
    ),
    clause("R11", /keeps the ring you send us.*new one/, /引き取らせていただき.*新しいリング/, isExchange),
    clause("R58", /within the United States/, /アメリカ国内/),
  ],
  E11: [
    clause("R46", /\$\d,\d{3}\.\d\d.*Electronic Export Information/, /米ドル.*電子輸出情報（EEI）/),
    clause("R47", /hold your shipping documents/, /発行を保留/),
    clause(
      "R47",
      /number \(ITN\)[\s\S]*exemption[\s\S]*split[\s\S]*cancelled/,
      /ITN[\s\S]*免除[\s\S]*分け[\s\S]*取り消す/,
    ),
    clause(
      "R47",
      /\$50\.00.*name any cost to you first.*only after you have said yes.*split the shipment or cancel/,
      /50\.00米ドル.*事前にご案内.*ご承諾.*分けるか.*お取り消し/,
    ),
    clause(
      "R48",
      /write to us before you ship.*contact form <https:.*EEI <https:/,
      /ご発送になる前に.*ご連絡.*お問い合わせフォーム <https:.*EEIのご案内 <https:/,
    ),
  ],
  E13: [
    clause("R59", /Earliest: .*\nLatest: /, /最も早い場合: .*\n最も遅い場合: /),
    clause("R60", /Japanese national holidays fall within/, /日本の祝日が含まれて/, hasHolidays),
    clause("R62", /schedule that we told you/, /作業期間にもとづく/, (data) => data.scheduled),
    clause("R60", /design.*condition.*holidays.*longer/, /デザイン.*状態.*祝日.*長く/),
    clause(
      "R61",
      /inquiry.*shipping to Japan is not part/,
      /お問い合わせ.*日本までの配送.*含まれておりません/,
    ),
  ],
  E14: [
    clause("R60", /(\d+ days|one day) longer.*cause: the condition/, /\d+日長く.*お品物の状態/),
    clause("R60", /New earliest day: .*\nNew latest day: /, /最も早い場合）: .*\n.*最も遅い場合）: /),
    clause("R60", /Japanese national holidays/, /日本の祝日/, hasHolidays),
  ],
  E16: [
    clause("R39", /FedEx tracking number: \d+[\s\S]*Insured for: \$/, /FedEx追跡番号: \d+[\s\S]*保険金額: /),
    clause("R39", /cannot promise that none will be charged/, /お約束することはできません/),
    clause("R11", /new ring; the old one stays/, /新しいリング.*引き取らせて/, isExchanged),
    clause("R57", /jewelry[\s\S]*Certificate/, /ジュエリー[\s\S]*証明書/),
    clause("R58", /in the United States/, /アメリカ国内/),
  ],
};
