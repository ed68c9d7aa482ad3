// What one tab changes and no message of the live stream tells, such as that a notification was read: the other tabs ask for it again.

import type { QueryKey } from "@tanstack/react-query";

const channel = new BroadcastChannel("journal.changed");

/** The answers to queries with this key are old, in the other tabs of this browser. */
export function tellTabs(key: QueryKey): void {
  channel.postMessage(key);
}

/** Calls `listener` with what another tab told, until the function that is returned is called. */
export function hearTabs(listener: (key: QueryKey) => void): () => void {
  const hear = ({ data }: MessageEvent<QueryKey>) => listener(data);
  channel.addEventListener("message", hear);
  return () => channel.removeEventListener("message", hear);
}
