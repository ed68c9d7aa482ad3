// By what trades can be grouped, and what a group is called. Pure.

import type { Account } from "@trading-journal/sdk";

export const DIMENSIONS = [
  "symbol",
  "tag",
  "side",
  "account",
  "weekday",
  "hour",
  "month",
  "session",
  "hold_time",
  "size",
  "price",
  "asset_class",
  "outcome",
  "r_multiple",
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

export const DIMENSION_LABELS: Readonly<Record<Dimension, string>> = {
  symbol: "Symbol",
  tag: "Tag",
  side: "Side",
  account: "Account",
  weekday: "Day of the week",
  hour: "Hour of closing",
  month: "Month of the year",
  session: "Session",
  hold_time: "Time held",
  size: "Size",
  price: "Entry price",
  asset_class: "Kind of instrument",
  outcome: "Outcome",
  r_multiple: "R",
};

/** Groups without an order of their own are shown by what they made. */
export function hasOrder(by: Dimension): boolean {
  return !["symbol", "tag", "account", "asset_class"].includes(by);
}

/** A group's name for people; the API's key where it says enough. */
export function groupLabel(by: Dimension, key: string, accounts: readonly Account[], locale?: string): string {
  if (key === "none") return NONE_LABELS[by] ?? "None";
  switch (by) {
    case "account":
      return accounts.find(({ id }) => id === key)?.name ?? key;
    case "hour":
      return `${key}:00–${key}:59`;
    case "month":
      return new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, Number(key) - 1, 1));
    case "hold_time":
    case "size":
    case "price":
    case "r_multiple":
      return key
        .replace("..", " to ")
        .replace(/^>=/, "≥ ")
        .replace(/^</, "< ")
        .replace(/(\w)-(\d)/, "$1 – $2");
    case "symbol":
    case "tag":
      return key;
    default:
      return (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll("_", " ");
  }
}

const NONE_LABELS: Partial<Record<Dimension, string>> = {
  tag: "No tag",
  r_multiple: "No risk known",
  session: "No regular hours",
};
