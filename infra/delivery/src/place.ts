// Where a release goes: what the stacks of an environment say about themselves.

import { DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import type { Context } from "./context.ts";
import { refused } from "./failure.ts";
import { stackOf, stacksOf } from "./names.ts";

/** Where tasks run. */
export interface Room {
  readonly cluster: string;
  /** Of one-off tasks. */
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

/** Read from the outputs of the stacks Services and Edge. */
export interface Place extends Room {
  readonly services: readonly string[];
  /** Where users find the journal. */
  readonly url: string;
  /** The bucket for files of the web client. */
  readonly webBucket: string | undefined;
}

/** The place of an environment; undefined when its services were never deployed. */
export async function findPlace(context: Context): Promise<Place | undefined> {
  const stacks = await stacksNamed(context);
  const services = outputsOf(stacks, stackOf(context.environment, "Services"));
  const edge = outputsOf(stacks, stackOf(context.environment, "Edge"));
  const cluster = services.get("ClusterName");
  if (cluster === undefined) return undefined;
  const need = (outputs: Map<string, string>, name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw refused(`the stacks of ${context.environment} have no output ${name}: are they of this version?`);
    return value;
  };
  return {
    cluster,
    services: need(services, "ServiceNames").split(","),
    subnets: need(services, "TaskSubnets").split(","),
    securityGroups: [need(services, "TaskSecurityGroup")],
    url: need(edge, "Url"),
    webBucket: edge.get("WebBucket"),
  };
}

/** Stacks that are being changed right now, by whomever. */
export async function busyStacks(context: Context): Promise<string[]> {
  const stacks = await stacksNamed(context);
  return stacks.flatMap(({ StackName, StackStatus }) =>
    StackName !== undefined && StackStatus?.endsWith("_IN_PROGRESS") && StackStatus !== "REVIEW_IN_PROGRESS" ? [StackName] : [],
  );
}

async function stacksNamed({ aws, environment }: Context): Promise<Stack[]> {
  const found: Stack[] = [];
  let next: string | undefined;
  do {
    const page = await aws.cloudFormation.send(new DescribeStacksCommand({ NextToken: next }));
    found.push(...(page.Stacks ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  return found.filter(({ StackName }) => StackName?.startsWith(stacksOf(environment)));
}

function outputsOf(stacks: readonly Stack[], name: string): Map<string, string> {
  const outputs = stacks.find(({ StackName }) => StackName === name)?.Outputs ?? [];
  return new Map(outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? "", OutputValue ?? ""]));
}
