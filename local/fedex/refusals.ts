/**
 * What FedEx refuses in a request of the right shape. The codes `SHIPMENTVALIDATION.EEIEDIT.ERROR` and
 * `ACCOUNT.NUMBER.MISMATCH` are FedEx's; it publishes the sense of the others, but their codes here are this simulator's.
 */
import { addDays, dateIn } from "../../lambdas/domain/calendar.ts";
import type { ShipRequest } from "./protocol.ts";

export interface FedexError {
  readonly code: string;
  readonly message: string;
  readonly parameterList?: readonly { readonly key: string; readonly value: string }[];
}
type Requested = ShipRequest["requestedShipment"];
type Payment = Requested["shippingChargesPayment"];

/** How far ahead FedEx takes a ship date. */
const MOST_DAYS_AHEAD = 10;
/** Above this, per Schedule B code, 15 CFR 30.37(a) exempts no more; US cents. */
const EEI_LIMIT_CENTS = 250_000;
const ITN = /^(AES ?)?X\d{14}$/;
const EXEMPTIONS = ["NO_EEI_30_37_A", "NO EEI 30.37(q)"];

const unless = (holds: boolean, code: string, message: string): FedexError[] =>
  holds ? [] : [{ code, message }];
const cents = (dollars: number): number => Math.round(dollars * 100);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);

const paymentErrors = (payment: Payment, account: string, name: string): FedexError[] => [
  ...unless(
    payment.paymentType === "SENDER" || payment.payor !== undefined,
    `${name}.PAYOR.REQUIRED`,
    "Payor is mandatory when the payment type is RECIPIENT, THIRD_PARTY or COLLECT.",
  ),
  ...unless(
    payment.paymentType !== "SENDER" ||
      payment.payor === undefined ||
      payment.payor.responsibleParty.accountNumber.value === account,
    "ACCOUNT.NUMBER.MISMATCH",
    "As the payment type is SENDER, the payor's account number should match the shipper's.",
  ),
];

/** The day is past once it is over everywhere, and too far ahead once it is so even where the next one has begun. */
const dateErrors = ({ shipDatestamp }: Requested, now: Date): FedexError[] => {
  const at = now.toISOString();
  return [
    ...unless(
      shipDatestamp >= dateIn(at, "Pacific/Honolulu"),
      "SHIPDATESTAMP.PAST",
      "The ship date is in the past.",
    ),
    ...unless(
      shipDatestamp <= addDays(dateIn(at, "Asia/Tokyo"), MOST_DAYS_AHEAD),
      "SHIPDATESTAMP.TOOFAR",
      `The ship date is more than ${MOST_DAYS_AHEAD} days ahead.`,
    ),
  ];
};

const weightErrors = (requested: Requested): FedexError[] => {
  const packages = requested.requestedPackageLineItems;
  const units = new Set([
    ...requested.customsClearanceDetail.commodities.map((one) => one.weight.units),
    ...packages.map((one) => one.weight.units),
  ]);
  const pounds = sum(
    packages.map(({ weight }) => (weight.units === "LB" ? weight.value : weight.value / 0.45359237)),
  );
  return [
    ...unless(
      requested.customsClearanceDetail.commodities.every((one) => one.weight.units === "KG"),
      "COMMODITY.WEIGHTUNIT.INVALID",
      "The weight of a commodity must be in KG.",
    ),
    ...unless(units.size === 1, "WEIGHTUNIT.MISMATCH", "Package and commodity weight must be in one unit."),
    ...unless(
      Math.abs(requested.totalWeight - pounds) <= 0.15,
      "TOTALWEIGHT.MISMATCH",
      "The total weight, in pounds, is not that of the packages.",
    ),
  ];
};

const valueErrors = (requested: Requested): FedexError[] => {
  const { totalCustomsValue, commodities } = requested.customsClearanceDetail;
  const declared = sum(
    requested.requestedPackageLineItems.map((one) => cents(one.declaredValue?.amount ?? 0)),
  );
  const total = cents(requested.totalDeclaredValue?.amount ?? 0);
  return [
    ...unless(
      sum(commodities.map((one) => cents(one.customsValue.amount))) === cents(totalCustomsValue.amount),
      "CUSTOMSVALUE.TOTAL.MISMATCH",
      "The total customs value is not the sum of the commodities.",
    ),
    ...unless(
      commodities.every(
        (one) => cents(one.unitPrice.amount) * one.quantity === cents(one.customsValue.amount),
      ),
      "UNITPRICE.MISMATCH",
      "Unit price times quantity is not the customs value.",
    ),
    ...unless(
      declared === total,
      "DECLAREDVALUE.TOTAL.MISMATCH",
      "The packages' declared values are not the total.",
    ),
    ...unless(
      total <= cents(totalCustomsValue.amount),
      "DECLAREDVALUE.EXCEEDS.CUSTOMSVALUE",
      "The declared value must not exceed the customs value.",
    ),
  ];
};

const exportErrors = (requested: Requested): FedexError[] => {
  if (requested.shipper.address.countryCode !== "US") return [];
  const { exportDetail, commodities } = requested.customsClearanceDetail;
  const statement = exportDetail?.exportComplianceStatement ?? "";
  const byCode = new Map<string, number>();
  for (const one of commodities) {
    const code = one.harmonizedCode.replaceAll(".", "");
    byCode.set(code, (byCode.get(code) ?? 0) + cents(one.customsValue.amount));
  }
  const accepted =
    (EXEMPTIONS.includes(statement) || ITN.test(statement)) &&
    (statement !== "NO_EEI_30_37_A" || [...byCode.values()].every((value) => value <= EEI_LIMIT_CENTS));
  return unless(
    accepted,
    "SHIPMENTVALIDATION.EEIEDIT.ERROR",
    "The export compliance statement is not accepted for this shipment.",
  );
};

const goodsErrors = (requested: Requested): FedexError[] => [
  ...unless(
    requested.customsClearanceDetail.commodities.every(
      (one) => !["jewelry", "jewellery"].includes(one.description.trim().toLowerCase()),
    ),
    "COMMODITY.DESCRIPTION.INVALID",
    "The description of a commodity is too vague.",
  ),
  ...unless(
    requested.shipmentSpecialServices?.returnShipmentDetail === undefined ||
      requested.customsClearanceDetail.customsOption.type === "FOR_REPAIR",
    "CUSTOMSOPTION.INVALID",
    "FOLLOWING_REPAIR and REPLACEMENT are for outbound shipments only.",
  ),
  ...unless(
    requested.shipper.address.countryCode !== requested.recipients[0]?.address.countryCode,
    "SERVICETYPE.NOT.ALLOWED",
    "An international service is not allowed within one country.",
  ),
];

/** Everything FedEx refuses in this request; empty: it makes the label. */
export const refusals = (request: ShipRequest, now: Date): FedexError[] => {
  const requested = request.requestedShipment;
  const account = request.accountNumber.value;
  return [
    ...paymentErrors(requested.shippingChargesPayment, account, "SHIPPINGCHARGESPAYMENT"),
    ...paymentErrors(requested.customsClearanceDetail.dutiesPayment, account, "DUTIESPAYMENT"),
    ...dateErrors(requested, now),
    ...weightErrors(requested),
    ...valueErrors(requested),
    ...exportErrors(requested),
    ...goodsErrors(requested),
  ];
};
