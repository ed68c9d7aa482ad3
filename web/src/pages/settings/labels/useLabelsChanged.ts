import { useQueryClient } from "@tanstack/react-query";

/** Whatever shows a label shows it as it is now. */
export function useLabelsChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([queryClient.invalidateQueries({ queryKey: ["trades"] }), queryClient.invalidateQueries({ queryKey: ["analytics"] })]);
  };
}
