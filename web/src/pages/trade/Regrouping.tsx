import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { TradeDetail } from "@trading-journal/sdk";
import { Split, Undo2 } from "lucide-react";
import { useState } from "react";
import { deleteRegrouping, tradeKeys } from "~/api/trades.ts";
import { Button } from "~/ui/Button";
import { toast, toastProblem } from "~/ui/toasts";
import { SplitDialog } from "./SplitDialog.tsx";

/** Splitting by hand, and taking a merge or a split back. */
export function Regrouping({ trade }: { trade: TradeDetail }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [splitting, setSplitting] = useState(false);

  const undo = useMutation({
    mutationFn: (regrouping: string) => deleteRegrouping(regrouping),
    onSuccess: async () => {
      // Parts of a split are no trades any more; what they are part of is in the list.
      await navigate({ to: "/trades", search: { symbol: [trade.symbol] } });
      toast("Every trade runs from flat to flat again");
      return client.invalidateQueries({ queryKey: tradeKeys.all });
    },
    onError: (error) => toastProblem(error),
  });

  const { regrouping_id } = trade;
  return (
    <>
      {regrouping_id != null && (
        <Button icon={<Undo2 aria-hidden />} busy={undo.isPending} onClick={() => undo.mutate(regrouping_id)}>
          Undo the merge or split
        </Button>
      )}
      {trade.legs.length > 1 && regrouping_id == null && (
        <Button icon={<Split aria-hidden />} onClick={() => setSplitting(true)}>
          Split
        </Button>
      )}
      {splitting && <SplitDialog trade={trade} onClose={() => setSplitting(false)} />}
    </>
  );
}
