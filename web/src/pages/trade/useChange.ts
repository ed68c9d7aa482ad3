import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Trade, TradeChange } from "@trading-journal/sdk";
import { changeSeen } from "~/api/changeSeen.ts";
import { tradeKeys } from "~/api/trades.ts";
import { toast, toastProblem } from "~/ui/toasts";

/** Changes of one part of a trade. What was changed elsewhere meanwhile is not overwritten: it is shown instead. */
export function useChange(trade: Trade) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: TradeChange) => {
      const seen = Object.fromEntries(Object.keys(change).map((field) => [field, trade[field as keyof TradeChange]]));
      return changeSeen(client, trade.id, change, seen);
    },
    onSuccess: (changed) => {
      if (changed.kind === "conflict") toast("It was changed elsewhere meanwhile. You see it now: change it again if you still want to");
    },
    onError: (error) => toastProblem(error),
    onSettled: () => client.invalidateQueries({ queryKey: tradeKeys.one(trade.id) }),
  });
}
