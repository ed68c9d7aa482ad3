import { expect, it } from "vitest";
import { efficiencyOf } from "./efficiency.ts";

const closed = { status: "closed", side: "long", gross_pnl: "4" } as const;

it("is by prices where bars tell them", () => {
  const prices = { low_price: "90", high_price: "110", average_entry: "95", average_exit: "100" };
  expect(efficiencyOf({ ...closed, ...prices })).toEqual({ entry: 0.75, exit: 0.5, total: 0.25, reason: null });
  expect(efficiencyOf({ ...closed, ...prices, side: "short" })).toEqual({ entry: 0.25, exit: 0.5, total: -0.25, reason: null });
});

it("is by the broker's columns else", () => {
  expect(efficiencyOf({ ...closed, mae: "-2", mfe: "8" })).toEqual({ entry: 0.8, exit: 0.6, total: 0.4, reason: null });
});

it("is undefined, with the reason", () => {
  expect(efficiencyOf({ ...closed, status: "open" }).reason).toMatch(/still open/);
  expect(efficiencyOf(closed).reason).toMatch(/Neither/);
  expect(efficiencyOf({ ...closed, mae: "0", mfe: "0" }).reason).toMatch(/did not move/);
});
