import type { TradeRow } from "~/api/trades.ts";
import type { CellContext } from "./cells.tsx";
import type { Selection, SelectionAction } from "./selection.ts";

/** What the table and the cards have in common. */
export interface TradeListView {
  rows: readonly TradeRow[];
  /** How many there are, where all of them are read. */
  total: number | undefined;
  cells: CellContext;
  selection: Selection;
  onAction: (action: SelectionAction) => void;
  onOpen: (trade: string) => void;
  /** Rows up to this one are seen. */
  onReach: (row: number) => void;
}
