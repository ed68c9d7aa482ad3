import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff } from "./backoff";
import type { Message } from "./message";
import { openStream, type StreamOptions } from "./stream";

class FakeSocket extends EventTarget {
  static all: FakeSocket[] = [];
  readonly close = vi.fn();

  constructor(readonly url: string) {
    super();
    FakeSocket.all.push(this);
  }

  say(seq: number, type: string, data: unknown = {}): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ seq, type, data }) }));
  }

  lose(code: number): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

function last(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
}

function open(options: Partial<StreamOptions> = {}) {
  const messages: Message[] = [];
  const states: string[] = [];
  const onGap = vi.fn();
  const onBegin = vi.fn();
  const ensureSession = vi.fn(() => Promise.resolve());
  const stream = openStream({
    url: "ws://journal/v1/stream",
    since: null,
    onMessage: (message) => messages.push(message),
    onSeq: () => undefined,
    onGap,
    onBegin,
    onState: (state) => states.push(state),
    ensureSession,
    createSocket: (url) => new FakeSocket(url) as unknown as WebSocket,
    ...options,
  });
  return { stream, messages, states, onGap, onBegin, ensureSession };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});

afterEach(() => vi.useRealTimers());

describe("the live stream", () => {
  it("resumes after the last message, or after what hello named", async () => {
    const { messages } = open();
    last().say(0, "hello", { seq: 40 });
    last().lose(1006);
    await vi.advanceTimersByTimeAsync(1000);
    expect(last().url).toBe("ws://journal/v1/stream?since=40");

    last().say(0, "hello", { seq: 42, resumed: true });
    last().say(41, "trade.closed");
    last().lose(1012);
    await vi.advanceTimersByTimeAsync(1000);
    expect(last().url).toBe("ws://journal/v1/stream?since=41");
    expect(messages.map((message) => message.seq)).toEqual([41]);
  });

  it("says that something was missed when the past is gone", () => {
    const { onGap } = open({ since: 7 });
    expect(last().url).toBe("ws://journal/v1/stream?since=7");
    last().say(0, "hello", { seq: 9000, resumed: false });
    expect(onGap).toHaveBeenCalledOnce();
  });

  it("begins once where there is nothing to resume, which is no gap", async () => {
    const { onBegin, onGap } = open();
    last().say(0, "hello", { seq: 40, resumed: false });
    last().lose(1006);
    await vi.advanceTimersByTimeAsync(1000);
    last().say(0, "hello", { seq: 41, resumed: true });
    expect(onBegin).toHaveBeenCalledOnce();
    expect(onGap).not.toHaveBeenCalled();
  });

  it("renews the session at once when its token ran out, and says nothing of it", async () => {
    const { states, ensureSession } = open();
    last().say(0, "hello", { seq: 1 });
    last().lose(4401);
    await vi.advanceTimersByTimeAsync(0);
    last().say(0, "hello", { seq: 1, resumed: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect(ensureSession).toHaveBeenCalledOnce();
    expect(FakeSocket.all).toHaveLength(2);
    expect(states).toEqual(["connecting", "live", "live"]);
  });

  it("waits longer each time, and says that it is reconnecting", async () => {
    const { states } = open({ ensureSession: () => Promise.reject(new Error("away")) });
    last().say(0, "hello", { seq: 1 });
    last().lose(1006);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(states.at(-1)).toBe("reconnecting");
  });

  it("opens again at once when the network is back", async () => {
    const { stream } = open();
    last().lose(1006);
    stream.reconnect();
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("ignores what is no message and what an old socket says", async () => {
    const { stream, messages } = open();
    const old = last();
    old.dispatchEvent(new MessageEvent("message", { data: "not json" }));
    stream.reconnect();
    await vi.advanceTimersByTimeAsync(0);
    old.say(5, "trade.closed");
    old.lose(1006);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(messages).toEqual([]);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("stays closed", async () => {
    const { stream, states } = open();
    stream.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(states.at(-1)).toBe("off");
  });
});

describe("backoff", () => {
  it("doubles up to half a minute, of which half is chance", () => {
    expect([0, 1, 2, 3].map((attempt) => backoff(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoff(50, 1)).toBe(30_000);
    expect(backoff(0, 0)).toBe(250);
  });
});
