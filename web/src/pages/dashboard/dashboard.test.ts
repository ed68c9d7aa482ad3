import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "~/search";
import { isEverything } from "~/filters/isEverything";
import { aroundMonth, monthOf } from "~/calendar/month";
import { between, fallText } from "./words";

describe("the month of the calendar", () => {
  it("is read from the URL if it is one", () => {
    expect([monthOf({ month: "2026-07" }), monthOf({ month: "2026-13" }), monthOf({ month: ["2026-07"] }), monthOf(null)]).toEqual([
      "2026-07-01",
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is asked for with the days around it, within the filters", () => {
    const around = (from?: string, to?: string) => {
      const filters = { ...NO_FILTERS, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      return aroundMonth({ filters, zone: "UTC" }, "2026-07-01");
    };
    expect(around()).toEqual({ from: "2026-06-28T00:00:00Z", to: "2026-08-04T00:00:00Z" });
    expect(around("2026-07-10", "2026-07-20")).toEqual({ from: "2026-07-10T00:00:00Z", to: "2026-07-21T00:00:00Z" });
    expect([around("2026-09-01"), around(undefined, "2026-01-31")]).toEqual([undefined, undefined]);
  });
});

it("tells an empty journal from one that is filtered", () => {
  expect(isEverything(NO_FILTERS)).toBe(true);
  expect(isEverything({ ...NO_FILTERS, unit: "r", net: false })).toBe(true);
  expect(isEverything({ ...NO_FILTERS, tag: ["x"] })).toBe(false);
  expect(isEverything({ ...NO_FILTERS, min_size: "1" })).toBe(false);
});

it("says what figures rest on", () => {
  expect(between(1, 2, String)).toBe("1 to 2");
  expect(between(null, null, String)).toBe("No interval from so few");
  const drawdown = { amount: { amount: "5", currency: "USD" } };
  expect(fallText(drawdown)).toBe("Not recovered");
  expect(fallText({ ...drawdown, percent: 0.125, recovered_at: "2026-07-01T00:00:00Z" })).toBe("12.5% of the peak, recovered");
});
