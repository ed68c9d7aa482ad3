import { memo } from "react";
import type { TradeRow } from "~/api/trades.ts";
import { CELLS, type CellContext } from "./cells.tsx";
import type { Column } from "./columns.ts";
import styles from "./TradeTable.module.css";

interface TableRowProps {
  trade: TradeRow;
  columns: readonly Column[];
  cells: CellContext;
  index: number;
  top: number;
  chosen: boolean;
  active: boolean;
}

/** One row. It listens to nothing and is made again only when something of it changed. */
export const TableRow = memo(function TableRow({ trade, columns, cells, index, top, chosen, active }: TableRowProps) {
  return (
    <div
      role="row"
      id={`trade-${trade.id}`}
      className={`${styles.row} ${styles.trade}`}
      data-trade={trade.id}
      data-active={active || undefined}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className={styles.select} data-select>
        <input type="checkbox" tabIndex={-1} checked={chosen} readOnly aria-label={`Select ${trade.symbol}`} />
      </span>
      {columns.map(({ id, numeric }) => (
        <span key={id} role="gridcell" className={styles.cell} data-numeric={numeric}>
          {CELLS[id](trade, cells)}
        </span>
      ))}
    </div>
  );
});
