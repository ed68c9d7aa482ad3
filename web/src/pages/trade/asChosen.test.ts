import type { Trade } from "@trading-journal/sdk";
import { expect, it } from "vitest";
import { asChosen } from "./asChosen.ts";

const trade = { tags: ["a"], mistakes: [], followed_rules: ["r1"], playbook_id: "p", rating: 3, custom: { mood: "calm", news: true } } as unknown as Trade;

it("shows what was chosen before the answer is there", () => {
  expect(asChosen(trade, { tags: ["a", "b"], rating: null })).toMatchObject({ tags: ["a", "b"], rating: null, playbook_id: "p" });
});

it("keeps no rule of another playbook", () => {
  expect(asChosen(trade, { playbook_id: "q" }).followed_rules).toEqual([]);
  expect(asChosen(trade, { playbook_id: null }).playbook_id).toBeNull();
});

it("changes one field of one's own and leaves the others", () => {
  expect(asChosen(trade, { custom: { mood: null } }).custom).toEqual({ news: true });
  expect(asChosen(trade, { custom: { size: "1.50" } }).custom).toEqual({ mood: "calm", news: true, size: "1.50" });
});
