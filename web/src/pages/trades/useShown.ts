import { useState } from "react";
import { parseShown, type Shown, toggleColumn, USUAL, writeShown, type ColumnId } from "./columns.ts";

const KEY = "journal.trades.columns";

/** The columns that this device shows. */
export function useShown(): { shown: Shown; toggle: (column: ColumnId) => void; reset: () => void } {
  const [shown, setShown] = useState(() => parseShown(localStorage.getItem(KEY)));
  const keep = (next: Shown) => {
    localStorage.setItem(KEY, writeShown(next));
    setShown(next);
  };
  return { shown, toggle: (column) => keep(toggleColumn(shown, column)), reset: () => keep(USUAL) };
}
