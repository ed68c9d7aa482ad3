// A month of P&L, a day a cell. One cell has the focus; the arrow keys move it.

import type { CalendarDay } from "@trading-journal/sdk";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import {
  addDays,
  firstWeekday,
  formatAmount,
  formatCount,
  formatDay,
  formatMonth,
  shortAmount,
  signOf,
  toPixels,
  weeksOfMonth,
  type Day,
} from "~/format";
import { amountOf, shadeOf, sumOf } from "./heat";
import styles from "./CalendarHeatmap.module.css";

/** What a cell needs, whatever it is: a link to the day, most likely. */
export interface DayCellProps {
  className: string;
  tabIndex: number;
  "aria-label": string;
  "data-day": Day;
  children: ReactNode;
}

interface CalendarHeatmapProps {
  /** Any day of the month that is shown. */
  month: Day;
  days: readonly CalendarDay[];
  unit: string;
  /** After costs, else before them. */
  net?: boolean;
  today: Day;
  renderDay: (day: Day, props: DayCellProps) => ReactNode;
}

/** Amounts of more characters do not fit into a cell. */
const LONGEST = 10;

const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function CalendarHeatmap({ month, days, unit, net = true, today, renderDay }: CalendarHeatmapProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<Day>();
  const weeks = weeksOfMonth(month, firstWeekday());
  const inMonth = (day: Day) => day.slice(0, 7) === month.slice(0, 7);
  const byDay = new Map(days.map((day) => [day.day, day]));
  const most = Math.max(0, ...days.filter(({ day }) => inMonth(day)).map((day) => Math.abs(toPixels(amountOf(day, net)) ?? 0)));
  const isLong = days.some((day) => formatAmount(amountOf(day, net), unit, { signed: true }).length > LONGEST);
  const fallback = inMonth(today) ? today : `${month.slice(0, 7)}-01`;
  const reachable = focused !== undefined && inMonth(focused) ? focused : fallback;

  function move(event: KeyboardEvent<HTMLTableElement>) {
    const by = MOVES[event.key];
    const from = (event.target as HTMLElement).dataset["day"];
    if (by === undefined || from === undefined) return;
    event.preventDefault();
    const to = addDays(from, by);
    if (!inMonth(to)) return;
    setFocused(to);
    grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
  }

  function cell(day: Day) {
    if (!inMonth(day)) return <td key={day} className={styles.outside} />;
    const known = byDay.get(day);
    const amount = known && amountOf(known, net);
    return (
      <td key={day} className={styles.cell} data-today={day === today || undefined} style={{ background: shadeOf(amount, most) }}>
        {renderDay(day, {
          className: styles.day ?? "",
          tabIndex: day === reachable ? 0 : -1,
          "aria-label": `${formatDay(day, { dateStyle: "full" })}: ${spoken(known, amount, unit)}`,
          "data-day": day,
          children: <DayFace day={day} known={known} amount={amount} unit={unit} />,
        })}
      </td>
    );
  }

  return (
    <div className={styles.box}>
      {/* The handler moves the focus among links; each of them is reached without it too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table ref={grid} className={styles.calendar} data-short={isLong || undefined} onKeyDown={move}>
        <caption className="visually-hidden">{`P&L by day, ${formatMonth(month)}. Arrow keys move between days.`}</caption>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={formatDay(day, { weekday: "long" })}>
                {formatDay(day, { weekday: "short" })}
              </th>
            ))}
            <th scope="col" className={styles.week}>
              Week
            </th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map(cell)}
              <WeekTotal days={week.filter(inMonth).flatMap((day) => byDay.get(day) ?? [])} unit={unit} net={net} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayFaceProps {
  day: Day;
  known: CalendarDay | undefined;
  amount: string | undefined;
  unit: string;
}

function DayFace({ day, known, amount, unit }: DayFaceProps) {
  return (
    <>
      <span className={styles.number}>{Number(day.slice(8))}</span>
      {known && amount !== undefined && (
        <>
          <Amount amount={amount} unit={unit} />
          <span className={styles.trades}>{formatCount(known.trades, "trade")}</span>
        </>
      )}
    </>
  );
}

/** In full where there is room, else short; the label of the cell has it in full in any case. */
function Amount({ amount, unit }: { amount: string; unit: string }) {
  const tone = signOf(amount) < 0 ? styles.loss : signOf(amount) > 0 ? styles.gain : undefined;
  return (
    <span className={tone}>
      <span className={styles.long}>{formatAmount(amount, unit, { signed: true })}</span>
      <span className={styles.short}>{shortAmount(amount, unit, { signed: true })}</span>
    </span>
  );
}

function WeekTotal({ days, unit, net }: { days: readonly CalendarDay[]; unit: string; net: boolean }) {
  const total = sumOf(days, net);
  return (
    <td className={styles.week}>
      {days.length > 0 && (
        <>
          <Amount amount={total} unit={unit} />
          <span className={styles.trades}>{formatCount(days.length, "day")}</span>
        </>
      )}
    </td>
  );
}

function spoken(known: CalendarDay | undefined, amount: string | undefined, unit: string): string {
  if (!known) return "no trades";
  return `${formatAmount(amount, unit, { signed: true })}, ${formatCount(known.trades, "trade")}, ${known.wins} won, ${known.losses} lost`;
}
