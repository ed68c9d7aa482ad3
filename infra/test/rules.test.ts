// Every rule holds in every environment, and catches the faults that it is for.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pageOf } from "./rule.ts";
import { RULES } from "./rules.ts";
import { WORLDS, world, type World } from "./world.ts";

const worlds = Object.keys(WORLDS) as (keyof typeof WORLDS)[];

describe.each(RULES)("$says", (rule) => {
  test.each(worlds)("in %s", (name) => {
    expect(rule.broken(world(name))).toEqual([]);
  });

  test.each(rule.faults)("a planted fault is caught: $what", ({ plant }) => {
    const { stacks, ...others } = world("prod with a domain");
    const planted: World = { ...others, stacks: structuredClone(stacks) };
    plant(planted);
    expect(rule.broken(planted)).not.toEqual([]);
  });

  test("it is known to catch something", () => {
    expect(rule.faults.length).toBeGreaterThan(0);
  });
});

test("RULES.md lists them as they are: npm run rules", () => {
  expect(readFileSync(new URL("../RULES.md", import.meta.url), "utf8")).toBe(pageOf(RULES));
});
