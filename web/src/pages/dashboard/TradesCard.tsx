import type { Trade } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { zoneOf, type Scope } from "~/filters/useScope";
import { toSearch, scopeOf } from "~/search";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { SkeletonRows } from "~/ui/Skeleton";
import styles from "./TradesCard.module.css";
import { TradeList } from "~/tradeList/TradeList";
import { openTradesQuery, recentTradesQuery } from "~/tradeList/latest";

interface TradesCardProps {
  scope: Scope;
  which: "open" | "closed";
  /** How many lines there are room for. */
  limit: number;
}

export function TradesCard({ scope, which, limit }: TradesCardProps) {
  const { filters, zone, accounts, isReady } = scope;
  const query = which === "open" ? openTradesQuery(filters, zone, limit) : recentTradesQuery(filters, zone, limit);
  const { data, error, refetch } = useQuery({ ...query, enabled: isReady });
  const title = which === "open" ? "Open positions" : "Recent trades";
  const all = { ...scopeOf(filters), ...toSearch({ status: which }) };
  const zoneOfTrade = (trade: Trade) => zoneOf(accounts, trade.account_id);
  return (
    <Card
      flush
      title={title}
      actions={
        data &&
        data.items.length > 0 && (
          <Link to="/trades" search={all as never} className={styles.all} aria-label={`All of ${title.toLowerCase()}`}>
            See all
          </Link>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <div className={styles.pad}>
          <SkeletonRows rows={Math.min(limit, 6)} height={28} />
        </div>
      ) : data.items.length === 0 ? (
        <p className={styles.none}>{which === "open" ? "Nothing is open." : "No trades closed in these days."}</p>
      ) : (
        <TradeList label={title} trades={data.items} zone={zoneOfTrade} />
      )}
    </Card>
  );
}
