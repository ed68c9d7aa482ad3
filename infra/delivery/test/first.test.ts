// The first deploy to an account: databases are made while services wait for them.

import { expect, test } from "vitest";
import { NEW, stage } from "./stage.ts";

const aws = stage();
const FIRST = `deploy --environment dev --tag ${NEW} --first`;

test("the first deploy makes the databases while the services wait for them", async () => {
  aws.state.makeFresh();

  const { code, output } = await aws.run(FIRST);

  expect(output).toContain(`${NEW} serves dev`);
  expect(code).toBe(0);
  const migrations = ["auth", "trades", "analytics", "notifications"].map((service) => `${service}:${NEW}`);
  expect(aws.state.migrated).toEqual(["postgres:16", ...migrations]);
  expect(aws.good()).toEqual([NEW]);
});

test("a first deploy whose databases cannot be made fails and says why", async () => {
  aws.state.makeFresh();
  aws.state.migrationExits.set("database-setup", 3);

  const { code, output } = await aws.run(FIRST);

  expect(code).toBe(5);
  expect(output).toContain("cdk deploy failed");
  expect(aws.good()).toEqual([]);
});

test("without --first, an environment without services is refused", async () => {
  aws.state.makeFresh();

  const { code, output } = await aws.deploy();

  expect(code).toBe(3);
  expect(output).toContain("dev has no services yet: deploy --first makes them");
});

test("with --first, an environment with services is refused", async () => {
  const { code, output } = await aws.run(FIRST);

  expect(code).toBe(3);
  expect(output).toContain("dev has services already: leave --first out");
});
