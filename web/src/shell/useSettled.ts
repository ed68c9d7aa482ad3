// Whether the first page is there: what nobody waits for waits for that.

import { useSyncExternalStore } from "react";

/** Milliseconds in which most pages are there. */
const MOST_PAGES = 2000;
/** A browser that has no moment to spare is not waited for any longer. */
const LATEST = 2000;

let isSettled = false;
const listeners = new Set<() => void>();

function settle(): void {
  isSettled = true;
  for (const listener of listeners) listener();
}

/** Not every browser tells when it is idle. */
function whenIdle(): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(settle, { timeout: LATEST });
  else settle();
}

setTimeout(whenIdle, MOST_PAGES);

/** Whether the first page is there and the browser has a moment to spare: what nobody waits for waits for that. */
export function useSettled(): boolean {
  return useSyncExternalStore(subscribe, () => isSettled);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
