import { describe, expect, it } from "vitest";
import { changeOf, planOf, readDecimal } from "./plan.ts";

const trade = { planned_stop: "95.50", planned_target: null, risk: null };

describe("the change of a plan", () => {
  it("is only what is another number now", () => {
    expect(changeOf(trade, { ...planOf(trade), planned_stop: "95.5", planned_target: "120" }).changes).toEqual({ planned_target: "120" });
  });

  it("removes what was emptied", () => {
    expect(changeOf(trade, { ...planOf(trade), planned_stop: " " }).changes).toEqual({ planned_stop: null });
  });

  it("keeps every digit", () => {
    expect(changeOf(trade, { ...planOf(trade), planned_target: "0.000000000000000001" }).changes).toEqual({ planned_target: "0.000000000000000001" });
  });

  it("says what is no number, and what is no risk", () => {
    expect(changeOf(trade, { planned_stop: "abc", planned_target: "1e5", risk: "-3" }).errors).toEqual({
      planned_stop: "Enter a number, such as 1234.5",
      planned_target: "Enter a number, such as 1234.5",
      risk: "Enter an amount above 0",
    });
  });
});

it("reads numbers as people write them", () => {
  expect([" 1 234.5 ", "12,5", ".5", "−3", "1,234.5"].map(readDecimal)).toEqual(["1234.5", "12.5", "0.5", "-3", "1,234.5"]);
});
