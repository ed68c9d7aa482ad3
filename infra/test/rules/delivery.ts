// Rules that bind the role of deployments to the workflows that take it.

import { readFileSync, readdirSync } from "node:fs";
import { fault, unless, type Rule } from "../rule.ts";
import { only, type Found, type World } from "../world.ts";

const GITHUB = new URL("../../../.github/", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, GITHUB), "utf8");

/** Seconds that the action asks credentials for. */
const asked = (): number => Number(/role-duration-seconds: (\d+)/.exec(read("actions/delivery/action.yml"))?.[1]);

/** Seconds that the longest job with these credentials may take. */
function longest(): number {
  const workflows = readdirSync(new URL("workflows/", GITHUB)).map((name) => read(`workflows/${name}`));
  const taking = workflows.filter((workflow) => workflow.includes("/.github/actions/delivery"));
  return 60 * Math.max(...taking.flatMap((workflow) => [...workflow.matchAll(/timeout-minutes: (\d+)/g)].map(([, minutes]) => Number(minutes))));
}

const role = (world: World): Found => only(world, "AWS::IAM::Role", ({ stack }) => stack === "Delivery");

export const delivery: readonly Rule[] = [
  {
    says: "credentials of a deploy are good for longer than its job may take",
    broken: (world) => {
      const { MaxSessionDuration: allowed } = role(world).has;
      return [
        ...unless(asked() <= allowed, `${asked()} s are asked for, ${allowed} allowed`),
        ...unless(asked() > longest(), `${asked()} s are asked for, and a job may take ${longest()}`),
      ];
    },
    faults: [
      fault("an hour is allowed", (world) => (role(world).has.MaxSessionDuration = 3600)),
      fault("nothing is said, which is an hour", (world) => delete role(world).has.MaxSessionDuration),
    ],
  },
];
