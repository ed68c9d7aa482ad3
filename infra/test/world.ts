// The templates of an environment, and ways to look into them.

import type { Service } from "../lib/catalogue.ts";
import { context, templatesOf, type Json, type Resource, type World } from "../lib/templates.ts";

export { context, templatesOf as makeWorld, type Json, type World };

/** One resource, and where it stands. */
export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly is: Resource;
  /** Its properties. */
  readonly has: Json;
}

const DOMAIN = { domain: "journal.example.com", hostedZone: "Z0123456789ABCDEFGHIJ" };

/** The environments that rules are held against: every one as it is, and prod as it is run. */
export const WORLDS = {
  dev: { env: "dev" },
  staging: { env: "staging" },
  prod: { env: "prod" },
  "prod with a domain": { env: "prod", imageTag: "0123abc", alarmEmail: "somebody@example.com", repository: "owner/journal", ...DOMAIN },
} as const;

const made = new Map<string, World>();

/** Makes an environment once. */
export function world(name: keyof typeof WORLDS): World {
  const known = made.get(name) ?? templatesOf(WORLDS[name]);
  made.set(name, known);
  return known;
}

/** All resources of a type. */
export function all({ stacks }: World, type: string): Found[] {
  return Object.entries(stacks).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, is]) => is.Type === type)
      .map(([id, is]) => ({ stack, id, is, has: (is.Properties ??= {}) })),
  );
}

/** The only one of a type, and of a condition. */
export function only(world: World, type: string, fits: (found: Found) => boolean = () => true): Found {
  const [found, ...others] = all(world, type).filter(fits);
  if (found === undefined || others.length > 0) throw new Error(`expected one ${type}, found ${others.length + (found ? 1 : 0)}`);
  return found;
}

/** A value with its references as text: equal texts are equal values. */
export function text(value: Json): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
}

/** The stack's resource that a value refers to, through exports as well. */
export function referred(world: World, value: Json): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (typeof value.Ref === "string") return value.Ref as string;
  const got = value["Fn::GetAtt"];
  if (got !== undefined) return Array.isArray(got) ? (got[0] as string) : String(got).split(".")[0];
  const name = value["Fn::ImportValue"];
  if (name === undefined) return undefined;
  for (const { Outputs } of Object.values(world.stacks)) {
    for (const output of Object.values(Outputs ?? {})) if (output.Export?.Name === name) return referred(world, output.Value);
  }
  return undefined;
}

/** A service's own task definition. */
export function taskOf(world: World, service: string): Found {
  return only(world, "AWS::ECS::TaskDefinition", ({ has }) => has.Family === `trading-journal-${world.config.name}-${service}`);
}

/** A service of ECS. */
export function serviceOf(world: World, service: string): Found {
  return only(world, "AWS::ECS::Service", ({ has }) => has.ServiceName === service);
}

/** Every task definition that runs a program of ours. */
export function ourTasks(world: World): { readonly service: Service; readonly command: string; readonly task: Found; readonly container: Json }[] {
  return world.services.flatMap((service) =>
    ["serve", ...(service.database ? ["migrate"] : [])].map((command) => {
      const task = taskOf(world, command === "serve" ? service.name : `${service.name}-${command}`);
      return { service, command, task, container: containerOf(task, "service") };
    }),
  );
}

/** A container of a task definition. */
export function containerOf(task: Found, name: string): Json {
  return task.has.ContainerDefinitions.find((container: Json) => container.Name === name) ?? {};
}

/** A container's variables. */
export function variablesOf(container: Json): Map<string, Json> {
  return new Map((container.Environment ?? []).map(({ Name, Value }: Json) => [Name, Value]));
}
