import { describe, expect, it } from "vitest";
import { merge } from "./merge.ts";

const BASE = "one\ntwo\nthree\nfour";

describe("a merge", () => {
  it("takes what one side alone changed", () => {
    expect(merge(BASE, "one\nTWO\nthree\nfour", BASE)).toEqual({ text: "one\nTWO\nthree\nfour", clashes: 0 });
    expect(merge(BASE, BASE, "one\nthree\nfour")).toEqual({ text: "one\nthree\nfour", clashes: 0 });
  });

  it("takes changes of both in different places", () => {
    expect(merge(BASE, "zero\none\ntwo\nthree\nfour", "one\ntwo\nthree\nfour\nfive")).toEqual({
      text: "zero\none\ntwo\nthree\nfour\nfive",
      clashes: 0,
    });
  });

  it("keeps both where both changed the same line, theirs first", () => {
    expect(merge(BASE, "one\nours\nthree\nfour", "one\ntheirs\nthree\nfour")).toEqual({
      text: "one\ntheirs\nours\nthree\nfour",
      clashes: 1,
    });
  });

  it("does not repeat what both changed alike", () => {
    expect(merge(BASE, "one\nsame\nthree\nfour", "one\nsame\nthree\nfour")).toEqual({ text: "one\nsame\nthree\nfour", clashes: 0 });
  });

  it("keeps both of two texts that were begun at once", () => {
    expect(merge("", "ours", "theirs")).toEqual({ text: "theirs\nours", clashes: 1 });
  });

  it("keeps a line that one side deleted and the other changed", () => {
    expect(merge(BASE, "one\nthree\nfour", "one\ntwo, changed\nthree\nfour").text).toContain("two, changed");
  });
});

it("loses no line that a side added, whatever the other does", () => {
  const words = ["a", "b", "c", "d", "e"];
  for (let seed = 0; seed < 200; seed += 1) {
    const pick = (salt: number) => words.filter((_, at) => ((seed * 31 + salt * 17 + at * 7) >> 1) % 3 !== 0);
    const ours = [...pick(1), `ours ${seed}`, ...pick(2)].join("\n");
    const theirs = [...pick(3), `theirs ${seed}`, ...pick(4)].join("\n");
    const merged = merge(words.join("\n"), ours, theirs).text.split("\n");
    expect(merged).toContain(`ours ${seed}`);
    expect(merged).toContain(`theirs ${seed}`);
  }
});
