import { Link, useParams } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useScope } from "~/filters/useScope";
import { addDays, formatDay, formatRelativeDay, isDay, today as todayIn, type Day } from "~/format";
import { CalendarCard } from "~/calendar/CalendarCard";
import { buttonClass } from "~/ui/Button";
import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";
import { DayFigures } from "./DayFigures";
import { DayNote } from "./DayNote";
import { DayTrades } from "./DayTrades";
import { WrittenDays } from "./WrittenDays";
import styles from "./journal.module.css";

/** A day of the journal: what was written, what was traded, and the month around it. */
export function JournalPage() {
  const { date } = useParams({ from: "/app/journal/{-$date}" });
  const scope = useScope();
  const today = todayIn(scope.zone);
  const day = date ?? today;
  if (!isDay(day)) {
    return (
      <Page title="Journal">
        <EmptyState title="There is no such day">
          <Link to="/journal/{-$date}" params={{ date: today }}>
            Open today
          </Link>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={formatDay(day, { weekday: "long", year: "numeric", month: "long", day: "numeric" })}
      description={`${formatRelativeDay(day, today)} · ${scope.zone}`}
      actions={<Turn day={day} today={today} />}
    >
      <div className={styles.columns}>
        <div className={styles.column}>
          <DayFigures day={day} scope={scope} />
          <DayNote key={day} day={day} />
          <DayTrades day={day} scope={scope} />
        </div>
        <div className={styles.column}>
          <CalendarCard scope={scope} latest={day} />
          <WrittenDays selected={day} />
        </div>
      </div>
    </Page>
  );
}

/** To the days around. */
function Turn({ day, today }: { day: Day; today: Day }) {
  return (
    <nav className={styles.turn} aria-label="Days around">
      <Link className={buttonClass("secondary", "sm")} to="/journal/{-$date}" params={{ date: addDays(day, -1) }} aria-label="Day before">
        <ChevronLeft aria-hidden />
      </Link>
      <Link className={buttonClass("secondary", "sm")} to="/journal/{-$date}" params={{ date: today }} aria-current={day === today ? "date" : undefined}>
        Today
      </Link>
      <Link className={buttonClass("secondary", "sm")} to="/journal/{-$date}" params={{ date: addDays(day, 1) }} aria-label="Day after">
        <ChevronRight aria-hidden />
      </Link>
    </nav>
  );
}
