/** Clauses of the policy that stand on the status page itself: what the paid process changes, and who bears the risk. */
import type { Reason } from "../../../domain/assessment.ts";
import type { Brand } from "../../../domain/brand.ts";
import type { CaseFile } from "../../../domain/case-file.ts";
import type { Locale } from "../../../domain/identifiers.ts";

/** R54: said once there is a label, so on the page, and in the answer to "I have sent it". */
export const notices = (file: CaseFile, brand: Brand): Reason[] =>
  file.case.tracking.inbound
    ? [
        {
          rule: "R54",
          code: "shipping-risk",
          text: {
            en: `${brand.name} is not responsible for loss of or damage to the package in shipping.`,
            ja: `輸送中のお荷物の紛失・破損について、${brand.name}は責任を負いかねます。`,
          }[file.case.customer.locale],
        },
      ]
    : [];

type Limits = Brand["packageLimits"];
const limitsText = (locale: Locale, { lengthIn, widthIn, heightIn, weightLb }: Limits): string =>
  ({
    en: `${lengthIn} × ${widthIn} × ${heightIn} inches or ${weightLb} lb`,
    ja: `${lengthIn}×${widthIn}×${heightIn}インチ、${weightLb}ポンド`,
  })[locale];

/** What the paid process would change (R12, R36–R40). */
export const conversionChanges = (locale: Locale, brand: Brand): Reason[] => {
  const limits = limitsText(locale, brand.packageLimits);
  const changes: readonly (readonly [string, string, Record<Locale, string>])[] = [
    [
      "R36",
      "invoice",
      {
        en: "You receive an invoice: the service fee, shipping, customs duties, insurance and other transport cost, in US dollars.",
        ja: "ご請求書をお送りします。内訳は、作業料・送料・関税・保険料・その他の輸送費で、米ドル建てです。",
      },
    ],
    [
      "R37",
      "payment-first",
      {
        en: "We go on to shipping only after full payment.",
        ja: "全額のお支払いを確認した後に、発送の手続きへ進みます。",
      },
    ],
    [
      "R38",
      "shipping-charged",
      { en: "Shipping to Japan is not free.", ja: "日本への送料はお客様のご負担となります。" },
    ],
    [
      "R39",
      "return-included",
      {
        en: "Insured return shipping to the US is included; duties on the return are not.",
        ja: "アメリカへのご返送の送料と保険料は含まれます。ご返送時の関税等は含まれません。",
      },
    ],
    [
      "R40",
      "package-limits",
      {
        en: `If the package exceeds ${limits} and its shipping cost more than billed in advance, the difference is charged.`,
        ja: `お荷物が${limits}を超え、送料が事前のご請求額を上回った場合は、差額をご請求します。`,
      },
    ],
  ];
  return changes.map(([rule, code, text]) => ({ rule, code, text: text[locale] }));
};
