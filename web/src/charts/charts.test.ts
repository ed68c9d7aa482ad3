import { describe, expect, it } from "vitest";
import { equityColumns, readEquity } from "./equity";
import { shadeOf, sumOf } from "./heat";
import { fillText, priceColumns, priceLine, type PriceFill } from "./price";
import { sparkPath, thin } from "./spark";

const point = {
  day: "2026-07-01",
  net_pnl: "-5.10",
  cumulative_net_pnl: "94.90",
  drawdown: "5.10",
  trades: 2,
  flow: "0",
  equity: null,
  twr_index: null,
};

describe("the equity curve", () => {
  it("is the cumulative P&L without an opening balance, and the drawdown hangs below 0", () => {
    expect(equityColumns([point])).toEqual({
      days: [1_782_777_600, 1_782_864_000],
      curve: [0, 94.9],
      drawdown: [0, -5.1],
      hasEquity: false,
    });
    expect(equityColumns([{ ...point, equity: "1094.90", drawdown: "0" }])).toMatchObject({
      curve: [1100, 1094.9],
      drawdown: [0, 0],
      hasEquity: true,
    });
  });

  it("is read in the API's digits", () => {
    const { rows } = readEquity({ ...point, equity: "1094.90" }, "USD", true);
    expect(rows.map(({ label, value }) => `${label} ${value}`)).toEqual([
      "Equity $1,094.90",
      "Total P&L +$94.90",
      "That day −$5.10",
      "Drawdown −$5.10",
      "Trades 2",
    ]);
  });
});

describe("the calendar", () => {
  const day = (gross_pnl: string, net_pnl: string) => ({ day: "2026-07-01", gross_pnl, net_pnl, trades: 1, wins: 0, losses: 0 });

  it("sums exactly", () => {
    expect(sumOf([day("1", "0.1"), day("2", "0.2")], true)).toBe("0.3");
    expect(sumOf([day("1", "0.1"), day("2", "0.2")], false)).toBe("3");
  });

  it("is coloured by sign and size", () => {
    expect(shadeOf("100", 100)).toBe("color-mix(in srgb, var(--gain-mark) 19%, var(--surface))");
    expect(shadeOf("-1", 100)).toBe("color-mix(in srgb, var(--loss-mark) 6%, var(--surface))");
    expect([shadeOf("0", 100), shadeOf(undefined, 100)]).toEqual(["var(--surface-sunken)", "transparent"]);
  });
});

describe("prices", () => {
  const fill = (time: string, price: string, side: "buy" | "sell" = "buy"): PriceFill => ({ time, price, side, quantity: "100" });
  const fills = [
    fill("2026-07-01T10:00:00Z", "10"),
    fill("2026-07-01T09:00:00Z", "9"),
    fill("2026-07-01T10:00:00Z", "12", "sell"),
  ];

  it("stand in the order of time, several at one time together", () => {
    const columns = priceColumns([], fills);
    expect(columns.fills.map((at) => at.length)).toEqual([1, 2]);
    expect([priceLine(columns, "close"), priceLine(columns, "high"), priceLine(columns, "low")]).toEqual([
      [9, 12],
      [9, 12],
      [9, 10],
    ]);
  });

  it("follow the bars where there are any, and leave room for the fills", () => {
    const columns = priceColumns([{ time: "2026-07-01T09:30:00Z", open: "9", high: "11", low: "8", close: "10" }], fills);
    expect(priceLine(columns, "close")).toEqual([null, 10, null]);
    expect(priceLine(columns, "high")).toEqual([9, 11, 12]);
  });

  it("are told in words", () => {
    expect(fillText(fill("2026-07-01T09:00:00Z", "71.180", "sell"))).toBe("Sell 100 at 71.18");
  });
});

describe("sparklines", () => {
  it("keep the spikes of many points", () => {
    const values = Array.from({ length: 100_000 }, (_, at) => (at === 51_234 ? 900 : Math.sin(at)));
    expect(thin(values, 96)).toHaveLength(96);
    expect(Math.max(...thin(values, 96))).toBe(900);
  });

  it("are drawn for any number of points", () => {
    expect(sparkPath([], 10, 10)).toEqual({ line: "", area: "" });
    expect(sparkPath([5], 10, 10).line).toBe("M0 5L10 5");
    expect(sparkPath([0, 1], 10, 10).line).toBe("M0 8.5L10 1.5");
  });
});
