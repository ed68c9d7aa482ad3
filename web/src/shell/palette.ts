// Which of the two sheets of the shell is open. A store, so that a button anywhere can open one.

import { useSyncExternalStore } from "react";

export type Sheet = "palette" | "shortcuts" | null;

let open: Sheet = null;
const listeners = new Set<() => void>();

export function showSheet(sheet: Sheet): void {
  open = sheet;
  for (const listener of listeners) listener();
}

export function useSheet(): Sheet {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
