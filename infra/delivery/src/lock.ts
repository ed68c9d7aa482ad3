// One delivery at a time: a lease that its holder renews. Who is killed renews nothing, so that the next one goes on soon.

import { randomUUID } from "node:crypto";
import type { Context } from "./context.ts";
import { Failure, refused } from "./failure.ts";
import { lockParameterOf } from "./names.ts";
import { createParameter, deleteParameter, readParameter, writeParameter } from "./parameters.ts";
import { pause } from "./waiting.ts";

interface Lease {
  readonly holder: string;
  /** What it is held for, for whoever is refused. */
  readonly purpose: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Does `work` while nobody else delivers to this environment; refused when somebody does. */
export async function alone<T>(context: Context, purpose: string, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  if (context.dryRun) return work(context.stop);
  const name = lockParameterOf(context.environment);
  const holder = randomUUID();
  const lease = (): Lease => ({ holder, purpose, until: Date.now() + context.pace.lease });
  await acquire(context, name, lease);
  const lost = new AbortController();
  const stop = AbortSignal.any([context.stop, lost.signal]);
  const renewal = setInterval(() => {
    // One that AWS does not answer is made up for by the next.
    renew(context, name, lease).catch((error: unknown) => {
      if (error instanceof Failure) lost.abort();
    });
  }, context.pace.lease / 4);
  try {
    return await work(stop);
  } finally {
    clearInterval(renewal);
    if ((await held(context, name))?.holder === holder) await deleteParameter(context.aws, name);
  }
}

async function acquire(context: Context, name: string, lease: () => Lease): Promise<void> {
  if (await createParameter(context.aws, name, lease())) return;
  const other = await held(context, name);
  if (other !== undefined && other.until > Date.now()) {
    const seconds = Math.ceil((other.until - Date.now()) / 1000);
    throw refused(
      `somebody delivers to ${context.environment} already (${other.purpose}): nothing was changed. ` +
        `If that was killed, its claim ends in ${seconds} s.`,
    );
  }
  context.say(`the claim of a delivery that was killed is over (${other?.purpose ?? "unknown"}): going on`);
  const mine = lease();
  await writeParameter(context.aws, name, mine);
  // Of two that come here at once, the one that wrote last stays.
  await pause(Math.min(2_000, context.pace.lease / 20), context.stop);
  if ((await held(context, name))?.holder !== mine.holder) {
    throw refused(`somebody else began to deliver to ${context.environment} at the same moment: nothing was changed`);
  }
}

/** Rejects when somebody else holds it now. */
async function renew(context: Context, name: string, lease: () => Lease): Promise<void> {
  const mine = lease();
  const current = await held(context, name);
  if (current !== undefined && current.holder !== mine.holder) throw refused("somebody else delivers now");
  await writeParameter(context.aws, name, mine);
}

async function held(context: Context, name: string): Promise<Lease | undefined> {
  return (await readParameter(context.aws, name)) as Lease | undefined;
}
