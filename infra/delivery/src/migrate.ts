// Migrations of all databases, each as a one-off task, before anything of the new version starts.

import type { Context } from "./context.ts";
import { refused } from "./failure.ts";
import { migrationOf } from "./names.ts";
import type { Place } from "./place.ts";
import { newestOf, revisionFor, runToEnd } from "./tasks.ts";

/** Brings every database up to `tag`. The first that fails stops it; run again, it goes on there, as what is applied stays applied. */
export async function migrate(context: Context, place: Place, tag: string): Promise<void> {
  const families = await familiesOf(context, place);
  if (context.dryRun) {
    for (const family of families) context.say(`would run ${family} with ${tag}`);
    return;
  }
  // All of them first: one that cannot be made stops it before any has run.
  const definitions: [string, string][] = [];
  for (const family of families) definitions.push([family, await revisionFor(context, family, tag)]);
  for (const [family, definition] of definitions) {
    context.say(`${family}: running`);
    await runToEnd(context, place, family, definition);
    context.say(`${family}: done`);
  }
}

/** Migrations of the services that have a database. */
async function familiesOf(context: Context, place: Place): Promise<string[]> {
  const families: string[] = [];
  for (const service of place.services) {
    const family = migrationOf(context.environment, service);
    if ((await newestOf(context, family)) !== undefined) families.push(family);
  }
  if (families.length === 0) throw refused(`there is no task definition ${migrationOf(context.environment, "<service>")}: nothing was changed`);
  return families;
}
