import { useEffect, useState, useSyncExternalStore } from "react";
import type { Autosave } from "./autosave.ts";
import { Keeper, type Save } from "./keeper.ts";

/** The keeper of a text, and how it is now. Give the component around it a `key`: another text is another keeper. */
export function useKeeper(key: string, text: string, save: Save): [Keeper, Autosave] {
  const [keeper] = useState(() => new Keeper(key, text, save));
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);
  useEffect(() => keeper.open(), [keeper]);
  useEffect(() => keeper.told(text), [keeper, text]);
  return [keeper, state];
}
