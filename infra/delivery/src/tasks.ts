// One-off tasks: the databases' migrations, and what makes databases and roles.

import { randomUUID } from "node:crypto";
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { Context } from "./context.ts";
import { refused } from "./failure.ts";
import { CONTAINER } from "./names.ts";
import type { Room } from "./place.ts";
import { until } from "./waiting.ts";

/** The newest revision of a family; undefined when there is none. */
export async function newestOf({ aws }: Context, family: string): Promise<TaskDefinition | undefined> {
  try {
    return (await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }))).taskDefinition;
  } catch (error) {
    // ECS has no error of its own for this.
    if (error instanceof Error && error.name === "ClientException") return undefined;
    throw error;
  }
}

/** The tag of our image in a task definition. */
export function tagOf(definition: TaskDefinition | undefined): string | undefined {
  const image = definition?.containerDefinitions?.find(({ name }) => name === CONTAINER)?.image;
  const tag = image?.slice(image.lastIndexOf("/")).split(":")[1];
  return tag === "" ? undefined : tag;
}

/** The revision of a family that runs this tag: the newest one, or one that differs from it in the image alone. */
export async function revisionFor(context: Context, family: string, tag: string): Promise<string> {
  const newest = await newestOf(context, family);
  if (newest?.taskDefinitionArn === undefined) throw refused(`there is no task definition ${family}: was ${context.environment} ever deployed?`);
  if (tagOf(newest) === tag) return newest.taskDefinitionArn;
  const containers = (newest.containerDefinitions ?? []).map((container) =>
    container.name === CONTAINER && container.image !== undefined
      ? { ...container, image: `${container.image.slice(0, container.image.lastIndexOf(":"))}:${tag}` }
      : container,
  );
  const { taskDefinition } = await context.aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: containers,
      taskRoleArn: newest.taskRoleArn,
      executionRoleArn: newest.executionRoleArn,
      networkMode: newest.networkMode,
      volumes: newest.volumes,
      requiresCompatibilities: newest.requiresCompatibilities,
      cpu: newest.cpu,
      memory: newest.memory,
      runtimePlatform: newest.runtimePlatform,
    }),
  );
  if (taskDefinition?.taskDefinitionArn === undefined) throw refused(`ECS registered no revision of ${family}`);
  return taskDefinition.taskDefinitionArn;
}

/** Runs a task to its end; refused when it does not end well. One that somebody left running is waited for instead. */
export async function runToEnd(context: Context, room: Room, family: string, definition: string): Promise<void> {
  const left = await running(context, room, family, definition);
  if (left !== undefined) context.say(`${family}: still runs from before, waiting for it`);
  const arn = left ?? (await start(context, room, family, definition));
  const ended = await until(async () => stopped(context, room, arn), {
    every: context.pace.look,
    within: context.pace.migration,
    stop: context.stop,
  });
  if (ended === undefined) throw refused(`${family} does not end; it still runs as ${arn}`);
  const container = ended.containers?.find(({ exitCode, reason }) => exitCode !== 0 || reason !== undefined);
  if (container === undefined) return;
  const code = container.exitCode === undefined ? "no exit code" : `exit code ${container.exitCode}`;
  const why = [ended.stoppedReason, container.reason].filter((reason) => reason !== undefined).join("; ");
  throw refused(`${family} failed: ${code}${why && ` (${why})`}. Its log says why: /trading-journal/${context.environment}/`);
}

async function running({ aws }: Context, room: Room, family: string, definition: string): Promise<string | undefined> {
  const { taskArns = [] } = await aws.ecs.send(new ListTasksCommand({ cluster: room.cluster, family, desiredStatus: "RUNNING" }));
  if (taskArns.length === 0) return undefined;
  const { tasks = [] } = await aws.ecs.send(new DescribeTasksCommand({ cluster: room.cluster, tasks: taskArns }));
  const other = tasks.find(({ taskDefinitionArn }) => taskDefinitionArn !== definition);
  if (other !== undefined) throw refused(`another version of ${family} still runs: ${other.taskArn ?? "unknown"}`);
  return tasks[0]?.taskArn;
}

async function start({ aws }: Context, room: Room, family: string, definition: string): Promise<string> {
  const { tasks = [], failures = [] } = await aws.ecs.send(
    new RunTaskCommand({
      cluster: room.cluster,
      taskDefinition: definition,
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...room.subnets], securityGroups: [...room.securityGroups], assignPublicIp: "DISABLED" },
      },
      startedBy: "delivery",
      // A request that is repeated because its answer was lost starts nothing twice.
      clientToken: randomUUID(),
    }),
  );
  const arn = tasks[0]?.taskArn;
  if (arn === undefined) throw refused(`${family} did not start: ${failures[0]?.reason ?? "no reason is given"}`);
  return arn;
}

async function stopped({ aws }: Context, room: Room, arn: string): Promise<Task | undefined> {
  const { tasks = [] } = await aws.ecs.send(new DescribeTasksCommand({ cluster: room.cluster, tasks: [arn] }));
  return tasks[0]?.lastStatus === "STOPPED" ? tasks[0] : undefined;
}
