import { useSyncExternalStore } from "react";

/** Browsers without idle callbacks wait as long as the others take at most. */
const LATEST = 2000;

let isSettled = false;
const listeners = new Set<() => void>();

function settle(): void {
  isSettled = true;
  for (const listener of listeners) listener();
}

function whenIdle(): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(settle, { timeout: LATEST });
  else setTimeout(settle, LATEST);
}

if (document.readyState === "complete") whenIdle();
else addEventListener("load", whenIdle, { once: true });

/** Whether the browser had a moment to spare since it loaded the app: what nobody waits for waits for that. */
export function useSettled(): boolean {
  return useSyncExternalStore(subscribe, () => isSettled);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
