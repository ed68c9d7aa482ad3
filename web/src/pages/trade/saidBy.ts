import type { FillRecord } from "@trading-journal/sdk";
import { formatInstant, formatNumber } from "~/format/index.ts";

/** The details that a record states, in words. */
export function saidBy(record: FillRecord, zone: string): string {
  const { side, quantity, price, commission, fees, executed_at, symbol, currency } = record;
  const details = [
    side == null ? null : side === "buy" ? "buy" : "sell",
    quantity == null ? null : `quantity ${formatNumber(quantity)}`,
    symbol ?? null,
    price == null ? null : `at ${formatNumber(price)}`,
    commission == null ? null : `commission ${formatNumber(commission)}`,
    fees == null ? null : `fees ${formatNumber(fees)}`,
    currency ?? null,
    executed_at == null ? null : formatInstant(executed_at, zone, { seconds: true }),
  ];
  return details.filter((detail) => detail !== null).join(", ");
}
