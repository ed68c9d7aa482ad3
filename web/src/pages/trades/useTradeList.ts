// The rows of the table: pages fetched ahead of the reader, and freshened without reading all of them again.

import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { readTrades, rowOf, type TradePage, type TradeRow, tradesListQuery } from "~/api/trades.ts";
import type { TradesQuery } from "~/search/index.ts";

/** So many rows beyond what is seen are there already, however fast somebody scrolls. */
const AHEAD = 800;
/** A list of more pages is not read again as a whole. */
const FEW = 3;
const FRESH_FOR = 30_000;

type Pages = InfiniteData<TradePage>;

export function useTradeList(query: TradesQuery) {
  const client = useQueryClient();
  const options = useMemo(() => tradesListQuery(query), [query]);
  // Once there is something, the client would refetch every page, one after the other, at each piece of news: that is done below.
  const list = useInfiniteQuery({ ...options, enabled: ({ state }) => state.data === undefined });
  const { data, hasNextPage, isFetching, fetchNextPage, refetch } = list;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);

  const [changed, setChanged] = useState<Pages | null>(null);
  const outdated = useOutdated(client, options.queryKey);
  useEffect(() => {
    if (!outdated || isFetching || !data) return;
    if (data.pages.length <= FEW) void refetch();
    else void firstPage(query).then((first) => {
      // Equal data written again counts as fresh.
      if (startsWith(data, first)) client.setQueryData<Pages>(options.queryKey, (now) => now);
      else setChanged({ pages: [first], pageParams: [null] });
    }, () => undefined);
  }, [client, data, isFetching, options.queryKey, outdated, query, refetch]);

  const showChanged = useCallback(() => {
    if (changed) client.setQueryData<Pages>(options.queryKey, changed);
    setChanged(null);
  }, [changed, client, options.queryKey]);

  /** The reader sees rows up to this one. */
  const reach = useCallback(
    (row: number) => {
      if (hasNextPage && !isFetching && row + AHEAD > rows.length) void fetchNextPage();
    },
    [fetchNextPage, hasNextPage, isFetching, rows.length],
  );

  return { ...list, rows, reach, changed: changed !== null, showChanged };
}

/** Whether there is news of trades since the list was read, or it was read too long ago. */
function useOutdated(client: QueryClient, key: readonly unknown[]): boolean {
  return useSyncExternalStore(
    useCallback((listener) => client.getQueryCache().subscribe(listener), [client]),
    () => {
      const state = client.getQueryState(key);
      if (state?.data === undefined) return false;
      const tried = Math.max(state.dataUpdatedAt, state.errorUpdatedAt);
      // What just failed is left alone for a while.
      return Date.now() - tried > FRESH_FOR || (state.isInvalidated && tried === state.dataUpdatedAt);
    },
  );
}

async function firstPage(query: TradesQuery): Promise<TradePage> {
  const page = await readTrades(query, null, new AbortController().signal);
  return { items: page.items.map(rowOf), next: page.next_cursor ?? null };
}

function startsWith(pages: Pages, first: TradePage): boolean {
  const told = (row: TradeRow) => `${row.id} ${row.version}.${row.journal_version}`;
  const known = pages.pages[0]?.items ?? [];
  return known.length === first.items.length && known.every((row, at) => told(row) === told(first.items[at] ?? row));
}
