// Numbers in the reader's locale. Intl formats decimal strings exactly, whatever their length, and rounds half to even.

import { isDecimal } from "./decimal";
import { numberFormat, once } from "./intl";

/** What stands where there is no number; its reason belongs into a tooltip. */
export const NONE = "—";

/** The most digits that Intl writes after the point: 100, and 20 in engines before 2023. */
const allDigits = once(() => {
  try {
    return numberFormat("en", { maximumFractionDigits: 100 }).resolvedOptions().maximumFractionDigits ?? 20;
  } catch {
    return 20;
  }
});

export interface NumberStyle {
  readonly locale?: string | undefined;
  /** Exactly so many digits after the point; all that matter when absent. */
  readonly digits?: number | undefined;
  /** `+` before gains, so that colour is never alone. */
  readonly signed?: boolean | undefined;
}

/** Writes with a real minus sign, which is as wide as a digit and as the plus. */
export function writeNumber(
  value: string | number,
  locale: string | undefined,
  options: Intl.NumberFormatOptions,
): string {
  const exact = value as Intl.StringNumericLiteral;
  return numberFormat(locale, { roundingMode: "halfEven", ...options }).format(exact).replaceAll("-", "−");
}

/** `1234567.5` as `1,234,567.5` or `1.234.567,5`. Text that is no decimal, such as `inf`, stays readable. */
export function formatNumber(value: string | number | null | undefined, style: NumberStyle = {}): string {
  if (value == null) return NONE;
  if (typeof value === "string" && !isDecimal(value)) return value === "inf" ? "∞" : value;
  return writeNumber(value, style.locale, {
    minimumFractionDigits: style.digits ?? 0,
    maximumFractionDigits: style.digits ?? allDigits(),
    signDisplay: style.signed ? "exceptZero" : "negative",
  });
}

/** `1234` as `1.2K`, for axes. */
export function formatCompact(value: number, locale?: string): string {
  return writeNumber(value, locale, { notation: "compact", maximumFractionDigits: 1 });
}

/** A share as percent: `0.5417` as `54.2%`. */
export function formatShare(value: number | string | null | undefined, style: NumberStyle = {}): string {
  if (value == null) return NONE;
  const digits = style.digits ?? 1;
  return writeNumber(value, style.locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: style.signed ? "exceptZero" : "negative",
  });
}

/** `1 trade`, `12 trades`. */
export function formatCount(count: number, one: string, many = `${one}s`, locale?: string): string {
  return `${formatNumber(count, { locale })} ${count === 1 ? one : many}`;
}
