import { describe, expect, it } from "vitest";
import { NOTHING, select, type Selection, type SelectionAction } from "./selection.ts";

const IDS = ["a", "b", "c", "d"];

function after(...actions: SelectionAction[]): Selection {
  return actions.reduce((selection, action) => select(selection, action, IDS), NOTHING);
}

const down: SelectionAction = { type: "move", by: 1, extend: false };
const extendDown: SelectionAction = { type: "move", by: 1, extend: true };

describe("the keyboard", () => {
  it("begins at the first row and stops at the ends", () => {
    expect(after(down).active).toBe("a");
    expect(after(down, down).active).toBe("b");
    expect(after({ type: "move", by: 99, extend: false }, { type: "move", by: 99, extend: false }).active).toBe("d");
    expect(after(down, { type: "move", by: -1, extend: false }).active).toBe("a");
  });

  it("extends the range from where it began", () => {
    expect([...after(down, extendDown, extendDown).chosen]).toEqual(["a", "b", "c"]);
  });

  it("begins again at the top when its row has left the list", () => {
    const gone = { ...NOTHING, active: "gone" };
    expect(select(gone, down, IDS).active).toBe("a");
  });

  it("does nothing in an empty list", () => {
    expect(select(NOTHING, down, []).active).toBeNull();
  });
});

describe("the pointer", () => {
  it("toggles one row and keeps the others", () => {
    expect([...after({ type: "toggle", id: "a" }, { type: "toggle", id: "c" }).chosen]).toEqual(["a", "c"]);
    expect(after({ type: "toggle", id: "a" }, { type: "toggle", id: "a" }).chosen.size).toBe(0);
  });

  it("selects a range in either direction", () => {
    expect([...after({ type: "toggle", id: "c" }, { type: "range", to: "a" }).chosen].sort()).toEqual(["a", "b", "c"]);
  });

  it("selects one row when the range has no beginning any more", () => {
    const lost: Selection = { ...NOTHING, anchor: "gone" };
    expect([...select(lost, { type: "range", to: "b" }, IDS).chosen]).toEqual(["b"]);
  });
});

it("all and clear are what they say, and the keyboard stays", () => {
  expect(after(down, { type: "all" }).chosen.size).toBe(4);
  expect(after(down, { type: "all" }, { type: "clear" })).toEqual({ ...NOTHING, active: "a", anchor: "a" });
});
