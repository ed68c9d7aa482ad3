// How much of the market is shown around a trade.

import { expect, test } from "vitest";
import { stretchOf } from "./stretch";

test("a trade is shown among the prices around it", () => {
  expect(stretchOf({ symbol: "AAPL", opened_at: "2026-07-01T14:00:00Z", closed_at: "2026-07-01T18:00:00Z" })).toEqual({
    symbol: "AAPL",
    from: "2026-07-01T12:00:00.000Z",
    to: "2026-07-01T20:00:00.000Z",
  });
});

test("a short one has half an hour on each side, and an open one all that came after", () => {
  const short = stretchOf({ symbol: "AAPL", opened_at: "2026-07-01T14:00:00Z", closed_at: "2026-07-01T14:00:10Z" });
  expect(short).toMatchObject({ from: "2026-07-01T13:30:00.000Z", to: "2026-07-01T14:30:10.000Z" });
  expect(stretchOf({ symbol: "AAPL", opened_at: "2026-07-01T14:00:00Z", closed_at: null })).toEqual({ symbol: "AAPL", from: "2026-07-01T13:30:00.000Z" });
});
