// Whose journal is read: one's own, or that of somebody who invited the user as a mentor. Each tab has its own choice.

import { useSyncExternalStore } from "react";

export interface Owner {
  readonly id: string;
  readonly name: string;
}

const KEY = "journal.owner";
/** The areas of the API that are read for an owner. What would change something there is refused, and said to be. */
const AREAS = /^\/v1\/(accounts|analytics|bars|calendars|custom-fields|fills|imports|journal|journal-templates|metrics|playbooks|rates|regroupings|saved-views|strategies|tags|trades)(\/|$)/;

const listeners = new Set<() => void>();
let owner = readOwner();

export function journalOwner(): Owner | null {
  return owner;
}

export function useJournalOwner(): Owner | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => owner,
  );
}

/** Null: one's own. What was read of the other journal is to be forgotten by whoever calls this. */
export function readJournalOf(next: Owner | null): void {
  owner = next;
  if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

/** Says in a request whose journal it is about. */
export function nameOwner(request: Request): Request {
  if (owner && AREAS.test(new URL(request.url).pathname)) request.headers.set("Journal-Owner", owner.id);
  return request;
}

function readOwner(): Owner | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (typeof stored !== "object" || stored === null || !("id" in stored) || !("name" in stored)) return null;
    return { id: String(stored.id), name: String(stored.name) };
  } catch {
    return null;
  }
}
