import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Draft } from "./drafts.ts";
import { sendDrafts } from "./outbox.ts";

const kept = vi.hoisted(() => ({ drafts: new Map<string, unknown>(), held: new Set<string>() }));

vi.mock("./drafts.ts", () => ({
  drafts: () => Promise.resolve([...kept.drafts]),
  forgetDraft: (name: string) => Promise.resolve(kept.drafts.delete(name)),
  unlessHeld: (name: string, send: () => Promise<void>) => (kept.held.has(name) ? Promise.resolve() : send()),
}));

const draft: Draft = { text: "ours", base: "old" };

beforeEach(() => {
  kept.drafts = new Map([["trade:1", draft], ["day:2026-07-01", draft]]);
  kept.held = new Set();
});

describe("drafts that were left", () => {
  it("are sent by their kind, and forgotten", async () => {
    const save = vi.fn(() => Promise.resolve({ kind: "accepted", text: "ours" } as const));
    const trade = vi.fn(() => save);
    await sendDrafts({ trade });
    expect(trade).toHaveBeenCalledWith("1");
    expect(save).toHaveBeenCalledWith("ours", "old");
    expect([...kept.drafts.keys()]).toEqual(["day:2026-07-01"]);
  });

  it("stay when somebody else changed the text, or it cannot be sent", async () => {
    await sendDrafts({
      trade: () => () => Promise.resolve({ kind: "refused", theirs: "theirs" }),
      day: () => () => Promise.reject(new Error("away")),
    });
    expect(kept.drafts.size).toBe(2);
  });

  it("are left to the editor that holds them", async () => {
    kept.held.add("trade:1");
    const trade = vi.fn();
    await sendDrafts({ trade: () => trade });
    expect(trade).not.toHaveBeenCalled();
  });
});
