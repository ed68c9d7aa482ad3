import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { daysQuery } from "~/api/journal";
import { formatDay, type Day } from "~/format";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { SkeletonRows } from "~/ui/Skeleton";
import styles from "./journal.module.css";

/** The days about which something is written, newest first. */
export function WrittenDays({ selected }: { selected: Day }) {
  const query = useInfiniteQuery(daysQuery);
  const days = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title="Written about" flush={days.length > 0}>
      {query.isPending ? (
        <SkeletonRows rows={3} />
      ) : query.isError && days.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : days.length === 0 ? (
        <p className={styles.quiet}>Days that you write about appear here.</p>
      ) : (
        <ul role="list">
          {days.map(({ date, beginning }) => (
            <li key={date}>
              <Link
                className={styles.written}
                to="/journal/{-$date}"
                params={{ date }}
                aria-current={date === selected ? "page" : undefined}
              >
                <span className={styles.date}>{formatDay(date)}</span>
                <span className={styles.beginning} dir="auto">
                  {beginning}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </Card>
  );
}
