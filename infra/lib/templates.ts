// The templates of an environment, without the CLI: what tests and the cost table look at.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { SERVICES, type Service } from "./catalogue.ts";
import { configFrom, type Config } from "./config.ts";
import { journal } from "./journal.ts";

// A template is JSON of any shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Resource {
  Type: string;
  Properties: Json;
  DependsOn?: string[];
  DeletionPolicy?: string;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, Json>;
}

/** An environment as CloudFormation would see it. */
export interface World {
  readonly config: Config;
  readonly services: readonly Service[];
  /** By the last part of a stack's name: Network, Data, ... */
  readonly stacks: Record<string, Template>;
}

const CONTEXT = (JSON.parse(readFileSync(new URL("../cdk.json", import.meta.url), "utf8")) as { context: Record<string, unknown> }).context;

/** The flags of cdk.json, which CDK itself reads for the CLI alone. CloudFormation's own opinion is asked for in `cdk synth`. */
export const context = { ...CONTEXT, "@aws-cdk/core:validateAgainstDefaultRules": false };

/** Makes an environment, of other services if told so. */
export function templatesOf(told: Readonly<Record<string, string>>, services: readonly Service[] = SERVICES): World {
  const outdir = mkdtempSync(join(tmpdir(), "trading-journal-cdk-"));
  try {
    const app = new App({ context, outdir });
    const config = configFrom(told);
    journal(app, config, services);
    const stacks: Record<string, Template> = {};
    for (const stack of app.synth().stacks) stacks[stack.stackName.replace(/^TradingJournal-\w+-/, "")] = stack.template as Template;
    return { config, services, stacks };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
