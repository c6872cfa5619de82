/** From the request to the answer of the review: E1 to E6. */
import type { MailData } from "../mail-data.ts";
import {
  type Clauses,
  clause,
  hasDeadline,
  isExchange,
  isFree,
  isPaid,
  isSplitOff,
  refundFollows,
} from "./clause.ts";

const sizeMissing = (data: MailData["E1"]) => data.missing.some((one) => one.fact === "desired-size");
const hasLastDay = (data: MailData["E1"]) => data.lastComplimentaryDay !== null;
const wantsShots = (data: MailData["E2"]) => data.shots.length > 0;
const offersPaid = (data: MailData["E6"]) => data.to === "repair-and-maintenance";
const offersFree = (data: MailData["E6"]) => !offersPaid(data);

export const ABOUT_THE_REQUEST: Clauses<"E1" | "E2" | "E3" | "E4" | "E5" | "E6"> = {
  E1: [
    clause("R6", /last complimentary day|after that day/, /最終日|この日を過ぎ/, hasLastDay),
    clause(
      "R7",
      /part of making contact in time/,
      /期限内のご連絡には、ご希望サイズのお知らせも含まれます/,
      (data) => isFree(data) && sizeMissing(data),
    ),
    clause("R8", /Japanese ring sizes.*Ring Sizing Kit/, /号数.*リングサイズキット/, sizeMissing),
    clause("R22", /\w/, /./, (data) => data.missing.length > 0),
    clause("R6", /provisional/, /暫定/, (data) => data.provisional && data.lastComplimentaryDay !== null),
    clause("R26", /at any time; no last day applies/, /お申し込みの期限はございません/, isPaid),
  ],
  E2: [
    clause("R28", /Certificate/, /証明書/, wantsShots),
    clause("R10", /twice.*original/, /二度.*原本/, wantsShots),
    clause("R27", /do not send us anything/, /お送りにならないでください/),
    clause(
      "R32",
      /name[\s\S]*address[\s\S]*telephone/,
      /お名前[\s\S]*ご住所[\s\S]*お電話番号/,
      (data) => data.wantsContact,
    ),
    clause(
      "R33",
      /50 states or Washington, DC[\s\S]*PO boxes, APO or FPO/,
      /全米50州またはワシントンD\.C\.[\s\S]*PO Box[\s\S]*APO・FPO/,
      (data) => data.wantsContact,
    ),
    clause("R64", /by \w+day, /, /まで/, hasDeadline),
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
    clause("R9", /cost you nothing.*export filing/, /無償.*輸出申告/, isFree),
    clause("R59", /about 7 to 9 weeks/, /約7〜9週間/),
    clause(
      "R46",
      /\$2,500\.00 or more may need Electronic Export Information/,
      /2,500\.00米ドル以上.*電子輸出情報（EEI）/,
    ),
    clause("R48", /write to us <.*before you ship/, /ご発送の前に必ずお問い合わせフォーム </),
    clause("R64", /by \w+day, /, /まで/, hasDeadline),
    clause("R47", /shipment of its own.*another day than \w+day, /, /別のお荷物.*年.*以外の日/, isSplitOff),
  ],
  E5: [clause("R30", /reason/, /理由|ため|によるもの/), refundFollows],
  E6: [
    clause("R12", /paid service/, /有償サービス/, offersPaid),
    clause("R1", /If you say yes/, /ご承諾いただけましたら/),
    clause(
      "R36",
      /service fee, shipping, customs duties, insurance and any other transport cost/,
      /サービス料金、送料、関税、保険料、その他の輸送費用/,
      offersPaid,
    ),
    clause("R37", /only after the invoice has been paid in full/, /全額のお支払いを確認/, offersPaid),
    clause(
      "R38",
      /Shipping to Japan is never free/,
      /日本までの送料が無料となることはございません/,
      offersPaid,
    ),
    clause(
      "R39",
      /return shipping.*included[\s\S]*cannot promise/,
      /ご返送の送料と保険料は、料金に含まれて[\s\S]*お約束することはできません/,
      offersPaid,
    ),
    clause(
      "R40",
      /8 × 8 × 8 inches and 3 lb.*difference; otherwise nothing/,
      /8 × 8 × 8 インチ.*差額.*それ以外に追加の費用はございません/,
      offersPaid,
    ),
    clause(
      "R9",
      /costs you nothing; there is no invoice[\s\S]*shipping to Japan and back costs you nothing.*export filing/,
      /作業は無償[\s\S]*往復の保険付き配送も無償.*輸出申告/,
      offersFree,
    ),
    clause("R5", /once for each ring/, /リング一点につき一度限り/, offersFree),
    clause(
      "R1",
      /If you say no, everything stays as it is/,
      /ご希望されない場合は、これまでの内容のまま/,
      offersFree,
    ),
    clause(
      "R37",
      /what you have paid, \$[\d,.]+, comes back to you/,
      /お支払いいただいた[\d,.]+米ドルはご返金いたします/,
      (data) => offersFree(data) && data.paidCents > 0,
    ),
    clause("R27", /do not send us anything/, /お送りにならないよう/),
  ],
};
