/**
 * The clauses the policy makes mandatory, letter by letter, each with its rule and the words by which it is known in
 * both languages. Tests hold every letter against them; who words a letter anew sees here what it must still say.
 */
import type { Locale } from "../domain/identifiers.ts";
import type { OrderableEmail } from "../domain/mail-params.ts";
import type { Rule } from "./letter.ts";
import type { MailData } from "./mail-data.ts";
import { exchangedOf } from "./wording.ts";

export interface Clause<Data> {
  readonly rule: Rule;
  /** What the block of this rule must say, in each language. */
  readonly says: Record<Locale, RegExp>;
  /** Absent: always. */
  readonly when?: (data: Data) => boolean;
}

const clause = <Data>(rule: Rule, en: RegExp, ja: RegExp, when?: (data: Data) => boolean): Clause<Data> => ({
  rule,
  says: { en, ja },
  ...(when ? { when } : {}),
});

const sizeMissing = (data: MailData["E1"]) => data.missing.some((one) => one.fact === "desired-size");
const hasLastDay = (data: MailData["E1"]) => data.lastComplimentaryDay !== null;
const hasDeadline = (data: { readonly deadline?: unknown }) => data.deadline !== undefined;
const isExchange = (data: MailData["E4" | "E10"]) => exchangedOf(data.items).length > 0;
const isExchanged = (data: MailData["E16"]) => !data.unworked && exchangedOf(data.items).length > 0;
const isSplitOff = (data: MailData["E4"]) => data.splitFrom !== undefined;
const isExpired = (data: MailData["E12"]) => data.variant === "expired";
const hasHolidays = (data: MailData["E13"] | MailData["E14"]) => data.window.holidays.length > 0;

export const CLAUSES: { readonly [E in OrderableEmail]: readonly Clause<MailData[E]>[] } = {
  E1: [
    clause("R6", /last complimentary day|after that day/, /最終日|この日を過ぎ/, hasLastDay),
    clause(
      "R7",
      /part of making contact in time/,
      /期限内のご連絡には、ご希望サイズのお知らせも含まれます/,
      sizeMissing,
    ),
    clause("R8", /Japanese ring sizes.*Ring Sizing Kit/, /号数.*リングサイズキット/, sizeMissing),
    clause("R22", /\w/, /./, (data) => data.missing.length > 0),
    clause("R6", /provisional/, /暫定/, (data) => data.provisional && data.lastComplimentaryDay !== null),
  ],
  E2: [
    clause("R28", /Certificate/, /証明書/),
    clause("R10", /twice.*original/, /二度.*原本/),
    clause("R27", /do not send us anything/, /お送りにならないでください/),
    clause("R32", /name.*address.*telephone/, /お名前.*ご住所.*お電話番号/, (data) => data.wantsContact),
  ],
  E3: [clause("R29", /serial number cannot be read/i, /serial number cannot be read/i)],
  E4: [
    clause(
      "R31",
      /name[\s\S]*address[\s\S]*telephone[\s\S]*day/,
      /お名前[\s\S]*ご住所[\s\S]*お電話番号[\s\S]*希望日/,
    ),
    clause(
      "R33",
      /50 states or Washington, DC[\s\S]*PO boxes, APO or FPO/,
      /全米50州またはワシントンD\.C\.[\s\S]*PO Box[\s\S]*APO・FPO/,
    ),
    clause(
      "R33",
      /No document is made and no insurance is taken out before/,
      /整い.*書類の作成および保険のお申し込みはいたしかねます/,
    ),
    clause(
      "R11",
      /keeps the old ring[\s\S]*going on, you agree/,
      /引き取らせていただきます[\s\S]*ご同意/,
      isExchange,
    ),
    clause(
      "R9",
      /cost you nothing.*export filing/,
      /無償.*輸出申告/,
      (data) => data.process === "complimentary-resizing",
    ),
    clause(
      "R46",
      /\$2,500\.00 or more may need Electronic Export Information/,
      /2,500\.00米ドル以上.*電子輸出情報（EEI）/,
    ),
    clause("R48", /write to us <.*before you ship/, /ご発送の前に必ずお問い合わせフォーム </),
    clause("R64", /by \w+day, /, /まで/, hasDeadline),
    clause("R47", /shipment of its own.*another day than \w+day, /, /別のお荷物.*年.*以外の日/, isSplitOff),
  ],
  E5: [clause("R30", /reason/, /理由|ため|によるもの/)],
  E6: [
    clause("R12", /paid service/, /有償サービス/),
    clause(
      "R36",
      /service fee, shipping, customs duties, insurance and any other transport cost/,
      /サービス料金、送料、関税、保険料、その他の輸送費用/,
    ),
    clause("R37", /only after the invoice has been paid in full/, /全額のお支払いを確認/),
    clause("R38", /Shipping to Japan is never free/, /日本までの送料が無料となることはございません/),
    clause(
      "R39",
      /return shipping.*included[\s\S]*cannot promise/,
      /ご返送の送料と保険料は、料金に含まれて[\s\S]*お約束することはできません/,
    ),
    clause(
      "R40",
      /8 × 8 × 8 inches and 3 lb.*difference; otherwise nothing/,
      /8 × 8 × 8 インチ.*差額.*それ以外に追加の費用はございません/,
    ),
  ],
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
  E12: [
    clause("R64", /by \w+day, .*request expires/, /まで.*失効/, (data) => data.variant === "reminder"),
    clause(
      "R64",
      /by \w+day, .*reopen.*keeps its contact date of \w+day/,
      /まで.*再開.*最初のご連絡日（\d+年/,
      isExpired,
    ),
    clause("R27", /do not send us anything/, /お送りにならないよう/, isExpired),
  ],
  E13: [
    clause("R59", /Earliest: .*\nLatest: /, /最も早い場合: .*\n最も遅い場合: /),
    clause("R60", /Japanese national holidays fall within/, /日本の祝日が含まれて/, hasHolidays),
    clause("R60", /design.*condition.*holidays.*longer/, /デザイン.*状態.*祝日.*長く/),
    clause(
      "R61",
      /inquiry.*shipping to Japan is not part/,
      /お問い合わせ.*日本までの配送.*含まれておりません/,
    ),
  ],
  E14: [
    clause("R60", /\d+ days longer.*cause: the condition/, /\d+日長く.*お品物の状態/),
    clause("R60", /New earliest day: .*\nNew latest day: /, /最も早い場合）: .*\n.*最も遅い場合）: /),
    clause("R60", /Japanese national holidays/, /日本の祝日/, hasHolidays),
  ],
  E15: [
    clause("R56", /Certificate|parcel/, /Certificate|parcel/),
    clause("R56", /hold the work/, /作業を保留/),
  ],
  E16: [
    clause("R39", /FedEx tracking number: \d+[\s\S]*Insured for: \$/, /FedEx追跡番号: \d+[\s\S]*保険金額: /),
    clause("R39", /cannot promise that none will be charged/, /お約束することはできません/),
    clause("R11", /new ring; the old one stays/, /新しいリング.*引き取らせて/, isExchanged),
    clause("R57", /jewelry[\s\S]*Certificate/, /ジュエリー[\s\S]*証明書/),
    clause("R58", /in the United States/, /アメリカ国内/),
  ],
  E17: [
    clause("R27", /do not send us anything/, /お送りにならないよう/, (data) => data.variant !== "closed"),
    clause(
      "R5",
      /complimentary service/,
      /無償サービス/,
      (data) => data.variant === "closed" || data.unworked,
    ),
  ],
  E18: [],
};
