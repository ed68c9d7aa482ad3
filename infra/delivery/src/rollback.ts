// The way back to a release that was good. Databases stay as they are: a migration leaves what the code of before can use.

import { commandLine } from "./cdk.ts";
import type { Context } from "./context.ts";
import { faultOf, placeOf, settled, showImages, type Means } from "./deploy.ts";
import { EXIT, Failure, refused } from "./failure.ts";
import { alone } from "./lock.ts";
import type { Place } from "./place.ts";
import { goodReleases, keep } from "./release.ts";
import { servedTag } from "./stability.ts";

/** Brings back `to`, else the newest good release besides the one that serves. */
export async function rollback(context: Context, to: string | undefined, means: Means): Promise<void> {
  const place = await placeOf(context);
  const served = await servedTags(context, place);
  const tag = to ?? (await newestBesides(context, served));
  context.say(`${[...served].join(", ")} serves ${context.environment}; going back to ${tag}`);
  await showImages(context, place.services, tag);
  if (context.dryRun) {
    context.say(`would run ${commandLine(context, means.cdk, tag).join(" ")}`);
    context.say(`would ask at ${place.url}`);
    return;
  }
  await alone(context, `roll back to ${tag}`, async (stop) => {
    const held = { ...context, stop };
    await settled(held);
    const fault = await faultOf(held, place, tag, means);
    if (fault !== undefined) throw new Failure(`${tag} did not come back: ${fault}`, EXIT.lost);
    await keep(held, tag, [...served].filter((other) => other !== tag));
  });
  context.say(`${tag} serves ${context.environment}`);
}

/** All that serve now: more than one when a deploy was killed halfway. */
async function servedTags(context: Context, place: Place): Promise<Set<string>> {
  const tags = await Promise.all(place.services.map((service) => servedTag(context, place, service)));
  return new Set(tags.filter((tag) => tag !== undefined));
}

async function newestBesides(context: Context, served: ReadonlySet<string>): Promise<string> {
  const good = await goodReleases(context);
  // Halfway between two: the newest good one is what was served whole.
  const release = served.size > 1 ? good[0] : good.find(({ tag }) => !served.has(tag));
  if (release === undefined) throw refused(`no good release besides the one that serves is known in ${context.environment}: name one with --to`);
  return release.tag;
}
