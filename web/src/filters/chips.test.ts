import { expect, it } from "vitest";
import { NO_FILTERS } from "~/search/index.ts";
import { chipsOf, chipsOfStatistics } from "./chips.ts";

it("tells each filter that is set, and takes it away alone", () => {
  const filters = { ...NO_FILTERS, account: "a", symbol: ["AAPL", "MSFT"], side: "short", from: "2026-07-01", to: "2026-07-01" } as const;
  const chips = chipsOf(filters, [{ id: "a", name: "Main" }]);
  expect(chips.map((chip) => chip.label)).toEqual(["Main", "Jul 1, 2026", "AAPL", "MSFT", "Short"]);
  expect(chips[2]?.without).toEqual({ symbol: ["MSFT"] });
});

it("tells what is written beside trades, by the names that people gave", () => {
  const filters = { ...NO_FILTERS, mistake: ["late", "no stop"], rating: ["4"], playbook: "p" } as const;
  const chips = chipsOf(filters, [], [{ id: "p", name: "Gap" }]);
  expect(chips.map((chip) => chip.label)).toEqual(["Mistake: late", "Mistake: no stop", "Execution: 4 of 5", "Playbook: Gap"]);
  expect(chips.map((chip) => chip.without)).toEqual([{ mistake: ["no stop"] }, { mistake: ["late"] }, { rating: [] }, { playbook: undefined }]);
  expect(chipsOf({ ...NO_FILTERS, weekday: ["monday"], hour: ["09"], min_size: "1" }, [])).toEqual([]);
});

it("tells what narrows statistics, and not what stands beside it", () => {
  const within = { account: "a", from: "2026-07-01" } as const;
  const narrowed = { tag: ["news"], weekday: ["monday"], hour: ["09"], q: "late" } as const;
  const filters = { ...NO_FILTERS, ...within, ...narrowed, min_size: "1000", max_size: "5000.5", max_price: "20" };
  const chips = chipsOfStatistics(filters);
  expect(chips.map((chip) => chip.label)).toEqual([
    "Tag: news",
    "Monday",
    "09:00–09:59",
    "Size from 1,000 below 5,000.5",
    "Entry price below 20",
    "Text: late",
  ]);
  expect(chips[3]?.without).toEqual({ min_size: undefined, max_size: undefined });
});

it("tells nothing where nothing is set", () => {
  expect([...chipsOf(NO_FILTERS, []), ...chipsOfStatistics(NO_FILTERS)]).toEqual([]);
});
