import { useMutation, useQueryClient } from "@tanstack/react-query";
import { undoImport } from "~/api/imports";
import { formatCount } from "~/format";
import { toast, toastProblem } from "~/ui/toasts";

/** Takes an import back, and says what went with it. */
export function useUndo() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: undoImport,
    onSuccess: (undone) => {
      const kept = undone.fills_kept > 0 ? `; ${formatCount(undone.fills_kept, "fill")} stay, as another file has them too` : "";
      toast(`Undone: ${formatCount(undone.fills_removed, "fill")} and ${formatCount(undone.trades_removed, "trade")} removed${kept}. Notes are kept.`);
      // Trades, statistics, everything may be another.
      return queryClient.invalidateQueries();
    },
    onError: (error) => toastProblem(error),
  });
}
