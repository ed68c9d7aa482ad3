import { expect, it } from "vitest";
import { NO_FILTERS } from "~/search/index.ts";
import { chipsOf } from "./chips.ts";

it("tells each filter that is set, and takes it away alone", () => {
  const filters = { ...NO_FILTERS, account: "a", symbol: ["AAPL", "MSFT"], side: "short", from: "2026-07-01", to: "2026-07-01" } as const;
  const chips = chipsOf(filters, [{ id: "a", name: "Main" }]);
  expect(chips.map((chip) => chip.label)).toEqual(["Main", "Jul 1, 2026", "AAPL", "MSFT", "Short"]);
  expect(chips[2]?.without).toEqual({ symbol: ["MSFT"] });
});

it("tells nothing where nothing is set", () => {
  expect(chipsOf(NO_FILTERS, [])).toEqual([]);
});
