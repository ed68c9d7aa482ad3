import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { tradeKeys, type TradePage } from "~/api/trades.ts";

/** The tags of the trades that were read so far. */
export function useKnownTags(): readonly string[] {
  const client = useQueryClient();
  return useMemo(() => {
    const lists = client.getQueriesData<InfiniteData<TradePage>>({ queryKey: tradeKeys.lists });
    const tags = lists.flatMap(([, list]) => list?.pages ?? []).flatMap((page) => page.items.flatMap((row) => row.tags));
    return [...new Set(tags)].sort((a, b) => a.localeCompare(b));
  }, [client]);
}
