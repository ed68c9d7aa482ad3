import { describe, expect, it } from "vitest";
import { type Autosave, type AutosaveEvent, next, opened, unsaved } from "./autosave.ts";

function after(state: Autosave, ...events: AutosaveEvent[]): Autosave {
  return events.reduce(next, state);
}

const typed = (text: string): AutosaveEvent => ({ type: "typed", text });
const due: AutosaveEvent = { type: "due" };

describe("typing", () => {
  it("goes from typing over saving to saved", () => {
    const saving = after(opened("a"), typed("ab"), due);
    expect(saving.phase).toEqual({ name: "saving", sent: "ab" });
    expect(after(saving, { type: "accepted", text: "ab" })).toEqual(opened("ab"));
  });

  it("sends nothing that is there already", () => {
    expect(after(opened("a"), typed("ab"), typed("a"), due).phase.name).toBe("saved");
  });

  it("during a save waits for the save, and is unsaved after it", () => {
    const state = after(opened(""), typed("one"), due, typed("one two"), due);
    expect(state.phase).toEqual({ name: "saving", sent: "one" });
    const later = after(state, { type: "accepted", text: "one" });
    expect(later).toEqual({ text: "one two", base: "one", phase: { name: "typing" } });
    expect(after(later, due).phase).toEqual({ name: "saving", sent: "one two" });
  });

  it("goes on where a draft was left", () => {
    expect(opened("a", "ab").phase.name).toBe("typing");
    expect(opened("a", "a").phase.name).toBe("saved");
  });
});

describe("a save that does not get through", () => {
  it("keeps the text, and is tried again", () => {
    const failed = after(opened(""), typed("x"), due, { type: "failed", reason: "Too much at once" });
    expect(failed.text).toBe("x");
    expect(unsaved(failed)).toBe(true);
    expect(after(failed, due).phase.name).toBe("saving");
  });

  it("waits in the queue while there is no network, and typing goes on", () => {
    const queued = after(opened(""), typed("x"), due, { type: "queued" });
    expect(queued.phase.name).toBe("queued");
    expect(after(queued, typed("xy"), due).phase).toEqual({ name: "saving", sent: "xy" });
  });
});

describe("a text that somebody else changed", () => {
  const refused = after(opened("a"), typed("ours"), due, { type: "refused", theirs: "theirs" });

  it("is a conflict that keeps both", () => {
    expect(refused).toEqual({ text: "ours", base: "a", phase: { name: "conflict", theirs: "theirs" } });
  });

  it("is not overwritten before the conflict is settled", () => {
    expect(after(refused, typed("ours too"), due).phase.name).toBe("conflict");
    const settled = after(refused, { type: "settled", text: "both", theirs: "theirs" });
    expect(settled).toEqual({ text: "both", base: "theirs", phase: { name: "typing" } });
    expect(after(refused, { type: "settled", text: "theirs", theirs: "theirs" })).toEqual(opened("theirs"));
  });

  it("is no conflict when both wrote the same", () => {
    expect(after(opened("a"), typed("b"), due, { type: "refused", theirs: "b" })).toEqual(opened("b"));
  });

  it("shows at once where nothing was typed", () => {
    expect(after(opened("a"), { type: "told", text: "b" })).toEqual(opened("b"));
  });

  it("does not touch what is being typed", () => {
    const state = after(opened("a"), typed("ours"), { type: "told", text: "theirs" });
    expect(state.text).toBe("ours");
    expect(state.phase).toEqual({ name: "conflict", theirs: "theirs" });
  });

  it("is left to the save that is on its way", () => {
    const saving = after(opened("a"), typed("ab"), due);
    expect(after(saving, { type: "told", text: "ab" })).toBe(saving);
  });
});
