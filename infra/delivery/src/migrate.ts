// Migrations of all databases, each as a one-off task, before anything of the new version starts.

import type { Context } from "./context.ts";
import { DATABASES, migrationOf } from "./names.ts";
import type { Room } from "./place.ts";
import { revisionFor, runToEnd } from "./tasks.ts";

/** Brings every database up to `tag`. The first that fails stops it; run again, it goes on there, as what is applied stays applied. */
export async function migrate(context: Context, room: Room, tag: string): Promise<void> {
  const families = DATABASES.map((service) => migrationOf(context.environment, service));
  if (context.dryRun) {
    for (const family of families) context.say(`would run ${family} with ${tag}`);
    return;
  }
  // All of them first: one that cannot be made stops it before any has run.
  const definitions: [string, string][] = [];
  for (const family of families) definitions.push([family, await revisionFor(context, family, tag)]);
  for (const [family, definition] of definitions) {
    context.say(`${family}: running`);
    await runToEnd(context, room, family, definition);
    context.say(`${family}: done`);
  }
}
