// Which images are still to be built.

import { expect, test } from "vitest";
import { SERVICES } from "../src/names.ts";
import { HERE } from "./fake/state.ts";
import { NEW, stage } from "./stage.ts";

const aws = stage();
const TAG = "eeeeeee";

test("all are missing of a commit that was never built, and in a registry without repositories", async () => {
  expect(await aws.run(`missing --environment dev --tag ${TAG}`)).toEqual({ code: 0, output: `missing=${SERVICES.join(",")}` });

  aws.state.registries.get(HERE)?.clear();
  expect(await aws.run(`missing --environment dev --tag ${NEW}`)).toEqual({ code: 0, output: `missing=${SERVICES.join(",")}` });
});

test("nothing is missing of a commit that was built", async () => {
  expect(await aws.run(`missing --environment dev --tag ${NEW}`)).toEqual({ code: 0, output: "missing=" });
});

test("only those are missing that a build that failed did not push", async () => {
  aws.state.push(HERE, TAG, ["auth", "gateway"]);

  expect(await aws.run(`missing --environment dev --tag ${TAG}`)).toEqual({ code: 0, output: "missing=trades,analytics,notifications" });
});

test("a registry that does not answer is no empty one", async () => {
  // Nobody listens there.
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:9";

  const { code, output } = await aws.run(`missing --environment dev --tag ${NEW}`);

  expect(code).not.toBe(0);
  expect(output).toContain("error:");
});

test("without a commit it is refused", async () => {
  expect((await aws.run("missing --environment dev")).code).toBe(2);
});
