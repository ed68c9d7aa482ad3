import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { tradeKeys, type TradePage } from "~/api/trades.ts";

/** What went wrong before, by the trades that were read: mistakes have no list of their own. */
export function useKnownMistakes(): readonly string[] {
  const client = useQueryClient();
  return useMemo(() => {
    const lists = client.getQueriesData<InfiniteData<TradePage>>({ queryKey: tradeKeys.lists });
    return [...new Set(lists.flatMap(([, list]) => list?.pages ?? []).flatMap((page) => page.items.flatMap((row) => row.mistakes)))];
  }, [client]);
}
