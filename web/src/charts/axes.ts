// Axes that are alike on every chart: a hairline grid, muted labels in the reader's locale.

import type uPlot from "uplot";
import { formatAxisAmount, formatCompact, formatNumber } from "~/format";
import type { Paint } from "./paint";

const DAY = 86_400;

const WHOLE = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000];

/** Room for labels at the left, the same on charts that stand above each other. */
export const LEFT = 62;

function axis(paint: Paint): uPlot.Axis {
  return {
    stroke: paint.muted,
    font: paint.font,
    grid: { stroke: paint.grid, width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
}

/** Amounts of the unit: a currency, `R` or `%`. */
export function amountAxis(paint: Paint, unit: string, space = 40): uPlot.Axis {
  return {
    ...axis(paint),
    size: LEFT,
    gap: 8,
    space,
    values: (_plot, splits) => splits.map((split) => formatAxisAmount(split, unit)),
  };
}

/** Prices at the left, in all their digits. */
export function priceAxis(paint: Paint): uPlot.Axis {
  return { ...axis(paint), size: LEFT, gap: 8, space: 40, values: (_plot, splits) => splits.map((split) => formatNumber(split)) };
}

export function countAxis(paint: Paint): uPlot.Axis {
  return {
    ...axis(paint),
    size: LEFT,
    gap: 8,
    incrs: WHOLE,
    values: (_plot, splits) => splits.map((split) => formatCompact(split)),
  };
}

/** Numbers from left to right, such as a count of trades. */
export function bottomAxis(paint: Paint, write: (value: number) => string, space = 70): uPlot.Axis {
  return {
    ...axis(paint),
    grid: { show: false },
    size: 30,
    gap: 8,
    space,
    values: (_plot, splits) => splits.map(write),
  };
}

/** As the library counts: months of 30 days and years of 365 are then put on the calendar. */
const DAYS = [1, 2, 3, 5, 7, 10, 15, 30, 60, 90, 120, 180, 365, 730, 1825].map((days) => days * DAY);

/** Days, none of which is cut into hours. */
export function dayAxis(paint: Paint): uPlot.Axis {
  return { ...timeAxis(paint), incrs: DAYS };
}

/** Whole numbers from left to right: there is no half trade. */
export function orderAxis(paint: Paint): uPlot.Axis {
  return { ...bottomAxis(paint, (value) => formatNumber(value)), incrs: WHOLE };
}

/** Seconds of UTC on the zone's clock; as coarse as the distance between the labels. */
export function timeAxis(paint: Paint, zone = "UTC"): uPlot.Axis {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options });
  const year = format({ year: "numeric" });
  const month = format({ month: "short" });
  const yearAndMonth = format({ month: "short", year: "numeric" });
  const day = format({ month: "short", day: "numeric" });
  const minute = format({ hour: "2-digit", minute: "2-digit" });
  const second = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const pick = (increment: number, isNewYear: boolean) => {
    if (increment >= 365 * DAY) return year;
    if (increment >= 28 * DAY) return isNewYear ? yearAndMonth : month;
    if (increment >= DAY) return day;
    return increment >= 60 ? minute : second;
  };
  return {
    ...axis(paint),
    grid: { show: false },
    size: 30,
    gap: 8,
    space: 76,
    values: (_plot, splits, _axis, _space, increment) =>
      splits.map((split, at) => {
        const before = splits[at - 1];
        const isNewYear = before === undefined || year.format(before * 1000) !== year.format(split * 1000);
        return pick(increment, isNewYear).format(split * 1000);
      }),
  };
}
