// Decimal strings as the API sends them: exact, of any length. Nothing here passes through a float.

/** Text of the API that is a finite decimal, such as `-12.50`. */
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/;

interface Parts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function split(text: string): Parts | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  return { negative: match[1] === "-", whole: match[2] ?? "0", fraction: match[3] ?? "" };
}

/** Whether the text is a decimal that the functions of this module take. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** The sign of a decimal; 0 also for `-0.00` and for what is none. */
export function signOf(text: string): -1 | 0 | 1 {
  const parts = split(text);
  if (!parts || /^0*$/.test(parts.whole + parts.fraction)) return 0;
  return parts.negative ? -1 : 1;
}

/** How many digits after the point matter: `1.2300` has two. */
export function fractionDigits(text: string): number {
  return (split(text)?.fraction ?? "").replace(/0+$/, "").length;
}

/** Both as integers of the same scale. */
function aligned(a: string, b: string): [bigint, bigint] | undefined {
  const left = split(a);
  const right = split(b);
  if (!left || !right) return undefined;
  const scale = Math.max(left.fraction.length, right.fraction.length);
  const whole = ({ negative, whole, fraction }: Parts) => {
    const digits = BigInt(whole + fraction.padEnd(scale, "0"));
    return negative ? -digits : digits;
  };
  return [whole(left), whole(right)];
}

/** Orders decimals by value, for `Array.sort`; what is no decimal comes last. */
export function compareDecimals(a: string, b: string): number {
  const pair = aligned(a, b);
  if (!pair) return Number(isDecimal(b)) - Number(isDecimal(a));
  return pair[0] < pair[1] ? -1 : pair[0] > pair[1] ? 1 : 0;
}

/** The sum of decimals, exactly, with the digits of the longest of them. */
export function addDecimals(a: string, b: string): string {
  const pair = aligned(a, b);
  if (!pair) return isDecimal(a) ? a : b;
  const scale = Math.max(split(a)?.fraction.length ?? 0, split(b)?.fraction.length ?? 0);
  const sum = pair[0] + pair[1];
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return (sum < 0n ? "-" : "") + digits.slice(0, point) + (scale > 0 ? `.${digits.slice(point)}` : "");
}

/** For pixels and colours only: a chart may be off by what nobody can see, a text may not. */
export function toPixels(text: string | null | undefined): number | null {
  return text != null && isDecimal(text) ? Number(text) : null;
}
