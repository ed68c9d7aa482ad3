// What may be said on the command line, and what is refused with which words.

import { expect, test } from "vitest";
import { HELP, PROGRAMS, read } from "../src/commandLine.ts";
import { NEW, stage } from "./stage.ts";

const aws = stage();

test("help names every program, and each explains itself", () => {
  for (const [program, help] of Object.entries(PROGRAMS)) {
    expect(HELP).toContain(`delivery ${program}`);
    expect(read([program, "--help"])).toBe(`${help}\n`);
  }
});

test.each([
  ["deploy", "--environment is missing"],
  ["deploy --environment dev", "--tag is missing"],
  ["deploy --environment live --tag aaaaaaa", '--environment is "live": expected is one of dev, staging, prod'],
  ["deploy --environment dev --tag latest", '--tag is "latest": expected is a commit'],
  ["deploy --environment dev --tag aaaaaaa --to bbbbbbb", "deploy takes no --to"],
  ["deploy --environment dev --tag aaaaaaa --force", "Unknown option '--force'"],
  ["promote --environment staging --tag aaaaaaa --from dev", '--from is "dev": expected is an AWS account'],
  ["destroy", 'there is no program "destroy"'],
])("%s is refused as a wrong command line", async (words, told) => {
  const { code, output } = await aws.run(words);

  expect(code).toBe(2);
  expect(output).toContain(told);
  expect(aws.state.calls).toEqual([]);
});

test("an empty --to says nothing", () => {
  expect(read(["rollback", "--environment", "dev", "--to", ""])).toMatchObject({ to: undefined });
});

test("without a region nothing is asked of AWS", async () => {
  const { code, output } = await aws.run(`deploy --environment dev --tag ${NEW}`, {}, { AWS_REGION: "" });

  expect(code).toBe(3);
  expect(output).toContain("AWS_REGION is not set");
});
