import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Trade, TradeChange } from "@trading-journal/sdk";
import { changeSeen } from "~/api/changeSeen.ts";
import { tradeKeys } from "~/api/trades.ts";
import { toast, toastProblem } from "~/ui/toasts";
import { asChosen } from "./asChosen.ts";

/**
 * Changes of one part of a trade, and the trade as it is with the change that is on its way. What was changed elsewhere meanwhile is
 * not overwritten: it is shown instead.
 */
export function useChange(trade: Trade) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ change, seen }: { change: TradeChange; seen: Trade }) => {
      const fields = Object.keys(change) as (keyof TradeChange)[];
      return changeSeen(client, trade.id, change, Object.fromEntries(fields.map((field) => [field, seen[field]])));
    },
    onSuccess: (changed) => {
      if (changed.kind === "conflict") toast("It was changed elsewhere meanwhile. You see it now: change it again if you still want to");
    },
    onError: (error) => toastProblem(error),
    onSettled: () => client.invalidateQueries({ queryKey: tradeKeys.one(trade.id) }),
  });
  const { isPending, variables, mutate } = mutation;
  const now = isPending ? asChosen(trade, variables.change) : trade;
  return { now, isPending, change: (change: TradeChange) => mutate({ change, seen: now }) };
}
