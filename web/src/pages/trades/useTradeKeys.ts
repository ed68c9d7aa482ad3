import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useEffectEvent } from "react";
import type { Selection, SelectionAction } from "./selection.ts";

interface TradeKeys {
  selection: Selection;
  onAction: (action: SelectionAction) => void;
  onOpen: (trade: string) => void;
}

type AnyKey = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** Anywhere on the page: `j` and `k` move, `x` selects, with Shift a range, `a` selects all, `/` searches, Escape clears. */
export function useTradeKeys({ selection, onAction }: TradeKeys): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isChord(event) || isTyping(event.target)) return;
    const { active, chosen } = selection;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") onAction({ type: "move", by: key === "j" ? 1 : -1, extend: event.shiftKey });
    else if (key === "x" && active !== null) onAction({ type: "toggle", id: active });
    else if (key === "a") onAction({ type: "all" });
    else if (key === "escape" && chosen.size > 0) onAction({ type: "clear" });
    else if (key === "/") document.querySelector<HTMLInputElement>("[data-search]")?.focus();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: -Infinity,
  End: Infinity,
};

/** Keys of a grid, while it has the focus: arrows move, Space selects, Enter opens. */
export function gridKey(event: ReactKeyboardEvent, { selection, onAction, onOpen }: TradeKeys): void {
  if (isChord(event) || event.target !== event.currentTarget) return;
  const { active } = selection;
  const by = STEPS[event.key];
  if (by !== undefined) onAction({ type: "move", by, extend: event.shiftKey });
  else if (event.key === " " && active !== null) onAction({ type: "toggle", id: active });
  else if (event.key === "Enter" && active !== null) onOpen(active);
  else return;
  event.preventDefault();
}

function isChord({ ctrlKey, metaKey, altKey }: AnyKey): boolean {
  return ctrlKey || metaKey || altKey;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [role=dialog], [role=menu]") !== null;
}
