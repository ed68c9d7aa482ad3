import { expect, it } from "vitest";
import { keepScope } from "./keepScope";

const search = { account: "a1", net: "false", symbol: "AAPL", month: "2026-07" };

it("takes the scope along, not what is narrowed or of the page", () => {
  expect(keepScope({ search, next: () => ({}) })).toEqual({ account: "a1", net: false });
});

it("leaves what a link says, and what was taken back", () => {
  expect(keepScope({ search, next: () => ({ account: "a2", net: undefined, tag: "x" }) })).toEqual({
    account: "a2",
    net: undefined,
    tag: "x",
  });
});
