import { describe, expect, it } from "vitest";
import { NONE } from "./number";
import { dayOfInstant, formatAgo, formatDuration, formatInstant, startOfDay } from "./time";

const locale = "en-US";

describe("instants", () => {
  it("are on the zone's clock, with the zone", () => {
    expect(formatInstant("2026-07-31T13:30:05Z", "America/New_York", { locale, seconds: true })).toBe("Jul 31, 2026, 09:30:05 AM EDT");
    expect(formatInstant("2026-07-31T13:30:05Z", "Europe/Berlin", { locale: "de-DE", date: false })).toBe("15:30 MESZ");
  });

  it("break nothing when they or their zone are odd", () => {
    expect(formatInstant(null, "UTC")).toBe(NONE);
    expect(formatInstant("soon", "UTC")).toBe("soon");
    expect(formatInstant("2026-01-01T00:00:00Z", "Mars/Base", { locale, date: false })).toContain("UTC");
  });

  it("belong to a day of the zone", () => {
    expect(dayOfInstant("2026-08-01T03:00:00Z", "America/New_York")).toBe("2026-07-31");
  });
});

describe("startOfDay", () => {
  it("is midnight of the zone, also on days on which the clock changes", () => {
    expect(startOfDay("2026-07-31", "America/New_York")).toBe("2026-07-31T04:00:00Z");
    expect(startOfDay("2026-03-08", "America/New_York")).toBe("2026-03-08T05:00:00Z");
    expect(startOfDay("2026-03-09", "America/New_York")).toBe("2026-03-09T04:00:00Z");
    expect(startOfDay("2026-10-25", "Europe/Berlin")).toBe("2026-10-24T22:00:00Z");
    expect(startOfDay("2026-01-01", "Asia/Kolkata")).toBe("2025-12-31T18:30:00Z");
  });
});

describe("durations", () => {
  it("have the two largest units", () => {
    expect([0, 45, 725, 3600, 13_200, 187_200, 86_459].map(formatDuration)).toEqual(["0s", "45s", "12m 5s", "1h", "3h 40m", "2d 4h", "1d"]);
    expect(formatDuration(null)).toBe(NONE);
  });

  it("are told from now", () => {
    const now = Date.parse("2026-07-31T12:00:00Z");
    expect(["2026-07-31T11:59:50Z", "2026-07-31T11:55:00Z", "2026-07-31T09:00:00Z", "2026-07-30T12:00:00Z"].map((at) => formatAgo(at, now, locale))).toEqual([
      "just now",
      "5 minutes ago",
      "3 hours ago",
      "yesterday",
    ]);
  });
});
