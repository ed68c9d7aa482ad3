import { describe, expect, it } from "vitest";
import { completions, entered } from "./tagEntry.ts";

describe("what is typed", () => {
  it("becomes tags, without repeats in other capitals", () => {
    expect(entered(["A"], "a, b ,, c")).toEqual(["A", "b", "c"]);
  });

  it("leaves the list as it is where it adds nothing", () => {
    const tags = ["a"];
    expect(entered(tags, " A ")).toBe(tags);
  });

  it("is cut to what the API takes, by whole characters", () => {
    expect(entered([], "😀".repeat(60))).toEqual(["😀".repeat(50)]);
    expect(entered([], "a\u0000b")).toEqual(["a b"]);
    expect(entered(Array.from({ length: 50 }, (_, at) => String(at)), "x")).toHaveLength(50);
  });
});

describe("completion", () => {
  const known = ["late entry", "Entry", "exit", "re-entry"];

  it("offers what begins so before what holds it", () => {
    expect(completions("ent", known, [])).toEqual(["Entry", "late entry", "re-entry"]);
  });

  it("offers nothing that is there already, and nothing to nothing", () => {
    expect(completions("entry", known, ["entry"])).toEqual(["late entry", "re-entry"]);
    expect(completions(" ", known, [])).toEqual([]);
  });
});
