// What stands in each cell. Plain elements and text: a hundred of them are made while somebody scrolls one screen.

import { Combine, StickyNote } from "lucide-react";
import type { ReactNode } from "react";
import type { TradeRow } from "~/api/trades.ts";
import { addDecimals, formatAmount, formatDuration, formatInstant, formatNumber, isRounded, NONE, signOf } from "~/format/index.ts";
import type { ColumnId } from "./columns.ts";
import { formatPrice } from "~/format/price.ts";
import styles from "./cells.module.css";

/** What the row alone does not know. */
export interface CellContext {
  readonly zoneOf: (account: string) => string;
  readonly accountName: (account: string) => string;
  readonly hrefOf: (trade: string) => string;
}

export const CELLS: Record<ColumnId, (trade: TradeRow, context: CellContext) => ReactNode> = {
  symbol: (trade, { hrefOf }) => (
    <span className={styles.named}>
      <a className={styles.symbol} href={hrefOf(trade.id)} tabIndex={-1} title={trade.symbol} dir="ltr">
        {trade.symbol}
      </a>
      {trade.noted && <StickyNote className={styles.mark} aria-label="Has a note" />}
      {trade.regrouping_id != null && <Combine className={styles.mark} aria-label="Merged or split by hand" />}
    </span>
  ),
  side: (trade) => (trade.side === "long" ? "Long" : "Short"),
  status: (trade) => (trade.status === "open" ? <span className={styles.open}>Open</span> : "Closed"),
  opened: (trade, { zoneOf }) => formatInstant(trade.opened_at, zoneOf(trade.account_id)),
  closed: (trade, { zoneOf }) => formatInstant(trade.closed_at, zoneOf(trade.account_id)),
  held: (trade) => formatDuration(secondsHeld(trade)),
  quantity: (trade) => <span title={trade.peak_quantity}>{formatNumber(trade.peak_quantity)}</span>,
  entry: (trade) => <span title={trade.average_entry ?? undefined}>{formatPrice(trade.average_entry)}</span>,
  exit: (trade) => <span title={trade.average_exit ?? undefined}>{formatPrice(trade.average_exit)}</span>,
  gross: (trade) => <Amount amount={trade.gross_pnl} unit={trade.currency} />,
  costs: (trade) => formatAmount(addDecimals(trade.commissions, trade.fees), trade.currency),
  net: (trade) => <Amount amount={trade.net_pnl} unit={trade.currency} />,
  r: (trade) => <Amount amount={trade.r_multiple} unit="R" />,
  mae: (trade) => <Amount amount={trade.mae} unit={trade.currency} />,
  mfe: (trade) => <Amount amount={trade.mfe} unit={trade.currency} />,
  fills: (trade) => trade.fill_count,
  tags: (trade) => <Tags tags={trade.tags} />,
  account: (trade, { accountName }) => accountName(trade.account_id),
};

/** Seconds from the first fill to the last; null while the trade is open. */
export function secondsHeld(trade: Pick<TradeRow, "opened_at" | "closed_at">): number | null {
  return trade.closed_at == null ? null : (Date.parse(trade.closed_at) - Date.parse(trade.opened_at)) / 1000;
}

/** Money or R with its sign and colour; what the column rounds off is in the tooltip. */
export function Amount({ amount, unit }: { amount: string | null | undefined; unit: string }) {
  if (amount == null) return NONE;
  const sign = signOf(amount);
  const exact = isRounded(amount, unit) ? formatAmount(amount, unit, { signed: true, exact: true }) : undefined;
  return (
    <span className={sign > 0 ? styles.gain : sign < 0 ? styles.loss : undefined} title={exact}>
      {formatAmount(amount, unit, { signed: true })}
    </span>
  );
}

const SHOWN_TAGS = 2;

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  const rest = tags.length - SHOWN_TAGS;
  return (
    <span className={styles.tags} title={tags.join(", ")}>
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <bdi key={tag} className={styles.tag}>
          {tag}
        </bdi>
      ))}
      {rest > 0 && <span className={styles.more}>+{rest}</span>}
    </span>
  );
}
