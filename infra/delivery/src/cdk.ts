// `cdk deploy`: the stacks of an environment with the images of a release.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Context } from "./context.ts";
import { EXIT, Failure } from "./failure.ts";
import { stacksOf } from "./names.ts";

const INFRA = fileURLToPath(new URL("../../", import.meta.url));

/** How CDK is called. */
export interface Cdk {
  /** The program and its first arguments. */
  readonly command: readonly string[];
  /** What else the stacks are told, each `name=value`. */
  readonly values: readonly string[];
}

/** Read from the surroundings: `DELIVERY_CDK` (the program, for tests) and `DELIVERY_CONTEXT` (values, with spaces between). */
export function cdkFrom(variables: NodeJS.ProcessEnv): Cdk {
  const words = (text: string | undefined): string[] => (text ?? "").split(/\s+/).filter((word) => word !== "");
  const command = words(variables.DELIVERY_CDK);
  return { command: command.length > 0 ? command : ["npx", "cdk"], values: words(variables.DELIVERY_CONTEXT) };
}

/** The whole command line for these stacks. */
export function commandLine({ environment }: Context, cdk: Cdk, tag: string, stacks: readonly string[] = ["*"]): string[] {
  const values = [`env=${environment}`, `imageTag=${tag}`, ...cdk.values].flatMap((value) => ["-c", value]);
  const names = stacks.map((stack) => `${stacksOf(environment)}${stack}`);
  return [...cdk.command, "deploy", ...names, "--require-approval", "never", "--progress", "events", ...values];
}

/** Deploys, and waits as CloudFormation does; false when that failed. */
export async function cdkDeploy(context: Context, cdk: Cdk, tag: string, stacks?: readonly string[]): Promise<boolean> {
  const [program, ...rest] = commandLine(context, cdk, tag, stacks);
  if (program === undefined) throw new Failure("DELIVERY_CDK is empty", EXIT.usage);
  context.say([program, ...rest].join(" "));
  const child = spawn(program, rest, { cwd: INFRA, stdio: ["ignore", "inherit", "inherit"], signal: context.stop });
  try {
    const [code] = (await once(child, "exit")) as [number | null];
    return code === 0;
  } catch (error) {
    if (context.stop.aborted) throw new Failure("stopped: CloudFormation goes on by itself; run it again to go on", EXIT.interrupted);
    throw error;
  }
}
