// A fake AWS account and the programs in front of it.

import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import type { Pace } from "../src/context.ts";
import { run } from "../src/run.ts";
import { FakeAws } from "./fake/aws.ts";
import { HERE } from "./fake/state.ts";

/** What serves when a test begins. */
export const OLD = "aaaaaaa";
/** What it deploys. */
export const NEW = "bbbbbbb";
export const RELEASE = "/trading-journal/dev/delivery/release";
export const LOCK = "/trading-journal/dev/delivery/lock";

const QUICK: Pace = { look: 5, migration: 2_000, creation: 5_000, stability: 200, smokePause: 5, smokeTries: 3, lease: 10_000 };
export const CDK = `node ${fileURLToPath(new URL("fake/cdk.js", import.meta.url))}`;

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

export class Stage {
  aws = new FakeAws();

  get state() {
    return this.aws.state;
  }

  /** Variables that lead a program to the fake. */
  get variables(): NodeJS.ProcessEnv {
    return {
      AWS_ENDPOINT_URL: this.aws.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      DELIVERY_CDK: CDK,
    };
  }

  /** Runs a program in this process. */
  async run(words: string, pace: Partial<Pace> = {}, variables: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const lines: string[] = [];
    const code = await run(words.split(" "), {
      variables: { ...this.variables, ...variables },
      print: (line) => lines.push(line),
      complain: (line) => lines.push(line),
      stop: new AbortController().signal,
      pace: { ...QUICK, ...pace },
    });
    return { code, output: lines.join("\n") };
  }

  deploy(tag = NEW, pace: Partial<Pace> = {}): Promise<Outcome> {
    return this.run(`deploy --environment dev --tag ${tag}`, pace);
  }

  /** Tags of good releases, the newest first. */
  good(): string[] {
    const value = JSON.parse(this.state.parameters.get(RELEASE) ?? '{"good":[]}') as { good: { tag: string }[] };
    return value.good.map(({ tag }) => tag);
  }
}

/** A stage with an old release that serves and is known to be good, and images of a new one. */
export function stage(): Stage {
  const made = new Stage();
  const before = { ...process.env };
  beforeEach(async () => {
    made.aws = new FakeAws();
    await made.aws.start();
    made.state.push(HERE, OLD);
    made.state.push(HERE, NEW);
    made.state.parameters.set(RELEASE, JSON.stringify({ good: [{ tag: OLD, at: "2026-11-01T00:00:00Z" }] }));
    Object.assign(process.env, made.variables);
  });
  afterEach(async () => {
    await made.aws.stop();
    process.env = { ...before };
  });
  return made;
}
