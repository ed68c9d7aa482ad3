// Fills and price bars as the columns that the price chart draws. Pure.

import { formatInstant, formatNumber, toPixels } from "~/format";
import type { Reading } from "./PlotTooltip";

export interface PriceBar {
  time: string;
  open: string;
  high: string;
  low: string;
  close: string;
}

export interface PriceFill {
  time: string;
  price: string;
  quantity: string;
  side: "buy" | "sell";
  /** Whether it opens or closes; both for one that turns the position. */
  role?: "entry" | "exit" | "both";
}

export interface PriceColumns {
  /** Seconds of UTC, ascending, each once. */
  times: number[];
  bars: (PriceBar | undefined)[];
  fills: (readonly PriceFill[])[];
}

function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}

/** One column for each time at which there is a bar, a fill or both. */
export function priceColumns(bars: readonly PriceBar[], fills: readonly PriceFill[]): PriceColumns {
  const barAt = new Map(bars.map((bar) => [secondsOf(bar.time), bar]));
  const fillsAt = new Map<number, PriceFill[]>();
  for (const fill of fills) {
    const at = secondsOf(fill.time);
    fillsAt.set(at, [...(fillsAt.get(at) ?? []), fill]);
  }
  const times = [...new Set([...barAt.keys(), ...fillsAt.keys()])].filter(Number.isFinite).sort((a, b) => a - b);
  return { times, bars: times.map((at) => barAt.get(at)), fills: times.map((at) => fillsAt.get(at) ?? []) };
}

/** The line: closing prices where there are bars, else the prices of the fills. Null where neither is. */
export function priceLine({ bars, fills }: PriceColumns, part: "close" | "high" | "low"): (number | null)[] {
  const hasBars = bars.some((bar) => bar !== undefined);
  return bars.map((bar, at) => {
    if (hasBars && part === "close") return toPixels(bar?.close);
    const prices = [bar?.[part], ...(fills[at] ?? []).map(({ price }) => price)].map(toPixels).filter((price) => price !== null);
    if (prices.length === 0) return null;
    return part === "high" ? Math.max(...prices) : part === "low" ? Math.min(...prices) : (prices.at(-1) ?? null);
  });
}

/** `Buy 100 at 71.18`. */
export function fillText({ side, quantity, price }: PriceFill): string {
  return `${side === "buy" ? "Buy" : "Sell"} ${formatNumber(quantity)} at ${formatNumber(price)}`;
}

export function readPrice(columns: PriceColumns, index: number, zone: string): Reading | undefined {
  const time = columns.times[index];
  if (time === undefined) return undefined;
  const bar = columns.bars[index];
  const prices = (["open", "high", "low", "close"] as const).flatMap((part) =>
    bar ? [{ label: part.charAt(0).toUpperCase() + part.slice(1), value: formatNumber(bar[part]) }] : [],
  );
  const fills = (columns.fills[index] ?? []).map((fill, at) => ({
    label: `${fill.side === "buy" ? "Buy" : "Sell"} ${at === 0 ? "" : at + 1}`.trim(),
    value: `${formatNumber(fill.quantity)} at ${formatNumber(fill.price)}`,
  }));
  return { title: formatInstant(new Date(time * 1000).toISOString(), zone, { seconds: true }), rows: [...prices, ...fills] };
}
