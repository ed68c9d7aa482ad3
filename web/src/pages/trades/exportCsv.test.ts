import type { Trade } from "@trading-journal/sdk";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "~/api/problem";
import { exportCsv, tradeLine } from "./exportCsv.ts";

vi.mock("~/api/trades.ts", () => ({ readTrades: vi.fn() }));

function trade(changes: Partial<Trade>): Trade {
  const blank = { id: "1", symbol: "AAPL", tags: [], notes: "", net_pnl: "-0.123456789012345678", gross_pnl: "0" };
  return { ...blank, ...changes } as unknown as Trade;
}

const busy = () => new ProblemError({ type: "urn:journal:problem:rate-limited", title: "Too many requests", status: 429 }, 3);
const pages = () =>
  vi.fn()
    .mockResolvedValueOnce({ items: [trade({ id: "1" }), trade({ id: "2" })], next_cursor: "c" })
    .mockResolvedValueOnce({ items: [trade({ id: "3" })], next_cursor: null });

afterEach(() => vi.useRealTimers());

describe("an export", () => {
  it("holds every page, and tells how far it is", async () => {
    const read = pages();
    const told = vi.fn();
    const file = await exportCsv({}, told, new AbortController().signal, read);
    const lines = (await file.text()).trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^id,account_id,symbol/);
    expect(told.mock.calls).toEqual([[2], [3]]);
    expect(read.mock.calls.map((call: unknown[]) => call[1])).toEqual([null, "c"]);
  });

  it("waits when it asks too much", async () => {
    vi.useFakeTimers();
    const read = vi.fn().mockRejectedValueOnce(busy()).mockResolvedValueOnce({ items: [], next_cursor: null });
    const file = exportCsv({}, () => undefined, new AbortController().signal, read);
    await vi.advanceTimersByTimeAsync(3000);
    await expect(file).resolves.toBeInstanceOf(Blob);
  });

  it("can be cancelled, also while it waits", async () => {
    const cancel = new AbortController();
    const read = vi.fn().mockRejectedValue(busy());
    const file = exportCsv({}, () => undefined, cancel.signal, read);
    setTimeout(() => cancel.abort(), 5);
    await expect(file).rejects.toThrow();
    expect(read).toHaveBeenCalledTimes(1);
  });
});

it("a hostile trade is a harmless line with exact numbers", () => {
  const text = tradeLine(trade({ symbol: "=HYPERLINK(\"http://x\")", tags: ["@a", "b,c"], notes: "+1\n<script>" }));
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(text).toContain("-0.123456789012345678");
  expect(text).toContain(`"'@a; b,c"`);
  expect(text).toContain(`"'+1\n<script>"`);
});
