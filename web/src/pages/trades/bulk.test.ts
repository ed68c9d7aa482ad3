// @vitest-environment jsdom
import { expect, it } from "vitest";
import type { TradeRow } from "~/api/trades.ts";
import { alike } from "./bulk.ts";
import type { TagChange } from "./tagChange.ts";

const row = (id: number) => ({ id: String(id) }) as unknown as TradeRow;

it("asks once for trades with the same change, and for no more than a request takes", () => {
  const late: TagChange = { add: ["late"], remove: [] };
  const many = Array.from({ length: 450 }, (_, at) => [row(at), { ...late }] as const);
  const groups = alike(new Map<TradeRow, TagChange>([...many, [row(1000), { add: [], remove: ["late"] }]]));
  expect(groups.map((group) => group.rows.length)).toEqual([200, 200, 50, 1]);
  expect(groups[3]?.change).toEqual({ add: [], remove: ["late"] });
});
