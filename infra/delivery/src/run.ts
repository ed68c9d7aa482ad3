// One program, from its command line to its exit code.

import { cdkFrom } from "./cdk.ts";
import { need, read, type Asked } from "./commandLine.ts";
import { PACE, connect, type Context, type Pace } from "./context.ts";
import { deploy, placeOf, showImages } from "./deploy.ts";
import { EXIT, Failure, refused, told } from "./failure.ts";
import { alone } from "./lock.ts";
import { deployFirst } from "./first.ts";
import { migrate } from "./migrate.ts";
import { SERVICES } from "./names.ts";
import { findPlace } from "./place.ts";
import { promote } from "./promote.ts";
import { missingOf } from "./registry.ts";
import { rollback } from "./rollback.ts";
import { failureAtTheDoor, visitorFrom } from "./smoke.ts";

/** What a program has around it. */
export interface Surroundings {
  readonly variables: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly stop: AbortSignal;
  readonly pace?: Partial<Pace>;
}

/** Runs a program and returns its exit code. */
export async function run(words: readonly string[], around: Surroundings): Promise<number> {
  try {
    const asked = read(words);
    if (typeof asked === "string") around.print(asked);
    else await execute(asked, around);
    return EXIT.done;
  } catch (error) {
    around.complain(`error: ${told(error)}`);
    if (error instanceof Failure) return error.code;
    return around.stop.aborted ? EXIT.interrupted : EXIT.lost;
  }
}

async function execute(asked: Asked, around: Surroundings): Promise<void> {
  const means = { cdk: cdkFrom(around.variables), visitor: visitorFrom(around.variables) };
  switch (asked.program) {
    case "deploy":
      return (asked.first ? deployFirst : deploy)(contextOf(asked, around), need(asked.tag, "tag"), means);
    case "rollback":
      return rollback(contextOf(asked, around), asked.to, means);
    case "promote": {
      const context = contextOf(asked, around);
      const services = (await findPlace(context))?.services ?? SERVICES;
      return promote(context, services, need(asked.tag, "tag"), need(asked.from, "from"));
    }
    case "missing":
      // Of this checkout's services, which are what can be built; for a program to read, so nothing else is said.
      // As a step of a workflow hands it on.
      around.print(`missing=${(await missingOf(contextOf(asked, around).aws, SERVICES, need(asked.tag, "tag"))).join(",")}`);
      return;
    case "migrate":
      return migrateAlone(contextOf(asked, around), need(asked.tag, "tag"));
    case "smoke": {
      // A door that is named needs no AWS.
      const context = asked.url === undefined ? contextOf(asked, around) : withoutAws(around);
      const url = asked.url ?? (await placeOf(context)).url;
      const fault = await failureAtTheDoor(context, url, means.visitor);
      if (fault !== undefined) throw new Failure(fault, EXIT.lost);
    }
  }
}

async function migrateAlone(context: Context, tag: string): Promise<void> {
  const place = await placeOf(context);
  await showImages(context, place.services, tag);
  await alone(context, `migrate to ${tag}`, (stop) => migrate({ ...context, stop }, place, tag));
}

function contextOf({ environment, dryRun }: Asked, around: Surroundings): Context {
  const name = need(environment, "environment");
  if (!around.variables.AWS_REGION && !around.variables.AWS_PROFILE) {
    throw refused("AWS_REGION is not set: sign in to AWS first");
  }
  return { ...withoutAws(around, dryRun), environment: name };
}

function withoutAws(around: Surroundings, dryRun = false): Context {
  return {
    aws: connect(),
    environment: "dev",
    pace: { ...PACE, ...around.pace },
    dryRun,
    say: (line) => around.print(`${new Date().toISOString().slice(11, 19)} ${dryRun ? "(dry run) " : ""}${line}`),
    stop: around.stop,
  };
}
