// One WebSocket of the live stream, opened again whenever it is lost, and resumed where it was.

import { backoff } from "./backoff";
import { parseMessage, type Message } from "./message";
import type { StreamState } from "./status";

/** The session ended, or its access token ran out. */
const SIGNED_OUT = 4401;
/** Shorter interruptions are not worth a word. */
const TELL_AFTER = 1500;
const CHECK_EVERY = 15_000;
/** A timer that is this late tells that the device slept, and the socket with it. */
const SLEPT = 45_000;

export interface StreamOptions {
  readonly url: string;
  /** The last message that was seen before; null begins now. */
  readonly since: number | null;
  readonly onMessage: (message: Message) => void;
  /** From where the stream is to be resumed by whoever opens it next. */
  readonly onSeq: (seq: number) => void;
  /** The past is too far gone: what was missed will not be told. */
  readonly onGap: () => void;
  /** Nothing was resumed: what happens from now on is told. */
  readonly onBegin: () => void;
  readonly onState: (state: StreamState) => void;
  /** Resolves once the session is good, renewed if need be; rejects when that cannot be told. */
  readonly ensureSession: () => Promise<unknown>;
  readonly createSocket?: (url: string) => WebSocket;
}

export interface Stream {
  /** Opens the socket anew, at once: the network is back. */
  readonly reconnect: () => void;
  readonly close: () => void;
}

export function openStream(options: StreamOptions): Stream {
  const createSocket = options.createSocket ?? ((url: string) => new WebSocket(url));
  let seq = options.since;
  let attempt = 0;
  let isClosed = false;
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let tell: ReturnType<typeof setTimeout> | undefined;
  let lastCheck = Date.now();

  const check = setInterval(() => {
    const slept = Date.now() - lastCheck > SLEPT;
    lastCheck = Date.now();
    if (slept) reconnect();
  }, CHECK_EVERY);

  options.onState("connecting");
  connect();
  return { reconnect, close };

  function connect(): void {
    const opened = createSocket(seq === null ? options.url : `${options.url}?since=${seq}`);
    socket = opened;
    opened.addEventListener("message", ({ data }) => {
      const message = socket === opened ? parseMessage(data) : null;
      if (message) receive(message);
    });
    opened.addEventListener("close", ({ code }) => {
      if (socket === opened) lose(code);
    });
  }

  function receive(message: Message): void {
    if (message.type === "hello") {
      attempt = 0;
      clearTimeout(tell);
      tell = undefined;
      options.onState("live");
      if (seq === null) options.onBegin();
      else if (message.data["resumed"] === false) options.onGap();
      // From now on nothing is missed, also when nothing happened before the socket is lost.
      if (seq === null || message.data["resumed"] === false) advance(Number(message.data["seq"] ?? 0));
      return;
    }
    if (message.seq > 0) advance(message.seq);
    options.onMessage(message);
  }

  function advance(next: number): void {
    seq = next;
    options.onSeq(next);
  }

  function lose(code: number): void {
    socket = null;
    tell ??= setTimeout(() => options.onState("reconnecting"), TELL_AFTER);
    const wait = code === SIGNED_OUT ? 0 : backoff(attempt);
    attempt += 1;
    clearTimeout(retry);
    retry = setTimeout(() => void renew(), wait);
  }

  async function renew(): Promise<void> {
    try {
      await options.ensureSession();
    } catch {
      if (!isClosed && socket === null) lose(0);
      return;
    }
    if (!isClosed && socket === null) connect();
  }

  function reconnect(): void {
    if (isClosed) return;
    const old = socket;
    socket = null;
    old?.close();
    clearTimeout(retry);
    attempt = 0;
    tell ??= setTimeout(() => options.onState("reconnecting"), TELL_AFTER);
    void renew();
  }

  function close(): void {
    isClosed = true;
    clearInterval(check);
    clearTimeout(retry);
    clearTimeout(tell);
    const old = socket;
    socket = null;
    old?.close();
    options.onState("off");
  }
}
