// A few trades, each a line that leads to it.

import type { Trade } from "@trading-journal/sdk";
import { Link } from "@tanstack/react-router";
import { formatInstant, formatNumber } from "~/format";
import { formatPrice } from "~/format/price";
import { Badge } from "~/ui/Badge";
import { Money } from "~/ui/Money";
import styles from "./TradeList.module.css";

interface TradeListProps {
  label: string;
  trades: readonly Trade[];
  zone: (trade: Trade) => string;
}

export function TradeList({ label, trades, zone }: TradeListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {trades.map((trade) => (
        <li key={trade.id}>
          <Link to="/trade/$id" params={{ id: trade.id }} className={styles.trade}>
            <span className={styles.line}>
              <span className={styles.symbol}>{trade.symbol}</span>
              <Badge>{trade.side === "long" ? "Long" : "Short"}</Badge>
              <span className={styles.result}>
                {trade.status === "open" ? (
                  `${formatNumber(trade.quantity)} at ${formatPrice(trade.average_entry)}`
                ) : (
                  <Money amount={trade.net_pnl} unit={trade.currency} signed />
                )}
              </span>
            </span>
            <span className={styles.line}>
              <span className={styles.muted}>{formatInstant(trade.closed_at ?? trade.opened_at, zone(trade))}</span>
              <span className={styles.end}>{detail(trade)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** R where the risk is known; of what is open, what was taken already. */
function detail(trade: Trade) {
  if (trade.status === "open") {
    return (
      <>
        realised <Money amount={trade.net_pnl} unit={trade.currency} signed />
      </>
    );
  }
  return trade.r_multiple == null ? null : <Money amount={trade.r_multiple} unit="R" signed />;
}
