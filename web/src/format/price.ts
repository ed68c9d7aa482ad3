import { isDecimal, NONE, writeNumber } from "./index.ts";

/** A price in a column: enough digits to trade by, the rest is for a tooltip. */
export function formatPrice(price: string | null | undefined, locale?: string): string {
  if (price == null || !isDecimal(price)) return NONE;
  const whole = price.replace(/^-/, "").split(".")[0] ?? "0";
  const most = whole.length > 3 ? 2 : whole === "0" ? 8 : 5;
  return writeNumber(price, locale, { minimumFractionDigits: 2, maximumFractionDigits: most });
}
