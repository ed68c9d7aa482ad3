// A month of P&L, a day a cell; each leads to its page of the journal.

import type { Calendar } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { calendarQuery } from "~/api/analytics";
import { CalendarHeatmap } from "~/charts/CalendarHeatmap";
import { sumOf } from "~/charts/heat";
import type { Scope } from "~/filters/useScope";
import { addMonths, formatCount, formatMonth, startOfMonth, today as todayIn, type Day } from "~/format";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { IconButton } from "~/ui/IconButton";
import { Money } from "~/ui/Money";
import { Skeleton } from "~/ui/Skeleton";
import styles from "./CalendarCard.module.css";
import { aroundMonth, monthOf } from "./month";

interface CalendarCardProps {
  scope: Scope;
  /** The month that is shown unless the URL names one; absent until it is known. */
  latest: Day | undefined;
}

/** What is outside of the days that are looked at needs no asking. */
const NOTHING: Pick<Calendar, "days" | "unit"> = { days: [], unit: "" };

export function CalendarCard({ scope, latest }: CalendarCardProps) {
  const asked = useLocation({ select: ({ search }) => monthOf(search) });
  const navigate = useNavigate();
  const today = todayIn(scope.zone);
  const month = startOfMonth(asked ?? latest ?? today);
  const isKnown = scope.isReady && (asked !== undefined || latest !== undefined);
  const around = aroundMonth(scope, month);
  const query = useQuery({ ...calendarQuery(around ?? scope.query), enabled: isKnown && around !== undefined });
  const { error, refetch } = query;
  const data = isKnown && around === undefined ? NOTHING : query.data;
  const days = data?.days.filter(({ day }) => startOfMonth(day) === month) ?? [];
  const trades = days.reduce((sum, day) => sum + day.trades, 0);

  function turn(by: number) {
    const search = (previous: object) => ({ ...previous, month: addMonths(month, by).slice(0, 7) });
    void navigate({ to: ".", search: search as never, replace: true, resetScroll: false });
  }

  return (
    <Card
      className={styles.card ?? ""}
      title={isKnown ? formatMonth(month) : "Calendar"}
      description={
        data && (days.length === 0 ? "No trades closed" : `${formatCount(trades, "trade")} on ${formatCount(days.length, "day")}`)
      }
      actions={
        <>
          {days.length > 0 && (
            <Money amount={sumOf(days, scope.filters.net)} unit={data?.unit ?? ""} signed className={styles.total ?? ""} />
          )}
          <IconButton label="Month before" onClick={() => turn(-1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
          <IconButton label="Month after" onClick={() => turn(1)}>
            <ChevronRight aria-hidden />
          </IconButton>
        </>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton height={372} />
      ) : (
        <CalendarHeatmap
          month={month}
          days={days}
          unit={data.unit}
          net={scope.filters.net}
          today={today}
          renderDay={(date, props) => <Link key={date} to="/journal/{-$date}" params={{ date }} {...props} />}
        />
      )}
    </Card>
  );
}
