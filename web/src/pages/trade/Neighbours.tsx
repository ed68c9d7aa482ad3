import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useEffectEvent, useMemo } from "react";
import { tradesListQuery } from "~/api/trades.ts";
import { toSearch, tradesQuery, useFilters } from "~/search/index.ts";
import { IconButton } from "~/ui/IconButton";
import { useAccounts } from "../trades/useAccounts.ts";

/** The trades before and after this one in the list that led here: its filters are still in the URL. `[` and `]` go there as well. */
export function Neighbours({ id }: { id: string }) {
  const filters = useFilters();
  const { filterZone } = useAccounts();
  const zone = filterZone(filters.account);
  const options = useMemo(() => tradesListQuery(tradesQuery(filters, zone)), [filters, zone]);
  const { data } = useInfiniteQuery({ ...options, enabled: ({ state }) => state.data === undefined });
  const navigate = useNavigate();

  const ids = useMemo(() => data?.pages.flatMap((page) => page.items.map((row) => row.id)) ?? [], [data]);
  const at = ids.indexOf(id);
  const [previous, next] = at < 0 ? [undefined, undefined] : [ids[at - 1], ids[at + 1]];
  const go = (to: string | undefined) => {
    if (to !== undefined) void navigate({ to: "/trade/$id", params: { id: to }, search: toSearch(filters) });
  };

  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    if (event.key === "[") go(previous);
    else if (event.key === "]") go(next);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return (
    <div style={{ display: "flex" }}>
      <IconButton label="Previous trade ( [ )" size="sm" disabled={previous === undefined} onClick={() => go(previous)}>
        <ChevronLeft />
      </IconButton>
      <IconButton label="Next trade ( ] )" size="sm" disabled={next === undefined} onClick={() => go(next)}>
        <ChevronRight />
      </IconButton>
    </div>
  );
}

function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
}
