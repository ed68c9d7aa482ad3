// Whether services run what was asked for, and nothing else any more.

import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Deployment,
  type Service,
} from "@aws-sdk/client-ecs";
import type { Context } from "./context.ts";
import type { Place } from "./place.ts";
import { tagOf } from "./tasks.ts";
import { until } from "./waiting.ts";

/** What was seen of a service. */
type Seen = { readonly kind: "stable" } | { readonly kind: "moving" | "failed"; readonly why: string };

/** Tags of task definitions never change. */
type Tags = Map<string, string | undefined>;

/** Waits until every service serves `tag` alone. The sentence that is returned says why one does not, and will not. */
export async function failureToServe(context: Context, place: Place, tag: string): Promise<string | undefined> {
  const tags: Tags = new Map();
  let waitingFor = "";
  const found = await until(
    async () => {
      const seen = await lookAt(context, place, tag, tags);
      const failed = seen.find(([, { kind }]) => kind === "failed");
      if (failed !== undefined && failed[1].kind !== "stable") return `${failed[0]}: ${failed[1].why}`;
      const moving = seen.flatMap(([name, state]) => (state.kind === "moving" ? [`${name}: ${state.why}`] : []));
      if (moving.length === 0) return "";
      if (moving.join() !== waitingFor) context.say(`waiting for ${moving.join("; ")}`);
      waitingFor = moving.join();
      return undefined;
    },
    { every: context.pace.look, within: context.pace.stability, stop: context.stop },
  );
  const why = found ?? `not stable within ${Math.round(context.pace.stability / 60_000)} minutes: ${waitingFor}`;
  if (why === "") return undefined;
  return [why, ...(await lastWords(context, place))].join("\n    ");
}

/** The tag that a service serves now, by its main deployment; undefined when there is none. */
export async function servedTag(context: Context, place: Place, service: string): Promise<string | undefined> {
  const { services = [] } = await context.aws.ecs.send(
    new DescribeServicesCommand({ cluster: place.cluster, services: [service] }),
  );
  return tagBehind(context, services[0]?.taskDefinition, new Map());
}

async function lookAt(context: Context, place: Place, tag: string, tags: Tags): Promise<[string, Seen][]> {
  const { services = [] } = await context.aws.ecs.send(
    new DescribeServicesCommand({ cluster: place.cluster, services: [...place.services] }),
  );
  return Promise.all(
    place.services.map(async (name): Promise<[string, Seen]> => {
      const service = services.find(({ serviceName }) => serviceName === name);
      return [name, service === undefined ? { kind: "failed", why: "there is no such service" } : await judge(context, service, tag, tags)];
    }),
  );
}

async function judge(context: Context, service: Service, tag: string, tags: Tags): Promise<Seen> {
  const deployments = service.deployments ?? [];
  const ofTag: Deployment[] = [];
  for (const deployment of deployments) {
    if ((await tagBehind(context, deployment.taskDefinition, tags)) === tag) ofTag.push(deployment);
  }
  const broken = ofTag.find(({ rolloutState }) => rolloutState === "FAILED");
  if (broken !== undefined) return { kind: "failed", why: `its deployment failed: ${broken.rolloutStateReason ?? "no reason is given"}` };
  const main = deployments.find(({ status }) => status === "PRIMARY");
  if (main === undefined || !ofTag.includes(main)) {
    const serves = (await tagBehind(context, main?.taskDefinition, tags)) ?? "nothing";
    return { kind: "failed", why: `it went back to ${serves}: ${main?.rolloutStateReason ?? "no reason is given"}` };
  }
  if (main.rolloutState === "COMPLETED" && deployments.length === 1 && main.runningCount === main.desiredCount) return { kind: "stable" };
  return { kind: "moving", why: `${main.runningCount ?? 0} of ${main.desiredCount ?? 0} tasks run, ${deployments.length} versions` };
}

async function tagBehind({ aws }: Context, definition: string | undefined, tags: Tags): Promise<string | undefined> {
  if (definition === undefined) return undefined;
  if (!tags.has(definition)) {
    const { taskDefinition } = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: definition }));
    tags.set(definition, tagOf(taskDefinition));
  }
  return tags.get(definition);
}

/** What tasks that stopped lately said. */
async function lastWords({ aws }: Context, place: Place): Promise<string[]> {
  const { taskArns = [] } = await aws.ecs.send(new ListTasksCommand({ cluster: place.cluster, desiredStatus: "STOPPED", maxResults: 10 }));
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await aws.ecs.send(new DescribeTasksCommand({ cluster: place.cluster, tasks: taskArns }));
  const words = tasks.map(({ group, stoppedReason, containers = [] }) => {
    const codes = containers.flatMap(({ name, exitCode }) => (exitCode === undefined ? [] : [`${name ?? "?"} ended with ${exitCode}`]));
    return [group ?? "a task", stoppedReason ?? "stopped", ...codes].join(", ");
  });
  return [...new Set(words)].slice(0, 5);
}
