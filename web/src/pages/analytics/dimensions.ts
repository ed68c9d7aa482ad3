// By what trades can be grouped, and what a group is called. Pure.

import { hourRange, type Named } from "~/filters/chips";

export const DIMENSIONS = [
  "symbol",
  "tag",
  "playbook",
  "mistake",
  "rating",
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
  playbook: "Playbook",
  mistake: "Mistake",
  rating: "Execution rating",
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
  return !["symbol", "tag", "playbook", "mistake", "account", "asset_class"].includes(by);
}

/** What the API tells by id has a name elsewhere. */
export interface Names {
  readonly accounts: readonly Named[];
  readonly playbooks: readonly Named[];
}

/** A group's name for people; the API's key where it says enough. */
export function groupLabel(by: Dimension, key: string, { accounts, playbooks }: Names, locale?: string): string {
  if (key === "none") return NONE_LABELS[by] ?? "None";
  switch (by) {
    case "account":
      return accounts.find(({ id }) => id === key)?.name ?? key;
    case "playbook":
      return playbooks.find(({ id }) => id === key)?.name ?? "Unknown playbook";
    case "rating":
      return `${key} of 5`;
    case "hour":
      return hourRange(key);
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
    case "mistake":
      return key;
    default:
      return (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll("_", " ");
  }
}

const NONE_LABELS: Partial<Record<Dimension, string>> = {
  tag: "No tag",
  playbook: "No playbook",
  mistake: "No mistake noted",
  rating: "Not rated",
  r_multiple: "No risk known",
  session: "No regular hours",
};
