// Notes of trades, saved only over the text that their writer has seen.

import type { QueryClient } from "@tanstack/react-query";
import type { Save } from "~/markdown/keeper.ts";
import { changeSeen } from "./changeSeen.ts";

export function tradeNotesSaver(client: QueryClient, id: string): Save {
  return async (text, base) => {
    const { kind, trade } = await changeSeen(client, id, { notes: text }, { notes: base });
    return kind === "changed" ? { kind: "accepted", text: trade.notes } : { kind: "refused", theirs: trade.notes };
  };
}
