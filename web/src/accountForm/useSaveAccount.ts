import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "@trading-journal/sdk";
import { accountQuery, accountsQuery, changeAccount, createAccount } from "~/api/accounts";
import { idempotencyKey } from "~/api/client";
import { isReason } from "~/api/problem";
import { toast } from "~/ui/toasts";

/** What the form holds, in the API's words. */
export interface AccountValues {
  readonly name: string;
  readonly broker: string;
  readonly currency: string;
  readonly time_zone: string;
  readonly matching: string;
  readonly session_calendar: string | null;
  readonly opening: string | null;
}

export function useSaveAccount(account: Account | undefined, onDone: () => void) {
  const queryClient = useQueryClient();
  const [key] = useState(idempotencyKey);
  const tagged = useQuery({ ...accountQuery(account?.id ?? ""), enabled: account !== undefined });

  return useMutation({
    mutationFn: async ({ opening, currency, ...values }: AccountValues) => {
      const opening_balance = opening === null ? null : { amount: opening, currency };
      if (!account) return createAccount({ ...values, currency, opening_balance }, key);
      return changeAccount(account.id, { ...values, opening_balance }, tagged.data?.etag ?? null);
    },
    onSuccess: async ({ name }) => {
      toast(account ? `“${name}” is saved` : `“${name}” is there. Import a file to fill it.`);
      onDone();
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey }),
        // Days, returns and open lots follow the account.
        ...["trades", "trade", "analytics", "journal"].map((area) => queryClient.invalidateQueries({ queryKey: [area] })),
      ]);
    },
    onError: (error) => {
      // What is typed stays; saved again, it counts over what is there now.
      if (isReason(error, "precondition-failed")) void tagged.refetch();
    },
  });
}
