import type { TradeDetail } from "@trading-journal/sdk";
import { describe, expect, it } from "vitest";
import { formatLines, rolesOf, sourcesOf } from "./sources.ts";

const fill = (execution_id: string, side: string, line: number, rest: object = {}) => ({ execution_id, side, line, import_id: "july", commission: "0", fees: "0", ...rest });

const trade = {
  side: "long",
  fills: [fill("a", "buy", 3, { commission: "1.00" }), fill("b", "buy", 4), fill("c", "sell", 9, { fees: "-0.02" }), fill("d", "sell", 0, { import_id: null })],
  legs: [{ open_execution_id: "a", close_execution_id: "c" }, { open_execution_id: "b", close_execution_id: "d" }],
  events: [{ kind: "cash", line: 12, import_id: "august" }],
} as unknown as TradeDetail;

describe("the source of a number", () => {
  it("is the lines of the fills that make it", () => {
    expect(sourcesOf("entry", trade)).toEqual([{ importId: "july", lines: [3, 4], count: 2 }]);
    expect(sourcesOf("exit", trade)).toEqual([
      { importId: "july", lines: [9], count: 1 },
      { importId: null, lines: [], count: 1 },
    ]);
  });

  it("leaves out fills without costs where it is about costs", () => {
    expect(sourcesOf("costs", trade)).toEqual([{ importId: "july", lines: [3, 9], count: 2 }]);
  });

  it("of a result is all of them, events too", () => {
    expect(sourcesOf("result", trade).map((source) => source.importId)).toEqual(["july", null, "august"]);
    expect(sourcesOf("other", trade)).toEqual([{ importId: "august", lines: [12], count: 1 }]);
  });
});

it("a fill that turns the position both closes and opens", () => {
  const turned = { ...trade, legs: [{ open_execution_id: "a", close_execution_id: "c" }, { open_execution_id: "c", close_execution_id: "d" }] } as unknown as TradeDetail;
  expect(rolesOf(turned).get("c")).toBe("both");
});

it("lines are told in ranges", () => {
  expect(formatLines([214])).toBe("line 214");
  expect(formatLines([3, 4, 5, 9])).toBe("lines 3–5, 9");
});
