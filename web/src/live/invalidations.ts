// Which answers are old by a message: keys of queries, each of which stands for all that begin with it.
//
// The first part of every key is its area: "trades" (lists), "trade", "fills", "analytics", "imports", "journal", "accounts", "cash",
// "notifications", "exports", "me", "sessions", and so on.

import type { QueryKey } from "@tanstack/react-query";
import type { Message } from "./message";

const JOURNAL: readonly QueryKey[] = [["trades"], ["trade"], ["fills"], ["journal"], ["analytics"], ["cash"], ["strategies"]];

export function staleBy({ type, data }: Message): readonly QueryKey[] {
  switch (type) {
    case "import.progress":
      return [["imports"]];
    case "import.finished":
      return [["imports"], ["accounts"], ...JOURNAL];
    case "trade.opened":
    case "trade.closed":
      return JOURNAL;
    case "statistics.updated":
      return [["analytics"], ["journal"]];
    case "notification.created":
      return data["kind"] === "export-finished" ? [["notifications"], ["exports"]] : [["notifications"]];
    case "session.revoked":
      return [["sessions"]];
    default:
      return [];
  }
}
