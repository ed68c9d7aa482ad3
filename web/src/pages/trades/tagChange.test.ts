import { expect, it } from "vitest";
import { applyTags, inverse } from "./tagChange.ts";

it("adds what is not there yet, in any capitals", () => {
  expect(applyTags(["Breakout"], { add: ["breakout", "late"], remove: [] })).toEqual(["Breakout", "late"]);
});

it("removes in any capitals", () => {
  expect(applyTags(["Breakout", "late"], { add: [], remove: ["BREAKOUT"] })).toEqual(["late"]);
});

it("is taken back without touching what came meanwhile", () => {
  const before = ["a", "b"];
  const after = applyTags(before, { add: ["c"], remove: ["a"] });
  const back = inverse(before, after);
  expect([...applyTags(after, back)].sort()).toEqual(["a", "b"]);
  expect(applyTags([...after, "meanwhile"], back)).toContain("meanwhile");
});

it("of nothing is nothing", () => {
  expect(inverse(["a"], ["a"])).toEqual({ add: [], remove: [] });
});
