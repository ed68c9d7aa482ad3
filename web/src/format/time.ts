// Instants on the clock of a zone, which is always shown beside them, and durations.

import type { Day } from "./day";
import { dateFormat } from "./intl";
import { NONE } from "./number";

/** Costly to find out, and asked for by every page: it is found out anew when the clock's distance from UTC is another. */
let local: { readonly offset: number; readonly zone: string } | undefined;

/** The zone of this device, which may travel while the page is open. */
export function localZone(): string {
  const offset = new Date().getTimezoneOffset();
  if (offset !== local?.offset) local = { offset, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  return local.zone;
}

function formatOf(zone: string, locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return dateFormat(locale, { ...options, timeZone: zone });
}

export interface TimeStyle {
  readonly locale?: string | undefined;
  /** Seconds, for fills. */
  readonly seconds?: boolean | undefined;
  /** The date in front; true when absent. */
  readonly date?: boolean | undefined;
  /** The zone behind; true when absent. Leave it out only where a heading names it. */
  readonly showZone?: boolean | undefined;
}

/** `Jul 31, 2026, 09:30 EDT`: the instant on the zone's clock. */
export function formatInstant(instant: string | null | undefined, zone: string, style: TimeStyle = {}): string {
  if (instant == null) return NONE;
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return formatOf(zone, style.locale, {
    ...(style.date === false ? {} : { year: "numeric", month: "short", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(style.seconds ? { second: "2-digit" } : {}),
    ...(style.showZone === false ? {} : { timeZoneName: "short" }),
  }).format(date);
}

/** The parts of the instant on the zone's clock. */
function clock(instant: number, zone: string): Record<string, string> {
  const format = formatOf(zone, "en-CA", {
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

/** The calendar day of the instant on the zone's clock. */
export function dayOfInstant(instant: string | number | Date, zone: string): Day {
  const { year, month, day } = clock(new Date(instant).getTime(), zone);
  return `${year}-${month}-${day}`;
}

export function today(zone: string = localZone()): Day {
  return dayOfInstant(Date.now(), zone);
}

/** By how many milliseconds the zone's clock is ahead of UTC at the instant. */
function offset(instant: number, zone: string): number {
  const { year, month, day, hour, minute, second } = clock(instant, zone);
  const shown = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return shown - Math.floor(instant / 1000) * 1000;
}

/** The instant at which the day begins on the zone's clock, as the API's filters want it. */
export function startOfDay(day: Day, zone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const first = midnight - offset(midnight, zone);
  // Where the clock changes in between, the offset of the first guess is the right one.
  return new Date(midnight - offset(first, zone)).toISOString().replace(".000Z", "Z");
}

/** `45s`, `12m 5s`, `3h 40m`, `2d 4h`: the two largest units. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return NONE;
  const units: readonly (readonly [string, number])[] = [["d", 86_400], ["h", 3_600], ["m", 60], ["s", 1]];
  let rest = Math.round(Math.abs(seconds));
  const parts = units.map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { name, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return "0s";
  const shown = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  return shown.map(({ name, count }) => `${count}${name}`).join(" ");
}

/** `just now`, `5 minutes ago`, `yesterday`, as of the given time. */
export function formatAgo(instant: string, now: number = Date.now(), locale?: string): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const away = Math.abs(seconds);
  if (away < 45) return "just now";
  if (away < 3_570) return format.format(Math.round(seconds / 60), "minute");
  if (away < 84_600) return format.format(Math.round(seconds / 3_600), "hour");
  return format.format(Math.round(seconds / 86_400), "day");
}
