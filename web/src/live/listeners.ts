// For pages that show what a message holds, such as the progress of an import.

import { useEffect, useEffectEvent } from "react";
import type { Message } from "./message";

const listeners = new Set<(message: Message) => void>();

export function tellListeners(message: Message): void {
  for (const listener of listeners) listener(message);
}

/** Calls `listener` with every message of these types, such as `import.progress`, while the component is shown. */
export function useStreamMessages(types: readonly string[], listener: (message: Message) => void): void {
  const listen = useEffectEvent((message: Message) => {
    if (types.includes(message.type)) listener(message);
  });
  useEffect(() => {
    const registered = (message: Message) => listen(message);
    listeners.add(registered);
    return () => void listeners.delete(registered);
  }, []);
}
