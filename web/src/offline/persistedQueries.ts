// Answers of the API, kept on the device for a start without a network: of the user who is signed in, and until they sign out.

import type { PersistedClient, Persister, PersistQueryClientOptions } from "@tanstack/react-query-persist-client";
import { clear, createStore, get, set, del } from "idb-keyval";
import { KEPT_FOR } from "../api/queries";
import { journalOwner } from "../api/owner";
import { session } from "../api/session";

const store = createStore("journal.queries", "clients");

/** What changes within a second is written once. */
const WRITE_AFTER = 1000;

const MOST_PAGES = 5;

/** By user, and by whose journal is read: one is never shown as the other. */
function ownKey(): string | undefined {
  const owner = journalOwner();
  if (!session.user) return undefined;
  return owner ? `${session.user.id} ${owner.id}` : session.user.id;
}

const persister: Persister = {
  persistClient: throttle((client: PersistedClient) => {
    const key = ownKey();
    if (key === undefined) return;
    // A full or forbidden storage costs the offline start, nothing else.
    set(key, client, store).catch(() => undefined);
  }),
  restoreClient: async () => {
    const key = ownKey();
    if (key === undefined) return undefined;
    return get<PersistedClient>(key, store).catch(() => undefined);
  },
  removeClient: async () => {
    const key = ownKey();
    if (key !== undefined) await del(key, store).catch(() => undefined);
  },
};

export const persistOptions: Omit<PersistQueryClientOptions, "queryClient"> = {
  persister,
  maxAge: KEPT_FOR,
  // Answers of another version of the client may have another shape.
  buster: __BUILD_ID__,
  dehydrateOptions: {
    shouldDehydrateQuery: ({ state, meta }) => state.status === "success" && meta?.["secret"] !== true && !isLong(state.data),
    shouldDehydrateMutation: () => false,
  },
};

/** A list that is scrolled far would be written again as a whole with each page. */
function isLong(data: unknown): boolean {
  return typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages) && data.pages.length > MOST_PAGES;
}

/** Forgets everybody's answers: at sign-out. */
export async function forgetPersistedQueries(): Promise<void> {
  await clear(store).catch(() => undefined);
}

/** Runs with the latest value once in a while, and before the page may be gone. */
function throttle<T>(run: (value: T) => void): (value: T) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: { readonly value: T } | null = null;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (latest) run(latest.value);
    latest = null;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
  });
  return (value) => {
    latest = { value };
    timer ??= setTimeout(flush, WRITE_AFTER);
  };
}
