// Calendar days as `YYYY-MM-DD`, apart from any zone.

import { dateFormat } from "./intl";

/** A calendar day of the API, `2026-07-31`. */
export type Day = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS = 86_400_000;

/** Midnight UTC of the day: a handle to count and to format with, not an instant of anything. */
function handle(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function dayOf(handle: Date): Day {
  return handle.toISOString().slice(0, 10);
}

/** Whether the text is a day that exists: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const date = DAY.test(text) ? handle(text) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

export function addDays(day: Day, count: number): Day {
  return dayOf(new Date(handle(day).getTime() + count * MILLISECONDS));
}

/** How many days later `to` is. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((handle(to).getTime() - handle(from).getTime()) / MILLISECONDS);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return handle(day).getUTCDay();
}

/** The day so many months later, or the last one of that month. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return dayOf(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last))));
}

/** The first day of the day's month. */
export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function startOfYear(day: Day): Day {
  return `${day.slice(0, 4)}-01-01`;
}

/** On which weekday weeks begin where the locale is at home; Monday where nobody knows. */
export function firstWeekday(locale?: string): number {
  type WithWeek = Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  const known: WithWeek = new Intl.Locale(locale ?? dateFormat(undefined, {}).resolvedOptions().locale);
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

/** The weeks that hold the month of the day, each of seven days; those of the months around it are there too. */
export function weeksOfMonth(day: Day, firstDayOfWeek = 1): readonly (readonly Day[])[] {
  const first = startOfMonth(day);
  const before = (weekdayOf(first) - (firstDayOfWeek % 7) + 7) % 7;
  const length = daysBetween(first, addMonths(first, 1));
  const weeks = Math.ceil((before + length) / 7);
  const start = addDays(first, -before);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => addDays(start, week * 7 + weekday)),
  );
}

/** `Jul 31, 2026`, or as the options ask. */
export function formatDay(
  day: Day,
  options: Intl.DateTimeFormatOptions = { dateStyle: "medium" },
  locale?: string,
): string {
  return isDay(day) ? dateFormat(locale, { ...options, timeZone: "UTC" }).format(handle(day)) : day;
}

export function formatMonth(day: Day, locale?: string): string {
  return formatDay(day, { month: "long", year: "numeric" }, locale);
}

/** `today`, `yesterday`, `3 days ago`; beyond a week the date. */
export function formatRelativeDay(day: Day, today: Day, locale?: string): string {
  const away = daysBetween(today, day);
  if (Math.abs(away) > 7) return formatDay(day, undefined, locale);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(away, "day");
}
