import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { readJournalOf, type Owner } from "../api/owner";

/** Opens another journal: nothing of the one before stays on the screen. */
export function useReadJournalOf(): (owner: Owner | null) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (owner) => {
    readJournalOf(owner);
    void queryClient.cancelQueries().then(() => {
      queryClient.clear();
      return router.navigate({ to: "/", search: {} });
    });
  };
}
