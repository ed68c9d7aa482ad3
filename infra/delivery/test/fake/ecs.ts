// The part of ECS' interface that a delivery uses.

import { Refusal, type Body } from "./protocol.ts";
import type { State, Task } from "./state.ts";

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

export const ecs: Readonly<Record<string, (state: State, body: Body) => unknown>> = {
  DescribeServices(state, body) {
    if (state.services.size === 0) throw new Refusal("ClusterNotFoundException", "Cluster not found.");
    const services = strings(body.services).flatMap((name) => state.services.get(name) ?? []);
    return { services, failures: [] };
  },

  DescribeTaskDefinition(state, body) {
    const name = String(body.taskDefinition);
    const all = [...state.definitions.values()].flat();
    const found = state.definitions.get(name)?.at(-1) ?? all.find(({ taskDefinitionArn }) => taskDefinitionArn === name);
    if (found === undefined) throw new Refusal("ClientException", "Unable to describe task definition.");
    return { taskDefinition: found };
  },

  RegisterTaskDefinition(state, body) {
    const containers = body.containerDefinitions as { name: string; image: string; command: string[] }[];
    const service = containers.find(({ name }) => name === "service");
    const arn = state.register(String(body.family), service?.image ?? "", service?.command[0] ?? "");
    return { taskDefinition: { taskDefinitionArn: arn, family: body.family } };
  },

  RunTask(state, body) {
    const definition = [...state.definitions.values()].flat().find(({ taskDefinitionArn }) => taskDefinitionArn === body.taskDefinition);
    if (definition === undefined) throw new Refusal("ClientException", "TaskDefinition not found.");
    const service = definition.family.replace(/^trading-journal-dev-|-migrate$/g, "");
    const task: Task = {
      taskArn: `arn:aws:ecs:us-east-1:1:task/${state.tasks.length}`,
      taskDefinitionArn: definition.taskDefinitionArn,
      lastStatus: "RUNNING",
      looksLeft: state.migrationLooks,
      exitCode: state.migrationExits.get(service) ?? 0,
      family: definition.family,
    };
    state.tasks.push(task);
    return { tasks: [shown(task)], failures: [] };
  },

  DescribeTasks(state, body) {
    const arns = strings(body.tasks);
    const tasks = state.tasks.filter(({ taskArn }) => arns.includes(taskArn));
    tasks.forEach((task) => look(state, task));
    return { tasks: tasks.map(shown), failures: [] };
  },

  ListTasks(state, body) {
    const { family, desiredStatus } = body;
    const tasks = state.tasks.filter((task) => task.lastStatus === desiredStatus && (family === undefined || task.family === family));
    return { taskArns: tasks.map(({ taskArn }) => taskArn) };
  },
};

function look(state: State, task: Task): void {
  if (task.lastStatus === "STOPPED") return;
  task.looksLeft -= 1;
  if (task.looksLeft > 0) return;
  task.lastStatus = "STOPPED";
  const image = [...state.definitions.values()].flat().find(({ taskDefinitionArn }) => taskDefinitionArn === task.taskDefinitionArn)
    ?.containerDefinitions[1]?.image;
  if (task.exitCode === 0) state.migrated.push(image?.split("/").at(-1) ?? "");
}

function shown(task: Task): unknown {
  const stopped = task.lastStatus === "STOPPED";
  return {
    ...task,
    group: `family:${task.family}`,
    ...(stopped && { stoppedReason: "Essential container in task exited" }),
    containers: [{ name: "service", ...(stopped && { exitCode: task.exitCode }) }],
  };
}
