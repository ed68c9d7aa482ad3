// The filters of the page that is shown, and how to change them: the URL is their only home.

import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { FILTER_NAMES, parseFilters, toSearch, type Filters } from "./filters";

/** The same object as long as the URL says the same. */
export function useFilters(): Filters {
  const search: unknown = useLocation({ select: ({ search }) => search });
  return useMemo(() => parseFilters(search), [search]);
}

export type FilterChange = { readonly [K in keyof Filters]?: Filters[K] | undefined };

/**
 * Changes some filters and keeps the others, and what else the page has in its URL. Each change is a step back in the
 * history, except those of text that is being typed (`replace`).
 */
export function useSetFilters(): (change: FilterChange, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (change, { replace = false } = {}) => {
      const search = (previous: object) => {
        const others = Object.entries(previous).filter(([name]) => !FILTER_NAMES.has(name));
        // Undefined tells `keepScope` that it was taken back.
        const dropped = Object.fromEntries(Object.keys(change).map((name) => [name, undefined]));
        return { ...Object.fromEntries(others), ...dropped, ...toSearch({ ...parseFilters(previous), ...change }) };
      };
      // Routes validate what they take themselves.
      void navigate({ to: ".", search: search as never, replace, resetScroll: false });
    },
    [navigate],
  );
}
