import { useMutation, useQueryClient } from "@tanstack/react-query";
import { tradeKeys } from "~/api/trades.ts";
import { toast } from "~/ui/toasts";

/** A change of a fill: its trades follow, and so does every figure. */
export function useFillChange<T>(change: (input: T) => Promise<unknown>, done: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      toast(done);
      onDone();
      void client.invalidateQueries({ queryKey: ["analytics"] });
      return client.invalidateQueries({ queryKey: tradeKeys.all });
    },
  });
}
