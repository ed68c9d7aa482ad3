// The first deploy has no databases yet: nothing runs, and everything that makes them is there.

import { expect, test } from "vitest";
import { all, makeWorld, ourTasks, serviceOf, taskOf } from "./world.ts";

test("an environment that is asleep has its one-off tasks, no task of a service, and schedules none", () => {
  const asleep = makeWorld({ env: "dev", asleep: "true" });
  for (const { name } of asleep.services) expect(serviceOf(asleep, name).has.DesiredCount).toBe(0);
  for (const { has } of all(asleep, "AWS::ApplicationAutoScaling::ScalableTarget")) expect([has.MinCapacity, has.MaxCapacity]).toEqual([0, 0]);
  const schedules = all(asleep, "AWS::Scheduler::Schedule").filter(({ stack }) => stack === "Services");
  expect(schedules.map(({ has }) => has.State)).toEqual(["DISABLED"]);
  expect(ourTasks(asleep).filter(({ command }) => command === "migrate")).toHaveLength(4);
  expect(taskOf(asleep, "database-setup").has.Family).toBe("trading-journal-dev-database-setup");
});
