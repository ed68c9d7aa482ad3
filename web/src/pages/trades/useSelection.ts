import { useCallback, useEffect, useState } from "react";
import type { TradeRow } from "~/api/trades.ts";
import { NOTHING, select, type Selection, type SelectionAction } from "./selection.ts";

/** What was selected when the page was left: whoever comes back from a trade goes on where they were. */
let left: Selection = NOTHING;

export function useSelection(rows: readonly TradeRow[]): [Selection, (action: SelectionAction) => void] {
  const [selection, setSelection] = useState(left);
  useEffect(() => {
    left = selection;
  }, [selection]);
  const onAction = useCallback(
    (action: SelectionAction) => setSelection((now) => select(now, action, rows.map((row) => row.id))),
    [rows],
  );
  return [selection, onAction];
}
