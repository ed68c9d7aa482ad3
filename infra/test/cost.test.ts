// The bill: fresh, whole, and right where it can be reckoned by hand.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ENVIRONMENTS } from "../lib/config.ts";
import { billOf, pageOf } from "../lib/cost.ts";
import { world } from "./world.ts";

describe("the cost table", () => {
  test("is what the templates and prices say now: npm run cost", () => {
    const page = readFileSync(new URL("../../docs/operations/cost.md", import.meta.url), "utf8");
    expect(page).toBe(pageOf(ENVIRONMENTS.map((env) => world(env))));
  });

  test("reckons as one would by hand", () => {
    const line = (what: string): number => billOf(world("prod")).find((one) => one.what === what)?.least ?? 0;
    // Two gateways at 0.045 an hour; 2 x 4 tasks of half a vCPU and 1 GiB, 2 of one and 2 GiB.
    expect(line("NAT gateways")).toBeCloseTo(65.7);
    expect(line("Fargate, arm64")).toBeCloseTo(730 * (8 * (0.5 * 0.03238 + 0.00356) + 2 * (0.03238 + 2 * 0.00356)));
    // An instance, its standby, its replica.
    expect(line("RDS for PostgreSQL")).toBeCloseTo(730 * 3 * 0.168 + 300 * 0.115);
  });

  test("refuses a resource of which nobody said what it costs", () => {
    const planted = structuredClone({ stacks: world("dev").stacks });
    planted.stacks["Data"]!.Resources["Planted"] = { Type: "AWS::Redshift::Cluster", Properties: {} };
    expect(() => billOf({ ...world("dev"), ...planted })).toThrow("AWS::Redshift::Cluster");
  });

  test("dev is small", () => {
    const total = billOf(world("dev")).reduce((sum, { least }) => sum + least, 0);
    expect(total).toBeLessThan(250);
  });
});
