// A deploy: looks, migrates, switches, asks at the door; and goes back when that fails.

import { cdkDeploy, commandLine, type Cdk } from "./cdk.ts";
import type { Context } from "./context.ts";
import { EXIT, Failure, refused, told } from "./failure.ts";
import { alone } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { busyStacks, findPlace, type Place } from "./place.ts";
import { digestsOf } from "./registry.ts";
import { goodReleases, keep } from "./release.ts";
import { failureAtTheDoor, type Visitor } from "./smoke.ts";
import { failureToServe } from "./stability.ts";
import { until } from "./waiting.ts";
import { uploadWeb } from "./web.ts";

/** What a deploy and a way back have in common. */
export interface Means {
  readonly cdk: Cdk;
  readonly visitor: Visitor | undefined;
}

/** Brings `tag` to the users of an environment. */
export async function deploy(context: Context, tag: string, means: Means): Promise<void> {
  const place = await placeOf(context);
  await showImages(context, place.services, tag);
  const previous = (await goodReleases(context)).find((release) => release.tag !== tag)?.tag;
  context.say(previous === undefined ? "no good release is known to go back to" : `if it fails, ${previous} comes back`);
  if (context.dryRun) {
    await migrate(context, place, tag);
    context.say(`would run ${commandLine(context, means.cdk, tag).join(" ")}`);
    context.say(`would ask at ${place.url}`);
    return;
  }
  await alone(context, `deploy ${tag}`, async (stop) => {
    const held = { ...context, stop };
    await settled(held);
    await migrate(held, place, tag);
    await uploadWeb(held, place, tag);
    const fault = await faultOf(held, place, tag, means).catch(faultUnlessStopped);
    if (fault !== undefined) await goBack(held, place, { failed: tag, previous, fault }, means);
    await keep(held, tag);
  });
  context.say(`${tag} serves ${context.environment}`);
}

/** Where the services are; refused when they were never deployed. */
export async function placeOf(context: Context): Promise<Place> {
  const place = await findPlace(context);
  if (place === undefined) throw refused(`${context.environment} has no services yet: deploy --first makes them`);
  return place;
}

/** Refused when an image is missing. */
export async function showImages(context: Context, services: readonly string[], tag: string): Promise<void> {
  for (const [service, digest] of await digestsOf(context.aws, services, tag)) context.say(`${service}: ${tag} is ${digest}`);
}

/** Waits for what somebody who was killed left to CloudFormation. */
export async function settled(context: Context): Promise<void> {
  let told = "";
  const quiet = await until(
    async () => {
      const busy = await busyStacks(context);
      if (busy.length === 0) return true;
      if (busy.join() !== told) context.say(`waiting for CloudFormation, which still changes ${busy.join(", ")}`);
      told = busy.join();
      return undefined;
    },
    { every: context.pace.look, within: context.pace.stability, stop: context.stop },
  );
  if (quiet === undefined) throw refused(`CloudFormation still changes ${told}: nothing was changed`);
}

/** Switches to `tag`; a sentence when it does not serve well. */
export async function faultOf(context: Context, place: Place, tag: string, means: Means): Promise<string | undefined> {
  if (!(await cdkDeploy(context, means.cdk, tag))) {
    const why = await failureToServe({ ...context, pace: { ...context.pace, stability: 0 } }, place, tag);
    return `cdk deploy failed${why === undefined ? "" : `: ${why}`}`;
  }
  const unstable = await failureToServe(context, place, tag);
  if (unstable !== undefined) return unstable;
  context.say("every service is stable");
  const fault = await failureAtTheDoor(context, place.url, means.visitor);
  return fault === undefined ? undefined : `the smoke test failed: ${fault}`;
}

/** Whoever is stopped goes on later, and does not go back. */
function faultUnlessStopped(error: unknown): string {
  if (error instanceof Failure && error.code === EXIT.interrupted) throw error;
  return told(error);
}

interface Fall {
  readonly failed: string;
  readonly previous: string | undefined;
  readonly fault: string;
}

/** Brings the release of before back, and always fails: with what went wrong. */
async function goBack(context: Context, place: Place, { failed, previous, fault }: Fall, means: Means): Promise<never> {
  context.say(`${failed} failed: ${fault}`);
  if (previous === undefined) {
    throw new Failure(`${failed} failed, and no good release is known to go back to: ${fault}`, EXIT.lost);
  }
  context.say(`going back to ${previous}`);
  const again = await faultOf(context, place, previous, means).catch((error: unknown) => told(error));
  if (again !== undefined) {
    throw new Failure(`${failed} failed (${fault}), and ${previous} did not come back: ${again}`, EXIT.lost);
  }
  throw new Failure(`${failed} failed, ${previous} serves again: ${fault}`, EXIT.returned);
}
