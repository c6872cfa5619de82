import type { Locale } from "../../domain/identifiers.ts";
import { type Inline, say } from "../letter.ts";

/** Name, address and telephone as the papers need them (R33): for E2 of the paid process and for E4. */
export const contactWanted: Record<Locale, readonly Inline[]> = {
  en: [
    say`Your name`,
    say`Your shipping address: a street address in one of the 50 states or Washington, DC. We cannot ship from or to PO boxes, APO or FPO addresses; for US territories, please write to us.`,
    say`Your telephone number in the United States`,
  ],
  ja: [
    say`お名前（税関書類のため、ローマ字でご記入ください）`,
    say`発送元のご住所（英語表記。全米50州またはワシントンD.C.の番地のあるご住所。私書箱（PO Box）、APO・FPOはご利用いただけません。米国領の場合はお問い合わせください）`,
    say`アメリカ国内のお電話番号`,
  ],
};
