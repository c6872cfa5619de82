/** Money is integer US cents everywhere; these are the only places where it gets a decimal point. */
import type { Cents, Locale } from "./identifiers.ts";

/** `125000` → `1250.00`: for papers and for the carrier. No rounding, because there is no fraction. */
export const decimalUsd = (cents: Cents): string => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** `125000` → `$1,250.00`; a dollar sign is not plain in Japanese, so there it reads `1,250.00米ドル`. */
export const formatUsd = (cents: Cents, locale: Locale = "en"): string => {
  const [whole = "0", fraction = "00"] = decimalUsd(Math.abs(cents)).split(".");
  const amount = `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
  const sign = cents < 0 ? "-" : "";
  return locale === "ja" ? `${sign}${amount}米ドル` : `${sign}$${amount}`;
};

/** @throws RangeError when an amount is no whole number of cents: a fraction here is a defect elsewhere. */
export const sumCents = (amounts: readonly number[]): number =>
  amounts.reduce((sum, amount) => {
    if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is no whole number of cents`);
    return sum + amount;
  }, 0);
