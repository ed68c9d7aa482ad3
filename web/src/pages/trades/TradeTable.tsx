import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type CSSProperties, type MouseEvent, useEffect, useRef } from "react";
import { ariaSort, type Column, layOut, nextSort, type Shown } from "./columns.ts";
import { TableRow } from "./TableRow.tsx";
import styles from "./TradeTable.module.css";
import { gridKey } from "./useTradeKeys.ts";
import type { TradeListView } from "./view.ts";

const ROW = 36;
const HEAD = 36;
/** The border, and room for a bar that scrolls sideways. */
const FRAME = 14;
/** Rows made before they are seen: enough for a fast wheel, few enough for a frame. */
const OVERSCAN = 14;

interface TradeTableProps extends TradeListView {
  shown: Shown;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}

/** A grid of as many rows as there are, of which those in sight are elements. The keyboard moves inside it, as one stop of the tab key. */
export function TradeTable({ rows, total, cells, selection, onAction, onReach, onOpen, shown, sort, onSort }: TradeTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { columns, template, width } = layOut(shown);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing that it returns is kept over a render
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onReach(last), [last, onReach]);

  const { active } = selection;
  const at = active === null ? -1 : rows.findIndex((row) => row.id === active);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      tabIndex={0}
      aria-label="Trades"
      aria-rowcount={total ?? -1}
      aria-multiselectable
      aria-activedescendant={at >= 0 ? `trade-${active}` : undefined}
      style={{ "--columns": `36px ${template}`, "--width": `${width + 60}px`, "--height": `${rows.length * ROW + HEAD + FRAME}px` } as CSSProperties}
      onKeyDown={(event) => gridKey(event, { selection, onAction, onOpen })}
      onClick={(event) => clicked(event, { onAction, onOpen })}
      data-scroll-restoration-id="trades"
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row}>
          <span role="columnheader" className={styles.cell}>
            <span className="visually-hidden">Selected</span>
          </span>
          {columns.map((column) => (
            <Head key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ blockSize: virtual.getTotalSize() }}>
        {items.map((item) => {
          const trade = rows[item.index];
          if (!trade) return null;
          return (
            <TableRow
              key={trade.id}
              trade={trade}
              columns={columns}
              cells={cells}
              index={item.index}
              top={item.start}
              chosen={selection.chosen.has(trade.id)}
              active={trade.id === active}
            />
          );
        })}
      </div>
    </div>
  );
}

function Head({ column, sort, onSort }: { column: Column; sort: string | undefined; onSort: (sort: string | undefined) => void }) {
  const order = ariaSort(column, sort);
  return (
    <span role="columnheader" className={styles.cell} data-numeric={column.numeric} aria-sort={order}>
      {column.sort ? (
        <button type="button" className={styles.sort} tabIndex={-1} onClick={() => onSort(nextSort(column, sort))}>
          {column.label}
          {order === "ascending" && <ArrowUp aria-hidden />}
          {order === "descending" && <ArrowDown aria-hidden />}
        </button>
      ) : (
        column.label
      )}
    </span>
  );
}

/** One listener for all rows: what was clicked stands in the row. */
function clicked(event: MouseEvent, { onAction, onOpen }: Pick<TradeListView, "onAction" | "onOpen">) {
  const target = event.target as Element;
  const id = target.closest<HTMLElement>("[data-trade]")?.dataset["trade"];
  if (id === undefined) return;
  if (target.closest("[data-select]")) {
    onAction(event.shiftKey ? { type: "range", to: id } : { type: "toggle", id });
    return;
  }
  // A link opened in another tab is the browser's.
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  onOpen(id);
}
