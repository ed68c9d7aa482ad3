import { expect, it } from "vitest";
import { PRESETS, presetOf } from "./presets";

const range = (id: string, today: string) => PRESETS.find((preset) => preset.id === id)?.range(today);

it("makes ranges as of a day, also over the end of a year", () => {
  expect(range("7d", "2026-01-03")).toEqual({ from: "2025-12-28", to: "2026-01-03" });
  expect(range("last-month", "2026-03-31")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(range("last-year", "2026-07-15")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
});

it("knows a preset again", () => {
  expect(presetOf({}, "2026-07-15")?.id).toBe("all");
  expect(presetOf({ from: "2026-07-01", to: "2026-07-15" }, "2026-07-15")?.id).toBe("month");
  expect(presetOf({ from: "2026-07-02" }, "2026-07-15")).toBeUndefined();
});
