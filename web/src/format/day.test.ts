import { describe, expect, it } from "vitest";
import { addDays, addMonths, daysBetween, firstWeekday, formatDay, formatMonth, formatRelativeDay, isDay, weeksOfMonth } from "./day";

describe("days", () => {
  it("exist or do not", () => {
    expect(["2026-02-28", "2026-02-30", "2024-02-29", "26-1-1", "x"].map(isDay)).toEqual([true, false, true, false, false]);
  });

  it("are counted over months and changes of the clock", () => {
    expect(addDays("2026-03-28", 3)).toBe("2026-03-31");
    expect(daysBetween("2026-03-01", "2026-04-01")).toBe(31);
    expect([addMonths("2026-01-31", 1), addMonths("2026-01-15", -2)]).toEqual(["2026-02-28", "2025-11-15"]);
  });

  it("fill whole weeks of a month", () => {
    const weeks = weeksOfMonth("2026-07-15", 1);
    expect(weeks).toHaveLength(5);
    expect([weeks[0]?.[0], weeks[4]?.[6]]).toEqual(["2026-06-29", "2026-08-02"]);
    expect(weeksOfMonth("2026-07-15", 7)[0]?.[0]).toBe("2026-06-28");
    expect([firstWeekday("en-US"), firstWeekday("de-DE")]).toEqual([7, 1]);
  });

  it("are written for people", () => {
    expect(formatDay("2026-07-31", undefined, "en-US")).toBe("Jul 31, 2026");
    expect(formatMonth("2026-07-01", "en-US")).toBe("July 2026");
    expect(["2026-07-31", "2026-07-30", "2026-07-28", "2026-05-01"].map((day) => formatRelativeDay(day, "2026-07-31", "en-US"))).toEqual([
      "today",
      "yesterday",
      "3 days ago",
      "May 1, 2026",
    ]);
    expect(formatDay("not a day")).toBe("not a day");
  });
});
