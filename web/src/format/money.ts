// Amounts of money, of R and of percent, as the statistics answer with them.

import { fractionDigits, isDecimal } from "./decimal";
import { numberFormat, once } from "./intl";
import { formatNumber, NONE, writeNumber } from "./number";

export interface AmountStyle {
  readonly locale?: string | undefined;
  /** `+` before gains. */
  readonly signed?: boolean | undefined;
  /** Every digit of the value instead of the currency's usual ones. */
  readonly exact?: boolean | undefined;
}

/** Coins are told with as many digits as matter, up to these. */
const COIN_DIGITS = 8;

const currencies = once(() => new Set(Intl.supportedValuesOf("currency")));

const minorDigits = new Map<string, number>();

/** The digits of a currency by ISO 4217. Every cell of a table asks, and finding out is costly. */
function minorDigitsOf(currency: string): number {
  const known = minorDigits.get(currency);
  if (known !== undefined) return known;
  const digits = numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  minorDigits.set(currency, digits);
  return digits;
}

/** Digits that a column shows: of a currency what ISO says, of R and percent two, of a coin what it has. */
function usualDigits(unit: string, amount: string): number {
  if (unit === "R" || unit === "%") return 2;
  return currencies().has(unit) ? minorDigitsOf(unit) : Math.min(fractionDigits(amount), COIN_DIGITS);
}

/** `$`, `€`, `BTC`: for where an amount's unit is chosen. */
export function currencySymbol(currency: string, locale?: string): string {
  if (!currencies().has(currency)) return currency;
  const parts = numberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}

/** True when the usual digits hide something, so that the exact value belongs into a tooltip. */
export function isRounded(amount: string, unit: string): boolean {
  return isDecimal(amount) && fractionDigits(amount) > usualDigits(unit, amount);
}

/**
 * An amount with its unit, which is a currency, `R` or `%`: `+$1,234.50`, `−0.52R`, `0.00012 BTC`. The usual digits are
 * rounded half to even.
 */
export function formatAmount(amount: string | null | undefined, unit: string, style: AmountStyle = {}): string {
  if (amount == null || !isDecimal(amount)) return NONE;
  const usual = usualDigits(unit, amount);
  const digits = style.exact ? Math.max(usual, fractionDigits(amount)) : usual;
  const { locale, signed } = style;
  if (currencies().has(unit)) {
    return writeNumber(amount, locale, {
      style: "currency",
      currency: unit,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: signed ? "exceptZero" : "negative",
    });
  }
  const number = formatNumber(amount, { locale, digits, signed });
  return unit === "R" || unit === "%" ? number + unit : `${number} ${unit}`;
}

/** An amount for an axis: `$1.25K`, `1.5R`. */
export function formatAxisAmount(amount: number, unit: string, locale?: string): string {
  return writeCompact(amount, unit, locale, { maximumSignificantDigits: 4 });
}

/** An amount where there is little room, and its exact value near: `+$172`, `−$1.1K`, `0.4R`. */
export function shortAmount(amount: string, unit: string, { locale, signed }: AmountStyle = {}): string {
  const size = Math.abs(Number(amount));
  const digits = size >= 10 && size < 1000 ? 0 : 1;
  return writeCompact(amount, unit, locale, { minimumFractionDigits: 0, maximumFractionDigits: digits, signDisplay: signed ? "exceptZero" : "negative" });
}

function writeCompact(amount: string | number, unit: string, locale: string | undefined, options: Intl.NumberFormatOptions): string {
  const compact = { notation: "compact", ...options } as const;
  if (currencies().has(unit)) {
    const style = { style: "currency", currency: unit, currencyDisplay: "narrowSymbol" } as const;
    return writeNumber(amount, locale, { ...style, ...compact });
  }
  const number = writeNumber(amount, locale, compact);
  return unit === "R" || unit === "%" ? number + unit : number;
}
