/** Clauses of the policy that stand on the status page itself: what the paid process changes, and who bears the risk. */
import { accountsOf } from "../../../domain/accounts.ts";
import type { Reason } from "../../../domain/assessment.ts";
import type { Brand } from "../../../domain/brand.ts";
import type { CaseFile } from "../../../domain/case-file.ts";
import type { Locale } from "../../../domain/identifiers.ts";
import { formatUsd } from "../../../domain/money.ts";

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

type Words = readonly [string, string, Record<Locale, string>];
const inLocale = (changes: readonly Words[], locale: Locale): Reason[] =>
  changes.map(([rule, code, text]) => ({ rule, code, text: text[locale] }));

/** What the complimentary process would change (R9, R31): fees, who pays shipping, what is asked next. */
export const changesToComplimentary = (file: CaseFile, brand: Brand): Reason[] => {
  const { locale } = file.case.customer;
  const { paidCents, refundedCents } = accountsOf(file);
  const held = paidCents - refundedCents;
  return inLocale(
    [
      [
        "R9",
        "no-fee",
        {
          en: "The change of size and insured shipping to Japan and back cost you nothing. The one exception would be the cost of an export filing.",
          ja: "サイズ変更と、日本までの往復の保険付き配送は無償となります。ただし、輸出申告に費用がかかる場合のみ例外となります。",
        },
      ],
      [
        "R5",
        "once",
        {
          en: "It is possible once for each ring.",
          ja: "無償サービスはリング1点につき1回限りでございます。",
        },
      ],
      ...(held > 0
        ? [
            [
              "R37",
              "money-back",
              {
                en: `What you have paid (${formatUsd(held, "en")}) comes back to you.`,
                ja: `お支払い済みの${formatUsd(held, "ja")}はご返金いたします。`,
              },
            ] as const,
          ]
        : []),
      [
        "R31",
        "next",
        {
          en: `${brand.name} looks at your request once more; then we ask for your address and the day on which you would like to ship.`,
          ja: "あらためて内容を確認した後、ご住所とご発送の希望日をお伺いします。",
        },
      ],
    ],
    locale,
  );
};

/** What the paid process would change (R12, R36–R40): fees, who pays shipping, what is asked next. */
export const changesToPaid = (locale: Locale, brand: Brand): Reason[] => {
  const limits = limitsText(locale, brand.packageLimits);
  const changes: readonly Words[] = [
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
    [
      "R32",
      "next",
      {
        en: "We ask for your name, address and telephone number if we do not have them yet; then we look at your request and send the invoice. Your photos are kept.",
        ja: "お名前・ご住所・お電話番号をまだいただいていない場合はお伺いし、内容を確認のうえ、ご請求書をお送りします。お送りいただいたお写真はそのまま使用いたします。",
      },
    ],
  ];
  return inLocale(changes, locale);
};
