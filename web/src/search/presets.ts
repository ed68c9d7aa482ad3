// Ranges of days that people ask for.

import { addDays, addMonths, startOfMonth, startOfYear, type Day } from "../format/day";

export interface Range {
  readonly from?: Day;
  readonly to?: Day;
}

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly range: (today: Day) => Range;
}

export const PRESETS: readonly Preset[] = [
  { id: "all", label: "All time", range: () => ({}) },
  { id: "7d", label: "Last 7 days", range: (today) => ({ from: addDays(today, -6), to: today }) },
  { id: "30d", label: "Last 30 days", range: (today) => ({ from: addDays(today, -29), to: today }) },
  { id: "90d", label: "Last 90 days", range: (today) => ({ from: addDays(today, -89), to: today }) },
  { id: "month", label: "This month", range: (today) => ({ from: startOfMonth(today), to: today }) },
  {
    id: "last-month",
    label: "Last month",
    range: (today) => ({ from: addMonths(startOfMonth(today), -1), to: addDays(startOfMonth(today), -1) }),
  },
  { id: "year", label: "This year", range: (today) => ({ from: startOfYear(today), to: today }) },
  {
    id: "last-year",
    label: "Last year",
    range: (today) => ({ from: addMonths(startOfYear(today), -12), to: addDays(startOfYear(today), -1) }),
  },
];

/** The preset that the range is as of today, if it is one. */
export function presetOf({ from, to }: Range, today: Day): Preset | undefined {
  return PRESETS.find((preset) => {
    const range = preset.range(today);
    return range.from === from && range.to === to;
  });
}
