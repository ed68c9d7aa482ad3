// What a page of statistics is about: the filters of the URL, as the API takes them.

import type { Account } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { accountsQuery } from "~/api/accounts";
import { localZone } from "~/format";
import { analyticsQuery, useFilters, type AnalyticsQuery, type Filters } from "~/search";

export interface Scope {
  filters: Filters;
  query: AnalyticsQuery;
  /** On whose clock days and times are: the account's, or that of all accounts if they agree, else this device's. */
  zone: string;
  accounts: readonly Account[];
  /** False until the zone is known, where it matters. */
  isReady: boolean;
}

const NONE: readonly Account[] = [];

export function useScope(): Scope {
  const filters = useFilters();
  const { data: accounts = NONE, isPending } = useQuery(accountsQuery);
  const zone = zoneOf(accounts, filters.account);
  const query = useMemo(() => analyticsQuery(filters, zone), [filters, zone]);
  return { filters, query, zone, accounts, isReady: !isPending || (filters.from === undefined && filters.to === undefined) };
}

export function zoneOf(accounts: readonly Account[], selected: string | undefined): string {
  const meant = selected === undefined ? accounts : accounts.filter(({ id }) => id === selected);
  const zones = new Set(meant.map(({ time_zone }) => time_zone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : localZone();
}
