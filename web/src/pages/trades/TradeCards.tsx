import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef, useState } from "react";
import type { TradeRow } from "~/api/trades.ts";
import { CELLS, type CellContext } from "./cells.tsx";
import styles from "./TradeCards.module.css";
import type { TradeListView } from "./view.ts";

/** With the gap below it. */
const CARD = 92;

/** The list on a phone: the page itself scrolls. A long press is not needed to select: the corner of each card does it. */
export function TradeCards({ rows, total, cells, selection, onAction, onOpen, onReach }: TradeListView) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => CARD, overscan: 8, scrollMargin: offset });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onReach(last), [last, onReach]);

  return (
    <ul ref={list} className={styles.cards} aria-label="Trades" style={{ blockSize: virtual.getTotalSize() }}>
      {items.map((item) => {
        const trade = rows[item.index];
        if (!trade) return null;
        return (
          <li
            key={trade.id}
            className={styles.item}
            style={{ transform: `translateY(${item.start - offset}px)` }}
            aria-setsize={total ?? -1}
            aria-posinset={item.index + 1}
          >
            <TradeCard
              trade={trade}
              cells={cells}
              chosen={selection.chosen.has(trade.id)}
              onSelect={() => onAction({ type: "toggle", id: trade.id })}
              onOpen={onOpen}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface TradeCardProps {
  trade: TradeRow;
  cells: CellContext;
  chosen: boolean;
  onSelect: () => void;
  onOpen: (trade: string) => void;
}

const TradeCard = memo(function TradeCard({ trade, cells, chosen, onSelect, onOpen }: TradeCardProps) {
  return (
    <div className={styles.card} data-chosen={chosen || undefined}>
      <label className={styles.select}>
        <input type="checkbox" checked={chosen} onChange={onSelect} />
        <span className="visually-hidden">Select {trade.symbol}</span>
      </label>
      <a
        className={styles.link}
        href={cells.hrefOf(trade.id)}
        onClick={(event) => {
          event.preventDefault();
          onOpen(trade.id);
        }}
      >
        <span className={styles.line}>
          <strong className={styles.symbol} dir="ltr">
            {trade.symbol}
          </strong>
          <span className={styles.net}>{CELLS.net(trade, cells)}</span>
        </span>
        <span className={styles.facts}>
          <span>
            {CELLS.side(trade, cells)} {CELLS.quantity(trade, cells)} at {CELLS.entry(trade, cells)}
          </span>
          <span>{trade.r_multiple != null && CELLS.r(trade, cells)}</span>
        </span>
        <span className={styles.facts}>
          <span>{trade.closed_at == null ? <>Open since {CELLS.opened(trade, cells)}</> : CELLS.closed(trade, cells)}</span>
          {CELLS.tags(trade, cells)}
        </span>
      </a>
    </div>
  );
}, same);

/** The handlers are made anew by each render and do the same. */
function same(before: TradeCardProps, after: TradeCardProps): boolean {
  return before.trade === after.trade && before.chosen === after.chosen && before.cells === after.cells;
}
