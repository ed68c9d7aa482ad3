import { expect, test } from "vitest";
import { linesOf, rulesOf } from "./rules";

const before = [
  { id: "a", text: "Gap above 2 %" },
  { id: "b", text: "Waited" },
];

test("rules that moved keep what trades tell of them", () => {
  expect(rulesOf(["Waited", "Gap above 2 %"], before)).toEqual([
    { id: "b", text: "Waited" },
    { id: "a", text: "Gap above 2 %" },
  ]);
});

test("a rule that is reworded in its place stays the rule that it was", () => {
  expect(rulesOf(["Gap above 3 %", "Waited"], before)).toEqual([
    { id: "a", text: "Gap above 3 %" },
    { id: "b", text: "Waited" },
  ]);
});

test("a new line is a new rule, and one that is gone is gone", () => {
  expect(rulesOf(["Gap above 2 %", "Waited", "Took profit"], before)[2]).toEqual({ text: "Took profit" });
  expect(rulesOf(["Waited"], before)).toEqual([{ id: "b", text: "Waited" }]);
  expect(rulesOf(["Waited", "Waited"], before)).toEqual([{ id: "b", text: "Waited" }, { text: "Waited" }]);
});

test("empty lines are none", () => {
  expect(linesOf(" one \n\n two\n")).toEqual(["one", "two"]);
});
