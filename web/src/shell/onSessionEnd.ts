import type { QueryClient } from "@tanstack/react-query";
import { readJournalOf } from "../api/owner";
import { forgetSeq } from "../live/lastSeq";
import { forgetPersistedQueries } from "../offline/persistedQueries";

/** Nothing of one user is shown to the next. */
export async function onSessionEnd(queryClient: QueryClient): Promise<void> {
  await queryClient.cancelQueries();
  queryClient.clear();
  forgetSeq();
  readJournalOf(null);
  await forgetPersistedQueries();
}
