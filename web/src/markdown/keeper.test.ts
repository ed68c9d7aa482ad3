// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { unreachable } from "~/api/problem";
import { type Draft, draft, forgetDraft, keepDraft } from "./drafts.ts";
import { Keeper, type Save, type Saved } from "./keeper.ts";

vi.mock("./drafts.ts", () => {
  const drafts = new Map<string, Draft>();
  return {
    draft: (key: string) => Promise.resolve(drafts.get(key) ?? null),
    keepDraft: (key: string, kept: Draft) => Promise.resolve(drafts.set(key, kept)),
    holdDraft: () => () => undefined,
    forgetDraft: (key: string) => Promise.resolve(drafts.delete(key)),
  };
});

const accepts: Save = (text) => Promise.resolve({ kind: "accepted", text });

beforeEach(() => vi.useFakeTimers());
afterEach(async () => {
  vi.useRealTimers();
  await forgetDraft("note");
});

describe("a note", () => {
  it("is saved once its writer pauses, and its draft is forgotten then", async () => {
    const save = vi.fn(accepts);
    const keeper = new Keeper("note", "", save);
    keeper.type("a");
    keeper.type("ab");
    expect(await draft("note")).toEqual({ text: "ab", base: "" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(save.mock.calls).toEqual([["ab", ""]]);
    expect(keeper.state().phase.name).toBe("saved");
    expect(await draft("note")).toBeNull();
  });

  it("is saved when the page is left", () => {
    const save = vi.fn(accepts);
    const keeper = new Keeper("note", "", save);
    const leave = keeper.open();
    keeper.type("half a sen");
    leave();
    expect(save).toHaveBeenCalledWith("half a sen", "");
  });

  it("goes on where it was left, when the tab was closed before the save", async () => {
    await keepDraft("note", { text: "half a sen", base: "" });
    const save = vi.fn(accepts);
    const keeper = new Keeper("note", "", save);
    keeper.open();
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.state().text).toBe("half a sen");
    expect(save).toHaveBeenCalledWith("half a sen", "");
  });

  it("is in conflict when it was changed elsewhere since the draft was begun", async () => {
    await keepDraft("note", { text: "ours", base: "old" });
    const save = vi.fn(accepts);
    const keeper = new Keeper("note", "theirs", save);
    keeper.open();
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.state()).toEqual({ text: "ours", base: "old", phase: { name: "conflict", theirs: "theirs" } });
    expect(save).not.toHaveBeenCalled();
    keeper.settle("both");
    expect(save).toHaveBeenCalledWith("both", "theirs");
  });

  it("is tried again until it is saved, and kept meanwhile", async () => {
    const save = vi.fn(accepts).mockRejectedValueOnce(new Error("away")).mockRejectedValueOnce(new Error("away"));
    const keeper = new Keeper("note", "", save);
    keeper.type("x");
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.state().phase).toEqual({ name: "failed", reason: "away" });
    expect(await draft("note")).not.toBeNull();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).toHaveBeenCalledTimes(3);
    expect(keeper.state().phase.name).toBe("saved");
  });

  it("waits for the network, and is sent when it is back", async () => {
    const save = vi.fn(accepts).mockRejectedValueOnce(unreachable());
    const keeper = new Keeper("note", "", save);
    keeper.open();
    keeper.type("x");
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.state().phase.name).toBe("queued");
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.state().phase.name).toBe("saved");
  });

  it("sends what was typed during a save after it", async () => {
    let answer: (saved: Saved) => void = () => undefined;
    const save = vi.fn(accepts).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const keeper = new Keeper("note", "", save);
    keeper.type("one");
    keeper.flush();
    keeper.type("one two");
    answer({ kind: "accepted", text: "one" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(save.mock.calls).toEqual([["one", ""], ["one two", "one"]]);
  });
});
