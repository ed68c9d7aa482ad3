import type { BreakdownRow, Comparison } from "@trading-journal/sdk";
import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "~/search";
import { breakdownCsv, BREAKDOWN_CSV } from "./breakdownCsv";
import { compareQueryOf, readCohorts, writeCohorts } from "./cohorts";
import { compareText } from "./compareText";
import { groupLabel } from "./dimensions";
import { readLosses } from "./losses";
import { readOrder, sortRows } from "./sortRows";
import { verdict } from "./verdict";

const row = (key: string, values: Partial<BreakdownRow> = {}): BreakdownRow => ({
  key,
  trades: 2,
  wins: 1,
  losses: 1,
  scratches: 0,
  net_pnl: "0",
  may_be_chance: true,
  ...values,
});

const estimate = (value: string) => ({ value, low: null, high: null, n: 2, currency: "USD" });

describe("a breakdown", () => {
  const rows = [
    row("A", { net_pnl: "9007199254740993" }),
    row("B", { net_pnl: "9007199254740992" }),
    row("C", { profit_factor: "inf" }),
    row("D", { profit_factor: "2" }),
  ];
  const keys = (sort: string) =>
    sortRows(rows, readOrder(sort), ({ key }) => key)
      .map(({ key }) => key)
      .join("");

  it("is sorted by exact values, infinity on top, nothing last", () => {
    expect(keys("-net_pnl")).toMatch(/^AB/);
    expect(keys("net_pnl")).toMatch(/BA$/);
    expect([keys("-profit_factor"), keys("profit_factor")]).toEqual(["CDAB", "DCAB"]);
    expect(readOrder("-closed_at")).toBeUndefined();
  });

  it("names its groups", () => {
    const names = { accounts: [], playbooks: [{ id: "p", name: "Gap" }] };
    expect(groupLabel("hour", "09", names)).toBe("09:00–09:59");
    expect(groupLabel("month", "07", names, "en-US")).toBe("July");
    expect(groupLabel("hold_time", "1m-5m", names)).toBe("1m – 5m");
    expect(groupLabel("r_multiple", "-2R..-1R", names)).toBe("-2R to -1R");
    expect(groupLabel("tag", "none", names)).toBe("No tag");
    expect(groupLabel("asset_class", "stock", names)).toBe("Stock");
    expect(groupLabel("symbol", "<script>", names)).toBe("<script>");
    expect(groupLabel("playbook", "p", names)).toBe("Gap");
    expect(groupLabel("playbook", "none", names)).toBe("No playbook");
    expect(groupLabel("rating", "4", names)).toBe("4 of 5");
    expect(groupLabel("mistake", "no_stop", names)).toBe("no_stop");
  });

  it("calls a gain luck where the API does, and says nothing of losses", () => {
    const text = (values: Partial<BreakdownRow>) => verdict(row("A", values), 8).text;
    expect(text({ expectancy: estimate("5"), p: 0.2, adjusted_p: 0.4 })).toBe("May be chance");
    expect(text({ expectancy: estimate("5"), p: 0.001, adjusted_p: 0.01, may_be_chance: false })).toBe("More than luck");
    expect(text({ expectancy: estimate("-5"), p: 0.9 })).toBe("No gain");
    expect(text({ expectancy: estimate("5"), may_be_chance: false })).toBe("Not tested");
  });

  it("is a file of the API's texts", () => {
    const [line] = breakdownCsv([row("A", { expectancy: estimate("42.77365661") })], "USD", ({ key }) => key);
    expect(line).toHaveLength(BREAKDOWN_CSV.length);
    expect(line?.[10]).toBe("42.77365661");
  });
});

describe("two sets of trades", () => {
  it("survive the way through the URL, whatever stands there", () => {
    const cohorts = { a: { tag: "a & b", from: "2026-01-01" }, b: { symbol: "BRK=B", playbook: "p", mistake: "late", rating: "4" } };
    expect(readCohorts(writeCohorts(cohorts))).toEqual(cohorts);
    expect(readCohorts(writeCohorts({ a: {}, b: {} }))).toEqual({ a: {}, b: {} });
    expect(readCohorts("a_side=up&a_from=soon&a_rating=6&%%%")).toEqual({ a: {}, b: {} });
    expect(readCohorts("")).toEqual({ a: { side: "long" }, b: { side: "short" } });
  });

  it("become parameters of the API", () => {
    const query = compareQueryOf({ a: { to: "2026-07-31" }, b: { tag: "news", rating: "4" } }, { net: NO_FILTERS.net }, "America/New_York");
    expect(query).toEqual({ net: true, a_to: "2026-08-01T04:00:00Z", b_tag: ["news"], b_rating: [4] });
  });

  it("are told in words", () => {
    const cohort = { trades: 5 } as Comparison["a"];
    const comparison = {
      a: cohort,
      b: cohort,
      unit: "USD",
      difference: estimate("-100.146"),
      permutation_p: 0.23,
    } as unknown as Comparison;
    expect(compareText(comparison)).toContain("A made $100.15 less per trade than B.");
    expect(compareText(comparison)).toContain("about 23 of 100");
    expect(compareText({ ...comparison, permutation_p: 0.004 })).toContain("probably more than chance");
    expect(compareText({ ...comparison, b: { ...cohort, trades: 0 } })).toBe("There are no trades in B: choose other ones.");
  });
});

it("reads losses that somebody typed", () => {
  expect(readLosses("1000, 2500;x -5 0 1000 12.5")).toEqual(["1000", "2500", "12.5"]);
});
