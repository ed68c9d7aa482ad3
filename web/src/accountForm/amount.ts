// Amounts as people type them, as the exact text that the API takes.

/** Null for what is no amount. Both `1,234.50` and `1234,5` are read; `1.234` has three decimals. */
export function parseAmount(typed: string): string | null {
  const text = typed.replace(/[\s'’_]/g, "").replace("−", "-");
  const isGrouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text);
  const plain = isGrouped ? text.replaceAll(",", "") : text.replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

/** The amount as received or paid, whichever sign it was typed with. */
export function withSign(amount: string, isPaid: boolean): string {
  const size = amount.replace(/^-/, "");
  return isPaid && !/^[0.]+$/.test(size) ? `-${size}` : size;
}
