import type { Trade } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { zoneOf, type Scope } from "~/filters/useScope";
import type { Day } from "~/format";
import { recentTradesQuery } from "~/tradeList/latest";
import { TradeList } from "~/tradeList/TradeList";
import { toSearch } from "~/search";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { SkeletonRows } from "~/ui/Skeleton";
import { ofDay } from "./dayScope";
import styles from "./journal.module.css";

/** More trades of a day are in the table. */
const MOST = 50;

export function DayTrades({ day, scope }: { day: Day; scope: Scope }) {
  const filters = ofDay(scope, day);
  const query = useQuery({ ...recentTradesQuery(filters, scope.zone, MOST), enabled: scope.isReady });
  const trades = query.data?.items;
  const zone = (trade: Trade) => zoneOf(scope.accounts, trade.account_id);
  return (
    <Card
      flush
      title="Trades closed on this day"
      actions={
        trades !== undefined &&
        trades.length > 0 && (
          <Link to="/trades" search={toSearch({ from: day, to: day }) as never}>
            In the table
          </Link>
        )
      }
    >
      {query.isError && !trades ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !trades ? (
        <div className={styles.pad}>
          <SkeletonRows rows={4} height={28} />
        </div>
      ) : trades.length === 0 ? (
        <p className={styles.none}>No trade was closed on this day.</p>
      ) : (
        <TradeList label="Trades closed on this day" trades={trades} zone={zone} />
      )}
    </Card>
  );
}
