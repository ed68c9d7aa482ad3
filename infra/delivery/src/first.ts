// The first deploy: services become ready only once their databases are made, and what makes those comes with the services.

import { ClusterNotFoundException, DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { cdkDeploy, commandLine } from "./cdk.ts";
import type { Context } from "./context.ts";
import { placeOf, settled, showImages, type Means } from "./deploy.ts";
import { EXIT, Failure, refused, told } from "./failure.ts";
import { alone } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { DATABASES, SERVICES, clusterOf, databaseSetupOf, migrationOf } from "./names.ts";
import { findPlace, type Room } from "./place.ts";
import { keep } from "./release.ts";
import { failureAtTheDoor } from "./smoke.ts";
import { failureToServe } from "./stability.ts";
import { newestOf, runToEnd } from "./tasks.ts";
import { until } from "./waiting.ts";
import { uploadWeb } from "./web.ts";

/** Creates the stacks, and the databases as soon as the tasks that make them are there. There is nothing to go back to. */
export async function deployFirst(context: Context, tag: string, means: Means): Promise<void> {
  if ((await findPlace(context)) !== undefined) throw refused(`${context.environment} has services already: leave --first out`);
  await showImages(context, SERVICES, tag);
  if (context.dryRun) {
    context.say(`would run ${commandLine(context, means.cdk, tag).join(" ")}`);
    context.say(`would run ${databaseSetupOf(context.environment)} and the migrations meanwhile`);
    return;
  }
  await alone(context, `first deploy of ${tag}`, async (stop) => {
    const held = { ...context, stop };
    await settled(held);
    await createAll(held, tag, means);
    const place = await placeOf(held);
    await uploadWeb(held, place, tag);
    const fault = (await failureToServe(held, place, tag)) ?? (await failureAtTheDoor(held, place.url, means.visitor));
    if (fault !== undefined) throw new Failure(`the first deploy failed: ${fault}`, EXIT.lost);
    await keep(held, tag);
  });
  context.say(`${tag} serves ${context.environment}`);
}

async function createAll(context: Context, tag: string, means: Means): Promise<void> {
  const created = new AbortController();
  const databases = makeDatabases({ ...context, stop: AbortSignal.any([context.stop, created.signal]) }, tag);
  const made = databases.then(() => undefined, told);
  const deployed = await cdkDeploy(context, means.cdk, tag);
  // Without the stacks the databases will never be made.
  if (!deployed) created.abort();
  const fault = await made;
  if (!deployed) throw new Failure(`cdk deploy failed${fault === undefined ? "" : `; databases: ${fault}`}`, EXIT.lost);
  if (fault !== undefined) throw new Failure(`the databases were not made: ${fault}`, EXIT.lost);
}

async function makeDatabases(context: Context, tag: string): Promise<void> {
  const { environment, pace, stop } = context;
  const setup = databaseSetupOf(environment);
  const room = await until(() => findRoom(context), { every: pace.look, within: pace.creation, stop });
  const definition = room && (await newestOf(context, setup))?.taskDefinitionArn;
  if (room === undefined || definition === undefined) throw refused("the tasks that make them never came");
  context.say(`${setup}: running`);
  await runToEnd(context, room, setup, definition);
  context.say(`${setup}: done`);
  await migrate(context, room, tag);
}

/** Where the first service with a database is, once every task definition is there. */
async function findRoom(context: Context): Promise<Room | undefined> {
  const { aws, environment } = context;
  const families = [databaseSetupOf(environment), ...DATABASES.map((service) => migrationOf(environment, service))];
  for (const family of families) if ((await newestOf(context, family)) === undefined) return undefined;
  const cluster = clusterOf(environment);
  const asked = new DescribeServicesCommand({ cluster, services: DATABASES.slice(0, 1) });
  const { services = [] } = await aws.ecs.send(asked).catch((error: unknown) => {
    // Task definitions do not wait for the cluster.
    if (error instanceof ClusterNotFoundException) return { services: [] };
    throw error;
  });
  const { subnets, securityGroups } = services[0]?.networkConfiguration?.awsvpcConfiguration ?? {};
  return subnets === undefined || securityGroups === undefined ? undefined : { cluster, subnets, securityGroups };
}
