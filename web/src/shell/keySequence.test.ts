import { describe, expect, it } from "vitest";
import { NO_KEYS, press } from "./keySequence";

const known = ["g t", "g d", "?"];
const pressAll = (...keys: [string, number][]) => {
  let state = NO_KEYS;
  const hits: (string | null)[] = [];
  for (const [key, at] of keys) {
    const next = press(state, key, at, known);
    state = next.state;
    hits.push(next.hit);
  }
  return hits;
};

describe("press", () => {
  it("knows one key, and two in a row", () => {
    expect(pressAll(["?", 0], ["g", 10], ["t", 300])).toEqual(["?", null, "g t"]);
  });

  it("forgets the first one after a while", () => {
    expect(pressAll(["g", 0], ["t", 5000])).toEqual([null, null]);
  });

  it("begins anew with a key that does not go on", () => {
    expect(pressAll(["g", 0], ["?", 10])).toEqual([null, "?"]);
    expect(pressAll(["g", 0], ["g", 10], ["d", 20])).toEqual([null, null, "g d"]);
    expect(pressAll(["g", 0], ["x", 10], ["t", 20])).toEqual([null, null, null]);
  });
});
