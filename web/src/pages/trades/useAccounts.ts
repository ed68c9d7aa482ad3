import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { accountsQuery } from "~/api/accounts";
import { localZone } from "~/format/index.ts";

/** The accounts, and what rows of a list ask of them. */
export function useAccounts() {
  const { data } = useQuery(accountsQuery);
  return useMemo(() => {
    const accounts = data ?? [];
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const zones = new Set(accounts.map((account) => account.time_zone));
    return {
      accounts,
      zoneOf: (account: string) => byId.get(account)?.time_zone ?? "UTC",
      nameOf: (account: string) => byId.get(account)?.name ?? "",
      /** Of the days of a filter: the account's, or the one that all accounts have, else this device's. */
      filterZone: (account: string | undefined) =>
        (account === undefined ? undefined : byId.get(account)?.time_zone) ?? (zones.size === 1 ? [...zones][0] : undefined) ?? localZone(),
    };
  }, [data]);
}
