// One deploy at a time: real processes that are killed, stopped, or begun twice.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LOCK, NEW, OLD, stage } from "./stage.ts";

const aws = stage();
const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function leaseUntil(until: number): string {
  return JSON.stringify({ holder: "other", purpose: "deploy ccccccc", until });
}

/** Asks until it is true. */
async function eventually(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((again) => setTimeout(again, 5));
}

test("a second deploy at once is refused, and the first is not disturbed", async () => {
  aws.state.migrationLooks = 20;
  const first = aws.deploy();
  await eventually(() => aws.state.tasks.length > 0);

  const second = await aws.deploy();

  expect(second.code).toBe(3);
  expect(second.output).toContain(`somebody delivers to dev already (deploy ${NEW}): nothing was changed`);
  expect((await first).code).toBe(0);
  expect(aws.state.deployed).toEqual([NEW]);
});

test("the claim of one that was killed ends, and the next goes on", async () => {
  aws.state.parameters.set(LOCK, leaseUntil(Date.now() - 1));

  const { code, output } = await aws.deploy(NEW, { lease: 400 });

  expect(output).toContain("the claim of a delivery that was killed is over (deploy ccccccc): going on");
  expect(code).toBe(0);
});

test("a claim that is taken away stops whoever held it before it switches anything", async () => {
  aws.state.migrationLooks = 1_000_000;
  const running = aws.deploy(NEW, { lease: 800, migration: 20_000 });
  await eventually(() => aws.state.tasks.length > 0);

  aws.state.parameters.set(LOCK, leaseUntil(Date.now() + 60_000));

  const { code } = await running;
  expect(code).toBe(130);
  expect(aws.state.deployed).toEqual([]);
  expect(aws.state.parameters.get(LOCK)).toContain("other");
});

test("a deploy that was killed while a migration ran waits for it and goes on", async () => {
  aws.state.migrationLooks = 1_000_000;
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "deploy", "--environment", "dev", "--tag", NEW], {
    env: { ...process.env, ...aws.variables },
    stdio: "ignore",
  });
  await eventually(() => aws.state.tasks.length > 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  for (const task of aws.state.tasks) task.looksLeft = 2;
  aws.state.migrationLooks = 1;
  aws.state.parameters.set(LOCK, leaseUntil(Date.now() - 1));
  aws.state.busyLooks = 4;

  const { code, output } = await aws.deploy(NEW, { lease: 400 });

  expect(output).toContain("trading-journal-dev-auth-migrate: still runs from before, waiting for it");
  expect(output).toContain("waiting for CloudFormation, which still changes TradingJournal-dev-Services");
  expect(code).toBe(0);
  expect(aws.state.tasks).toHaveLength(4);
  expect(aws.good()).toEqual([NEW, OLD]);
});

test("one that is told to stop gives its claim back", async () => {
  aws.state.migrationLooks = 1_000_000;
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "deploy", "--environment", "dev", "--tag", NEW], {
    env: { ...process.env, ...aws.variables },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  await eventually(() => aws.state.tasks.length > 0);

  child.kill("SIGTERM");

  expect(await ended).toEqual([130, null]);
  expect(aws.state.parameters.has(LOCK)).toBe(false);
});
