// A deploy, and everything that may go wrong with it.

import { expect, test } from "vitest";
import { LOCK, NEW, OLD, stage } from "./stage.ts";

const aws = stage();

test("a deploy migrates every database, switches, asks at the door and is known as good", async () => {
  const { code, output } = await aws.deploy();

  expect(output).toContain(`${NEW} serves dev`);
  expect(code).toBe(0);
  expect(aws.state.migrated).toEqual([`auth:${NEW}`, `trades:${NEW}`, `analytics:${NEW}`, `notifications:${NEW}`]);
  expect(aws.state.deployed).toEqual([NEW]);
  expect(aws.good()).toEqual([NEW, OLD]);
  expect(aws.state.parameters.has(LOCK)).toBe(false);
});

test("a migration that fails stops the deploy before anything that serves is changed", async () => {
  aws.state.migrationExits.set("trades", 1);

  const { code, output } = await aws.deploy();

  expect(code).toBe(3);
  expect(output).toContain("trading-journal-dev-trades-migrate failed: exit code 1");
  expect(aws.state.migrated).toEqual([`auth:${NEW}`]);
  expect(aws.state.deployed).toEqual([]);
  expect(aws.good()).toEqual([OLD]);
  expect(aws.state.parameters.has(LOCK)).toBe(false);
});

test("a migration that does not end stops the deploy", async () => {
  aws.state.migrationLooks = 1_000_000;

  const { code, output } = await aws.deploy(NEW, { migration: 50 });

  expect(code).toBe(3);
  expect(output).toContain("trading-journal-dev-auth-migrate does not end");
  expect(aws.state.deployed).toEqual([]);
});

test("a service that never becomes stable brings the release of before back", async () => {
  aws.state.behaviours.set(NEW, "never stable");

  const { code, output } = await aws.deploy();

  expect(code).toBe(4);
  expect(output).toContain(`${NEW} failed, ${OLD} serves again: not stable within`);
  expect(output).toContain("trades: 1 of 2 tasks run");
  expect(aws.state.deployed).toEqual([NEW, OLD]);
  expect(aws.good()).toEqual([OLD]);
});

test.each(["breaker", "breaker unnoticed by cdk"] as const)("what the circuit breaker takes back is a failure (%s)", async (behaviour) => {
  aws.state.behaviours.set(NEW, behaviour);

  const { code, output } = await aws.deploy();

  expect(code).toBe(4);
  expect(output).toContain(`gateway: it went back to ${OLD}: ECS deployment circuit breaker`);
  expect(aws.state.served).toBe(OLD);
  expect(aws.good()).toEqual([OLD]);
});

test("a release that is bad at the door is taken back", async () => {
  aws.state.behaviours.set(NEW, "bad at the door");

  const { code, output } = await aws.deploy();

  expect(code).toBe(4);
  expect(output).toContain("the smoke test failed: the gateway is ready: /ready answers 503 instead of 200");
  expect(aws.state.deployed).toEqual([NEW, OLD]);
  expect(aws.good()).toEqual([OLD]);
});

test("a release that fails with no good one before it asks for somebody to look", async () => {
  aws.state.parameters.clear();
  aws.state.behaviours.set(NEW, "bad at the door");

  const { code, output } = await aws.deploy();

  expect(code).toBe(5);
  expect(output).toContain("no good release is known to go back to");
  expect(aws.state.deployed).toEqual([NEW]);
});

test("a release that fails and does not come back asks for somebody to look", async () => {
  aws.state.behaviours.set(NEW, "bad at the door");
  aws.state.behaviours.set(OLD, "bad at the door");

  const { code, output } = await aws.deploy();

  expect(code).toBe(5);
  expect(output).toContain(`and ${OLD} did not come back`);
});

test("a tag without an image of every service is refused before anything is touched", async () => {
  const { code, output } = await aws.deploy("ccccccc");

  expect(code).toBe(3);
  expect(output).toContain("there is no image with the tag ccccccc in trading-journal/auth");
  expect(aws.state.calls).not.toContain("PutParameter");
  expect(aws.state.calls).not.toContain("RunTask");
});

test("being asked to slow down is not a failure", async () => {
  for (const call of ["DescribeServices", "RunTask", "DescribeTasks", "PutParameter", "DescribeImages"]) aws.state.throttled.set(call, 2);

  const { code } = await aws.deploy();

  expect(code).toBe(0);
  expect(aws.state.migrated).toHaveLength(4);
});

test("a deploy that is repeated does no harm", async () => {
  await aws.deploy();

  const { code } = await aws.deploy();

  expect(code).toBe(0);
  expect(aws.good()).toEqual([NEW, OLD]);
  expect(aws.state.definitions.get("trading-journal-dev-auth-migrate")).toHaveLength(2);
});

test("a dry run only looks", async () => {
  const { code, output } = await aws.run(`deploy --environment dev --tag ${NEW} --dry-run`);

  expect(code).toBe(0);
  expect(output).toContain(`would run trading-journal-dev-auth-migrate with ${NEW}`);
  expect(output).toContain(`-c env=dev -c imageTag=${NEW}`);
  expect(aws.state.calls.filter((call) => /^(Put|Run|Register|Delete|Update)/.test(call))).toEqual([]);
  expect(aws.state.deployed).toEqual([]);
});

test("what else the stacks are told is handed on", async () => {
  const variables = { DELIVERY_CONTEXT: "domain=journal.example  hostedZone=Z0123456" };

  const { output } = await aws.run(`deploy --environment dev --tag ${NEW} --dry-run`, {}, variables);

  expect(output).toContain("-c domain=journal.example -c hostedZone=Z0123456");
});
