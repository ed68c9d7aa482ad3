import { expect, it } from "vitest";
import { whyNotMerged } from "./whyNotMerged.ts";

const trade = (symbol: string, account_id = "a") => ({ symbol, account_id });

it("says why before the API has to", () => {
  expect(whyNotMerged([])).toMatch(/two or more/);
  expect(whyNotMerged([trade("AAPL")])).toMatch(/two or more/);
  expect(whyNotMerged([trade("AAPL"), trade("MSFT")])).toMatch(/one symbol/);
  expect(whyNotMerged([trade("AAPL"), trade("AAPL", "b")])).toMatch(/one account/);
  expect(whyNotMerged(Array.from({ length: 201 }, () => trade("AAPL")))).toMatch(/At most/);
  expect(whyNotMerged([trade("AAPL"), trade("AAPL")])).toBeNull();
});
