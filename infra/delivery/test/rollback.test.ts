// Back to the good release of before.

import { expect, test } from "vitest";
import { NEW, OLD, stage } from "./stage.ts";

const aws = stage();

test("a rollback knows the good release of before, and runs no migration", async () => {
  await aws.deploy();
  aws.state.migrated.length = 0;

  const { code, output } = await aws.run("rollback --environment dev");

  expect(output).toContain(`${NEW} serves dev; going back to ${OLD}`);
  expect(code).toBe(0);
  expect(aws.state.deployed).toEqual([NEW, OLD]);
  expect(aws.state.migrated).toEqual([]);
  expect(aws.good()).toEqual([OLD]);
});

test("a rollback to a tag that is not in the registry is refused before anything is touched", async () => {
  const { code, output } = await aws.run("rollback --environment dev --to ccccccc");

  expect(code).toBe(3);
  expect(output).toContain("there is no image with the tag ccccccc");
  expect(aws.state.deployed).toEqual([]);
  expect(aws.state.calls).not.toContain("PutParameter");
});

test("a rollback with nothing to go back to is refused", async () => {
  const { code, output } = await aws.run("rollback --environment dev");

  expect(code).toBe(3);
  expect(output).toContain("no good release besides the one that serves is known in dev");
});

test("a rollback from halfway between two goes to the one that was served whole", async () => {
  aws.state.behaviours.set(NEW, "breaker unnoticed by cdk");
  aws.state.cdk(NEW);

  const { code, output } = await aws.run("rollback --environment dev");

  expect(output).toContain(`going back to ${OLD}`);
  expect(code).toBe(0);
  expect(aws.state.served).toBe(OLD);
});

test("a rollback that fails asks for somebody to look", async () => {
  await aws.deploy();
  aws.state.behaviours.set(OLD, "bad at the door");

  const { code, output } = await aws.run("rollback --environment dev");

  expect(code).toBe(5);
  expect(output).toContain(`${OLD} did not come back: the smoke test failed`);
});

test("a dry run of a rollback only looks", async () => {
  await aws.deploy();
  const before = aws.state.calls.length;

  const { code } = await aws.run("rollback --environment dev --dry-run");

  expect(code).toBe(0);
  expect(aws.state.deployed).toEqual([NEW]);
  expect(aws.state.calls.slice(before).filter((call) => /^(Put|Run|Register|Delete)/.test(call))).toEqual([]);
});
