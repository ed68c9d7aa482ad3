import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { playbooksQuery } from "~/api/labels.ts";
import { toSearch, tradesQuery, useFilters, useSetFilters, writeSearch } from "~/search/index.ts";
import { useKnownTags } from "~/tags/useKnownTags.ts";
import { ErrorState } from "~/ui/ErrorState";
import { Page } from "~/ui/Page";
import type { CellContext } from "./cells.tsx";
import { ColumnChoice } from "./ColumnChoice.tsx";
import { ExportButton } from "./ExportButton.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { ListState } from "./ListState.tsx";
import { NoTrades } from "./NoTrades.tsx";
import { SavedViews } from "./SavedViews.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { TableSkeleton } from "./TableSkeleton.tsx";
import { TradeCards } from "./TradeCards.tsx";
import { TradeTable } from "./TradeTable.tsx";
import { useAccounts } from "./useAccounts.ts";
import { useMedia } from "./useMedia.ts";
import { useSelection } from "./useSelection.ts";
import { useShown } from "./useShown.ts";
import { useTradeKeys } from "./useTradeKeys.ts";
import { useTradeList } from "./useTradeList.ts";

export function TradesPage() {
  const filters = useFilters();
  const change = useSetFilters();
  const { accounts, zoneOf, nameOf, filterZone } = useAccounts();
  const zone = filterZone(filters.account);
  const query = useMemo(() => tradesQuery(filters, zone), [filters, zone]);
  const isFiltered = Object.keys(query).some((name) => name !== "sort");
  const list = useTradeList(query);
  const { rows } = list;
  const columns = useShown();
  const isPhone = useMedia("(max-width: 720px)");
  const navigate = useNavigate();

  const [selection, onAction] = useSelection(rows);
  const onClear = () => onAction({ type: "clear" });
  const search = toSearch(filters);
  const onOpen = (id: string) => {
    onAction({ type: "activate", id });
    void navigate({ to: "/trade/$id", params: { id }, search });
  };
  useTradeKeys({ selection, onAction, onOpen });

  const suffix = writeSearch(search);
  const cells = useMemo<CellContext>(
    () => ({ zoneOf, accountName: nameOf, hrefOf: (trade) => `/trade/${trade}${suffix}` }),
    [nameOf, suffix, zoneOf],
  );
  const tags = useKnownTags();
  // Mistakes have no list of their own: those of the rows that were read.
  const mistakes = useMemo(() => [...new Set(rows.flatMap((row) => row.mistakes))], [rows]);
  const { data: playbooks = [] } = useQuery(playbooksQuery);
  const chosen = useMemo(() => rows.filter((row) => selection.chosen.has(row.id)), [rows, selection.chosen]);
  const total = list.hasNextPage || list.isPending ? undefined : rows.length;
  const view = { rows, total, cells, selection, onAction, onOpen, onReach: list.reach };

  return (
    <Page
      title="Trades"
      actions={
        <>
          <SavedViews query={suffix.slice(1)} />
          {!isPhone && <ColumnChoice shown={columns.shown} onToggle={columns.toggle} onReset={columns.reset} />}
          <ExportButton query={query} />
        </>
      }
      toolbar={<FilterBar filters={filters} onChange={change} accounts={accounts} tags={tags} mistakes={mistakes} playbooks={playbooks} />}
    >
      <div>
        {list.isPending ? (
          <TableSkeleton />
        ) : list.isError && rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <NoTrades isFiltered={isFiltered} onClear={() => void navigate({ to: ".", search: {} })} />
        ) : isPhone ? (
          <TradeCards {...view} />
        ) : (
          <TradeTable {...view} shown={columns.shown} sort={filters.sort} onSort={(sort) => change({ sort })} />
        )}
        {rows.length > 0 && <ListState list={list} />}
      </div>
      {chosen.length > 0 && <SelectionBar trades={chosen} tags={tags} onClear={onClear} />}
    </Page>
  );
}
