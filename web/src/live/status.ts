// How the live stream is doing.

import { useSyncExternalStore } from "react";

export type StreamState =
  /** Being opened for the first time. */
  | "connecting"
  /** What changes is shown within a second. */
  | "live"
  /** Lost; it is being opened again. */
  | "reconnecting"
  /** Not wanted: nobody is signed in. */
  | "off";

let state: StreamState = "off";
const listeners = new Set<() => void>();

export function setStreamState(next: StreamState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
