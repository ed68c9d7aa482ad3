import type { TradeDetail } from "@trading-journal/sdk";
import { formatDuration, formatInstant, NONE } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Amount, secondsHeld } from "../trades/cells.tsx";
import styles from "./TradeHeadline.module.css";

interface TradeHeadlineProps {
  trade: TradeDetail;
  zone: string;
  account: string;
}

/** What the trade was, in two lines. */
export function TradeHeadline({ trade, zone, account }: TradeHeadlineProps) {
  const isOpen = trade.status === "open";
  return (
    <div className={styles.headline}>
      <div className={styles.line}>
        <Badge>{trade.side === "long" ? "Long" : "Short"}</Badge>
        <Badge tone={isOpen ? "accent" : "neutral"}>{isOpen ? "Open" : "Closed"}</Badge>
        <strong className={styles.net}>
          <Amount amount={trade.net_pnl} unit={trade.currency} />
        </strong>
        {trade.r_multiple != null && (
          <strong className={styles.r}>
            <Amount amount={trade.r_multiple} unit="R" />
          </strong>
        )}
      </div>
      <p>
        {formatInstant(trade.opened_at, zone)} to {isOpen ? "now" : formatInstant(trade.closed_at, zone)}
        {!isOpen && <>, held {formatDuration(secondsHeld(trade))}</>}
        {account !== "" && (
          <>
            {" "}
            in <bdi>{account}</bdi>
          </>
        )}
        <span className={styles.zone}>{zone || NONE}</span>
      </p>
    </div>
  );
}
