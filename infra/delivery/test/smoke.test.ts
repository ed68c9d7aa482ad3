// What is asked at the door after a deploy.

import { expect, test } from "vitest";
import { OLD, stage } from "./stage.ts";

const aws = stage();

test("a door is asked without AWS", async () => {
  const { code, output } = await aws.run(`smoke --url ${aws.aws.url}`);

  expect(code).toBe(0);
  expect(output).toContain("a stranger is refused (gateway, auth, database): well");
  expect(output).not.toContain("a visitor signs in");
  expect(aws.state.calls).toEqual([]);
});

test("a visitor looks at every service", async () => {
  const visitor = { SMOKE_EMAIL: "visitor@journal.example", SMOKE_PASSWORD: "secret-4711" };

  const { code, output } = await aws.run("smoke --environment dev", {}, visitor);

  expect(code).toBe(0);
  expect(output).toContain("a visitor signs in and sees every service: well");
  expect(output).not.toContain("secret-4711");
});

test("a visitor who is refused is a failure", async () => {
  const visitor = { SMOKE_EMAIL: "nobody@journal.example", SMOKE_PASSWORD: "secret-4711" };

  const { code, output } = await aws.run("smoke --environment dev", {}, visitor);

  expect(code).toBe(5);
  expect(output).toContain("/v1/auth/login answers 401 instead of 200");
});

test("nobody behind the door is a failure", async () => {
  const { code } = await aws.run("smoke --url http://127.0.0.1:1");

  expect(code).toBe(5);
});

test("a bad door is tried several times before it counts", async () => {
  aws.state.behaviours.set(OLD, "bad at the door");
  setTimeout(() => aws.state.behaviours.clear(), 20);

  const { code } = await aws.run("smoke --environment dev", { smokeTries: 1000 });

  expect(code).toBe(0);
});
