// What the API tells of an import, in words.

import type { Import, Preview, Zone } from "@trading-journal/sdk";
import { formatCount } from "~/format";
import type { Tone } from "~/ui/Badge";

type Status = Import["status"];

export const STATUS: Readonly<Record<Status, { readonly label: string; readonly tone: Tone }>> = {
  queued: { label: "Waiting", tone: "neutral" },
  running: { label: "Importing", tone: "accent" },
  completed: { label: "Imported", tone: "gain" },
  failed: { label: "Failed", tone: "loss" },
  undone: { label: "Undone", tone: "neutral" },
};

/** `12 new, 340 known, 1 changed`. */
export function fillsInWords({ fills }: Pick<Import | Preview, "fills">): string {
  const parts = [formatCount(fills.new, "new fill")];
  if (fills.known > 0) parts.push(formatCount(fills.known, "known", "known"));
  if (fills.changed > 0) parts.push(formatCount(fills.changed, "changed", "changed"));
  return parts.join(", ");
}

/** How the times of a file are read, and who says so. */
export function zoneInWords({ source, time_zone: zone }: Zone): string {
  switch (source) {
    case "row-offset":
      return "each row carries its own offset";
    case "header-name":
      return `${zone ?? "a zone"}, as the file's header says`;
    case "utc":
      return "UTC, as the format says";
    case "user-setting":
      return `${zone ?? "a zone"}, as you chose`;
    case "broker-default":
      return `${zone ?? "a zone"}, which is the broker's usual one and a guess`;
    default:
      return zone ?? source;
  }
}

/** True when the zone is assumed, so that it is worth asking. */
export function isGuess({ source }: Zone): boolean {
  return source === "broker-default";
}
