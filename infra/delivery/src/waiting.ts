// Waiting for what changes by itself.

import { setTimeout as sleep } from "node:timers/promises";
import { EXIT, Failure } from "./failure.ts";

/** Waits; stops at once when told to. */
export async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: stop });
  } catch {
    throw new Failure("stopped: run it again to go on", EXIT.interrupted);
  }
}

/** Asks until there is an answer; undefined when there is none in time. */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  { every, within, stop }: { every: number; within: number; stop: AbortSignal },
): Promise<T | undefined> {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() >= end) return undefined;
    await pause(every, stop);
  }
}
